"""How many requests a page simulates: few at first, more while the verdict is too close."""

from designs.record import Record
from labs.load_test.request_path import RequestPath
from labs.load_test.scenarios import (
    FEWEST_REQUESTS,
    MOST_REQUESTS,
    STEADY_REQUESTS,
    Scenario,
    requests_for,
)

_QUICK_VISITS = 250_000
"""Visits to parts that a page waits for; they take about a tenth of a second."""
_FACTOR = 4
"""How many times as many requests are tried where a verdict is too close to call."""


class Sizes(Record):
    """Numbers of requests, to be tried one after another."""

    requests: tuple[int, ...]
    quick: bool
    """Whether a page may wait for the first of them."""


def sizes_for(path: RequestPath, scenario: Scenario, peak_rps: float) -> Sizes:
    """Return what to simulate.

    Args:
        path: For how many parts a request visits.
        scenario: An incident has its length; cut short it would be another one.
        peak_rps: Requests a second.
    """
    visits = max(sum(path.calls_per_request(node.id) for node in path.nodes), 1.0)
    natural = requests_for(scenario, path, peak_rps)
    sizes = {natural, min(natural * _FACTOR, MOST_REQUESTS), MOST_REQUESTS}
    if not scenario.is_incident:
        quick = int(_QUICK_VISITS / visits / 1000) * 1000
        sizes.add(min(max(quick, FEWEST_REQUESTS), STEADY_REQUESTS))
    ordered = tuple(sorted(sizes))
    return Sizes(requests=ordered, quick=ordered[0] * visits <= _QUICK_VISITS)
