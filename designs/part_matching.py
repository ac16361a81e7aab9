"""Finding which node of one design plays the part of which node of another."""

from collections import Counter

from designs.drawing import Design, Node
from designs.equivalent_kinds import family

_Neighbourhood = Counter[tuple[str, str, frozenset[str]]]
_SAME_KIND = 0.25
"""What the same kind is worth beside the share of like edges: it decides between near equals, and
does not make a model of the request path the partner of one far from it. Our judgement."""


def match_parts(yours: Design, theirs: Design) -> dict[str, str]:
    """Return which of their nodes each of your nodes stands for.

    A pair has the same kind or equivalent ones. The same id with the same kind comes first, then
    those with the likest edges, where the same kind counts for some; what is still equal is taken
    in the order of the designs. Labels play no part.

    Returns:
        Your id to theirs, in the order of your design. No node is in two pairs.
    """
    around_yours, around_theirs = _neighbourhoods(yours), _neighbourhoods(theirs)
    ranked = sorted(
        (
            (mine.id, mine.kind) != (other.id, other.kind),
            -_likeness(around_yours[mine.id], around_theirs[other.id])
            - (_SAME_KIND if mine.kind == other.kind else 0),
            place,
            own_place,
            mine.id,
            other.id,
        )
        for own_place, mine in enumerate(yours.nodes)
        for place, other in enumerate(theirs.nodes)
        if _may_match(mine, other)
    )
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for *_, mine_id, other_id in ranked:
        if mine_id not in pairs and other_id not in taken:
            pairs[mine_id] = other_id
            taken.add(other_id)
    return {node.id: pairs[node.id] for node in yours.nodes if node.id in pairs}


def _may_match(mine: Node, other: Node) -> bool:
    return other.kind in family(mine.kind)


def _neighbourhoods(design: Design) -> dict[str, _Neighbourhood]:
    """Return for each node the directions, modes and families of its edges."""
    families = {node.id: family(node.kind) for node in design.nodes}
    found: dict[str, _Neighbourhood] = {node.id: Counter() for node in design.nodes}
    for edge in design.edges:
        found[edge.source]["to", edge.mode, families[edge.target]] += 1
        found[edge.target]["from", edge.mode, families[edge.source]] += 1
    return found


def _likeness(one: _Neighbourhood, other: _Neighbourhood) -> float:
    """Return the share of edges that both have, 0 to 1."""
    either = (one | other).total()
    return (one & other).total() / either if either else 0.0
