"""Attempt documents from outside: read, then held against the content."""

from designs.attempt_document import AttemptDocument, ReferenceDocument
from designs.problem import ContentError, Problem
from designs.strict_document import IMPORT_LIMITS, parse_document, validate
from workbench.content import Content


def read_document(raw: bytes, name: str) -> AttemptDocument:
    """Read an attempt document, or a reference document (which also has a title).

    Args:
        raw: YAML or JSON as it came.
        name: What to call it in messages; never used as a path.

    Raises:
        ContentError: With every problem, each saying where it is.
    """
    parsed = parse_document(raw, name, IMPORT_LIMITS, (ReferenceDocument,))
    is_reference = isinstance(parsed.data, dict) and "title" in parsed.data
    return validate(parsed, ReferenceDocument if is_reference else AttemptDocument, name)


def check_document(document: AttemptDocument, name: str, content: Content) -> None:
    """Hold a document against the prompts and the palette.

    Raises:
        ContentError: If it names a prompt or a node kind that does not exist.
    """
    if document.prompt not in content.packs:
        known = ", ".join(sorted(content.packs))
        raise document_error(
            name, f"prompt: there is no prompt {document.prompt!r}; there are: {known}"
        )
    strangers = content.palette.unknown_kinds(document.design)
    if strangers:
        raise document_error(
            name,
            f"design: the palette has no kind {', '.join(strangers)}; "
            "`python -m workbench kinds` lists those that exist",
        )


def document_error(name: str, message: str) -> ContentError:
    """Return the error of a document that reads well but does not fit."""
    return ContentError((Problem(code="DOC011", file=name, message=message),))
