"""Small drawings for load tests: parts and arrows in a line each."""

from typing import Any

from designs.drawing import Design, Edge, Node
from designs.library import shipped_pack, shipped_palette
from labs.load_test.request_path import RequestPath, request_path

PALETTE = shipped_palette()
PROMPT = shipped_pack("fraud-detection").prompt

KINDS = {
    "app": "client-app",
    "gateway": "api-gateway",
    "service": "decision-service",
    "cache": "cache",
    "features": "online-feature-store",
    "index": "ann-index",
    "towers": "embedding-service",
    "ranker": "ranker",
    "gpu": "gpu-model-server",
    "rules": "rules-engine",
    "events": "event-stream",
    "stream": "stream-processor",
    "spare": "fallback-service",
    "lake": "data-lake",
}
"""Each id of a test is of one kind."""


def drawn(*arrows: str, **parts: dict[str, Any]) -> Design:
    """Return a drawing.

    Args:
        arrows: Such as ``"app -> service"``; ``~>`` is async, ``=>`` is batch. What follows a
            colon are further fields, such as ``"service -> features: timeout_ms=20"``.
        parts: Fields of nodes, overrides among them.
    """
    edges, ids = [], list(parts)
    modes = {"->": "sync", "~>": "async", "=>": "batch"}
    for arrow in arrows:
        ends, _, rest = arrow.partition(":")
        source, sign, target = ends.split()
        ids += [source, target]
        more = dict(pair.split("=", 1) for pair in rest.split(",") if pair.strip())
        more = {name.strip(): value for name, value in more.items()}
        edges.append(
            Edge.model_validate({"source": source, "target": target, "mode": modes[sign], **more})
        )
    nodes = tuple(
        Node.model_validate({"id": one, "kind": KINDS[one], **parts.get(one, {})})
        for one in dict.fromkeys(ids)
    )
    return Design(nodes=nodes, edges=tuple(edges))


def path_of(*arrows: str, cold_caches: bool = False, **parts: dict[str, Any]) -> RequestPath:
    return request_path(drawn(*arrows, **parts), PALETTE, cold_caches=cold_caches)
