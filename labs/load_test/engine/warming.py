"""Networks that touch every kernel once."""

from collections.abc import Iterator

from labs.load_test.network import Batching, Call, Network, Service, Station, Traffic

_QUICK = Service(p50_ms=1, p99_ms=3)
_SLOW = Service(p50_ms=60_000, p99_ms=120_000)
"""So slow that a few requests seem to keep hundreds of servers busy."""


def small_networks() -> Iterator[tuple[Network, Traffic]]:
    """Yield the networks and the traffic to run them under."""
    stations = (
        Station(id="one", service=_QUICK),
        Station(id="few", service=_QUICK, replicas=2),
        Station(id="many", service=_SLOW, replicas=500),
        Station(id="capped", service=_QUICK, max_queue=2),
        Station(
            id="batched",
            batching=Batching(max_batch_size=4, max_queue_delay_ms=1, base_ms=1, per_item_ms=1),
        ),
    )
    calls = (
        Call(source="one", target="few", probability=0.5),
        Call(source="one", target="many", step=1),
        Call(source="one", target="capped", step=1, max_retries=1, backoff_ms=1),
        Call(source="one", target="batched", step=2),
    )
    traffic = Traffic(rps=500)
    yield Network(entry="one", stations=stations, calls=calls), traffic
    again = (*calls, Call(source="one", target="many", step=3))
    yield Network(entry="one", stations=stations, calls=again), traffic
