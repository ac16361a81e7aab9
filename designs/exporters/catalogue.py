"""The notations on offer, in the order in which they are shown.

What writes a notation is imported when it is asked for: the list of them should come fast.
"""

from designs.drawing import Design, DesignDocument
from designs.exporters.exporter import FOR_EXPORT, Exporter
from designs.exporters.picture_options import PictureOptions
from designs.node_kind import Palette


def _svg(
    design: Design, palette: Palette, title: str, options: PictureOptions = FOR_EXPORT
) -> bytes:
    from designs.exporters.svg import render_svg

    picture = render_svg(design, palette, title=title, background=True, options=options)
    return picture.encode("utf-8")


def _png(
    design: Design, palette: Palette, title: str, options: PictureOptions = FOR_EXPORT
) -> bytes:
    from designs.exporters.png import render_png

    return render_png(design, palette, title=title, options=options)


def _pdf(
    design: Design, palette: Palette, title: str, options: PictureOptions = FOR_EXPORT
) -> bytes:
    from designs.exporters.pdf import render_pdf

    return render_pdf(design, palette, title=title, options=options)


def _dot(
    design: Design, palette: Palette, title: str, options: PictureOptions = FOR_EXPORT
) -> bytes:
    from designs.exporters.dot import dot_source

    source = dot_source(design, palette, title=title, background=True, options=options)
    return source.encode("utf-8")


def _mermaid(design: Design, palette: Palette, title: str, _: PictureOptions = FOR_EXPORT) -> bytes:
    from designs.exporters.mermaid import mermaid_source

    return mermaid_source(design, palette, title).encode("utf-8")


def _drawio(design: Design, palette: Palette, title: str, _: PictureOptions = FOR_EXPORT) -> bytes:
    from designs.exporters.drawio import drawio_source

    return drawio_source(design, palette, title).encode("utf-8")


def _excalidraw(
    design: Design, palette: Palette, title: str, _: PictureOptions = FOR_EXPORT
) -> bytes:
    from designs.exporters.excalidraw import excalidraw_source

    return excalidraw_source(design, palette, title).encode("utf-8")


def _json(design: Design, palette: Palette, title: str, _: PictureOptions = FOR_EXPORT) -> bytes:
    document = DesignDocument(title=title, design=design)
    return (document.model_dump_json(indent=2) + "\n").encode("utf-8")


EXPORTERS: dict[str, Exporter] = {
    one.id: one
    for one in (
        Exporter("svg", "SVG", ".svg", "image/svg+xml", _svg, is_picture=True),
        Exporter("png", "PNG", ".png", "image/png", _png, is_picture=True),
        Exporter("pdf", "PDF", ".pdf", "application/pdf", _pdf, is_picture=True),
        Exporter("dot", "Graphviz DOT", ".dot", "text/vnd.graphviz", _dot, is_picture=True),
        Exporter("mermaid", "Mermaid", ".mmd", "text/vnd.mermaid", _mermaid),
        Exporter("drawio", "draw.io", ".drawio", "application/vnd.jgraph.mxfile", _drawio),
        Exporter(
            "excalidraw",
            "Excalidraw",
            ".excalidraw",
            "application/vnd.excalidraw+json",
            _excalidraw,
        ),
        Exporter("json", "JSON", ".json", "application/json", _json),
    )
}
