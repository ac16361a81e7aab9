"""How fast a drawn node is: the palette's figures, and what the drawing knows better."""

import math

from designs.drawing import Balancing, Node
from designs.exporters.captions import node_title
from designs.node_kind import NodeKind, Palette
from designs.record import Record
from designs.source import Grounded
from labs.load_test.network import Batching, LoadBalancing, Service, Station
from labs.load_test.refusal import LoadTestError
from labs.load_test.report import InputGrade

LONGEST_MS = 3.6e6
"""An hour; nothing that a request waits for takes longer."""
_DRAWN = "Given in the drawing."
_P99_NORMAL = 2.3263478740408408
"""The 99th percentile of the standard normal distribution."""


class Capacity(Record):
    """What a node can do, and where each figure comes from."""

    service: Service | None
    """Time of one call without waiting; none for a part that only passes calls on."""
    batching: Batching | None
    concurrency: int
    grade: InputGrade
    basis: str
    source_url: str
    usd_per_replica_hour: float | None
    price_grade: InputGrade
    price_basis: str
    price_url: str

    @property
    def mean_ms(self) -> float:
        """Mean time of one call on one server; in full batches where calls are batched."""
        if self.batching is not None:
            size = self.batching.max_batch_size
            return self.batching.base_ms / size + self.batching.per_item_ms
        return lognormal_mean(self.service) if self.service else 0.0


def lognormal_mean(service: Service) -> float:
    """Return the mean of a lognormal through both quantiles, in milliseconds."""
    sigma = math.log(service.p99_ms / service.p50_ms) / _P99_NORMAL
    return service.p50_ms * math.exp(sigma * sigma / 2)


def squared_variation(service: Service) -> float:
    """Return variance over squared mean of a lognormal through both quantiles."""
    sigma = math.log(service.p99_ms / service.p50_ms) / _P99_NORMAL
    return math.exp(sigma * sigma) - 1


def capacity_of(node: Node, palette: Palette) -> Capacity:
    """Return what a node can do.

    Args:
        node: With its overrides.
        palette: For the figures of its kind.

    Raises:
        LoadTestError: If its figures contradict each other or are absurd.
    """
    kind = palette.kind(node.kind)
    title = _named(node, palette)
    times, grade, entry = _times(node, kind, title)
    price, price_grade, price_entry = _price(node, kind)
    return Capacity(
        service=times,
        batching=_batching(node, kind, times, title),
        concurrency=_concurrency(node, kind),
        grade=grade,
        basis=_DRAWN if grade is InputGrade.OWN else _basis(entry, palette),
        source_url="" if grade is InputGrade.OWN else _url(entry, palette),
        usd_per_replica_hour=price,
        price_grade=price_grade,
        price_basis=_DRAWN if price_grade is InputGrade.OWN else _basis(price_entry, palette),
        price_url=_url(price_entry, palette),
    )


def station_of(node: Node, capacity: Capacity, *, passes_on: bool = False) -> Station:
    """Return the station that a node becomes.

    Args:
        node: For its id, replicas, queue and balancing.
        capacity: What it can do.
        passes_on: Whether it takes no time of its own, as a client does.
    """
    balancing = node.overrides.load_balancing or Balancing.LEAST_WORK
    return Station(
        id=node.id,
        service=None if passes_on else capacity.service,
        batching=None if passes_on else capacity.batching,
        replicas=node.replicas,
        concurrency=capacity.concurrency,
        load_balancing=LoadBalancing(balancing.value),
        max_queue=node.overrides.max_queue,
    )


def _times(
    node: Node, kind: NodeKind | None, title: str
) -> tuple[Service | None, InputGrade, Grounded | None]:
    own = node.overrides
    if own.tokens_out is not None or own.tokens_in is not None:
        return _token_times(node, kind, title)
    usual = kind.service_time if kind else None
    median, tail = own.service_p50_ms, own.service_p99_ms
    grade = InputGrade.OWN
    if median is None and tail is None:
        if usual is None:
            return None, InputGrade.NONE, None
        grade = InputGrade.ASSUMPTION if usual.source is None else InputGrade.SOURCED
        median, tail = usual.p50_ms, usual.p99_ms
    else:
        ratio = usual.p99_ms / usual.p50_ms if usual else 1.0
        median = median if median is not None else (tail or 0) / ratio
        tail = tail if tail is not None else median * ratio
    longer = _with_items(node, kind, median)
    return _service(longer, tail * longer / median, title), grade, usual


