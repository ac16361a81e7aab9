"""Designs for tests in few words.

One line is a chain of nodes (``client-app -> api-gateway ~> event-stream``) or a single node,
with fields behind a bar (``| t=100 else=default``). ``->`` is sync, ``~>`` async, ``=>`` batch. A
node is written as its kind; ``cache/2`` is a second cache, with the id ``cache-2``.
"""

import re
from typing import Any

from designs.drawing import Design

_ARROWS = {"->": "sync", "~>": "async", "=>": "batch"}
_NAMES = {
    "t": "timeout_ms",
    "else": "fallback",
    "calls": "calls_per_request",
    "p50": "service_p50_ms",
    "p99": "service_p99_ms",
    "hit": "cache_hit_ratio",
}
_OVERRIDES = {"service_p50_ms", "service_p99_ms", "cache_hit_ratio", "concurrency"}


def drawn(text: str) -> Design:
    """Return the design that a few lines describe."""
    nodes: dict[str, dict[str, Any]] = {}
    edges: list[dict[str, Any]] = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        chain, _, fields = line.partition(" | ")
        given = _fields(fields)
        words = chain.split()
        ids = [_node(word, nodes) for word in words[::2]]
        if len(ids) == 1:
            overrides = {name: given.pop(name) for name in _OVERRIDES & set(given)}
            nodes[ids[0]] |= given | ({"overrides": overrides} if overrides else {})
        for source, arrow, target in zip(ids, words[1::2], ids[1:], strict=False):
            edges.append({"source": source, "target": target, "mode": _ARROWS[arrow], **given})
    return Design.model_validate({"nodes": [*nodes.values()], "edges": edges})


def _node(word: str, nodes: dict[str, dict[str, Any]]) -> str:
    node_id = word.replace("/", "-")
    nodes.setdefault(node_id, {"id": node_id, "kind": word.partition("/")[0]})
    return node_id


def _fields(text: str) -> dict[str, Any]:
    return {_NAMES.get(name, name): value for name, value in re.findall(r"(\w+)=(\S+)", text)}
