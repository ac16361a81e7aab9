"""What an inspection is: a small rule over the drawn graph, with the words that explain it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from designs.drawing import Design, Edge
from designs.inspections.drawn_graph import DrawnGraph
from designs.inspections.violation import Severity, Violation
from designs.node_kind import Palette


@dataclass(frozen=True)
class Finding:
    """Where a rule found its smell, and in which words it says so."""

    message: str
    node_ids: tuple[str, ...] = ()
    edges: tuple[Edge, ...] = ()


Rule = Callable[[DrawnGraph], Iterable[Finding]]


@dataclass(frozen=True)
class Inspection:
    """A design smell: how it is found, why it matters and how to mend it."""

    code: str
    """Kebab-case; keeps its meaning between versions."""
    severity: Severity
    title: str
    why: str
    mend: str
    rule: Rule

    @property
    def what(self) -> str:
        """When it speaks: the rule says so in its own documentation, so that both stay true."""
        return " ".join((self.rule.__doc__ or "").split())

    def violations(self, design: Design, palette: Palette) -> Iterator[Violation]:
        """Yield what this inspection finds in a design."""
        return self.violations_in(DrawnGraph(design, palette))

    def violations_in(self, drawn: DrawnGraph) -> Iterator[Violation]:
        """Yield what this inspection finds in a graph that is built already."""
        for found in self.rule(drawn):
            yield Violation(
                code=self.code,
                severity=self.severity,
                message=found.message,
                node_ids=tuple(dict.fromkeys(found.node_ids)),
                edges=tuple(dict.fromkeys((one.source, one.target) for one in found.edges)),
            )


def inspection(
    code: str, severity: Severity, title: str, *, why: str, mend: str
) -> Callable[[Rule], Inspection]:
    """Turn a rule into an inspection; used as a decorator."""

    def made(rule: Rule) -> Inspection:
        return Inspection(code, severity, title, why, mend, rule)

    return made


def of_edges(message: str, edges: Iterable[Edge]) -> Finding:
    """Return a finding about edges and the nodes at their ends."""
    found = tuple(edges)
    ends = tuple(end for one in found for end in (one.source, one.target))
    return Finding(message, ends, found)
