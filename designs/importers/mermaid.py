"""Mermaid flowcharts: nodes, links and subgraphs; everything else is named and left out."""

import re

from designs.drawing import MAX_EDGES
from designs.drawing_draft import Row
from designs.exporters.facts import PREFIX
from designs.importers.facts import from_percent
from designs.importers.importer import MAX_SHAPES, hold_to_limit, refuse
from designs.importers.interpretation import interpret
from designs.importers.mermaid_statement import ReadLink, ReadNode, StatementError, read_statement
from designs.importers.mermaid_text import mermaid_lines
from designs.importers.read_design import ReadDesign, Remarks
from designs.importers.sketch import Sketch, SketchArrow, SketchBox
from designs.node_kind import Palette

_FIRST = re.compile(r"\s*(?:flowchart|graph)(?:-elk)?(?:\s+(?:TB|TD|BT|RL|LR))?\s*(?:;|$)")
_FACT = re.compile(rf"%%\s*{PREFIX}(node|edge)\s+(n?\d{{1,5}})\s+(.+)")
_SUBGRAPH = re.compile(r'subgraph\s+(?:([^\s\["]+)\s*)?(?:\[\s*"?([^"\]]*)"?\s*\]|"([^"]*)"|(.*))$')
_STYLES = ("classDef", "class", "style", "linkStyle", "click", "direction", "accDescr")
_MAX_LINES, _MAX_LINE = 20_000, 20_000


def is_mermaid(text: str) -> bool:
    """Tell whether a text begins as a flowchart, after front matter and comments."""
    return any(_FIRST.match(line) for line in text.splitlines()[:200])


