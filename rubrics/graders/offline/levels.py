"""The level of one criterion: what was found, weighed by what the levels need."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rubrics.criterion import ConceptIndicator, Criterion, DepthKind, Level, LevelNeeds
from rubrics.graders.offline.findings import Finding, Findings
from rubrics.graders.offline.reading import Reading, ReadSentence
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.graders.offline.word_sets import word_set

NAMED, REASONED = 1, 2


@dataclass(frozen=True)
class Likeness:
    """How close the answer's sentences are to the examples of one criterion."""

    examples: Mapping[int, float]
    """By sentence; absent means that nothing is shared."""
    span: tuple[int, ...]
    """The sentence or two that come closest to an example."""
    margin: float
    """By how much they clear the threshold; negative where they do not."""

    def best(self, sentences: Iterable[int]) -> float:
        """Return the closeness of the closest of some sentences."""
        return max((self.examples.get(one, 0.0) for one in sentences), default=0.0)


@dataclass(frozen=True)
class Decision:
    """A level and the sentences that earn it."""

    level: int
    """0 missing, 1 named, 2 reasoned."""
    sentences: tuple[int, ...] = ()
    nodes: tuple[str, ...] = ()
    unsure: bool = False
    lacks_depth: bool = False
    """The next level lacks nothing but depth."""
    unmet: tuple[str, ...] = field(default=())
    """Ids of the indicators that the next level asks for and that were not found."""


def decide(
    criterion: Criterion,
    findings: Findings,
    reading: Reading,
    likeness: Likeness,
    settings: OfflineSettings,
) -> Decision:
    """Return the highest level whose needs are met."""
    named, reasoned = criterion.levels[NAMED], criterion.levels[REASONED]
    unmet = _unmet(reasoned.needs, findings, full=True)
    everywhere = _hosts(criterion, reasoned, findings, full=True)
    hosts = _together(reasoned.needs, everywhere, settings.support_reach)
    unmet = unmet or _apart(reasoned.needs, everywhere, hosts, findings)
    deep, beside = _depth(reasoned.needs.depth, hosts, reading, findings, settings)
    on_topic = likeness.best(one.sentence for one in hosts) >= settings.on_topic
    if not unmet and hosts and deep is not None and on_topic:
        quotes = _quotes(hosts, deep, likeness, settings)
        return Decision(REASONED, quotes, _nodes(reasoned, findings), unsure=beside)
    lacks_depth = deep is None and bool(reasoned.needs.depth)
    hosts = _hosts(criterion, named, findings, full=False)
    nodes = _nodes(named, findings)
    if _asks(named.needs) and not _unmet(named.needs, findings, full=False) and (hosts or nodes):
        quotes = _quotes(hosts, (), likeness, settings)
        unsure = not unmet and lacks_depth and any(reading.parts[i].kinds for i in quotes)
        return Decision(NAMED, quotes, nodes, unsure, lacks_depth, unmet)
    if likeness.margin >= 0 and likeness.span:
        return Decision(NAMED, likeness.span, (), True, lacks_depth, unmet)
    missing = _unmet(named.needs, findings, full=False)
    return Decision(0, unsure=likeness.margin > -settings.unsure_margin, unmet=missing)


def _asks(needs: LevelNeeds) -> bool:
    return bool(needs.indicator_ids())


def _unmet(needs: LevelNeeds, findings: Findings, *, full: bool) -> tuple[str, ...]:
    """Return the indicators whose absence keeps the level out of reach."""
    missing = [one for one in needs.all_of if not findings.holds(one, full=full)]
    found = sum(findings.holds(one, full=full) for one in needs.of)
    if found < needs.at_least:
        missing += [one for one in needs.of if not findings.holds(one, full=full)]
    return tuple(missing)


def _hosts(
    criterion: Criterion, level: Level, findings: Findings, *, full: bool
) -> tuple[Finding, ...]:
    """Return the findings in words that the level's needs rest on, in the answer's order.

    A level that asks for nothing but numbers or nodes rests on any concept of the criterion.
    """
    wanted = list(level.needs.indicator_ids())
    found = [
        one for key in wanted for one in findings.clean.get(key, ()) if not (full and one.capped)
    ]
    if not found:
        concepts = [one.id for one in criterion.indicators if isinstance(one, ConceptIndicator)]
        found = [
            one
            for key in concepts
            for one in findings.clean.get(key, ())
            if not (full and one.capped)
        ]
    return tuple(sorted(found, key=lambda one: (one.sentence, one.indicator_id)))


