"""Puts path, run and verdicts together into the report."""

from collections.abc import Callable, Iterator

from designs.content_hash import record_hash
from designs.exporters.captions import node_title
from designs.node_kind import Palette
from designs.prompt import Arrival, Prompt
from designs.record import Record
from labs.load_test.costing import HOURS_PER_MONTH, cost_of
from labs.load_test.figures import CallFigures, Figures, StationFigures
from labs.load_test.objectives import RunFacts, judge
from labs.load_test.report import (
    FallbackShare,
    InputGrade,
    Latency,
    LoadTestReport,
    NodeFigures,
    Overload,
)
from labs.load_test.request_path import RequestPath
from labs.load_test.scenarios import BURSTY_CV, Scenario
from labs.load_test.waterfall import waterfall

TARGET_UTILISATION = 0.8
"""What replicas are sized for: above it waiting grows steeply; our assumption."""
_FULL = 1.0
_SOON = 0.1
"""Seconds; an objective that breaks sooner breaks at once."""


class Run(Record):
    """What was asked for and found."""

    prompt: Prompt
    path: RequestPath
    scenario: Scenario
    figures: Figures
    seed: int
    rps: float
    engine_version: str


def assemble(run: Run, palette: Palette) -> LoadTestReport:
    """Return the report of a run."""
    found, path = run.figures, run.path
    stations = {one.id: one for one in found.stations}
    capacity_rps, full = capacity_of_path(path)
    title = _title(path, palette, full) if full else "nothing"
    fallbacks = tuple(_fallbacks(path, found))
    with_fallback = min(1.0, sum(one.share for one in fallbacks))
    facts = RunFacts(
        figures=found, capacity_rps=capacity_rps, full_node=title, fallback_share=with_fallback
    )
    overloads = tuple(_overloads(run, palette))
    return LoadTestReport(
        prompt_id=run.prompt.id,
        design_hash=record_hash(path.design),
        scenario=run.scenario.id,
        scenario_text=run.scenario.text,
        seed=run.seed,
        requests=found.requests,
        replications=found.replications,
        engine_version=run.engine_version,
        arrival=_arrival(run.prompt),
        offered_rps=run.rps,
        stable=found.p99_ms is not None,
        latency=_latency(found),
        throughput_rps=min(run.rps, capacity_rps) * (1 - found.error_rate.value),
        failed_share=found.error_rate,
        fallback_requests_share=with_fallback,
        verdicts=judge(run.prompt, facts),
        nodes=tuple(_nodes(run, palette, stations)),
        bottleneck=_bottleneck(path, stations),
        overloads=overloads,
        fallbacks=fallbacks,
        waterfall=waterfall(path, palette, stations),
        naive_p99_ms=found.naive_p99_ms,
        by_second=found.seconds if run.scenario.is_incident else (),
        second_width=found.second_width,
        cost=cost_of(path, palette, run.prompt.workload.mean_rps),
        inferred=path.inferred,
        remarks=tuple(_remarks(run)),
        warnings=tuple(_warnings(run, palette)),
    )


def capacity_of_path(path: RequestPath) -> tuple[float, str]:
    """Return the rate at which the first node of the path is full, and that node.

    Retries are left out. Without a node that takes time it is infinity, here 1e12.
    """
    loads = {node.id: path.utilisation(node.id, 1.0) for node in path.nodes}
    busiest = max(loads, key=lambda one: loads[one], default="")
    if not busiest or loads[busiest] <= 0:
        return 1e12, ""
    return 1 / loads[busiest], busiest


def _latency(found: Figures) -> Latency | None:
    if found.p50_ms is None or found.p95_ms is None or found.p99_ms is None:
        return None
    return Latency(p50=found.p50_ms, p95=found.p95_ms, p99=found.p99_ms)


def _bottleneck(path: RequestPath, stations: dict[str, StationFigures]) -> str | None:
    busy = {node.id: stations[node.id].utilisation for node in path.nodes if node.id in stations}
    busiest = max(busy, key=lambda one: busy[one], default=None)
    return busiest if busiest is not None and busy[busiest] > 0 else None


def _nodes(
    run: Run, palette: Palette, stations: dict[str, StationFigures]
) -> Iterator[NodeFigures]:
    path = run.path
    on_path = {node.id for node in path.nodes}
    for node in path.design.nodes:
        calls = path.calls_per_request(node.id)
        capacity = path.capacities[node.id]
        if node.id not in on_path and not (calls and capacity.service):
            continue
        found = stations.get(node.id)
        arrows = [one for one in run.figures.calls if one.target == node.id]
        price = capacity.usd_per_replica_hour
        passes_on = node.id in on_path and not path.station(node.id).service
        yield NodeFigures(
            node_id=node.id,
            title=node_title(node, palette),
            kind=node.kind,
            on_path=node.id in on_path,
            replicas=node.replicas,
            concurrency=capacity.concurrency,
            calls_per_request=calls,
            offered_rps=found.offered_rps if found else run.rps * calls,
            utilisation=found.utilisation if found else path.utilisation(node.id, run.rps),
            p50_service_ms=None if passes_on else _p50(path, node.id),
            p99_service_ms=None if passes_on else _p99(path, node.id),
            mean_wait_ms=found.wait_mean_ms if found else None,
            p99_wait_ms=found.wait_p99_ms if found else None,
            late_share=_mean(arrows, lambda one: one.late_share),
            retries_per_call=_mean(arrows, lambda one: one.retries_per_call),
            shed_share=found.shed_share if found else 0.0,
            grade=InputGrade.NONE if passes_on else capacity.grade,
            basis="" if passes_on else capacity.basis,
            source_url="" if passes_on else capacity.source_url,
            usd_per_month=node.replicas * (price or 0.0) * HOURS_PER_MONTH,
            price_basis=capacity.price_basis,
        )


