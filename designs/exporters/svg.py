"""SVG: what pages show and reports embed."""

import re
from html import escape

from designs.drawing import Design
from designs.exporters.captions import clean
from designs.exporters.dot import dot_source
from designs.exporters.renderer import render
from designs.exporters.theme import ThemeName
from designs.node_kind import Palette

_EMPTY = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="240" height="40" '
    'viewBox="0 0 240 40">'
    "<title>Nothing is drawn yet</title></svg>"
)


def render_svg(
    design: Design,
    palette: Palette,
    *,
    title: str = "",
    theme: ThemeName = "light",
    background: bool = False,
) -> str:
    """Return the design as an SVG document, starting with its ``<svg`` tag.

    Args:
        design: What is drawn; one without nodes gives an empty picture.
        palette: Label, shape, group and usual zone of each kind.
        title: The picture's accessible name.
        theme: Colours for a light or a dark page.
        background: Paint the paper; otherwise it is transparent.

    Raises:
        RenderError: If the design cannot be drawn.
    """
    if not design.nodes:
        return _EMPTY
    dot = dot_source(design, palette, title=title, theme=theme, background=background)
    text = render(dot, "svg", edges=len(design.edges)).decode("utf-8")
    return _named(_centred(_bare(text)), clean(title) or "Architecture diagram")


def _bare(text: str) -> str:
    """Drop the prologue, which HTML does not allow, and the comments."""
    body = re.sub(r"^.*?(?=<svg)", "", text, count=1, flags=re.DOTALL)
    return re.sub(r"<!--.*?-->\s*", "", body, flags=re.DOTALL).strip() + "\n"


def _named(svg: str, title: str) -> str:
    """Say that this is one picture and what it is called; our ids are no names."""
    svg = svg.replace("<svg ", '<svg role="img" ', 1)
    svg = re.sub(r"<title>.*?</title>\n?", "", svg)
    return re.sub(
        r"(<svg [^>]*>)", lambda tag: f"{tag[1]}\n<title>{escape(title)}</title>", svg, count=1
    )


def _centred(svg: str) -> str:
    """Anchor the captions of nodes in their middle.

    The renderer sets each line from its left, where its own font would begin. Browsers have other
    fonts: centred lines stay inside their shape when a font is a little wider.
    """
    return _NODE.sub(_centre_node, svg)


_NODE = re.compile(r'<g id="node\d+" class="node">.*?</g>', re.DOTALL)
_TEXT = re.compile(r'text-anchor="start" x="[^"]*"')


def _centre_node(group: re.Match[str]) -> str:
    shape = re.search(r'<(?:polygon|path)[^>]*? (?:points|d)="([^"]*)"', group[0])
    oval = re.search(r'<ellipse[^>]*? cx="([^"]*)"', group[0])
    if oval:
        middle = float(oval[1])
    elif shape:
        xs = [float(x) for x in re.findall(r"(-?[\d.]+),-?[\d.]+", shape[1])]
        middle = (min(xs) + max(xs)) / 2
    else:
        return group[0]
    return _TEXT.sub(f'text-anchor="middle" x="{middle:.2f}"', group[0])
