"""The request path as bars: who works when, in a typical request."""

from collections.abc import Mapping

from designs.exporters.captions import node_title
from designs.node_kind import Palette
from labs.load_test.figures import StationFigures
from labs.load_test.network import Call
from labs.load_test.report import Span
from labs.load_test.request_path import RequestPath

_USUAL = 0.5
"""Calls that fewer requests make are shown, and not waited for in a typical request."""
_MOST_BARS = 200


def waterfall(
    path: RequestPath, palette: Palette, figures: Mapping[str, StationFigures]
) -> tuple[Span, ...]:
    """Return the bars in the order in which they begin to be asked for.

    Args:
        path: Stations and calls.
        palette: For names.
        figures: Mean wait and service of each station, by id.
    """
    drawer = _Drawer(path, palette, figures)
    drawer.draw(path.network.entry, 0.0, 0, 1.0)
    return drawer.marked()


class _Drawer:
    """Walks the calls in the order in which they are made."""

    def __init__(
        self, path: RequestPath, palette: Palette, figures: Mapping[str, StationFigures]
    ) -> None:
        self.path, self.palette, self.figures = path, palette, figures
        self.spans: list[Span] = []

    def draw(self, station: str, start: float, depth: int, probability: float) -> float:
        """Add the bars of a station and what it calls, and return when its answer is there."""
        found = self.figures.get(station)
        wait, service = (found.wait_mean_ms, found.service_mean_ms) if found else (0.0, 0.0)
        drawn = station not in self.path.stands_for
        place = len(self.spans)
        if drawn and place < _MOST_BARS:
            self.spans.append(self._span(station, start, (wait, service), depth, probability))
        now = start + wait + service
        for step in self._steps(station):
            ends = [
                (self.draw(call.target, now, depth + drawn, probability * call.probability), call)
                for call in step
            ]
            now = max([end for end, call in ends if call.probability >= _USUAL] or [now])
        if drawn and place < len(self.spans):
            self.spans[place] = self.spans[place].model_copy(update={"ends_ms": now})
        return now

    def marked(self) -> tuple[Span, ...]:
        """Mark the bars whose end the next step, and in the end the answer, waits for."""
        marked: list[Span] = []
        for place, span in enumerate(self.spans):
            above = next((one for one in marked[::-1] if one.depth < span.depth), None)
            beside = [
                one
                for one in self.spans[place + 1 :] + self.spans[:place]
                if one.depth == span.depth
                and abs(one.starts_ms - span.starts_ms) < 1e-9
                and one.probability >= _USUAL
            ]
            last = span.probability >= _USUAL and all(one.ends_ms <= span.ends_ms for one in beside)
            critical = last and (above is None or above.critical)
            marked.append(span.model_copy(update={"critical": critical}))
        return tuple(marked)

    def _steps(self, station: str) -> list[list[Call]]:
        calls = [
            call for call in self.path.network.calls if call.source == station and call.waited_for
        ]
        return [
            [call for call in calls if call.step == step]
            for step in sorted({call.step for call in calls})
        ]

    def _span(
        self, station: str, start: float, times: tuple[float, float], depth: int, probability: float
    ) -> Span:
        node = self.path.design.node(station)
        return Span(
            node_id=station,
            title=node_title(node, self.palette) if node else station,
            depth=depth,
            starts_ms=start,
            wait_ms=times[0],
            service_ms=times[1],
            ends_ms=start,
            probability=probability,
            critical=False,
        )
