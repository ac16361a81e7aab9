"""Designs of any size, drawn as people draw systems: in layers, calling what is near by."""

import random
from itertools import pairwise

from designs.drawing import Design, Edge, EdgeMode, Node, Zone
from designs.node_kind import NodeKind, Palette

_LAYER = 5
"""Nodes of a layer."""
_MODES = (EdgeMode.SYNC, EdgeMode.SYNC, EdgeMode.ASYNC, EdgeMode.BATCH)


def layered_design(size: int, palette: Palette, seed: int = 1) -> Design:
    """Return a design whose nodes call two nodes of the next layer, and now and then skip one.

    Kinds follow the zones from the client to the people, so that most edges stay within a zone or
    go on to the next, as in the exemplars. The same arguments give the same design.

    Args:
        size: Number of nodes.
        palette: Gives the kinds.
        seed: Decides who calls whom.
    """
    rng = random.Random(seed)  # noqa: S311
    kinds = _by_zone(palette)
    nodes = tuple(
        Node(
            id=f"node-{number}",
            kind=kinds[number * len(kinds) // size].id,
            label=f"Part {number} of the system",
            replicas=1 + number % 6,
        )
        for number in range(size)
    )
    layers = [nodes[start : start + _LAYER] for start in range(0, size, _LAYER)]
    edges = [
        _edge(source, target, number)
        for layer, after in pairwise(layers)
        for number, source in enumerate(layer)
        for target in rng.sample(after, min(2, len(after)))
    ]
    edges += [
        _edge(rng.choice(layer), rng.choice(beyond), 0)
        for layer, beyond in zip(layers[::3], layers[2::3], strict=False)
    ]
    return Design(nodes=nodes, edges=tuple(edges))


def _by_zone(palette: Palette) -> list[NodeKind]:
    zones = list(Zone)
    return sorted(palette.kinds, key=lambda kind: zones.index(kind.zone))


def _edge(source: Node, target: Node, number: int) -> Edge:
    mode = _MODES[number % len(_MODES)]
    return Edge(
        source=source.id,
        target=target.id,
        mode=mode,
        timeout_ms=40 if mode == EdgeMode.SYNC else None,
        fallback="the last known value" if number == 0 else "",
    )
