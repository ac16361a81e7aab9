"""From a run to a verdict, with what speaks for it."""

from labs.load_test.figures import Estimate, Overload, Slo, Verdict

_ORDER = (Verdict.MET, Verdict.TOO_CLOSE, Verdict.MISSED)


def judge(
    slo: Slo,
    miss_rate: Estimate,
    error_rate: Estimate,
    overload: Overload | None,
) -> tuple[Verdict, tuple[str, ...]]:
    """Return the verdict and one sentence for each of its reasons.

    Args:
        slo: The objective.
        miss_rate: Share of requests too late or failed.
        error_rate: Share of requests that failed.
        overload: A station that cannot keep up and that requests wait for.
    """
    if overload is not None:
        return Verdict.MISSED, (_overloaded(overload),)
    allowed = round(1 - slo.percentile / 100, 12)
    slow = _side(miss_rate, allowed)
    failing = _side(error_rate, slo.max_error_rate)
    reasons = [
        f"{_share(miss_rate)} of requests took longer than {slo.latency_ms:g} ms or failed; "
        f"the objective allows {100 * allowed:g} %."
    ]
    if error_rate.value > 0 or failing is not Verdict.MET:
        reasons.append(
            f"{_share(error_rate)} of requests failed; the objective allows "
            f"{100 * slo.max_error_rate:g} %."
        )
    verdict = max(slow, failing, key=_ORDER.index)
    if verdict is Verdict.TOO_CLOSE:
        reasons.append("The interval holds the limit: more replications would decide it.")
    return verdict, tuple(reasons)


def _side(rate: Estimate, allowed: float) -> Verdict:
    if rate.low > allowed:
        return Verdict.MISSED
    if rate.high <= allowed or rate.value == 0:
        return Verdict.MET
    return Verdict.TOO_CLOSE


def _share(rate: Estimate) -> str:
    return f"{100 * rate.value:.3g} % ({100 * rate.low:.3g} to {100 * rate.high:.3g} %)"


def _overloaded(overload: Overload) -> str:
    breach = (
        f" The objective is broken after {overload.breach_after_s:.3g} s."
        if overload.breach_after_s is not None
        else ""
    )
    return (
        f"{overload.station} is asked for {overload.utilisation:.2f} times what it can do: its "
        f"queue grows by {overload.queue_growth_rps:.3g} calls a second and there is no steady "
        f"state.{breach}"
    )
