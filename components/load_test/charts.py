"""The charts of a load test, as Altair specifications: colours that read in light and in dark.

Blue and orange are told apart by people who confuse red and green, and both keep a contrast of
three to one to a white and to a nearly black page. No colour carries a meaning alone.
"""

from collections.abc import Sequence

import altair as alt

from labs.load_test.figures import SecondFigures
from labs.load_test.report import LoadCurve, NodeFigures, Span

BLUE, ORANGE, GREY = "#3f72bd", "#c2570c", "#7d8590"
INK = {"light": "#57606a", "dark": "#a9b1ba"}
"""Of words inside a chart."""
_ROW = 26
"""Pixels of a bar with its gap."""
_AXIS = 70
"""Pixels of the axis below bars."""
_LEGEND = 40
_NAME = 150
"""Pixels of a name beside a bar; longer ones are cut, the table below holds them whole."""
_OTHERS = 0.35
"""Opacity of calls that the answer does not wait for."""
_ZOOM = 3.0
"""How far above the objective the axis of latencies goes at most."""


def waterfall(spans: Sequence[Span]) -> alt.LayerChart:
    """Return who works when in a typical request."""
    rows = []
    for number, span in enumerate(spans):
        served = span.starts_ms + span.wait_ms
        ends = (
            ("waits in the queue", span.starts_ms, served),
            ("works", served, served + span.service_ms),
            ("waits for its calls", served + span.service_ms, span.ends_ms),
        )
        rows += [
            {
                "order": number,
                "part": part,
                "from": begin,
                "to": end,
                "critical": span.critical,
            }
            for part, begin, end in ends
        ]
    names = alt.Y(
        "order:O",
        title=None,
        axis=alt.Axis(labelExpr=_names([span.title for span in spans]), **_labels()),
    )
    bars = alt.Chart(alt.Data(values=rows)).encode(
        y=names,
        x=alt.X("from:Q", title="Milliseconds since the request came in"),
        x2="to:Q",
        opacity=alt.condition("datum.critical", alt.value(1), alt.value(_OTHERS)),
    )
    busy = bars.transform_filter("datum.part != 'waits for its calls'").mark_bar(height=14)
    colours = alt.Scale(domain=["works", "waits in the queue"], range=[BLUE, ORANGE])
    return alt.layer(
        bars.transform_filter("datum.part == 'waits for its calls'").mark_rule(color=GREY),
        busy.encode(
            color=alt.Color("part:N", scale=colours, title=None, legend=alt.Legend(orient="top"))
        ),
    ).properties(height=_ROW * len(spans) + _AXIS + _LEGEND)


def utilisation(
    nodes: Sequence[NodeFigures], bottleneck: str | None, most: float, ink: str
) -> alt.LayerChart:
    """Return how busy each part is, with the line that it should stay below."""
    rows = [
        {
            "order": number,
            "share": node.utilisation,
            "what": "bottleneck" if node.node_id == bottleneck else "other parts",
            "said": f"{100 * node.utilisation:.0f} %"
            + (" bottleneck" if node.node_id == bottleneck else ""),
        }
        for number, node in enumerate(nodes)
    ]
    highest = max([1.0, *(node.utilisation for node in nodes)])
    names = alt.Axis(labelExpr=_names([node.title for node in nodes]), **_labels())
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("order:O", title=None, axis=names),
        x=alt.X(
            "share:Q",
            title="Share of its time that it works",
            axis=alt.Axis(format="%", tickCount=6),
            scale=alt.Scale(domain=[0, highest * 1.25]),
        ),
    )
    colours = alt.Scale(domain=["bottleneck", "other parts"], range=[ORANGE, BLUE])
    bars = base.mark_bar(height=14).encode(color=alt.Color("what:N", scale=colours, legend=None))
    said = base.mark_text(align="left", dx=4, color=ink, fontSize=12).encode(text="said:N")
    limits = _rule("x", [most, 1.0], ink)
    return alt.layer(bars, said, limits).properties(height=_ROW * len(rows) + _AXIS)


