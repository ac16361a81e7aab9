"""The product's own documents: a design, or a session with one in it."""

from designs.attempt_document import AttemptDocument, ReferenceDocument
from designs.drawing import Design, DesignDocument
from designs.importers.importer import refuse
from designs.importers.read_design import ReadDesign, Remark
from designs.node_kind import Palette
from designs.strict_document import IMPORT_LIMITS, parse_document, validate


def read_design_json(raw: bytes, name: str, palette: Palette) -> ReadDesign:
    """Read a design document, a bare design, or the design of an attempt document.

    Args:
        raw: JSON, or the same in YAML.
        name: What to call it in messages.
        palette: The kinds that nodes may have.

    Raises:
        ContentError: With every problem, each at its line and column where known.
    """
    parsed = parse_document(raw, name, IMPORT_LIMITS, (Design, DesignDocument, AttemptDocument))
    data = parsed.data if isinstance(parsed.data, dict) else {}
    ignored: tuple[Remark, ...] = ()
    if "prompt" in data:
        kind = ReferenceDocument if "title" in data else AttemptDocument
        document = validate(parsed, kind, name)
        title, design = getattr(document, "title", ""), document.design
        ignored = (Remark(message="Answers and everything else beside the drawing"),)
    elif "nodes" in data and "design" not in data:
        title, design = "", validate(parsed, Design, name)
    else:
        whole = validate(parsed, DesignDocument, name)
        title, design = whole.title, whole.design
    _check_kinds(design, name, palette)
    return ReadDesign(design=design, title=title, ignored=ignored)


def _check_kinds(design: Design, name: str, palette: Palette) -> None:
    strangers = palette.unknown_kinds(design)
    if strangers:
        refuse(
            name,
            "DOC011",
            f"design: the palette has no kind {', '.join(strangers)[:200]}; "
            "`python -m workbench kinds` lists those that exist",
        )
