"""DOT statements as text, in the form in which golden files compare them.

Names and values come from this package; the words of a learner come as HTML-like labels, which
`dot.py` has escaped. Whatever else is not a plain word or number is quoted here.
"""

import re
from collections.abc import Iterable, Mapping

Attributes = Mapping[str, str | None]
"""What is None is left out."""
_PLAIN = re.compile(r"[a-zA-Z_][a-zA-Z_0-9]*|-?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)")


def digraph(name: str, statements: Iterable[str], comment: str = "") -> str:
    """Return a directed graph.

    Args:
        name: A plain word.
        statements: What is in it.
        comment: One line that stands above it; empty for none.
    """
    head = [f"// {comment}"] if comment else []
    return "\n".join([*head, *_block(f"digraph {name}", statements), ""])


def subgraph(name: str, statements: Iterable[str]) -> str:
    """Return a part of a graph; what its own statements say holds in it only."""
    return "\n".join(_block(f"subgraph {name}", statements))


def statement(subject: str, attributes: Attributes) -> str:
    """Return what is said of a node, of an edge such as ``a -> b``, or of all that follow."""
    said = assignments(attributes)
    return f"{subject} [{said}]" if said else subject


def assignments(attributes: Attributes) -> str:
    """Return names and values in alphabetical order."""
    return " ".join(
        f"{name}={_value(attributes[name])}"
        for name in sorted(attributes)
        if attributes[name] is not None
    )


def _block(head: str, statements: Iterable[str]) -> list[str]:
    inside = "\n".join(statements).split("\n")
    return [f"{head} {{", *(f"\t{line}" for line in inside), "}"]


def _value(text: str | None) -> str:
    text = text or ""
    if _PLAIN.fullmatch(text) or (text.startswith("<") and text.endswith(">")):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
