"""Clues: what is known about one criterion in one answer, as numbers for the level model.

Sentences beside the point are taken out before, so that padding buys nothing and costs nothing.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from rubrics.criterion import Criterion, DrawingIndicator, LoadTestIndicator
from rubrics.graders.offline.closeness import Comparisons
from rubrics.graders.offline.doubt import USUAL_DOUBT, Doubt, highest_doubts, mean_doubt
from rubrics.graders.offline.findings import Findings
from rubrics.graders.offline.neighbours import Nearness
from rubrics.graders.offline.reading import Reading, ReadSentence

_FAR = -0.3
"""The lead of a sentence that a guard has set aside: further from credit than any other."""
_ASTRAY, _ELSEWHERE = -0.05, -0.075
"""Mean lead over the other stages below which an answer reaches *named* at most, and nothing. In the
tuning half, prompts left out: 3 and 0 of 100 good answers are below, and 78 and 40 of 100 of the same
answers given to another stage."""
_PER = 50
"""Words over which depth is counted."""
_FEWEST = 12
"""Words that an answer is taken to have at least: one sentence makes no density."""
ON_TOPIC = 0.25
"""Nearness to the nearest sentence that earned anything in the stage, below which a sentence is off
the topic. An assumption."""
_MOST_DEPTH, _MOST_NUMBERS, _MOST_POINTED = 4, 2, 3
"""What a short strong answer has of each. A longer one has more of everything, and a criterion is
not met better for what is said about others: without these limits length would buy points."""


@dataclass(frozen=True, slots=True)
class Clues:
    """One criterion in one answer. The order of the fields is the order of the coefficients."""

    like_credited: float
    """Highest nearness of a sentence to one that earned the criterion."""
    like_credited_three: float
    """The same to the nearest three."""
    like_reasoned: float
    """Highest nearness to a sentence that earned the top level."""
    lead: float
    """Highest lead of credited over uncredited neighbours."""
    lead_three: float
    """The same by the nearest three of each."""
    lead_of_three_sentences: float
    """Mean lead of the answer's three best sentences."""
    leading_sentences: float
    """How many sentences lead, as a logarithm."""
    leading_depth: float
    """Kinds of depth in these sentences, as a logarithm."""
    rest_of_answer: float
    """Mean of the best leads for the stage's other criteria."""
    found: float
    """Share of the criterion's ideas that are found."""
    found_cleanly: float
    """Share found without hedge or recital."""
    needed: float
    """Share of what the top level cannot do without."""
    supported: float
    """Share of what the top level wants beside it."""
    depth_beside: float
    """Kinds of depth in the sentences that hold the ideas."""
    sentences_with_ideas: float
    """As a logarithm."""
    mentions: float
    """Mentions of the ideas, as a logarithm."""
    set_aside: float
    """Mentions that a guard set aside, as a logarithm."""
    contradicted: float
    """1 if a sentence states the opposite."""
    like_example: float
    """Closeness to the rubric's own examples."""
    like_near_miss: float
    """Closeness to its near misses."""
    like_contradiction: float
    """Closeness to its contradictions."""
    depth_density: float
    """Kinds of depth for each fifty words on the topic."""
    number_density: float
    """Quantities for each fifty words on the topic."""
    depth: float
    """Kinds of depth on the topic, as a logarithm; from `_MOST_DEPTH` on, more is no more."""
    numbers: float
    """Quantities on the topic, as a logarithm; from `_MOST_NUMBERS` on, more is no more."""
    at_home: float
    """How much nearer the answer's sentences are to this stage than to any other, on average."""
    at_home_share: float
    """Share of its sentences that are nearest to this stage."""
    to_the_point: float
    """Sentences that lead for some criterion of the stage, as a logarithm, up to `_MOST_POINTED`."""
    denied: float
    """Share of the sentences to the point that deny something firmly."""
    hedged: float
    """Share of them that hedge."""
    faulty: float
    """Share of the sentences on the topic that are lists, copies, recitals or denied."""
    doubt: float
    """How much the sentences read like serious mistakes: their mean by weight."""
    highest_doubts: float
    """The same of the three most doubtful of them."""
    doubt_of_leading: float
    """The same of the sentences that lead for the criterion."""

    @property
    def ceiling(self) -> int:
        """Return the level that may be reached at most.

        The model weighs what is there, and a good answer otherwise does not make up for what is
        not. Where no sentence is nearer to credited sentences than to others, *reasoned* takes an
        idea that the top level cannot do without, and any credit an idea at all.
        """
        if self.leading_sentences:
            return 2
        if not self.found_cleanly:
            return 0
        return 2 if self.needed else 1

    def vector(self) -> tuple[float, ...]:
        """Return the clues in the order of the fields."""
        return tuple(getattr(self, one.name) for one in fields(self))