def _together(needs: LevelNeeds, hosts: tuple[Finding, ...], reach: int) -> tuple[Finding, ...]:
    """Keep the findings that support each other: the idea and what argues for it, close by.

    Words of a support that stand pages away from the idea belong to something else. Where a
    level does not tell the idea (`all_of`) from its support (`of`), two supports argue for each
    other.
    """
    supports = [one for one in hosts if one.indicator_id in needs.of]
    ideas = [one for one in hosts if one.indicator_id in needs.all_of]
    if not needs.all_of and needs.at_least > 1:
        ideas = supports
    if not ideas or not needs.at_least or not supports:
        return hosts
    kept = {
        one
        for idea in ideas
        for support in supports
        if abs(idea.sentence - support.sentence) <= reach
        and idea.indicator_id != support.indicator_id
        for one in (idea, support)
    }
    return tuple(one for one in hosts if one in kept)


def _apart(
    needs: LevelNeeds,
    everywhere: tuple[Finding, ...],
    together: tuple[Finding, ...],
    findings: Findings,
) -> tuple[str, ...]:
    """Return the supports that are only found far from the idea, if they are needed.

    What is found in the drawing has no place in the text and counts wherever the idea stands.
    """
    kept = {one.indicator_id for one in together}
    far = {one.indicator_id for one in everywhere} - kept
    near = sum(findings.holds(one, full=True) and one not in far for one in needs.of)
    return tuple(one for one in needs.of if one in far) if near < needs.at_least else ()


def _depth(
    wanted: Sequence[DepthKind],
    hosts: Sequence[Finding],
    reading: Reading,
    findings: Findings,
    settings: OfflineSettings,
) -> tuple[tuple[int, ...] | None, bool]:
    """Return the sentences that give depth to a concept, and whether only a neighbour does.

    None means that no depth was found; an empty tuple that none is asked for.
    """
    if not wanted:
        return (), False
    places = sorted({one.sentence for one in hosts})
    inside = [place for place in places if _is_deep(reading.parts[place], wanted)]
    if inside:
        return tuple(inside), False
    for place in places:
        for step in range(1, settings.depth_reach + 1):
            for neighbour in (place + step, place - step):
                if _gives_depth(place, neighbour, reading, findings, wanted):
                    return (neighbour,), True
    return None, False


def _is_deep(part: ReadSentence, wanted: Sequence[DepthKind]) -> bool:
    if part.fault or part.capped or not part.kinds.intersection(wanted):
        return False
    tokens = len(part.sentence.tokens)
    return len(part.negation.firm) * 2 <= tokens and len(part.hedged) * 2 <= tokens


def _gives_depth(
    place: int, neighbour: int, reading: Reading, findings: Findings, wanted: Sequence[DepthKind]
) -> bool:
    """Return whether a sentence beside a concept speaks about it and goes deep."""
    if not 0 <= neighbour < len(reading.parts):
        return False
    here, there = reading.parts[place], reading.parts[neighbour]
    if here.sentence.paragraph != there.sentence.paragraph or not _is_deep(there, wanted):
        return False
    shows = any(one.sentence == neighbour for found in findings.clean.values() for one in found)
    later = there if neighbour > place else here
    return shows or _refers_back(later) or len(here.bag & there.bag) >= 2


_BACK_REFERENCES = word_set(
    """
    this that these those it its they them then so otherwise because since therefore hence
    thus such both
    """
)


def _refers_back(part: ReadSentence) -> bool:
    return any(token.word in _BACK_REFERENCES for token in part.sentence.tokens[:4])


def _nodes(level: Level, findings: Findings) -> tuple[str, ...]:
    found = [node for key in level.needs.indicator_ids() for node in findings.drawn.get(key, ())]
    return tuple(dict.fromkeys(found))


def _quotes(
    hosts: Sequence[Finding],
    deep: Sequence[int],
    likeness: Likeness,
    settings: OfflineSettings,
) -> tuple[int, ...]:
    """Choose the sentences to cite: one per indicator, deep and typical ones first."""
    chosen: list[int] = []
    for key in dict.fromkeys(one.indicator_id for one in hosts):
        found = [one for one in hosts if one.indicator_id == key]
        if not any(one.sentence in chosen for one in found):
            best = min(
                found,
                key=lambda one: (
                    one.sentence not in deep,
                    -likeness.examples.get(one.sentence, 0.0),
                    one.words,
                    one.sentence,
                ),
            )
            chosen.append(best.sentence)
    chosen = chosen[: settings.quotes]
    if deep and not set(deep) & set(chosen):
        chosen = [*chosen[: settings.quotes - 1], deep[0]]
    return tuple(sorted(chosen))
