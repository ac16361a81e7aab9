"""Two designs side by side: what one lacks, what it has besides, and what is drawn differently."""

from itertools import product

from designs.drawing import Design, Edge, EdgeMode, Node
from designs.equivalent_kinds import equivalence_reason, family
from designs.exporters.captions import node_title
from designs.node_kind import Palette
from designs.part_matching import match_parts
from designs.record import Record


class Part(Record):
    """A node of either design, as it is named in words."""

    node_id: str
    title: str
    """Label, or else the kind's. A learner's label: escape it."""
    kind_label: str


class MatchedParts(Record):
    """One node of each design that plays the same part."""

    yours: Part
    theirs: Part
    equivalent_because: str
    """Why different kinds count as the same part; empty for the same kind."""


class MissingPart(Record):
    """A node of theirs that has no partner."""

    part: Part
    why: str
    """What it is there for: the node's own note, or else what its kind is for."""
    stand_in: Part | None
    """A node of yours of the same family that is matched already: theirs has it in several."""


class Connection(Record):
    """An edge between two parts, in the names of your design."""

    source: Part
    target: Part
    modes: tuple[EdgeMode, ...]
    note: str = ""


class DifferentMode(Record):
    """Two parts that both designs connect, each in its own mode."""

    source: Part
    target: Part
    yours: tuple[EdgeMode, ...]
    theirs: tuple[EdgeMode, ...]


class Comparison(Record):
    """What a comparison found; every tuple is in the order of the designs."""

    matched: tuple[MatchedParts, ...]
    missing: tuple[MissingPart, ...]
    besides: tuple[Part, ...]
    """Nodes of yours without a partner; that is no fault."""
    missing_connections: tuple[Connection, ...]
    """Theirs connects two parts that you have, and yours does not."""
    connections_besides: tuple[Connection, ...]
    different_modes: tuple[DifferentMode, ...]

    @property
    def is_same(self) -> bool:
        """Both have the same parts, connected in the same way; equivalent kinds count as same."""
        return not (
            self.missing
            or self.besides
            or self.missing_connections
            or self.connections_besides
            or self.different_modes
        )


def compare(yours: Design, theirs: Design, palette: Palette) -> Comparison:
    """Compare a design with another one, such as the exemplar.

    Different but equivalent kinds match (`designs.equivalent_kinds`). Two parts count as connected
    too if a part that only you have lies in between, and an async or batch edge may point either
    way, since some draw the data and some the call.

    Args:
        yours: The design that is spoken to.
        theirs: The design that it is held against.
        palette: For the names of kinds and what they are for.
    """
    return _Comparing(yours, theirs, palette).result()


class _Comparing:
    """Holds both designs and the pairs while the comparison is made."""

    def __init__(self, yours: Design, theirs: Design, palette: Palette) -> None:
        self.yours, self.theirs, self.palette = yours, theirs, palette
        self.pairs = match_parts(yours, theirs)
        self.my_partner = {other: mine for mine, other in self.pairs.items()}
        self.mine = {node.id: node for node in yours.nodes}
        self.other = {node.id: node for node in theirs.nodes}
        self.my_edges, self.other_edges = _edges(yours), _edges(theirs)
        self.besides = [node.id for node in yours.nodes if node.id not in self.pairs]

    def result(self) -> Comparison:
        lacking, different = self._connections()
        return Comparison(
            matched=tuple(self._matched(mine, other) for mine, other in self.pairs.items()),
            missing=tuple(
                self._missing(node) for node in self.theirs.nodes if node.id not in self.my_partner
            ),
            besides=tuple(self._part(self.mine[one]) for one in self.besides),
            missing_connections=lacking,
            connections_besides=self._connections_besides(),
            different_modes=different,
        )

    def _part(self, node: Node) -> Part:
        kind = self.palette.kind(node.kind)
        return Part(
            node_id=node.id,
            title=node_title(node, self.palette),
            kind_label=kind.label if kind else node.kind,
        )

    def _matched(self, mine: str, other: str) -> MatchedParts:
        return MatchedParts(
            yours=self._part(self.mine[mine]),
            theirs=self._part(self.other[other]),
            equivalent_because=equivalence_reason(self.mine[mine].kind, self.other[other].kind),
        )

    def _missing(self, node: Node) -> MissingPart:
        kind = self.palette.kind(node.kind)
        likes = family(node.kind)
        same = [one for one in self.yours.nodes if one.kind in likes and one.id in self.pairs]
        return MissingPart(
            part=self._part(node),
            why=node.note.strip() or (kind.description if kind else ""),
            stand_in=self._part(same[0]) if same else None,
        )

    def _connections(self) -> tuple[tuple[Connection, ...], tuple[DifferentMode, ...]]:
        lacking: list[Connection] = []
        different: list[DifferentMode] = []
        bridged = self._bridged()
        for (source, target), edges in self.other_edges.items():
            if source not in self.my_partner or target not in self.my_partner:
                continue
            mine = (self.my_partner[source], self.my_partner[target])
            ends = {
                "source": self._part(self.mine[mine[0]]),
                "target": self._part(self.mine[mine[1]]),
            }
            wanted = _in_order(edges)
            drawn = _in_order(self.my_edges.get(mine, ()))
            if drawn and drawn != wanted:
                different.append(DifferentMode(**ends, yours=drawn, theirs=wanted))
            elif not drawn and mine not in bridged and not self._turned(mine, wanted):
                note = next((edge.note for edge in edges if edge.note.strip()), "")
                lacking.append(Connection(**ends, modes=wanted, note=note))
        return tuple(lacking), tuple(different)

    def _turned(self, mine: tuple[str, str], wanted: tuple[EdgeMode, ...]) -> bool:
        """Whether yours has the edge the other way round, where that may mean the same."""
        return EdgeMode.SYNC not in wanted and (mine[1], mine[0]) in self.my_edges

    def _bridged(self) -> set[tuple[str, str]]:
        """Return the pairs of your nodes with one of your own additions in between."""
        into: dict[str, list[str]] = {one: [] for one in self.besides}
        out: dict[str, list[str]] = {one: [] for one in self.besides}
        for source, target in self.my_edges:
            if target in into:
                into[target].append(source)
            if source in out:
                out[source].append(target)
        return {pair for one in self.besides for pair in product(into[one], out[one])}

    def _connections_besides(self) -> tuple[Connection, ...]:
        found = []
        for (source, target), edges in self.my_edges.items():
            if source not in self.pairs or target not in self.pairs:
                continue
            there = (self.pairs[source], self.pairs[target])
            modes = _in_order(edges)
            turned = EdgeMode.SYNC not in _in_order(self.other_edges.get(there[::-1], ()))
            if there in self.other_edges or (turned and there[::-1] in self.other_edges):
                continue
            ends = (self._part(self.mine[source]), self._part(self.mine[target]))
            found.append(Connection(source=ends[0], target=ends[1], modes=modes))
        return tuple(found)


def _edges(design: Design) -> dict[tuple[str, str], list[Edge]]:
    """Return the edges between each two nodes that have some."""
    found: dict[tuple[str, str], list[Edge]] = {}
    for edge in design.edges:
        found.setdefault((edge.source, edge.target), []).append(edge)
    return found


def _in_order(edges: list[Edge] | tuple[()]) -> tuple[EdgeMode, ...]:
    modes = {edge.mode for edge in edges}
    return tuple(mode for mode in EdgeMode if mode in modes)
