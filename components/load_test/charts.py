"""The charts of a load test, as Vega-Lite specifications: colours that read in light and in dark.

They are plain data, without Altair: to build and check two charts with it takes longer than to
simulate the drawing, and the page draws them anew after every edit. A test holds them against
Altair's schema instead.

Blue and orange are told apart by people who confuse red and green, and both keep a contrast of
three to one to a white and to a nearly black page. No colour carries a meaning alone.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from labs.load_test.figures import SecondFigures
from labs.load_test.report import LoadCurve, NodeFigures, Span

Spec = dict[str, Any]
BLUE, ORANGE, GREY = "#3f72bd", "#c2570c", "#7d8590"
INK = {"light": "#57606a", "dark": "#a9b1ba"}
"""Of words inside a chart."""
_BAR, _ROW, _AXIS, _LEGEND = 14, 26, 70, 40
"""Pixels of a bar, of a bar with its gap, of the axis below bars and of a legend above them."""
_NAME = 150
"""Pixels of a name beside a bar; longer ones are cut, the table below holds them whole."""
_OTHERS = 0.35
"""Opacity of calls that the answer does not wait for."""
_CURVE = 300
"""Pixels of the height of a curve."""
_ZOOM = 3.0
"""How far above the objective the axis of latencies goes; half as far above the lowest p99."""


def waterfall(spans: Sequence[Span]) -> Spec:
    """Return who works when in a typical request."""
    rows = []
    for number, span in enumerate(spans):
        served = span.starts_ms + span.wait_ms
        worked = served + span.service_ms
        ends = (("queue", span.starts_ms, served), ("work", served, worked))
        for part, begin, end in (*ends, ("calls", worked, span.ends_ms)):
            row = {"order": number, "part": part, "from": begin, "to": end}
            rows.append(row | {"critical": span.critical})
    colours = {"domain": ["work", "queue"], "range": [BLUE, ORANGE]}
    words = "datum.label == 'work' ? 'works' : 'waits in the queue'"
    return {
        "data": {"values": rows},
        "height": _ROW * len(spans) + _AXIS + _LEGEND,
        "encoding": {
            "y": _names([span.title for span in spans]),
            "x": _x("from", "Milliseconds since the request came in"),
            "x2": {"field": "to"},
            "opacity": {"condition": {"test": "datum.critical", "value": 1}, "value": _OTHERS},
        },
        "layer": [
            {
                "transform": [{"filter": "datum.part == 'calls'"}],
                "mark": {"type": "rule", "color": GREY},
            },
            {
                "transform": [{"filter": "datum.part != 'calls'"}],
                "mark": {"type": "bar", "height": _BAR},
                "encoding": {
                    "color": {
                        "field": "part",
                        "type": "nominal",
                        "scale": colours,
                        "legend": {"orient": "top", "title": None, "labelExpr": words},
                    }
                },
            },
        ],
    }


def utilisation(
    nodes: Sequence[NodeFigures], bottleneck: str | None, most: float, ink: str
) -> Spec:
    """Return how busy each part is, with the line that it should stay below."""
    rows = []
    for number, node in enumerate(nodes):
        worst = node.node_id == bottleneck
        said = f"{100 * node.utilisation:.0f} %{' bottleneck' if worst else ''}"
        rows.append({"order": number, "share": node.utilisation, "worst": worst, "said": said})
    highest = max([1.0, *(node.utilisation for node in nodes)])
    share = _x("share", "Share of its time that it works")
    share |= {"axis": {"format": "%", "tickCount": 6}, "scale": {"domain": [0, highest * 1.25]}}
    colour = {"condition": {"test": "datum.worst", "value": ORANGE}, "value": BLUE}
    return {
        "height": _ROW * len(rows) + _AXIS,
        "layer": [
            {
                "data": {"values": rows},
                "encoding": {"y": _names([node.title for node in nodes]), "x": share},
                "layer": [
                    {"mark": {"type": "bar", "height": _BAR}, "encoding": {"color": colour}},
                    {
                        "mark": _text(ink, dx=4),
                        "encoding": {"text": {"field": "said", "type": "nominal"}},
                    },
                ],
            },
            _rule("x", most, ink),
            _rule("x", 1.0, ink),
        ],
    }


def load_curve(curve: LoadCurve, peak_rps: float, ink: str) -> Spec:
    """Return latency against load, with the objective and the prompt's peak."""
    rows = list(_two_lines((one.rps, one.p99_ms, one.p50_ms) for one in curve.points))
    highest = max([row["ms"] for row in rows], default=1.0)
    if curve.threshold_ms:
        most = max(_ZOOM * curve.threshold_ms, _ZOOM / 2 * _lowest_p99(curve))
        highest = min(max(highest, curve.threshold_ms) * 1.1, most)
    load = _x("at", "Requests a second") | {"axis": {"format": "~s"}}
    on_the_left = peak_rps < max(one.rps for one in curve.points) / 2
    return {
        "height": _CURVE,
        "layer": [
            _lines(rows, load, {"domain": [0, highest]}, point=True),
            _rule("x", peak_rps, ink, "peak of the prompt", at_end=not on_the_left),
            *(
                [_rule("y", curve.threshold_ms, ink, "objective", at_end=on_the_left)]
                if curve.threshold_ms
                else []
            ),
        ],
    }


