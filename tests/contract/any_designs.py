"""Designs of every sort, for tests that what goes out comes in again."""

from typing import Any

from drawn_designs import HOSTILE, PALETTE
from hypothesis import strategies as st

from designs.characters import is_storable
from designs.drawing import Balancing, Design, Edge, EdgeMode, Node, NodeOverrides, Zone

KINDS = [kind.id for kind in PALETTE.kinds]
_SLUGS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


def texts(most: int) -> st.SearchStrategy[str]:
    """Texts that a store can hold, hostile ones among them."""
    some = st.text(st.characters(exclude_categories=["Cs"]), max_size=most).filter(is_storable)
    hostile = [text[:most] for text in HOSTILE.values()]
    return st.one_of(st.just(""), st.sampled_from(hostile), some)


def _some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


_ABOVE_ZERO = st.floats(min_value=0, max_value=3.6e6, exclude_min=True, allow_subnormal=False)
_OVERRIDES = st.builds(
    NodeOverrides,
    service_p50_ms=_some(_ABOVE_ZERO),
    service_p99_ms=_some(_ABOVE_ZERO),
    concurrency=_some(st.integers(1, 100_000)),
    cache_hit_ratio=_some(st.floats(0, 1)),
    items_per_call=_some(st.integers(1, 1_000_000)),
    per_item_ms=_some(_ABOVE_ZERO),
    max_batch_size=_some(st.integers(1, 4096)),
    batch_delay_ms=_some(st.floats(0, 3.6e6, allow_subnormal=False)),
    tokens_in=_some(st.integers(0, 2_000_000)),
    tokens_out=_some(st.integers(1, 200_000)),
    max_queue=_some(st.integers(0, 10_000_000)),
    load_balancing=_some(st.sampled_from(Balancing)),
    usd_per_replica_hour=_some(st.floats(0, 10_000, allow_subnormal=False)),
)


def _nodes(ids: list[str]) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.tuples(
        *(
            st.builds(
                Node,
                id=st.just(one),
                kind=st.sampled_from(KINDS),
                label=texts(120),
                replicas=st.integers(1, 10_000),
                zone=_some(st.sampled_from(Zone)),
                note=texts(500),
                overrides=_OVERRIDES,
            )
            for one in ids
        )
    )


def _edges(ids: list[str]) -> st.SearchStrategy[tuple[Edge, ...]]:
    if len(ids) < 2:
        return st.just(())
    ends = st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True)
    edge = ends.flatmap(
        lambda two: st.builds(
            Edge,
            source=st.just(two[0]),
            target=st.just(two[1]),
            mode=st.sampled_from(EdgeMode),
            calls_per_request=st.floats(1e-9, 100_000),
            timeout_ms=_some(_ABOVE_ZERO),
            fallback=texts(120),
            note=texts(120),
            step=_some(st.integers(0, 100)),
            max_retries=st.integers(0, 10),
            backoff_ms=st.floats(0, 3.6e6, allow_subnormal=False),
            cancel_on_timeout=st.booleans(),
            quality_loss=texts(120),
        )
    )
    return st.lists(edge, max_size=8).map(tuple)


@st.composite
def any_design(draw: st.DrawFn) -> Design:
    """A design with up to six nodes, parallel edges and cycles included."""
    ids = draw(st.lists(_SLUGS, max_size=6, unique=True))
    return Design(nodes=draw(_nodes(ids)), edges=draw(_edges(ids)))
