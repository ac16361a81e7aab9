"""The notations that can be read, and how a file's notation is told from its beginning.

What reads a notation is imported when it is asked for: the list of them should come fast.
"""

import re

from designs.importers.importer import MAX_BYTES, Importer, refuse
from designs.importers.read_design import ReadDesign
from designs.node_kind import Palette


def _json(raw: bytes, name: str, palette: Palette) -> ReadDesign:
    from designs.importers.design_json import read_design_json

    return read_design_json(raw, name, palette)


def _mermaid(raw: bytes, name: str, palette: Palette) -> ReadDesign:
    from designs.importers.mermaid import read_mermaid

    return read_mermaid(raw, name, palette)


def _drawio(raw: bytes, name: str, palette: Palette) -> ReadDesign:
    from designs.importers.drawio import read_drawio

    return read_drawio(raw, name, palette)


def _excalidraw(raw: bytes, name: str, palette: Palette) -> ReadDesign:
    from designs.importers.excalidraw import read_excalidraw

    return read_excalidraw(raw, name, palette)


IMPORTERS: dict[str, Importer] = {
    one.id: one
    for one in (
        Importer("json", "Design JSON", (".json",), _json),
        Importer("mermaid", "Mermaid flowchart", (".mmd", ".mermaid"), _mermaid),
        Importer("drawio", "draw.io", (".drawio", ".xml"), _drawio),
        Importer("excalidraw", "Excalidraw", (".excalidraw",), _excalidraw),
    )
}

_EXCALIDRAW = re.compile(rb'"type"\s*:\s*"excalidraw')


def read_drawing(raw: bytes, name: str, palette: Palette) -> ReadDesign:
    """Read a drawing in any of the notations; its content says which, not its name.

    Args:
        raw: The file, or at least the first `MAX_BYTES` + 1 bytes of it.
        name: What to call it in messages; never used as a path.
        palette: The kinds that nodes may have.

    Raises:
        ContentError: With what is wrong, where, and how to mend it.
    """
    if len(raw) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 1024**2} MiB, the most that is read; export less"
        refuse(name, "DOC002", message)
    return _importer_for(raw, name).read(raw, name, palette)


def _importer_for(raw: bytes, name: str) -> Importer:
    from designs.importers.mermaid import is_mermaid

    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<" or raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return IMPORTERS["drawio"]
    if start in (b"{", b"["):
        return IMPORTERS["excalidraw" if _EXCALIDRAW.search(raw) else "json"]
    text = raw[:100_000].decode("utf-8", "replace")
    if is_mermaid(text):
        return IMPORTERS["mermaid"]
    if re.search(r"^(?:schema_version|design|nodes):", text, re.MULTILINE):
        return IMPORTERS["json"]
    labels = ", ".join(one.label for one in IMPORTERS.values())
    if not raw.strip():
        refuse(name, "DOC009", "is empty; export the drawing again")
    return refuse(name, "IMP005", f"is none of the notations that can be read: {labels}")
