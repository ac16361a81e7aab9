"""One statement of a Mermaid flowchart: nodes in brackets, joined by links."""

import re
from dataclasses import dataclass, field

from designs.drawing import EdgeMode

_ID = re.compile(r"\s*((?:[^\W]|[-.](?=\w))+)")
_BRACKETS = (
    ("(((", (")))",)),
    ("([", ("])",)),
    ("((", ("))",)),
    ("[[", ("]]",)),
    ("[(", (")]",)),
    ("[/", ("/]", "\\]")),
    ("[\\", ("\\]", "/]")),
    ("{{", ("}}",)),
    ("[", ("]",)),
    ("(", (")",)),
    ("{", ("}",)),
    (">", ("]",)),
)
_ATTRIBUTES = re.compile(r"@\{([^{}]*)\}")
_ATTRIBUTE = re.compile(r'(\w+)\s*:\s*("[^"]*"|[^,"]*)')
_CLASS = re.compile(r":::[\w-]+")
_LINK = re.compile(
    r"\s*(?:\w+@)?(<|[xo](?=[-=]))?(-{2,}|={2,}|-\.+-|-\.|~{3,})([>xo](?=[\s|\w\"]|$))?"
)
_CLOSING = {
    "-": re.compile(r"-{2,}([>xo])?"),
    "=": re.compile(r"={2,}([>xo])?"),
    ".": re.compile(r"\.+-([>xo])?"),
}
_MODES = {"-": EdgeMode.SYNC, "=": EdgeMode.BATCH, ".": EdgeMode.ASYNC}


class StatementError(Exception):
    """A statement cannot be read; the text says what is wrong, `index` where."""

    def __init__(self, message: str, index: int) -> None:
        """Keep both."""
        super().__init__(message)
        self.index = index


@dataclass
class ReadNode:
    """A node as it is mentioned."""

    id: str
    text: str | None = None
    """What stands in its brackets, not decoded; None if it has none here."""
    is_store: bool = False


@dataclass
class ReadLink:
    """A link between two nodes."""

    source: str
    target: str
    text: str
    mode: EdgeMode | None
    """None for a link that is not drawn."""
    has_head: bool = True


@dataclass
class Statement:
    """What a statement mentions."""

    nodes: list[ReadNode] = field(default_factory=list)
    links: list[ReadLink] = field(default_factory=list)


@dataclass
class _Arrow:
    text: str
    mode: EdgeMode | None
    has_head: bool
    is_reversed: bool


def read_statement(text: str, most_links: int) -> Statement:
    """Read nodes and links.

    Args:
        text: One statement, without its line break.
        most_links: How many links it may have; ``a & b --> c & d`` makes four.

    Raises:
        StatementError: If it is no such statement, or has more links.
    """
    return _Scanner(text, most_links).read()


class _Scanner:
    def __init__(self, text: str, most_links: int) -> None:
        self._text, self._most = text, most_links
        self._at = 0
        self._found = Statement()

    def read(self) -> Statement:
        sources = self._group()
        while self._rest().strip():
            arrow = self._arrow()
            targets = self._group()
            if len(self._found.links) + len(sources) * len(targets) > self._most:
                raise StatementError(f"makes more than {self._most:,} links", self._at)
            for source in sources:
                for target in targets:
                    ends = (target, source) if arrow.is_reversed else (source, target)
                    link = ReadLink(*ends, arrow.text, arrow.mode, arrow.has_head)
                    self._found.links.append(link)
            sources = targets
        return self._found

    def _rest(self) -> str:
        return self._text[self._at : self._at + 80]

    def _group(self) -> list[str]:
        """Read nodes that are joined by ``&``."""
        ids = [self._node()]
        while self._text.startswith("&", self._skipped()):
            self._at = self._skipped() + 1
            ids.append(self._node())
        return ids

    def _skipped(self) -> int:
        at = self._at
        while at < len(self._text) and self._text[at].isspace():
            at += 1
        return at

    def _node(self) -> str:
        found = _ID.match(self._text, self._at)
        if not found:
            raise StatementError("a node is expected here", self._at)
        self._at = found.end()
        node = ReadNode(found[1])
        self._brackets(node)
        if attributes := _ATTRIBUTES.match(self._text, self._at):
            self._at = attributes.end()
            pairs = {
                name: value.strip().strip('"') for name, value in _ATTRIBUTE.findall(attributes[1])
            }
            node.text = pairs.get("label", node.text)
            node.is_store = pairs.get("shape", "") in ("cyl", "cylinder", "db", "database")
        if css := _CLASS.match(self._text, self._at):
            self._at = css.end()
        self._found.nodes.append(node)
        return node.id

    def _brackets(self, node: ReadNode) -> None:
        for opening, closings in _BRACKETS:
            if self._text.startswith(opening, self._at):
                start = self._at + len(opening)
                node.text, self._at = self._until(start, closings)
                node.is_store = opening == "[("
                return

    def _until(self, start: int, closings: tuple[str, ...]) -> tuple[str, int]:
        """Return a text and where it ends, in quotes or up to the first closing bracket."""
        if self._text.startswith('"', start):
            end = self._text.find('"', start + 1)
            for closing in closings:
                if end > 0 and self._text.startswith(closing, end + 1):
                    return self._text[start + 1 : end], end + 1 + len(closing)
            raise StatementError("quotes or brackets are not closed", start)
        ends = [(self._text.find(one, start), one) for one in closings]
        found = min((one for one in ends if one[0] >= 0), default=None)
        if found is None:
            raise StatementError(f"{closings[0]} is missing", start)
        return self._text[start : found[0]], found[0] + len(found[1])

    def _arrow(self) -> _Arrow:
        found = _LINK.match(self._text, self._at)
        if not found:
            raise StatementError("an arrow such as --> is expected here", self._at)
        self._at = found.end()
        back, line, head = found[1], found[2], found[3]
        style = "." if "." in line else line[0]
        text = ""
        if not head and (line in ("--", "==") or line == "-."):
            text, head = self._text_inside(style)
        at = self._skipped()
        if self._text.startswith("|", at):
            text, self._at = self._until(at + 1, ("|",))
        is_drawn = style != "~"
        return _Arrow(
            text, _MODES[style] if is_drawn else None, bool(head or back), bool(back and not head)
        )

    def _text_inside(self, style: str) -> tuple[str, str | None]:
        """Read the text of ``-- text -->`` and whether it ends in a head."""
        closing = _CLOSING[style].search(self._text, self._at)
        if not closing:
            raise StatementError("the arrow does not end", self._at)
        text = self._text[self._at : closing.start()].strip().strip('"')
        self._at = closing.end()
        return text, closing[1]
