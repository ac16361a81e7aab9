"""A design with its palette as a graph that inspections can ask; built once per inspection run."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from designs.drawing import Design, Edge, EdgeMode, Node, Zone
from designs.exporters.captions import node_title, zone_of
from designs.inspections.roles import CLIENTS, FRONT_DOORS, MODELS
from designs.node_kind import Behaviour, NodeGroup, NodeKind, Palette

SYNC = frozenset({EdgeMode.SYNC})
DATA = frozenset({EdgeMode.ASYNC, EdgeMode.BATCH})
"""Modes by which data moves on without anybody waiting for an answer."""
ANY = SYNC | DATA
_LONGEST_NAME = 60
_MOST_NAMES = 4


@dataclass(frozen=True)
class DrawnGraph:
    """Neighbours, kinds and the request path of a design.

    Nodes are given as ids; every tuple of ids is in the order of the design. A node of a kind
    that the palette lacks has neither group nor behaviour and fits no rule about them.
    """

    design: Design
    palette: Palette

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """The nodes by id."""
        return {node.id: node for node in self.design.nodes}

    @cached_property
    def out(self) -> dict[str, list[Edge]]:
        """The edges that leave each node."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.design.nodes}
        for edge in self.design.edges:
            found[edge.source].append(edge)
        return found

    @cached_property
    def into(self) -> dict[str, list[Edge]]:
        """The edges that lead to each node."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.design.nodes}
        for edge in self.design.edges:
            found[edge.target].append(edge)
        return found

    @cached_property
    def _kinds(self) -> dict[str, NodeKind]:
        return {kind.id: kind for kind in self.palette.kinds}

    def kind(self, node_id: str) -> NodeKind | None:
        """Return the palette's entry for a node, or None."""
        return self._kinds.get(self.nodes[node_id].kind)

    def kind_id(self, node_id: str) -> str:
        """Return the id of a node's kind, whether the palette has it or not."""
        return self.nodes[node_id].kind

    def group(self, node_id: str) -> NodeGroup | None:
        """Return the drawer of the palette that a node comes from."""
        kind = self.kind(node_id)
        return kind.group if kind else None

    def behaviour(self, node_id: str) -> Behaviour | None:
        """Return how a node acts."""
        kind = self.kind(node_id)
        return kind.behaviour if kind else None

    def zone(self, node_id: str) -> Zone:
        """Return where a node runs."""
        return zone_of(self.nodes[node_id], self.palette)

    def of_kind(self, *kinds: str) -> tuple[str, ...]:
        """Return the nodes of some kinds."""
        return tuple(node.id for node in self.design.nodes if node.kind in kinds)

    def of_group(self, *groups: NodeGroup) -> tuple[str, ...]:
        """Return the nodes of some drawers of the palette."""
        return tuple(node.id for node in self.design.nodes if self.group(node.id) in groups)

    def ordered(self, node_ids: Iterable[str]) -> tuple[str, ...]:
        """Return ids in the order of the design."""
        wanted = set(node_ids)
        return tuple(node.id for node in self.design.nodes if node.id in wanted)

    def reach(
        self,
        starts: Iterable[str],
        modes: frozenset[EdgeMode] = ANY,
        *,
        backwards: bool = False,
        through: Callable[[str], bool] | None = None,
    ) -> frozenset[str]:
        """Return what edges of some modes lead to, the starts included.

        Args:
            starts: Where to begin.
            modes: Edges to follow.
            backwards: Follow edges from target to source.
            through: Says which nodes are left again once they are reached; None means all.
        """
        waiting = list(starts)
        found = set(waiting)
        first = frozenset(waiting)
        while waiting:
            here = waiting.pop()
            if through and here not in first and not through(here):
                continue
            for edge in self.into[here] if backwards else self.out[here]:
                there = edge.source if backwards else edge.target
                if edge.mode in modes and there not in found:
                    found.add(there)
                    waiting.append(there)
        return frozenset(found)

    @cached_property
    def clients(self) -> tuple[str, ...]:
        """Where requests come from."""
        return self.of_kind(*CLIENTS)

    @cached_property
    def front(self) -> tuple[str, ...]:
        """Clients, and front doors that nobody in the drawing calls."""
        doors = (one for one in self.of_kind(*FRONT_DOORS) if not self.into[one])
        return self.ordered((*self.clients, *doors))

    @cached_property
    def entrances(self) -> tuple[str, ...]:
        """Where the request path begins.

        Without client and front door these are the services that call and are not called.
        """
        if self.front:
            return self.front
        return tuple(
            one
            for one in self.of_group(NodeGroup.SERVING)
            if any(edge.mode is EdgeMode.SYNC for edge in self.out[one])
            and not any(edge.mode is EdgeMode.SYNC for edge in self.into[one])
        )

    @cached_property
    def request_path(self) -> frozenset[str]:
        """Every node that some request waits for, the entrances included."""
        return self.reach(self.entrances, SYNC)

    @cached_property
    def path_edges(self) -> tuple[Edge, ...]:
        """The calls that some request waits for."""
        return tuple(
            edge
            for edge in self.design.edges
            if edge.mode is EdgeMode.SYNC and edge.source in self.request_path
        )

    @cached_property
    def path_models(self) -> tuple[str, ...]:
        """The models that some request waits for.

        What is said about absent parts depends on them: without one, the drawing has just begun.
        """
        called = {edge.target for edge in self.path_edges}
        return tuple(one for one in self.of_kind(*MODELS) if one in called)

    def short_name(self, node_id: str) -> str:
        """Return the label of a node for a sentence; a long one is cut."""
        title = node_title(self.nodes[node_id], self.palette)
        if len(title) > _LONGEST_NAME:
            title = title[: _LONGEST_NAME - 1].rstrip() + "…"
        return title

    def name(self, node_id: str) -> str:
        """Return label and id of a node for a message."""
        return f"{self.short_name(node_id)} ({node_id})"

    def names(self, node_ids: Iterable[str]) -> str:
        """Return a list of nodes for a message; the first few stand for many."""
        return listed([self.name(one) for one in dict.fromkeys(node_ids)])

    def calls(self, edges: Iterable[Edge]) -> str:
        """Return calls for a message, those of one caller together; the first few for many."""
        pairs = list(dict.fromkeys((edge.source, edge.target) for edge in edges))
        rest = len(pairs) - _MOST_NAMES if len(pairs) > _MOST_NAMES + 1 else 0
        by_caller: dict[str, list[str]] = {}
        for source, target in pairs[: len(pairs) - rest]:
            by_caller.setdefault(source, []).append(self.name(target))
        said = [f"{self.name(one)} → {', '.join(them)}" for one, them in by_caller.items()]
        return "; ".join(said) + (f" and {rest} more" if rest else "")


def listed(words: list[str]) -> str:
    """Join words as in a sentence; beyond a few, say how many more there are."""
    if len(words) > _MOST_NAMES + 1:
        rest = len(words) - _MOST_NAMES
        return f"{', '.join(words[:_MOST_NAMES])} and {rest} more"
    if len(words) > 1:
        return f"{', '.join(words[:-1])} and {words[-1]}"
    return "".join(words)