NAMES = tuple(one.name for one in fields(Clues))


@dataclass(frozen=True)
class Leads:
    """The nearness of every sentence to every criterion of a stage, guards respected."""

    near: tuple[Mapping[str, Nearness], ...]
    lead: Mapping[str, tuple[float, ...]]
    """By criterion and sentence: the lead of three."""
    homes: tuple[float, ...]
    """By sentence: how much nearer it is to this stage than to any other."""
    doubts: tuple[Doubt, ...]
    """By sentence: how much it reads like a serious mistake."""

    @cached_property
    def on_topic(self) -> tuple[int, ...]:
        """Return the sentences that are near to anything that earned something in the stage."""
        return tuple(
            place
            for place, near in enumerate(self.near)
            if max(one.credited for one in near.values()) >= ON_TOPIC
        )

    @cached_property
    def highest_level(self) -> int:
        """Return the level that an answer may reach: less where it answers another stage.

        Good engineering in the wrong place is no answer to the question. Sentences of sound answers
        are now and then nearer to another stage, but hardly ever on average.
        """
        home = _mean([self.homes[place] for place in self.on_topic], 0.0)
        return 0 if home < _ELSEWHERE else 1 if home < _ASTRAY else 2

    def subject(self, place: int) -> str | None:
        """Return the criterion that a sentence is nearest to, or None if it is off the topic."""
        near = self.near[place]
        best = max(near, key=lambda key: near[key].credited, default=None)
        return best if best is not None and near[best].credited >= ON_TOPIC else None

    def only(self, places: Sequence[int]) -> "Leads":
        """Return the leads of some sentences."""
        return Leads(
            near=tuple(self.near[one] for one in places),
            lead={key: tuple(leads[one] for one in places) for key, leads in self.lead.items()},
            homes=tuple(self.homes[one] for one in places),
            doubts=tuple(self.doubts[one] for one in places),
        )

    def best(self, criterion_id: str) -> float:
        """Return the best lead of any sentence."""
        return max(self.lead[criterion_id], default=_FAR)

    def pointed(self) -> tuple[int, ...]:
        """Return the sentences that lead for some criterion: what is said to the point."""
        count = len(self.near)
        return tuple(
            number
            for number in range(count)
            if any(leads[number] > 0 for leads in self.lead.values())
        )


def leads_of(
    reading: Reading,
    near: Sequence[Mapping[str, Nearness]],
    keys: Sequence[str],
    homes: Sequence[float],
    doubts: Sequence[Doubt],
) -> Leads:
    """Return the leads of an answer's sentences for some criteria."""
    lead = {
        key: tuple(
            _FAR if part.is_void else one[key].lead_three
            for part, one in zip(reading.parts, near, strict=True)
        )
        for key in keys
    }
    return Leads(tuple(near), lead, tuple(homes), tuple(doubts))


def clues_of(
    criterion: Criterion,
    reading: Reading,
    leads: Leads,
    findings: Findings,
    comparisons: Comparisons,
    *,
    whole: Mapping[str, float],
    contradicted: bool,
) -> Clues:
    """Collect the clues for one criterion.

    Args:
        criterion: What is looked for.
        reading: The answer.
        leads: Nearness of its sentences to graded ones.
        findings: The criterion's ideas in the answer; nothing set aside for near misses.
        comparisons: Closeness of its sentences to the rubric's own.
        whole: `whole_clues` of the answer.
        contradicted: Whether a sentence states the opposite.
    """
    near = _near_clues(criterion.id, reading, leads)
    ideas = _idea_clues(criterion, reading, findings)
    close = [one[criterion.id] for one in comparisons.single if criterion.id in one]
    close += [one[criterion.id] for one in comparisons.pairs if criterion.id in one]
    return Clues(
        **near,
        **ideas,
        contradicted=float(contradicted),
        like_example=max((one.example for one in close), default=0.0),
        like_near_miss=max((one.near_miss for one in close), default=0.0),
        like_contradiction=max((one.contradiction for one in close), default=0.0),
        **whole,
        **_doubt_clues(criterion.id, reading, leads),
    )


