"""SVG: what pages show and reports embed."""

import re
from html import escape

from designs.drawing import Design
from designs.exporters.captions import clean
from designs.exporters.collapsing import picture
from designs.exporters.dot import FONT, dot_source
from designs.exporters.legend import Legend, legend
from designs.exporters.picture_options import AS_DRAWN, PictureOptions
from designs.exporters.renderer import RenderError, render
from designs.exporters.theme import THEMES, ThemeName
from designs.node_kind import Palette

LEAST_WIDTH = 480
"""Points that the legend may take below a narrower picture."""
SCALED_FROM, MOST_SCALE = 1400, 1.6
"""Pages show wide pictures smaller: from so many points on the legend grows, up to a factor."""
_FONTS = f"{FONT},sans-Serif"
_VIEW_BOX = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
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
    options: PictureOptions = AS_DRAWN,
) -> str:
    """Return the design as an SVG document, starting with its ``<svg`` tag.

    Args:
        design: What is drawn; one without nodes gives an empty picture.
        palette: Label, shape, group and usual zone of each kind.
        title: The picture's accessible name.
        theme: Colours for a light or a dark page.
        background: Paint the paper; otherwise it is transparent.
        options: Zones to collapse, the path to point out, and whether there is a legend.

    Raises:
        RenderError: If the design cannot be drawn.
    """
    if not design.nodes:
        return _EMPTY
    drawn = picture(design, palette, options)
    dot = dot_source(
        design,
        palette,
        title=title,
        theme=theme,
        background=background,
        options=options,
        drawn=drawn,
    )
    svg = _named(
        _centred(_bare(render(dot, "svg", edges=len(drawn.edges)).decode("utf-8"))),
        clean(title) or "Architecture diagram",
    )
    if not options.legend:
        return svg
    colours = THEMES[theme]
    width = max(picture_size(svg)[0], LEAST_WIDTH)
    scale = min(MOST_SCALE, max(1.0, width / SCALED_FROM))
    below = legend(drawn, palette, options, colours, width / scale)
    return _extended(svg, below, scale, colours.paper if background else None)


def picture_size(svg: str) -> tuple[float, float]:
    """Return width and height of a picture of ours, in points."""
    found = _VIEW_BOX.search(svg)
    if not found:
        raise RenderError("This drawing could not be laid out. Simplify it and try again.")
    return float(found[1]), float(found[2])


def _extended(svg: str, below: Legend, scale: float, paper: str | None) -> str:
    """Make room below the picture and put the legend there."""
    width, top = picture_size(svg)
    wide, high = max(width, below.width * scale), top + below.height * scale
    head = (
        f'<svg role="img" font-family="{_FONTS}" width="{wide:.0f}pt" height="{high:.0f}pt"\n'
        f' viewBox="0.00 0.00 {wide:.2f} {high:.2f}"'
    )
    svg = re.sub(
        r'<svg role="img" font-family="[^"]*" [^>]*? viewBox="[^"]*"',
        head,
        svg,
        count=1,
        flags=re.DOTALL,
    )
    if paper:
        corners = f"0,0 {wide:.2f},0 {wide:.2f},{high:.2f} 0,{high:.2f}"
        ground = f'<polygon fill="{paper}" stroke="none" points="{corners}"/>'
        svg = svg.replace("</title>\n", f"</title>\n{ground}\n", 1)
    placed = (
        f'<g transform="translate(0 {top:.2f}) scale({scale:.3f})">\n{below.svg}\n</g>\n</svg>\n'
    )
    return svg.removesuffix("</svg>\n") + placed


def _bare(text: str) -> str:
    """Drop the prologue, which HTML does not allow, and the comments.

    The font is named once for all, and no text has blanks that would have to be preserved: that is
    a tenth of the picture, which pages send whole.
    """
    body = re.sub(r"^.*?(?=<svg)", "", text, count=1, flags=re.DOTALL)
    body = body.replace(f' font-family="{_FONTS}"', "").replace(' xml:space="preserve"', "")
    body = _LOW_LINE.sub("", body)
    body = body.replace("<svg ", f'<svg font-family="{_FONTS}" ', 1)
    return re.sub(r"<!--.*?-->\s*", "", body, flags=re.DOTALL).strip() + "\n"


_LOW_LINE = re.compile(r'<text [^>]* font-size="4.00"[^>]*>[^<]*</text>\n')
"""What keeps a caption off its line has done so by now."""


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