def _mean(arrows: list[CallFigures], figure: Callable[[CallFigures], float]) -> float:
    """Return the mean of a figure over the calls to a node."""
    made = sum(one.per_request for one in arrows)
    return sum(figure(one) * one.per_request for one in arrows) / made if made > 0 else 0.0


def _p50(path: RequestPath, node_id: str) -> float | None:
    service = path.capacities[node_id].service
    return service.p50_ms if service else None


def _p99(path: RequestPath, node_id: str) -> float | None:
    service = path.capacities[node_id].service
    return service.p99_ms if service else None


def _fallbacks(path: RequestPath, found: Figures) -> Iterator[FallbackShare]:
    loss = {
        (path.stands_for.get(call.source, call.source), call.target): call.fallback
        for call in path.network.calls
        if call.fallback is not None
    }
    shares: dict[tuple[str, str], float] = {}
    for one in found.calls:
        ends = (path.stands_for.get(one.source, one.source), one.target)
        if ends in loss:
            shares[ends] = shares.get(ends, 0.0) + one.fallback_requests
    for ends, share in sorted(shares.items(), key=lambda pair: -pair[1]):
        fallback = loss[ends]
        yield FallbackShare(
            source=ends[0],
            target=ends[1],
            fallback=fallback.text,
            quality_loss=fallback.quality_loss,
            share=min(1.0, share),
        )


def _overloads(run: Run, palette: Palette) -> Iterator[Overload]:
    path, first = run.path, run.figures.overload
    if run.scenario.is_incident and first is None:
        return
    for node in path.design.nodes:
        found = next((one for one in run.figures.stations if one.id == node.id), None)
        mine = first is not None and first.station == node.id
        used = path.utilisation(node.id, run.rps)
        if mine or _retried(path, node.id):  # what was seen; arithmetic knows no retries
            used = found.utilisation if found else used
        if used < _FULL:
            continue
        offered = found.offered_rps if found else run.rps * path.calls_per_request(node.id)
        growth = first.queue_growth_rps if mine and first else offered * (1 - 1 / used)
        breach = first.breach_after_s if mine and first else None
        needed = max(node.replicas + 1, -int(-node.replicas * used // TARGET_UTILISATION))
        title = _title(path, palette, node.id)
        late = f" and the objective is broken {_after(breach)}" if breach is not None else ""
        yield Overload(
            node_id=node.id,
            utilisation=used,
            growth_per_s=growth,
            breach_after_s=breach,
            replicas_needed=needed,
            text=f"{title} gets {used:.2f} times the work that it can do: its queue grows by "
            f"{growth:,.0f} calls a second{late}. {needed:,} replicas instead of "
            f"{node.replicas:,} would be used to {100 * TARGET_UTILISATION:.0f} percent at most.",
        )


def _after(seconds: float) -> str:
    return f"after {seconds:,.1f} s" if seconds >= _SOON else "at once"


def _retried(path: RequestPath, node_id: str) -> bool:
    return any(call.max_retries for call in path.network.calls if call.target == node_id)


def _arrival(prompt: Prompt) -> str:
    if prompt.workload.arrival is Arrival.BURSTY:
        return f"bursty, gaps with a coefficient of variation of {BURSTY_CV:g} (assumption)"
    return "one by one at random (Poisson)"


def _remarks(run: Run) -> Iterator[str]:
    yield from run.path.remarks
    yield (
        "A caller waits without holding a worker, and a fallback is taken to answer at once, "
        "from memory."
    )
    if any(node.overrides.cache_hit_ratio for node in run.path.nodes):
        yield "A cache hits or misses by chance, request by request: hot keys are left out."


def _warnings(run: Run, palette: Palette) -> Iterator[str]:
    yield from run.figures.warnings
    path = run.path
    timed = [node for node in path.nodes if path.station(node.id).service is not None]
    guessed = [node for node in timed if path.capacities[node.id].grade is InputGrade.ASSUMPTION]
    if guessed:
        names = ", ".join(node_title(node, palette) for node in guessed[:6])
        more = f" and {len(guessed) - 6} more" if len(guessed) > 6 else ""
        yield (
            f"{len(guessed)} of {len(timed)} service times on the request path are assumptions of "
            f"the palette: {names}{more}. Give your own where you know better."
        )
    mute = sum(
        call.fallback is not None and not call.fallback.quality_loss for call in path.network.calls
    )
    if mute:
        yield (
            f"{mute} fallbacks do not say what quality they lose; a fast wrong answer counts as "
            "an answer here."
        )


def _title(path: RequestPath, palette: Palette, node_id: str) -> str:
    node = path.design.node(node_id)
    return node_title(node, palette) if node else node_id