def _near_clues(key: str, reading: Reading, leads: Leads) -> dict[str, float]:
    sound = [number for number, part in enumerate(reading.parts) if not part.is_void]
    near = [leads.near[number][key] for number in sound]
    leading = [number for number in sound if leads.lead[key][number] > 0]
    best = sorted(leads.lead[key], reverse=True)[:3]
    others = [leads.best(other) for other in leads.lead if other != key]
    return {
        "like_credited": max((one.credited for one in near), default=0.0),
        "like_credited_three": max((one.credited_three for one in near), default=0.0),
        "like_reasoned": max((one.reasoned for one in near), default=0.0),
        "lead": max((one.lead for one in near), default=_FAR),
        "lead_three": max(best, default=_FAR),
        "lead_of_three_sentences": _mean(best, _FAR),
        "leading_sentences": math.log1p(len(leading)),
        "leading_depth": math.log1p(sum(len(reading.parts[one].kinds) for one in leading)),
        "rest_of_answer": _mean(others, _FAR),
    }


def _idea_clues(criterion: Criterion, reading: Reading, findings: Findings) -> dict[str, float]:
    beyond_words = DrawingIndicator | LoadTestIndicator
    ideas = [one.id for one in criterion.indicators if not isinstance(one, beyond_words)]
    needs = criterion.levels[2].needs
    needed = [one for one in needs.all_of if one in ideas]
    wanted = [one for one in needs.of if one in ideas]
    hits = [one for key in ideas for one in findings.clean.get(key, ())]
    places = {one.sentence for one in hits}
    kinds = {kind for place in places for kind in reading.parts[place].kinds}

    def share(keys: Sequence[str], *, full: bool, empty: float) -> float:
        return _mean([float(_is_said(findings, key, full=full)) for key in keys], empty)

    return {
        "found": share(ideas, full=False, empty=0.0),
        "found_cleanly": share(ideas, full=True, empty=0.0),
        "needed": share(needed, full=True, empty=1.0),
        "supported": share(wanted, full=True, empty=0.0),
        "depth_beside": float(len(kinds)),
        "sentences_with_ideas": math.log1p(len(places)),
        "mentions": math.log1p(len(hits)),
        "set_aside": math.log1p(len(findings.lost)),
    }


def _is_said(findings: Findings, key: str, *, full: bool) -> bool:
    return any(not (full and one.capped) for one in findings.clean.get(key, ()))


def whole_clues(reading: Reading, leads: Leads) -> dict[str, float]:
    """Return the clues that are the same for every criterion of the stage."""
    pointed = [reading.parts[number] for number in leads.pointed()]
    places = leads.on_topic
    topical = [reading.parts[place] for place in places]
    homes = [leads.homes[place] for place in places]
    words = max(_FEWEST, sum(len(part.sentence.tokens) for part in topical))
    depth = sum(len(part.kinds) for part in topical if not part.is_void)
    numbers = sum(len(part.quantities) for part in topical if not part.is_void)
    return {
        "depth_density": _PER * depth / words,
        "number_density": _PER * numbers / words,
        "depth": math.log1p(min(depth, _MOST_DEPTH)),
        "numbers": math.log1p(min(numbers, _MOST_NUMBERS)),
        "at_home": _mean(homes, 0.0),
        "at_home_share": _mean([float(one > 0) for one in homes], 0.0),
        "to_the_point": math.log1p(min(len(pointed), _MOST_POINTED)),
        "denied": _share(pointed, "denied"),
        "hedged": _share(pointed, "hedged"),
        "faulty": _mean([float(part.is_void or part.capped) for part in topical], 1.0),
    }


def _doubt_clues(key: str, reading: Reading, leads: Leads) -> dict[str, float]:
    leading = [
        doubt
        for doubt, lead, part in zip(leads.doubts, leads.lead[key], reading.parts, strict=True)
        if lead > 0 and not part.is_void
    ]
    # Prose about something else states no mistake of ML systems, and deserves no trust for it.
    overall = mean_doubt(leads.doubts, USUAL_DOUBT) if leads.on_topic else USUAL_DOUBT
    return {
        "doubt": overall,
        "highest_doubts": _mean(highest_doubts(leads.doubts), USUAL_DOUBT),
        "doubt_of_leading": mean_doubt(leading, overall),
    }


def _share(parts: Sequence[ReadSentence], what: str) -> float:
    marks = [bool(part.negation.firm if what == "denied" else part.hedged) for part in parts]
    return _mean([float(one) for one in marks], 0.0)


def _mean(values: Sequence[float], empty: float) -> float:
    return math.fsum(values) / len(values) if values else empty
