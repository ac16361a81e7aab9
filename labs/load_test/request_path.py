"""From a drawing to a network: the request path as stations and calls.

Sync edges from the entry are the request path. Async edges bring load and cost and nobody waits
for them; batch edges bring cost only. What the drawing leaves open is filled in the usual way and
said in `inferred` and `remarks`.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

from pydantic import ValidationError

from designs.drawing import Design, Edge, EdgeMode, Node
from designs.identifiers import unused_slug
from designs.inspections.drawn_graph import SYNC, DrawnGraph
from designs.inspections.roles import CLIENTS
from designs.node_kind import Palette
from designs.record import Record
from labs.load_test.call_order import calls_in_order, inference_reason, is_cache
from labs.load_test.capacity import Capacity, capacity_of, station_of
from labs.load_test.entrance import entry_of, refuse_unreachable
from labs.load_test.flows import Flows, flows_of, path_visits
from labs.load_test.network import Call, Fallback, Network, Station
from labs.load_test.refusal import LoadTestError
from labs.load_test.report import InferredStep

MOST_CALLS = 1000
"""Parallel calls to one node for one call of its caller; the engine takes no more."""
_SAME = 0.01
"""How near a share of calls must be to a cache's miss ratio to be taken for it."""


class RequestPath(Record):
    """A drawing as the engine runs it, with what was filled in."""

    design: Design
    network: Network
    capacities: dict[str, Capacity]
    """Of every node of the drawing."""
    flows: Flows
    stands_for: dict[str, str]
    """Stations that no node is drawn for (the misses of a cache), with their caller."""
    inferred: tuple[InferredStep, ...]
    remarks: tuple[str, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes that a request waits for, in the order of the design."""
        known = {station.id for station in self.network.stations} - set(self.stands_for)
        return tuple(node for node in self.design.nodes if node.id in known)

    def station(self, station_id: str) -> Station:
        """Return a station of the network.

        Raises:
            StopIteration: If there is none.
        """
        return next(one for one in self.network.stations if one.id == station_id)

    def calls_per_request(self, node_id: str) -> float:
        """Return how many calls of one request reach a node, retries left out."""
        flows = self.flows
        return (
            flows.waited_for.get(node_id, 0.0)
            + flows.beside.get(node_id, 0.0)
            + flows.into_path.get(node_id, 0.0)
        )

    def utilisation(self, node_id: str, rps: float) -> float:
        """Return the share of a node's servers that its calls keep busy, without retries."""
        node, capacity = self.design.node(node_id), self.capacities[node_id]
        if node is None or node_id in self._without_time:
            return 0.0
        servers = node.replicas * capacity.concurrency
        return rps * self.calls_per_request(node_id) * capacity.mean_ms / 1000 / servers

    @property
    def _without_time(self) -> frozenset[str]:
        return frozenset(
            one.id for one in self.network.stations if one.service is None and one.batching is None
        )


def request_path(design: Design, palette: Palette, *, cold_caches: bool = False) -> RequestPath:
    """Turn a drawing into stations and calls.

    Args:
        design: What was drawn.
        palette: For kinds and their figures.
        cold_caches: Whether every cache misses.

    Raises:
        LoadTestError: If it has no entry, a circle, nodes that nothing reaches, or a node on the
            path without a service time.
    """
    drawn = DrawnGraph(design, palette)
    entry, others = entry_of(drawn)
    refuse_unreachable(drawn, entry, others)
    reader = _Reader(drawn, entry, cold_caches=cold_caches)
    if others:
        reader.remarks.append(
            f"All requests come in at {drawn.name(entry)}; {drawn.names(others)} may begin "
            "requests too and brings no load here."
        )
    reader.read()
    return reader.result()


class _Misses(NamedTuple):
    """Share of requests that go on behind a cache."""

    now: float
    """In this run."""
    drawn: float
    """As the drawing says it, whether the caches of this run are cold or not."""


_EVERY = _Misses(1.0, 1.0)


class _Reader:
    """Walks the request path once."""

    def __init__(self, drawn: DrawnGraph, entry: str, *, cold_caches: bool) -> None:
        self.drawn, self.entry, self.cold = drawn, entry, cold_caches
        self.path = drawn.reach((entry,), SYNC)
        self.taken = set(drawn.nodes)
        self.calls: list[Call] = []
        self.stands_for: dict[str, str] = {}
        self.inferred: list[InferredStep] = []
        self.remarks: list[str] = []
        self.capacities = {node.id: capacity_of(node, drawn.palette) for node in drawn.design.nodes}

    def read(self) -> None:
        for node_id in self.drawn.ordered(self.path):
            self._refuse_without_time(node_id)
            edges = [e for e in self.drawn.out[node_id] if e.mode is EdgeMode.SYNC]
            if edges:
                self._read_caller(node_id, edges)

    def result(self) -> RequestPath:
        flows = flows_of(self.drawn, self.path, path_visits(self.entry, tuple(self.calls)))
        self._add_background(flows)
        if flows.circular:
            self.remarks.append(
                "Beside the request path something comes back to where it was, such as a case "
                "to its queue; the second round is not counted."
            )
        try:
            network = Network(
                entry=self.entry, stations=tuple(self._stations()), calls=tuple(self.calls)
            )
        except ValidationError:
            raise LoadTestError(
                "the request path has more than 200 parts or 500 calls; draw fewer"
            ) from None
        return RequestPath(
            design=self.drawn.design,
            network=network,
            capacities=self.capacities,
            flows=flows,
            stands_for=self.stands_for,
            inferred=tuple(self.inferred),
            remarks=tuple(dict.fromkeys(self.remarks)),
        )

    # --- stations ----------------------------------------------------------------------

    def _stations(self) -> Iterator[Station]:
        reached = path_visits(self.entry, tuple(self.calls))
        for node_id in self.drawn.ordered(self.path & reached.keys()):
            client = self.drawn.kind_id(node_id) in CLIENTS
            yield station_of(self.drawn.nodes[node_id], self.capacities[node_id], passes_on=client)
        for virtual in self.stands_for:
            yield Station(id=virtual)

    def _refuse_without_time(self, node_id: str) -> None:
        if self.capacities[node_id].service or self.drawn.kind_id(node_id) in CLIENTS:
            return
        callers = dict.fromkeys(
            edge.source
            for edge in self.drawn.into[node_id]
            if edge.mode is EdgeMode.SYNC and edge.source in self.path
        )
        raise LoadTestError(
            f"a request waits for {self.drawn.name(node_id)}, and a {self.drawn.kind_id(node_id)} "
            "has no service time; give it service_p50_ms and service_p99_ms (above 0 and at most "
            f"3,600,000), or make the call from {self.drawn.names(callers) or 'its caller'} async"
        )

    # --- calls -------------------------------------------------------------------------

    def _read_caller(self, caller: str, edges: list[Edge]) -> None:
        steps = calls_in_order(self.drawn, edges)
        reason = inference_reason(edges)
        if reason:
            targets = tuple(tuple(dict.fromkeys(e.target for e in step)) for step in steps)
            self.inferred.append(InferredStep(caller=caller, steps=targets, reason=reason))
        if is_cache(self.drawn, caller):
            self._read_through(caller, steps)
            return
        misses = _EVERY
        for number, step in enumerate(steps):
            self._make_step(caller, number, step, misses)
            misses = self._misses_behind(step)

    def _read_through(self, cache: str, steps: tuple[tuple[Edge, ...], ...]) -> None:
        """A cache that makes calls itself makes them for its misses."""
        misses = self._misses_of(cache)
        if misses.now > 0:
            virtual = self._for_misses(cache, 0, misses)
            for number, step in enumerate(steps):
                for edge in step:
                    self._make(virtual, number, edge, edge.calls_per_request)

    def _make_step(self, caller: str, number: int, step: tuple[Edge, ...], misses: _Misses) -> None:
        """Make the calls of a step; those behind a cache are made for its misses, together.

        A share of its own that is just the drawn share of misses says the same once more. Any
        other share of its own has nothing to do with the cache.
        """
        behind: list[Edge] = []
        for edge in step:
            share = edge.calls_per_request
            if misses is _EVERY or (share < 1 and abs(share - misses.drawn) > _SAME):
                self._make(caller, number, edge, share)
            else:
                behind.append(edge)
        if behind and misses.now > 0:
            virtual = self._for_misses(caller, number, misses)
            for edge in behind:
                self._make(virtual, 0, edge, max(edge.calls_per_request, 1.0))

    def _misses_behind(self, step: tuple[Edge, ...]) -> _Misses:
        """Return the share of requests for which the step after this one is needed."""
        now = drawn = 1.0
        for target in dict.fromkeys(edge.target for edge in step):
            fetches = any(edge.mode is EdgeMode.SYNC for edge in self.drawn.out[target])
            if is_cache(self.drawn, target) and not fetches:
                misses = self._misses_of(target)
                now, drawn = now * misses.now, drawn * misses.drawn
        return _Misses(now, drawn) if drawn < 1 else _EVERY

    def _misses_of(self, cache: str) -> _Misses:
        ratio = self.drawn.nodes[cache].overrides.cache_hit_ratio
        if ratio is None:
            self.remarks.append(
                f"{self.drawn.name(cache)} does not say how often it hits; it is taken to miss "
                "always."
            )
        missed = 1 - (ratio or 0.0)
        return _Misses(now=1.0 if self.cold else missed, drawn=missed)

    def _for_misses(self, caller: str, number: int, misses: _Misses) -> str:
        """Return a station without a time of its own that stands for the misses of a cache."""
        virtual = unused_slug(f"{caller[:55]}-misses".replace("--", "-"), self.taken)
        self.taken.add(virtual)
        self.stands_for[virtual] = caller
        self.calls.append(Call(source=caller, target=virtual, step=number, probability=misses.now))
        return virtual

    def _make(self, source: str, number: int, edge: Edge, calls: float) -> None:
        by_client = self.drawn.kind_id(edge.source) in CLIENTS
        if calls > MOST_CALLS:
            raise LoadTestError(
                f"{self.drawn.calls([edge])} is called {calls:,.6g} times for one request; on the "
                f"request path it is above 0 and at most {MOST_CALLS:,}: ask for all of it in one "
                "batched call and give items_per_call"
            )
        if by_client and (edge.timeout_ms is not None or edge.fallback.strip()):
            self.remarks.append(
                f"What {self.drawn.name(edge.source)} does when it gives up is not an answer of "
                "the design; its time limit is left out, and every request is timed to its end."
            )
        fallback = None
        if edge.fallback.strip() and not by_client:
            fallback = Fallback(text=edge.fallback.strip(), quality_loss=edge.quality_loss.strip())
        for probability, fan_out in _as_calls(calls):
            self.calls.append(
                Call(
                    source=source,
                    target=edge.target,
                    step=number,
                    probability=probability,
                    fan_out=fan_out,
                    timeout_ms=None if by_client else edge.timeout_ms,
                    fallback=fallback,
                    max_retries=0 if by_client else edge.max_retries,
                    backoff_ms=edge.backoff_ms,
                    cancel_on_timeout=edge.cancel_on_timeout,
                )
            )

    def _add_background(self, flows: Flows) -> None:
        """Let writes and events from beside the path reach its stations.

        They come with the request that caused them, since their delay does not change the load.
        """
        for target in self.drawn.ordered(flows.into_path):
            if target == self.entry:
                continue
            for probability, fan_out in _as_calls(min(flows.into_path[target], MOST_CALLS)):
                self.calls.append(
                    Call(
                        source=self.entry,
                        target=target,
                        probability=probability,
                        fan_out=fan_out,
                        waited_for=False,
                    )
                )


def _as_calls(calls: float) -> Iterator[tuple[float, int]]:
    """Yield probability and number of parallel calls that come to some calls on average."""
    whole = math.floor(calls)
    if whole:
        yield 1.0, whole
    if calls - whole > 1e-9:
        yield calls - whole, 1
