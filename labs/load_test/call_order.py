"""In which order a caller makes its calls, as drawn or else as such services usually do.

A drawing shows who calls whom, seldom when. Where an edge says its step, that is the order. Where
none does, the usual one is taken and reported, so that it can be corrected.
"""

from collections.abc import Sequence
from enum import IntEnum

from designs.drawing import Edge
from designs.inspections.drawn_graph import DrawnGraph
from designs.node_kind import Behaviour, NodeGroup

_REASON = {
    True: "Some of these calls have no step; they are taken to come after those that have one.",
    False: "No call has a step; the usual order of such parts is taken.",
}


class Place(IntEnum):
    """Where a part usually stands among the calls of its caller."""

    CHECKS = 0
    """Caches and assignments: what may spare the rest."""
    FETCH = 1
    """Features, records and retrieval, side by side."""
    VECTORS = 2
    """A search by vector, behind the service that makes the vector."""
    SERVICES = 3
    """Other services, one after another."""
    MODELS = 4
    """Models, one after another: each usually takes what the one before it found."""
    LISTS = 5
    RULES = 6
    RECORDS = 7
    """What is written down once the answer is known."""
    STAND_INS = 8
    """What answers when the rest did not."""


ONE_BY_ONE = frozenset({Place.SERVICES, Place.MODELS})

_BY_KIND = {
    "fallback-service": Place.STAND_INS,
    "rules-engine": Place.RULES,
    "reranker": Place.LISTS,
    "model-server": Place.MODELS,
    "gpu-model-server": Place.MODELS,
    "ranker": Place.MODELS,
}
_BY_GROUP = {
    NodeGroup.EXPERIMENT: Place.CHECKS,
    NodeGroup.CACHES: Place.CHECKS,
    NodeGroup.FEATURES: Place.FETCH,
    NodeGroup.RETRIEVAL: Place.FETCH,
    NodeGroup.STORAGE: Place.FETCH,
    NodeGroup.SOURCES: Place.FETCH,
    NodeGroup.STREAMS: Place.RECORDS,
    NodeGroup.QUEUES: Place.RECORDS,
    NodeGroup.REVIEW: Place.RECORDS,
    NodeGroup.MONITORING: Place.RECORDS,
}


def calls_in_order(drawn: DrawnGraph, edges: Sequence[Edge]) -> tuple[tuple[Edge, ...], ...]:
    """Return the sync edges of one caller, those of a step together, in the order of the steps."""
    given = sorted({edge.step for edge in edges if edge.step is not None})
    steps = [tuple(edge for edge in edges if edge.step == step) for step in given]
    rest = [edge for edge in edges if edge.step is None]
    makes_vectors = any(drawn.kind_id(edge.target) == "embedding-service" for edge in rest)
    for place in Place:
        here = tuple(e for e in rest if _place(drawn, e, makes_vectors=makes_vectors) is place)
        if place in ONE_BY_ONE:
            steps += _one_by_one(here)
        elif here:
            steps.append(here)
    return tuple(steps)


def inference_reason(edges: Sequence[Edge]) -> str:
    """Return why an order was inferred, or an empty text where the drawing says it all."""
    if len({edge.target for edge in edges}) < 2 or all(edge.step is not None for edge in edges):
        return ""
    return _REASON[any(edge.step is not None for edge in edges)]


def is_cache(drawn: DrawnGraph, node_id: str) -> bool:
    """Return whether a hit of this node spares what comes after it."""
    return drawn.behaviour(node_id) is Behaviour.CACHE


def _one_by_one(edges: Sequence[Edge]) -> list[tuple[Edge, ...]]:
    targets = dict.fromkeys(edge.target for edge in edges)
    return [tuple(edge for edge in edges if edge.target == target) for target in targets]


def _place(drawn: DrawnGraph, edge: Edge, *, makes_vectors: bool) -> Place:
    kind = drawn.kind_id(edge.target)
    if kind == "precomputed-results" and edge.calls_per_request < 1:
        return Place.STAND_INS
    if kind == "ann-index" and makes_vectors:
        return Place.VECTORS
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    group = drawn.group(edge.target)
    return _BY_GROUP.get(group, Place.SERVICES) if group else Place.SERVICES
