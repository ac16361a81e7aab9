"""The network that the load test's engine is measured on: ten stations of a ranking path."""

from labs.load_test.network import Call, Network, Service, Station, Traffic
from labs.load_test.prospect import call_rates, work_s

RPS = 5_000
UTILISATION = 0.7
# Median and 99 % quantile in milliseconds.
_TIMES = {
    "gateway": (1.0, 4.0),
    "auth": (0.5, 2.0),
    "redis": (0.6, 2.5),
    "dynamodb": (4.0, 15.0),
    "ann": (4.0, 12.0),
    "graph": (2.0, 10.0),
    "gbdt": (1.5, 5.0),
    "ranker": (6.0, 16.0),
    "rules": (0.8, 3.0),
    "response": (0.4, 1.5),
}
_MISSES = 0.1
"""Share of reads that DynamoDB has to answer."""


def traffic() -> Traffic:
    """Return the requests."""
    return Traffic(rps=RPS)


def chain() -> Network:
    """Return the stations one after another; DynamoDB is asked by every tenth request."""
    names = list(_TIMES)
    return _sized(
        [
            Call(
                source="gateway",
                target=name,
                step=step,
                probability=_MISSES if name == "dynamodb" else 1,
            )
            for step, name in enumerate(names[1:])
        ]
    )


def fork_join() -> Network:
    """Return the same stations with features, candidates and graph read side by side."""
    return _sized(
        [
            Call(source="gateway", target="auth"),
            Call(source="gateway", target="redis", step=1),
            Call(source="redis", target="dynamodb", probability=_MISSES),
            Call(source="gateway", target="ann", step=1),
            Call(source="gateway", target="graph", step=1),
            *(
                Call(source="gateway", target=name, step=2 + step)
                for step, name in enumerate(("gbdt", "ranker", "rules", "response"))
            ),
        ]
    )


def _sized(calls: list[Call]) -> Network:
    """Give every station the replicas that bring it near the same utilisation."""
    stations = tuple(
        Station(id=name, service=Service(p50_ms=p50, p99_ms=p99))
        for name, (p50, p99) in _TIMES.items()
    )
    network = Network(entry="gateway", stations=stations, calls=tuple(calls))
    rates = call_rates(network, RPS)
    sized = tuple(
        one.model_copy(
            update={"replicas": max(1, round(rates[one.id] * work_s(one) / UTILISATION))}
        )
        for one in stations
    )
    return Network(entry="gateway", stations=sized, calls=network.calls)
