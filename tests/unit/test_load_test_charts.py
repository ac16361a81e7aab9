"""The charts of the load test are valid Vega-Lite, whatever is drawn and found."""

from collections.abc import Callable
from typing import Any

import altair
import pytest
from jsonschema import ValidationError

from components.load_test import charts
from labs.load_test.figures import SecondFigures
from labs.load_test.report import InputGrade, LoadCurve, LoadPoint, NodeFigures, Span

HOSTILE = 'it\'s "a" \\ </script> [0] \n end'


def span(number: int, title: str = "Part", *, critical: bool = True) -> Span:
    return Span(
        node_id=f"part-{number}",
        title=title,
        depth=number,
        starts_ms=number,
        wait_ms=0.5,
        service_ms=1,
        ends_ms=number + 4,
        probability=1,
        critical=critical,
    )


def node(number: int, title: str = "Part", utilisation: float = 0.5) -> NodeFigures:
    return NodeFigures(
        node_id=f"part-{number}",
        title=title,
        kind="ranker",
        on_path=True,
        replicas=1,
        concurrency=1,
        calls_per_request=1,
        offered_rps=10,
        utilisation=utilisation,
        p50_service_ms=1,
        p99_service_ms=2,
        grade=InputGrade.OWN,
        basis="",
    )


def curve(threshold: float | None) -> LoadCurve:
    points = [(1, 5, 9), (2, 6, 900), (3, None, None)]
    return LoadCurve(
        points=tuple(
            LoadPoint(rps=rps, p50_ms=p50, p99_ms=p99, failed_share=0, fallback_share=0)
            for rps, p50, p99 in points
        ),
        capacity_rps=4,
        headroom_rps=None,
        threshold_ms=threshold,
    )


def second(number: int, p99: float | None) -> SecondFigures:
    return SecondFigures(second=number, requests=1, p50_ms=p99, p99_ms=p99, missed_share=0)


INK = charts.INK["dark"]
CASES: dict[str, Callable[[], charts.Spec]] = {
    "waterfall": lambda: charts.waterfall([span(0), span(1, HOSTILE, critical=False)]),
    "utilisation": lambda: charts.utilisation([node(0), node(1, HOSTILE, 3)], "part-1", 0.8, INK),
    "knee": lambda: charts.load_curve(curve(100), 2, INK),
    "knee without objective": lambda: charts.load_curve(curve(None), 2, INK),
    "seconds": lambda: charts.by_second([second(0, 5), second(1, None)], 100, INK),
    "seconds without objective": lambda: charts.by_second([second(0, 5)], None, INK),
}


@pytest.mark.parametrize("case", CASES)
def test_a_chart_is_valid(case: str) -> None:
    altair.LayerChart.from_dict(CASES[case]()).to_dict()


def test_an_invalid_chart_would_be_found() -> None:
    spec = CASES["knee"]() | {"layer": [{"mark": "scribble"}]}
    with pytest.raises(ValidationError):
        altair.LayerChart.from_dict(spec).to_dict()


@pytest.mark.parametrize("case", ["waterfall", "utilisation"])
def test_a_name_never_leaves_its_string(case: str) -> None:
    expression = "".join(expressions(CASES[case]()))
    assert expression.count("'") == 4  # two names, each between two
    assert not {'"', "\\", "\n"} & set(expression)


def expressions(value: Any) -> list[str]:
    """Return the expressions of the axis of names."""
    if isinstance(value, dict):
        own = [str(value["labelExpr"])] if "labelExpr" in value and "labelLimit" in value else []
        return [*own, *(found for one in value.values() for found in expressions(one))]
    if isinstance(value, list):
        return [found for one in value for found in expressions(one)]
    return []


def test_the_knee_is_seen_however_far_above_the_objective_it_lies() -> None:
    slow = LoadPoint(rps=1, p50_ms=400, p99_ms=900, failed_share=0, fallback_share=0)
    late = LoadPoint(rps=2, p50_ms=400, p99_ms=90_000, failed_share=0, fallback_share=0)
    for points, most in (((slow, late), 1_350), ((slow,), 990)):
        drawn = curve(100).model_copy(update={"points": points})
        scale = charts.load_curve(drawn, 1, "black")["layer"][0]["encoding"]["y"]["scale"]
        assert scale["domain"] == pytest.approx([0, most])