def load_curve(curve: LoadCurve, peak_rps: float, ink: str) -> alt.LayerChart:
    """Return latency against load, with the objective and the prompt's peak."""
    rows = [
        {"rps": point.rps, "ms": value, "figure": name}
        for point in curve.points
        for name, value in (("p99", point.p99_ms), ("p50", point.p50_ms))
        if value is not None
    ]
    highest = max((float(str(row["ms"])) for row in rows), default=1.0)
    if curve.threshold_ms:
        highest = min(max(highest, curve.threshold_ms) * 1.1, _ZOOM * curve.threshold_ms)
    lines = (
        alt.Chart(alt.Data(values=rows))
        .mark_line(point=True, clip=True)
        .encode(
            x=alt.X("rps:Q", title="Requests a second", axis=alt.Axis(format="~s")),
            y=alt.Y("ms:Q", title="Milliseconds", scale=alt.Scale(domain=[0, highest])),
            **_two_figures(),
        )
    )
    layers = [lines, _rule("x", [peak_rps], ink, "peak of the prompt")]
    if curve.threshold_ms:
        layers.append(_rule("y", [curve.threshold_ms], ink, "objective"))
    return alt.layer(*layers).properties(height=300)


def by_second(
    seconds: Sequence[SecondFigures],
    threshold_ms: float | None,
    ink: str,
) -> alt.LayerChart:
    """Return p50 and p99 of each second of a run with an incident."""
    rows = [
        {"second": one.second, "ms": value, "figure": name}
        for one in seconds
        for name, value in (("p99", one.p99_ms), ("p50", one.p50_ms))
        if value is not None
    ]
    lines = (
        alt.Chart(alt.Data(values=rows))
        .mark_line()
        .encode(
            x=alt.X("second:Q", title="Seconds since the run began"),
            y=alt.Y("ms:Q", title="Milliseconds"),
            **_two_figures(),
        )
    )
    layers: list[alt.Chart | alt.LayerChart] = [lines]
    if threshold_ms:
        layers.append(_rule("y", [threshold_ms], ink, "objective"))
    return alt.layer(*layers).properties(height=300)


def _two_figures() -> dict[str, alt.Color | alt.StrokeDash]:
    names = ["p99", "p50"]
    legend = alt.Legend(orient="top")
    return {
        "color": alt.Color(
            "figure:N",
            scale=alt.Scale(domain=names, range=[BLUE, ORANGE]),
            title=None,
            legend=legend,
        ),
        "strokeDash": alt.StrokeDash(
            "figure:N", scale=alt.Scale(domain=names, range=[[1, 0], [5, 3]]), title=None
        ),
    }


def _rule(axis: str, places: list[float], ink: str, said: str = "") -> alt.LayerChart:
    """Return dashed lines across the chart, with a word beside the first."""
    rows = [{"at": place, "said": said if place == places[0] else ""} for place in places]
    base = alt.Chart(alt.Data(values=rows))
    if axis == "x":
        rule, where = base.mark_rule(strokeDash=[4, 4], color=GREY).encode(x="at:Q"), {"x": "at:Q"}
        text = base.mark_text(align="left", dx=4, y=8, color=ink, fontSize=12)
    else:
        rule, where = base.mark_rule(strokeDash=[4, 4], color=GREY).encode(y="at:Q"), {"y": "at:Q"}
        text = base.mark_text(align="left", x=6, dy=-7, color=ink, fontSize=12)
    return alt.layer(rule, text.encode(text="said:N", **where))


def _names(names: Sequence[str]) -> str:
    """Return an expression that gives the name of a row; two parts may have the same one."""
    return f"{[_plain(name) for name in names]!r}[datum.value]"


def _plain(name: str) -> str:
    """Return a name without what would end a string of Vega's expressions."""
    return "".join(one if one.isprintable() and one not in "'\"\\" else "’" for one in name)


def _labels() -> dict[str, float | bool]:
    return {"labelLimit": _NAME, "labelOverlap": False, "ticks": False, "domain": False}
