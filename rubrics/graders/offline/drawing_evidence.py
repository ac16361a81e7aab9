"""What the drawing shows of a criterion, and what its inspections hold against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from designs.drawing import Design, Edge, EdgeMode
from designs.inspections import INSPECTIONS, Violation
from designs.inspections.drawn_graph import DrawnGraph
from designs.node_kind import Palette
from labs.load_test.report import LoadTestReport
from rubrics.assessment import LoadTestEvidence
from rubrics.criterion import Criterion, DrawingIndicator
from rubrics.graders.offline.drawn_path import path_through
from rubrics.graders.offline.load_test_evidence import MetObjective, met_by, missed_by


@dataclass(frozen=True)
class DrawnSign:
    """A drawing indicator that was found."""

    indicator_id: str
    node_ids: tuple[str, ...]
    """In the drawing's order; of a path in the order of the path."""
    is_path: bool


@dataclass(frozen=True)
class DrawnCase:
    """What the drawing says about one criterion."""

    signs: tuple[DrawnSign, ...] = ()
    smells: tuple[Violation, ...] = ()
    """What speaks against the criterion."""
    tested: tuple[MetObjective, ...] = ()
    """Objectives that the drawing was found to meet."""
    missed: tuple[LoadTestEvidence, ...] = ()
    """Objectives that it misses; they speak against the criterion too."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids of the indicators that the drawing and its load test show."""
        drawn = (one.indicator_id for one in self.signs)
        return (*drawn, *(one.indicator_id for one in self.tested))

    def holds(self, indicator_id: str) -> bool:
        """Return whether the drawing or its load test shows an indicator."""
        return indicator_id in self.shown


NOTHING_DRAWN = DrawnCase()


@dataclass(frozen=True)
class InspectedDrawing:
    """A drawing that criteria ask about; each inspection is run once, and only if it is asked for.

    Args:
        design: The drawing.
        palette: What its kinds are.
        report: Its load test, if it was run.
    """

    design: Design
    palette: Palette
    report: LoadTestReport | None = None

    @cached_property
    def _graph(self) -> DrawnGraph:
        return DrawnGraph(self.design, self.palette)

    @cached_property
    def _found(self) -> dict[str, tuple[Violation, ...]]:
        return {}

    def case_of(self, criterion: Criterion) -> DrawnCase:
        """Return what shows a criterion and what speaks against it."""
        if not self.design.nodes:
            return NOTHING_DRAWN
        drawn = (one for one in criterion.indicators if isinstance(one, DrawingIndicator))
        signs = (self.sign_of(one) for one in drawn)
        return DrawnCase(
            tuple(one for one in signs if one is not None),
            tuple(one for code in criterion.smells for one in self._smells(code)),
            met_by(criterion, self.design, self.report),
            missed_by(criterion, self.design, self.report),
        )

    def sign_of(self, indicator: DrawingIndicator) -> DrawnSign | None:
        """Return the nodes that fulfil an indicator, or None."""
        nodes = self._path(indicator) if indicator.path else self._nodes(indicator)
        if not nodes or any(self._smells(code) for code in indicator.clear_of):
            return None
        return DrawnSign(indicator.id, nodes, bool(indicator.path))

    def _smells(self, code: str) -> tuple[Violation, ...]:
        if code not in self._found:
            rule = INSPECTIONS.get(code)  # the linter tells of codes that do not exist
            self._found[code] = tuple(rule.violations_in(self._graph)) if rule else ()
        return self._found[code]

    def _path(self, indicator: DrawingIndicator) -> tuple[str, ...]:
        ends = self._path_ends(indicator) if _asks_of_the_end(indicator) else None
        modes = frozenset(indicator.modes or EdgeMode)
        return path_through(
            self._graph, indicator.path, modes, avoiding=indicator.avoiding, last_edges=ends
        )

    def _path_ends(self, indicator: DrawingIndicator) -> frozenset[tuple[str, str]]:
        """Return the edges, as source and target, with which the path may end."""
        return frozenset(
            (edge.source, edge.target)
            for edge in self.design.edges
            if _carries(edge, indicator.edge_with)
            and (not indicator.serves_requests or self._is_waited_for(edge.target))
        )

    def _nodes(self, indicator: DrawingIndicator) -> tuple[str, ...]:
        found = self._graph.of_kind(*indicator.any_kinds)
        if indicator.reached_from and found:
            starts = self._graph.of_kind(*indicator.reached_from)
            reached = self._graph.reach(
                {edge.target for start in starts for edge in self._graph.out[start]}
            )
            found = tuple(one for one in found if one in reached)
        if indicator.edge_with != "any":
            found = tuple(
                one
                for one in found
                if any(_carries(edge, indicator.edge_with) for edge in self._edges_of(one))
            )
        if indicator.serves_requests:
            found = tuple(one for one in found if self._is_waited_for(one))
        return found

    def _edges_of(self, node_id: str) -> Iterator[Edge]:
        yield from self._graph.into[node_id]
        yield from self._graph.out[node_id]

    def _is_waited_for(self, node_id: str) -> bool:
        return any(
            edge.mode is EdgeMode.SYNC and edge.source in self._graph.request_path
            for edge in self._graph.into[node_id]
        )


def _asks_of_the_end(indicator: DrawingIndicator) -> bool:
    return indicator.edge_with != "any" or indicator.serves_requests


def _carries(edge: Edge, what: str) -> bool:
    if what == "fallback":
        return bool(edge.fallback.strip())
    return what == "any" or edge.timeout_ms is not None