def read_mermaid(raw: bytes, name: str, palette: Palette) -> ReadDesign:
    """Read a flowchart.

    Args:
        raw: The source, in UTF-8.
        name: What to call it in messages.
        palette: The kinds that nodes may have.

    Raises:
        ContentError: If it is no flowchart, a line cannot be read, or it holds too much.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(name, "DOC003", "is not UTF-8 text; save it as UTF-8")
    ignored = Remarks()
    sketch = _Chart(name, ignored).read(text.splitlines())
    return interpret(sketch, name, palette, ignored)


class _Chart:
    """Reads line after line."""

    def __init__(self, name: str, ignored: Remarks) -> None:
        self._name, self._ignored = name, ignored
        self._title = ""
        self._in_description = False
        self._places: list[str] = []
        self._subgraphs: set[str] = set()
        self._nodes: dict[str, ReadNode] = {}
        self._place_of: dict[str, tuple[str, ...]] = {}
        self._links: list[ReadLink] = []
        self._facts: dict[tuple[str, str], Row] = {}

    def read(self, lines: list[str]) -> Sketch:
        if len(lines) > _MAX_LINES:
            refuse(self._name, "IMP002", f"has more than {_MAX_LINES:,} lines; export a part of it")
        number = self._front_matter(lines)
        number = self._first_line(lines, number)
        for at in range(number, len(lines)):
            self._line(lines[at].strip(), at + 1)
        if self._places:
            refuse(
                self._name, "IMP001", "ends inside a subgraph; is it cut off?", max(1, len(lines))
            )
        return self._sketch()

    def _front_matter(self, lines: list[str]) -> int:
        """Skip what stands between two lines of dashes and return where the chart goes on."""
        if not lines or lines[0].strip() != "---":
            return 0
        for number, line in enumerate(lines[1:], 1):
            if line.strip() == "---":
                return number + 1
            if line.startswith("title:"):
                self._title = line.removeprefix("title:").strip().strip("\"'")
        return refuse(self._name, "IMP001", "front matter (---) is not closed; is it cut off?")

    def _first_line(self, lines: list[str], number: int) -> int:
        for at in range(number, len(lines)):
            line = lines[at].strip()
            if line and not line.startswith("%%"):
                found = _FIRST.match(line)
                if not found:
                    message = f"is no flowchart: it begins with {line.split()[0][:40]!r}"
                    refuse(self._name, "IMP005", message, at + 1)
                lines[at] = line[found.end() :]
                return at
        return refuse(self._name, "IMP005", "holds no flowchart")

    def _line(self, line: str, number: int) -> None:
        if len(line) > _MAX_LINE:
            message = f"has a line of more than {_MAX_LINE:,} characters; break it up"
            refuse(self._name, "IMP002", message, number)
        if self._in_description:
            self._in_description = not line.endswith("}")
        elif line.startswith("%%"):
            self._comment(line)
        else:
            self._statements(line, number)

    def _statements(self, line: str, number: int) -> None:
        for statement in _statements(line):
            word = re.split(r"[\s:{]", statement, maxsplit=1)[0]
            if word == "subgraph":
                self._open(statement, number)
            elif statement == "end":
                self._close(number)
            elif word == "accTitle":
                self._title = statement.partition(":")[2].strip()
            elif word in _STYLES:
                self._in_description = word == "accDescr" and statement.endswith("{")
                self._ignored.add("Styles, links to pages and directions", word)
            else:
                self._statement(statement, number)

    def _comment(self, line: str) -> None:
        fact = _FACT.fullmatch(line)
        if fact:
            self._facts[fact[1], fact[2]] = from_percent(fact[3])
        elif line.startswith("%%{"):
            self._ignored.add("Directives", line[:60])

    def _open(self, statement: str, number: int) -> None:
        found = _SUBGRAPH.match(statement)
        if len(self._places) > 40:
            refuse(self._name, "IMP002", "is nested deeper than 40 subgraphs", number)
        key, *titles = found.groups() if found else (None,)
        title = next((one for one in titles if one), key or "")
        if key:
            self._subgraphs.add(key)
        words = " ".join(mermaid_lines(title))
        # "subgraph Online store" is a title of two words, not an id and a title
        self._places.append(f"{key} {words}" if key and found and found[4] else words)

    def _close(self, number: int) -> None:
        if not self._places:
            refuse(self._name, "IMP001", "has an end without a subgraph; remove it", number)
        self._places.pop()

    def _statement(self, text: str, number: int) -> None:
        try:
            found = read_statement(text, 10 * MAX_EDGES)
        except StatementError as error:
            message = f"cannot be read as a flowchart: {error} (at {text[error.index :][:30]!r})"
            refuse(self._name, "IMP001", message, number, error.index + 1)
        for node in found.nodes:
            known = self._nodes.setdefault(node.id, ReadNode(node.id))
            if node.text is not None:
                known.text, known.is_store = node.text, node.is_store
            self._place_of.setdefault(node.id, tuple(self._places))
        self._links += found.links
        hold_to_limit(MAX_SHAPES, len(self._nodes), "nodes", "shapes", self._name)
        hold_to_limit(10 * MAX_EDGES, len(self._links), "links", "arrows", self._name)

    def _sketch(self) -> Sketch:
        nodes = [node for node in self._nodes.values() if node.id not in self._subgraphs]
        boxes = tuple(self._box(node) for node in nodes)
        arrows = [self._arrow(number, link) for number, link in enumerate(self._links, 1)]
        return Sketch(
            title=self._title, boxes=boxes, arrows=tuple(one for one in arrows if one is not None)
        )

    def _box(self, node: ReadNode) -> SketchBox:
        facts = self._facts.get(("node", node.id))
        return SketchBox(
            key=node.id,
            lines=mermaid_lines(node.id if node.text is None else node.text),
            places=self._place_of[node.id],
            is_store=node.is_store,
            facts=facts,
            order=int(node.id[1:]) if facts and node.id[1:].isdigit() else None,
        )

    def _arrow(self, number: int, link: ReadLink) -> SketchArrow | None:
        if link.mode is None:
            self._ignored.add("Links that are not drawn (~~~)")
            return None
        if not link.has_head:
            self._ignored.add("Missing heads of arrows; they lead from the first to the second")
        facts = self._facts.get(("edge", str(number)))
        ends = tuple(
            self._facts.get(("node", one), {}).get("id") for one in (link.source, link.target)
        )
        is_same = facts is not None and (facts.get("source"), facts.get("target")) == ends
        return SketchArrow(
            source=link.source,
            target=link.target,
            lines=mermaid_lines(link.text),
            mode=link.mode,
            facts=facts if is_same else None,  # links were added or removed before this one
        )


def _statements(line: str) -> list[str]:
    """Split a line at its semicolons, but not at those of entities or inside quotes."""
    if ";" not in line:
        return [line] if line else []
    pieces = re.findall(r'(?:"[^"]*"|#\w{1,31};|[^;"]|")+?(?=;|$)|;', line)
    return [piece.strip() for piece in pieces if piece.strip() and piece != ";"]
