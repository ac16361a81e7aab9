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
    drawn: tuple[str, ...] = ()
    """Ids of the indicators that the drawing and its load test show."""
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
    case = _Case(criterion, findings, reading, likeness, settings)
    argued = case.argued(reasoned)
    if isinstance(argued, Decision):
        return argued
    unmet, lacks_depth = argued
    places = case.places(named.needs, full=False)
    whole = [one for one in places if not one.missing]
    drawn = _drawn(named, findings)
    if named.needs.indicator_ids() and whole and (whole[0].hosts or drawn):
        hosts = tuple(dict.fromkeys(host for place in whole for host in place.hosts))
        quotes = _quotes(hosts, (), likeness, settings)
        unsure = not unmet and lacks_depth and any(reading.parts[i].kinds for i in quotes)
        return Decision(NAMED, quotes, drawn, unsure, lacks_depth, unmet)
    if likeness.margin >= 0 and likeness.span:
        return Decision(NAMED, likeness.span, (), True, lacks_depth, unmet)
    return Decision(
        0, unsure=likeness.margin > -settings.unsure_margin, unmet=_least_missing(places)
    )


@dataclass(frozen=True)
class _Place:
    """A spot of the answer: what is found within reach of an idea, and what is not."""

    hosts: tuple[Finding, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Case:
    """What is known about one criterion and one answer."""

    criterion: Criterion
    findings: Findings
    reading: Reading
    likeness: Likeness
    settings: OfflineSettings

    def argued(self, level: Level) -> Decision | tuple[tuple[str, ...], bool]:
        """Return the decision for the top level, or what it lacks: indicators, and depth."""
        places = self.places(level.needs, full=True)
        whole = [one for one in places if one.hosts and not one.missing]
        lacks_depth = bool(level.needs.depth)
        for place in whole:
            deep, beside = _depth(level.needs.depth, place.hosts, self)
            lacks_depth &= deep is None
            close = self.likeness.best(one.sentence for one in place.hosts)
            if deep is not None and close >= self.settings.on_topic:
                quotes = _quotes(place.hosts, deep, self.likeness, self.settings)
                return Decision(REASONED, quotes, _drawn(level, self.findings), unsure=beside)
        return (() if whole else _least_missing(places)), lacks_depth

    def places(self, needs: LevelNeeds, *, full: bool) -> list[_Place]:
        """Return the spots of the answer where what a level asks for may stand together.

        Words pages away from the idea belong to something else. A level that asks for nothing
        but numbers or nodes rests on any concept of the criterion.
        """
        found = self._found(needs.indicator_ids(), full=full)
        if not found:
            concepts = [
                one.id for one in self.criterion.indicators if isinstance(one, ConceptIndicator)
            ]
            found = self._found(concepts, full=full)
        ideas = [one for one in found if one.indicator_id in needs.all_of] or found
        spots = dict.fromkeys(one.sentence for one in ideas)
        around = [
            tuple(one for one in found if self._within_reach(spot, one.sentence)) for spot in spots
        ]
        return [_Place(hosts, self._missing(needs, hosts)) for hosts in around or [()]]

    def _found(self, keys: Iterable[str], *, full: bool) -> list[Finding]:
        found = [
            one
            for key in keys
            for one in self.findings.clean.get(key, ())
            if not (full and one.capped)
        ]
        return sorted(found, key=lambda one: (one.sentence, one.indicator_id))

    def _missing(self, needs: LevelNeeds, hosts: Sequence[Finding]) -> tuple[str, ...]:
        held = {one.indicator_id for one in hosts}
        held |= set(self.findings.drawn.shown)
        missing = [one for one in needs.all_of if one not in held]
        if sum(one in held for one in needs.of) < needs.at_least:
            missing += [one for one in needs.of if one not in held]
        return tuple(missing)

    def _within_reach(self, spot: int, other: int) -> bool:
        return abs(spot - other) <= self.settings.support_reach


def _least_missing(places: Sequence[_Place]) -> tuple[str, ...]:
    return min((one.missing for one in places), key=len, default=())


def _depth(
    wanted: Sequence[DepthKind], hosts: Sequence[Finding], case: _Case
) -> tuple[tuple[int, ...] | None, bool]:
    """Return the sentences that give depth to a concept, and whether only a neighbour does.

    None means that no depth was found; an empty tuple that none is asked for.
    """
    if not wanted:
        return (), False
    parts, findings = case.reading.parts, case.findings
    places = sorted({one.sentence for one in hosts})
    inside = [place for place in places if _is_deep(parts[place], wanted)]
    if inside:
        return tuple(inside), False
    for place in places:
        for step in range(1, case.settings.depth_reach + 1):
            for neighbour in (place + step, place - step):
                if _gives_depth(place, neighbour, case.reading, findings, wanted):
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


def _drawn(level: Level, findings: Findings) -> tuple[str, ...]:
    return tuple(one for one in level.needs.indicator_ids() if findings.drawn.holds(one))


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
