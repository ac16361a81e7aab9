"""The page of all inspections, written from the registry itself."""

from designs.inspections.inspection import Inspection
from designs.inspections.registry import INSPECTIONS, THEMES

_HEAD = """\
# Inspections

<!-- Written by `python -m workbench inspections > docs/inspections.md`; change the code. -->

An inspection looks for one design smell in a drawing. It reads kinds, groups, edges and their \
fields, and never what a label says; of a note it only knows whether there is one. \
`python -m workbench inspect FILE` lists what is found in a document; the practice page lists it \
below the drawing.

| Severity | Means |
|---|---|
| serious | The drawing itself shows something that fails in production. |
| warning | Something is missing or drawn that often hurts; there may be a good reason. |
| note | A hint: the drawing cannot tell whether it is a fault. |

The *request path* is what sync edges lead to from a client, or from a gateway or load balancer \
that nothing calls. What is said about absent parts, such as monitoring, is said only once a model \
is on the request path. Where a criterion lists an inspection, its findings speak against that \
criterion ([grading](grading.md)); they change the score in no other way.
"""


def inspections_page() -> str:
    """Return the page as Markdown, one section for each inspection."""
    contents = [
        f"- {theme}: {', '.join(f'[{one.code}](#{one.code})' for one in them)}"
        for theme, them in THEMES.items()
    ]
    parts = [_HEAD, f"{len(INSPECTIONS)} inspections:\n", "\n".join(contents) + "\n"]
    for theme, them in THEMES.items():
        parts.append(f"## {theme}\n")
        parts.extend(_section(one) for one in them)
    return "\n".join(parts)


def _section(one: Inspection) -> str:
    return (
        f"### {one.code}\n\n"
        f"**{one.title}** ({one.severity})\n\n"
        f"- What: {one.what}\n"
        f"- Why it matters: {one.why}\n"
        f"- How to mend it: {one.mend}\n"
    )
