"""The shortest way through a drawing that passes nodes of given kinds in a given order."""

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from designs.drawing import EdgeMode
from designs.inspections.drawn_graph import DrawnGraph


def path_through(
    drawn: DrawnGraph,
    stops: Sequence[Collection[str]],
    modes: Collection[EdgeMode],
    *,
    avoiding: Collection[str] = (),
    last_edges: Collection[tuple[str, str]] | None = None,
) -> tuple[str, ...]:
    """Return the nodes of the shortest way, or nothing if there is none.

    A sync call returns to whoever made it, so the way may go back along the calls by which it
    came; what was handed on by an async or batch edge does not return.

    Args:
        drawn: The drawing.
        stops: Kinds of nodes, in the order in which they must be passed; two at least.
        modes: The edges that may be taken.
        avoiding: Kinds of nodes that must not stand on the way.
        last_edges: Edges, as source and target, by one of which the last stop must be entered;
            None means any.

    Returns:
        Node ids from the first stop to the last. A node to which a call returns stands there
        again. Of several shortest ways the first in the order of the design.
    """
    waiting = deque(_Walk(node, 1) for node in drawn.of_kind(*stops[0]))
    seen = {one.place() for one in waiting}
    while waiting:
        here = waiting.popleft()
        for there in here.onward(drawn, modes):
            if drawn.kind_id(there.node) in avoiding:
                continue
            stop = drawn.kind_id(there.node) in stops[there.passed] and not there.is_return
            if stop and there.passed == len(stops) - 1:
                if last_edges is None or (here.node, there.node) in last_edges:
                    return there.nodes()
                stop = False
            step = there.past_a_stop() if stop else there
            if step.place() not in seen:
                seen.add(step.place())
                waiting.append(step)
    return ()


@dataclass(frozen=True)
class _Walk:
    """A way so far: where it stands, how many stops it has passed, and how it came."""

    node: str
    passed: int
    came: "_Walk | None" = None
    caller: "_Walk | None" = None
    """Where the walk stood when it made the call that is answered from here."""
    is_return: bool = False

    def onward(self, drawn: DrawnGraph, modes: Collection[EdgeMode]) -> "Iterator[_Walk]":
        """Yield the next steps: along the edges, and back to the caller."""
        for edge in drawn.out[self.node]:
            if edge.mode in modes:
                caller = self if edge.mode is EdgeMode.SYNC else None
                yield _Walk(edge.target, self.passed, self, caller)
        if self.caller is not None:
            caller = self.caller
            yield _Walk(caller.node, self.passed, self, caller.caller, is_return=True)

    def place(self) -> tuple[str, int, str | None]:
        """Return what tells this walk from others: where it is, and where it may go back to."""
        return self.node, self.passed, self.caller.node if self.caller else None

    def past_a_stop(self) -> "_Walk":
        """Return the same place with one more stop passed."""
        return _Walk(self.node, self.passed + 1, self.came, self.caller)

    def nodes(self) -> tuple[str, ...]:
        """Return the nodes from the beginning to here."""
        found: list[str] = []
        walk: _Walk | None = self
        while walk is not None:
            found.append(walk.node)
            walk = walk.came
        return tuple(reversed(found))
