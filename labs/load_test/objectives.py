"""The prompt's objectives against what a run found."""

from collections.abc import Callable

from designs.prompt import Measure, Prompt, Slo
from designs.record import Record
from labs.load_test.figures import Estimate, Figures
from labs.load_test.figures import Slo as PathSlo
from labs.load_test.figures import Verdict as PathVerdict
from labs.load_test.report import SloVerdict, Verdict

_TO_MS = {"ms": 1.0, "s": 1000.0, "min": 60_000.0}
_WORTH_SAYING = 0.01
_CAPACITY_MARGIN = 0.02
"""Capacity this near to the wanted rate is too close to call."""


class RunFacts(Record):
    """What the verdicts need beside the figures."""

    figures: Figures
    capacity_rps: float
    """The rate at which the first node of the path is fully used."""
    full_node: str
    """That node, in words."""
    fallback_share: float
    """Share of requests with a fallback."""


def latency_slo(prompt: Prompt) -> Slo | None:
    """Return the first objective about latency that has a quantile and a unit of time, or None."""
    return next(
        (
            one
            for one in prompt.slos
            if one.measure is Measure.LATENCY and one.quantile and one.unit in _TO_MS
        ),
        None,
    )


def threshold_ms(slo: Slo) -> float:
    """Return the threshold of an objective about latency, in milliseconds."""
    return slo.threshold * _TO_MS[slo.unit]


def path_slo(prompt: Prompt) -> PathSlo:
    """Return the objective that the engine watches; without one it is an hour at p99.

    Failures are judged apart, as availability; a failed request also misses the latency.
    """
    slo = latency_slo(prompt)
    if slo is None or slo.quantile is None:
        return PathSlo(latency_ms=3.6e6, max_error_rate=1)
    return PathSlo(latency_ms=threshold_ms(slo), percentile=100 * slo.quantile, max_error_rate=1)


def judge(prompt: Prompt, facts: RunFacts) -> tuple[SloVerdict, ...]:
    """Return a verdict on every objective of a prompt, in its order."""
    judges: dict[Measure, Callable[[Slo, RunFacts], SloVerdict]] = {
        Measure.LATENCY: _latency if latency_slo(prompt) else _not_tested,
        Measure.THROUGHPUT: _throughput,
        Measure.AVAILABILITY: _availability,
        Measure.FRESHNESS: _not_tested,
    }
    watched = latency_slo(prompt)
    return tuple(
        _not_tested(slo, facts)
        if slo.measure is Measure.LATENCY and slo is not watched
        else judges[slo.measure](slo, facts)
        for slo in prompt.slos
    )


def _latency(slo: Slo, facts: RunFacts) -> SloVerdict:
    found = facts.figures
    if found.p99_ms is None:
        return _verdict(slo, None, Verdict.MISSED, _overloaded(facts))
    figure = {0.5: found.p50_ms, 0.95: found.p95_ms, 0.99: found.p99_ms}.get(slo.quantile or 0)
    reason = " ".join(found.reasons)
    if facts.fallback_share >= _WORTH_SAYING:
        reason += f" In {100 * facts.fallback_share:.3g} % of requests a fallback was taken."
    if figure is not None:
        scale = _TO_MS[slo.unit]
        figure = Estimate(
            value=figure.value / scale, low=figure.low / scale, high=figure.high / scale
        )
    return _verdict(slo, figure, _same(found.verdict), reason)


def _throughput(slo: Slo, facts: RunFacts) -> SloVerdict:
    capacity = facts.capacity_rps
    figure = Estimate(value=capacity, low=capacity, high=capacity)
    ratio = capacity / slo.threshold
    verdict = Verdict.MET if ratio >= 1 + _CAPACITY_MARGIN else Verdict.TOO_CLOSE
    if ratio <= 1 - _CAPACITY_MARGIN:
        verdict = Verdict.MISSED
    reason = (
        f"{facts.full_node} is the first to be fully used, at {capacity:,.0f} requests a second; "
        f"{slo.threshold:,.0f} are wanted."
    )
    return _verdict(slo, figure, verdict, reason)


def _availability(slo: Slo, facts: RunFacts) -> SloVerdict:
    error = facts.figures.error_rate
    answered = Estimate(
        value=100 * (1 - error.value), low=100 * (1 - error.high), high=100 * (1 - error.low)
    )
    if facts.figures.p99_ms is None:
        return _verdict(slo, answered, Verdict.MISSED, _overloaded(facts))
    verdict = Verdict.TOO_CLOSE
    if answered.low >= slo.threshold:
        verdict = Verdict.MET
    elif answered.high < slo.threshold:
        verdict = Verdict.MISSED
    reason = (
        f"{answered.value:.3f} percent of the requests of this run got an answer, a fallback's "
        f"included; {slo.threshold:g} are wanted. Outages that this run does not hold can still "
        "break a month."
    )
    return _verdict(slo, answered, verdict, reason)


def _not_tested(slo: Slo, _: RunFacts) -> SloVerdict:
    reason = "A load test of the request path cannot tell."
    return _verdict(slo, None, Verdict.NOT_TESTED, reason)


def _overloaded(facts: RunFacts) -> str:
    return (
        f"{facts.full_node} gets more work than it can do, so requests wait longer and longer; "
        f"it is full at {facts.capacity_rps:,.0f} requests a second."
    )


def _same(verdict: PathVerdict) -> Verdict:
    return Verdict[verdict.name]


def _verdict(slo: Slo, figure: Estimate | None, verdict: Verdict, reason: str) -> SloVerdict:
    return SloVerdict(
        slo_id=slo.id,
        measure=slo.measure,
        quantile=slo.quantile,
        threshold=slo.threshold,
        unit=slo.unit,
        text=slo.text,
        figure=figure,
        verdict=verdict,
        reason=reason,
    )