def _lowest_p99(curve: LoadCurve) -> float:
    """Return where the curve begins, which is to be seen even far above the objective."""
    return min((one.p99_ms for one in curve.points if one.p99_ms is not None), default=0.0)


def by_second(seconds: Sequence[SecondFigures], threshold_ms: float | None, ink: str) -> Spec:
    """Return p50 and p99 of each second of a run with an incident."""
    rows = list(_two_lines((one.second, one.p99_ms, one.p50_ms) for one in seconds))
    return {
        "height": _CURVE,
        "layer": [
            _lines(rows, _x("at", "Seconds since the run began"), {}, point=False),
            *([_rule("y", threshold_ms, ink, "objective")] if threshold_ms else []),
        ],
    }


def _two_lines(points: Iterable[tuple[float, float | None, float | None]]) -> Iterable[Spec]:
    for at, p99, p50 in points:
        for name, value in (("p99", p99), ("p50", p50)):
            if value is not None:
                yield {"at": at, "ms": value, "figure": name}


def _lines(rows: list[Spec], x: Spec, scale: Spec, *, point: bool) -> Spec:
    names = ["p99", "p50"]
    figure = {"field": "figure", "type": "nominal", "title": None}
    colours, dashes = [BLUE, ORANGE], [[1, 0], [5, 3]]
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "point": point, "clip": True},
        "encoding": {
            "x": x,
            "y": {"field": "ms", "type": "quantitative", "title": "Milliseconds", "scale": scale},
            "color": figure
            | {"scale": {"domain": names, "range": colours}, "legend": {"orient": "top"}},
            "strokeDash": figure | {"scale": {"domain": names, "range": dashes}},
        },
    }


def _rule(axis: str, place: float, ink: str, said: str = "", *, at_end: bool = False) -> Spec:
    """Return a dashed line across the chart, with words beside it.

    Args:
        axis: On which its place is given.
        place: In the unit of the axis.
        ink: Colour of the words.
        said: The words.
        at_end: Whether they stand before an upright line or at the right end of a level one.
    """
    text = _text(ink, dx=4, y=8) if axis == "x" else _text(ink, x=6, dy=-7)
    if at_end:
        text |= {"align": "right"} | ({"dx": -4} if axis == "x" else {"x": "width", "dx": -6})
    return {
        "data": {"values": [{"place": place, "said": said}]},
        "encoding": {axis: {"field": "place", "type": "quantitative"}},
        "layer": [
            {"mark": {"type": "rule", "color": GREY, "strokeDash": [4, 4]}},
            {"mark": text, "encoding": {"text": {"field": "said", "type": "nominal"}}},
        ],
    }


def _x(field: str, title: str) -> Spec:
    return {"field": field, "type": "quantitative", "title": title}


def _text(ink: str, **place: float) -> Spec:
    return {"type": "text", "align": "left", "color": ink, "fontSize": 12} | place


def _names(names: Sequence[str]) -> Spec:
    """Return the axis of parts, by number: two of them may have the same name."""
    said = f"{[_plain(name) for name in names]!r}[datum.value]"
    look = {"labelLimit": _NAME, "labelOverlap": False, "ticks": False, "domain": False}
    return {
        "field": "order",
        "type": "ordinal",
        "title": None,
        "axis": {"labelExpr": said} | look,
    }


def _plain(name: str) -> str:
    """Return a name without what would end a string of Vega's expressions."""
    return "".join(one if one.isprintable() and one not in "'\"\\" else "’" for one in name)
