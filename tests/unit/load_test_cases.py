"""Small networks that show one thing each, to be run by both engines and by SimPy."""

from typing import Any

from labs.load_test.network import (
    Batching,
    Call,
    Fallback,
    Network,
    Outage,
    Service,
    Station,
    Traffic,
)

Case = tuple[Network, Traffic, tuple[Outage, ...]]
TRAFFIC = Traffic(rps=500)
FALLBACK = Fallback(ms=1)


def station(name: str, p50: float = 5, p99: float = 20, **fields: Any) -> Station:
    return Station(id=name, service=Service(p50_ms=p50, p99_ms=p99), **fields)


def call(source: str, target: str, **fields: Any) -> Call:
    return Call(source=source, target=target, **fields)


def network(*stations: Station, calls: tuple[Call, ...] = ()) -> Network:
    return Network(entry=stations[0].id, stations=stations, calls=calls)


CASES: dict[str, Case] = {
    "one server": (network(station("a", 1, 3)), TRAFFIC, ()),
    "four servers": (network(station("a", replicas=4)), TRAFFIC, ()),
    "hundreds busy": (network(station("a", 400, 900, replicas=220)), TRAFFIC, ()),
    "chain": (
        network(
            station("a", 1, 3),
            station("b", replicas=6),
            station("c", replicas=5),
            calls=(call("a", "b"), call("b", "c")),
        ),
        TRAFFIC,
        (),
    ),
    "fork and join": (
        network(
            station("a", 1, 3),
            station("b", replicas=6),
            station("c", replicas=5),
            station("d", replicas=2, p50=2, p99=5),
            calls=(call("a", "b"), call("a", "c"), call("a", "d", step=1, probability=0.3)),
        ),
        TRAFFIC,
        (),
    ),
    "fan-out": (
        network(station("a", 1, 3), station("b", replicas=30), calls=(call("a", "b", fan_out=5),)),
        TRAFFIC,
        (),
    ),
    "two callers": (
        network(
            station("a", 1, 3),
            station("b", replicas=6),
            station("c", replicas=5),
            station("d", replicas=6, p50=3, p99=5),
            calls=(call("a", "b"), call("a", "c"), call("b", "d", probability=0.5), call("c", "d")),
        ),
        TRAFFIC,
        (),
    ),
    "timeout, work goes on": (
        network(
            station("a", 1, 3), station("b", replicas=4), calls=(call("a", "b", timeout_ms=15),)
        ),
        TRAFFIC,
        (),
    ),
    "timeout with fallback": (
        network(
            station("a", 1, 3),
            station("b", replicas=4),
            calls=(call("a", "b", timeout_ms=15, fallback=FALLBACK),),
        ),
        TRAFFIC,
        (),
    ),
    "timeout, work is cancelled": (
        network(
            station("a", 1, 3),
            station("b", replicas=3),
            calls=(call("a", "b", timeout_ms=15, fallback=FALLBACK, cancel_on_timeout=True),),
        ),
        TRAFFIC,
        (),
    ),
    "retries": (
        network(
            station("a", 1, 3),
            station("b", replicas=5),
            calls=(call("a", "b", timeout_ms=12, max_retries=2, backoff_ms=3),),
        ),
        TRAFFIC,
        (),
    ),
    "retries, work is cancelled": (
        network(
            station("a", 1, 3),
            station("b", replicas=4),
            calls=(
                call(
                    "a",
                    "b",
                    timeout_ms=12,
                    max_retries=2,
                    backoff_ms=3,
                    cancel_on_timeout=True,
                    fallback=FALLBACK,
                ),
            ),
        ),
        TRAFFIC,
        (),
    ),
    "full queue": (
        network(
            station("a", 1, 3),
            station("b", replicas=3, max_queue=3),
            calls=(call("a", "b", fallback=FALLBACK),),
        ),
        TRAFFIC,
        (),
    ),
    "full queue with retries": (
        network(
            station("a", 1, 3),
            station("b", replicas=3, max_queue=5),
            calls=(call("a", "b", timeout_ms=18, max_retries=2, backoff_ms=1),),
        ),
        TRAFFIC,
        (),
    ),
    "full queue, work is cancelled": (
        network(
            station("a", 1, 3),
            station("b", replicas=3, max_queue=5),
            calls=(call("a", "b", timeout_ms=18, cancel_on_timeout=True),),
        ),
        TRAFFIC,
        (),
    ),
    "replicas lost": (
        network(station("a", 1, 3), station("b", replicas=4), calls=(call("a", "b"),)),
        TRAFFIC,
        (Outage(station="b", from_s=1, for_s=1, replicas_lost=2),),
    ),
    "all replicas lost": (
        network(station("a", 1, 3), station("b", replicas=4), calls=(call("a", "b"),)),
        TRAFFIC,
        (Outage(station="b", from_s=1, for_s=0.1, replicas_lost=9),),
    ),
    "slow span": (
        network(station("a", 1, 3), station("b", replicas=5), calls=(call("a", "b"),)),
        TRAFFIC,
        (Outage(station="b", from_s=1, for_s=0.5, slow_factor=3),),
    ),
    "round robin": (
        network(
            station("a", 1, 3),
            station("b", replicas=5, load_balancing="round_robin"),
            calls=(call("a", "b"),),
        ),
        TRAFFIC,
        (Outage(station="b", from_s=1, for_s=1, replicas_lost=2),),
    ),
    "random replicas": (
        network(
            station("a", 1, 3),
            station("b", replicas=3, concurrency=2, load_balancing="random", max_queue=4),
            calls=(call("a", "b", fallback=FALLBACK),),
        ),
        TRAFFIC,
        (),
    ),
    "batches": (
        network(
            station("a", 1, 3),
            Station(
                id="b",
                batching=Batching(
                    max_batch_size=8, max_queue_delay_ms=4, base_ms=10, per_item_ms=1
                ),
            ),
            station("c", replicas=5),
            calls=(call("a", "b"), call("a", "c", step=1)),
        ),
        TRAFFIC,
        (),
    ),
    "batches, several servers, outages": (
        network(
            station("a", 1, 3),
            Station(
                id="b",
                replicas=3,
                batching=Batching(
                    max_batch_size=8, max_queue_delay_ms=4, base_ms=20, per_item_ms=2
                ),
            ),
            station("c", replicas=5),
            calls=(call("a", "b"), call("a", "c", step=1)),
        ),
        TRAFFIC,
        (
            Outage(station="b", from_s=1, for_s=0.5, replicas_lost=1),
            Outage(station="b", from_s=2, for_s=0.5, slow_factor=2),
        ),
    ),
    "timeout of a sub-tree": (
        network(
            station("a", 1, 3),
            station("b", replicas=6),
            station("c", replicas=5),
            station("d", replicas=9, p50=2, p99=5),
            calls=(
                call("a", "b", timeout_ms=20, fallback=FALLBACK),
                call("b", "c", timeout_ms=12),
                call("b", "d", step=1),
                call("a", "d", step=0),
            ),
        ),
        TRAFFIC,
        (),
    ),
    "cancelled sub-tree": (
        network(
            station("a", 1, 3),
            station("b", replicas=6),
            station("c", replicas=4),
            station("d", replicas=9, p50=2, p99=5),
            station("e", replicas=9, p50=2, p99=5),
            calls=(
                call("a", "b", timeout_ms=20, fallback=FALLBACK, cancel_on_timeout=True),
                call(
                    "b",
                    "c",
                    timeout_ms=12,
                    max_retries=1,
                    fallback=FALLBACK,
                    cancel_on_timeout=True,
                ),
                call("b", "d", step=1),
                call("b", "e", step=1, waited_for=False),
                call("a", "d", step=0),
            ),
        ),
        TRAFFIC,
        (),
    ),
    "not waited for": (
        network(
            station("a", 1, 3),
            station("b", replicas=6),
            station("c", replicas=4),
            calls=(call("a", "b", waited_for=False), call("a", "c")),
        ),
        TRAFFIC,
        (),
    ),
    "delay without a queue": (
        network(
            station("a", 1, 3),
            station("b", delay=True),
            Station(id="x"),
            station("c", replicas=4),
            calls=(
                call("a", "b", timeout_ms=10, max_retries=1, fallback=FALLBACK),
                call("a", "x"),
                call("x", "c"),
            ),
        ),
        TRAFFIC,
        (),
    ),
    "called twice": (
        network(
            station("a", 1, 3),
            station("b", replicas=12),
            station("c", replicas=5),
            calls=(
                call("a", "b", timeout_ms=10, fallback=FALLBACK),
                call("a", "c", step=1, timeout_ms=15, cancel_on_timeout=True, max_retries=1),
                call("a", "b", step=2),
            ),
        ),
        TRAFFIC,
        (),
    ),
    "retries of a sub-tree": (
        network(
            station("a", 1, 3),
            station("b", replicas=9),
            station("c", replicas=9),
            calls=(
                call(
                    "a",
                    "b",
                    timeout_ms=14,
                    max_retries=2,
                    backoff_ms=2,
                    fallback=FALLBACK,
                    cancel_on_timeout=True,
                ),
                call("b", "c", max_retries=1, timeout_ms=7),
            ),
        ),
        TRAFFIC,
        (),
    ),
    "batches with retries": (
        network(
            station("a", 1, 3),
            Station(
                id="b",
                max_queue=20,
                replicas=3,
                batching=Batching(
                    max_batch_size=8, max_queue_delay_ms=4, base_ms=20, per_item_ms=2
                ),
            ),
            calls=(
                call(
                    "a",
                    "b",
                    timeout_ms=35,
                    max_retries=1,
                    fallback=FALLBACK,
                    cancel_on_timeout=False,
                ),
            ),
        ),
        TRAFFIC,
        (),
    ),
    "batches, work is cancelled": (
        network(
            station("a", 1, 3),
            Station(
                id="b",
                max_queue=9,
                replicas=2,
                batching=Batching(
                    max_batch_size=8, max_queue_delay_ms=4, base_ms=20, per_item_ms=2
                ),
            ),
            calls=(call("a", "b", timeout_ms=35, fallback=FALLBACK, cancel_on_timeout=True),),
        ),
        TRAFFIC,
        (),
    ),
    "bursts in a spike": (
        network(station("a", 1, 3, replicas=4), station("b", replicas=5), calls=(call("a", "b"),)),
        Traffic(
            rps=400, burstiness_cv=4, profile="spike", peak_factor=3, peak_from_s=1, peak_for_s=0.5
        ),
        (),
    ),
}
