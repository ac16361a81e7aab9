"""XML, read without anything that XML can be made to do.

A document type is refused, and with it every entity that is not one of XML's own five: nothing
expands and nothing is fetched. Depth and size are counted while reading.
"""

from dataclasses import dataclass, field
from xml.parsers import expat

from designs.importers.importer import refuse

MAX_DEPTH = 40
MAX_ELEMENTS = 50_000


@dataclass
class Element:
    """A tag with its attributes, its text and what it holds."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list["Element"] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def first(self, tag: str) -> "Element | None":
        """Return the first child with that tag, or None."""
        return next((child for child in self.children if child.tag == tag), None)


def read_xml(raw: bytes, name: str) -> Element:
    """Read a document into a tree.

    Args:
        raw: The document, in UTF-8 or in the encoding that it declares.
        name: What to call it in messages.

    Raises:
        ContentError: If it is not well-formed, declares a document type, or is too deep or large.
    """
    return _Builder(name).build(raw)


class _Builder:
    def __init__(self, name: str) -> None:
        self._name = name
        self._parser = expat.ParserCreate()
        self._open: list[Element] = []
        self._root: Element | None = None
        self._count = 0

    def build(self, raw: bytes) -> Element:
        parser = self._parser
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        try:
            parser.Parse(raw, True)
        except expat.ExpatError as error:
            message = f"is not well-formed XML: {expat.ErrorString(error.code)}; export it again"
            refuse(self._name, "IMP001", message, error.lineno, error.offset + 1)
        except (LookupError, ValueError):
            refuse(self._name, "IMP001", "declares an encoding that is not known; save it as UTF-8")
        if self._root is None:
            refuse(self._name, "IMP001", "holds no element; export it again")
        return self._root

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS:
            self._refuse(
                "IMP002", f"holds more than {MAX_ELEMENTS:,} elements; export a part of it"
            )
        if len(self._open) >= MAX_DEPTH:
            self._refuse("IMP002", f"is nested deeper than {MAX_DEPTH} levels; ungroup some shapes")
        element = Element(tag, attributes, self._parser.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _characters(self, text: str) -> None:
        self._open[-1].text.append(text)

    def _doctype(self, *_: object) -> None:
        self._refuse(
            "IMP004", "declares a document type, with which XML can read files; remove the DOCTYPE"
        )

    def _refuse(self, code: str, message: str) -> None:
        parser = self._parser
        refuse(self._name, code, message, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