def _with_items(node: Node, kind: NodeKind | None, median: float) -> float:
    """Return the median with as many items as the drawing says, or as the kind stands for."""
    own, usual = node.overrides, kind.item_cost if kind else None
    if own.per_item_ms is not None:
        items = own.items_per_call or (usual.items if usual else 1)
        without = median
        if own.service_p50_ms is None and usual is not None:
            without = median - usual.items * usual.per_item_ms
        return without + items * own.per_item_ms
    if own.items_per_call is not None and own.service_p50_ms is None and usual is not None:
        return median + (own.items_per_call - usual.items) * usual.per_item_ms
    return median


def _token_times(
    node: Node, kind: NodeKind | None, title: str
) -> tuple[Service, InputGrade, Grounded]:
    cost = kind.token_cost if kind else None
    if cost is None:
        raise LoadTestError(
            f"{title} has tokens, and its kind {node.kind} has no time a token; use the kind "
            "gpu-model-server, or give service_p50_ms and service_p99_ms instead"
        )
    read, written = node.overrides.tokens_in or 0, node.overrides.tokens_out or 1
    median = read * cost.prefill_ms_per_token + written * cost.decode_ms_per_token
    grade = InputGrade.ASSUMPTION if cost.source is None else InputGrade.SOURCED
    return _service(median, median * cost.tail, title), grade, cost


def _service(median: float, tail: float, title: str) -> Service:
    if tail < median:
        raise LoadTestError(
            f"{title} has a 99th percentile of {tail:g} ms, which is below its median of "
            f"{median:g} ms; give service_p99_ms a value of {median:g} or more"
        )
    if not 0 < median <= tail <= LONGEST_MS:
        raise LoadTestError(
            f"{title} takes {tail:g} ms a call; a call takes above 0 and at most "
            f"{LONGEST_MS:,.0f} ms: lower its times, items or tokens"
        )
    return Service(p50_ms=median, p99_ms=tail)


def _batching(
    node: Node, kind: NodeKind | None, times: Service | None, title: str
) -> Batching | None:
    own, usual = node.overrides, kind.batching if kind else None
    if own.max_batch_size is None:
        return None
    if times is None:
        raise LoadTestError(f"{title} has a batch size and no service time; give service_p50_ms")
    each = own.per_item_ms * (own.items_per_call or 1) if own.per_item_ms is not None else None
    if each is None:
        each = usual.per_call_ms if usual else times.p50_ms
    each = min(each, times.p50_ms)
    delay = own.batch_delay_ms
    if delay is None:
        delay = usual.delay_ms if usual else 0.0
    return Batching(
        max_batch_size=own.max_batch_size,
        max_queue_delay_ms=delay,
        base_ms=times.p50_ms - each,
        per_item_ms=each,
    )


def _concurrency(node: Node, kind: NodeKind | None) -> int:
    own = node.overrides
    if own.concurrency is not None:
        return own.concurrency
    if own.max_batch_size is not None:
        return 1  # the accelerator works on one batch at a time
    if kind is not None and kind.token_cost and (own.tokens_in or own.tokens_out):
        return kind.token_cost.concurrency
    return (kind.concurrency if kind else None) or 1


def _price(node: Node, kind: NodeKind | None) -> tuple[float | None, InputGrade, Grounded | None]:
    if node.overrides.usd_per_replica_hour is not None:
        return node.overrides.usd_per_replica_hour, InputGrade.OWN, None
    if kind is None or kind.price is None:
        return None, InputGrade.NONE, None
    grade = InputGrade.ASSUMPTION if kind.price.source is None else InputGrade.SOURCED
    return kind.price.usd_per_replica_hour, grade, kind.price


def _basis(entry: Grounded | None, palette: Palette) -> str:
    if entry is None:
        return ""
    source = palette.source(entry.source)
    return source.title if source else f"Assumption: {entry.assumption}"


def _url(entry: Grounded | None, palette: Palette) -> str:
    source = palette.source(entry.source) if entry is not None else None
    return source.url if source else ""


def _named(node: Node, palette: Palette) -> str:
    return f"{node_title(node, palette)} ({node.id})"
