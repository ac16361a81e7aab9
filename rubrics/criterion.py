"""Criteria: one thing looked for, its levels, and what in an answer shows it."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from designs.drawing import EdgeMode
from designs.identifiers import Slug
from designs.prompt import Measure
from designs.record import Record
from designs.stage import StageId

Sentence = Annotated[str, Field(min_length=8, max_length=400)]
Term = Annotated[
    str, StringConstraints(pattern=r"^[^\s+*][^+*]*\*?( \+ [^\s+*][^+*]*\*?)*$", max_length=80)
]
"""How a concept may be worded; matched on lower-case word stems.

`holdout` matches the word in any inflection, `time split` the two words in a row, `recalib*`
any word with that beginning, and `time + split` both words at most eight words apart within
one sentence, in either order.
"""


class ConceptIndicator(Record):
    """A concept that an answer names in one of several wordings."""

    kind: Literal["concept"] = "concept"
    id: Slug
    label: str = Field(min_length=1, max_length=120)
    """What is missing when it is not found, in words a learner can act on."""
    any_of: tuple[Term, ...] = Field(min_length=3, max_length=60)


Unit = Literal[
    "ms", "s", "min", "h", "day", "percent", "ratio", "usd", "per-second", "count", "byte"
]


class QuantityIndicator(Record):
    """A number with a unit, inside the range that makes sense for the criterion."""

    kind: Literal["quantity"] = "quantity"
    id: Slug
    label: str = Field(min_length=1, max_length=120)
    unit: Unit
    low: float
    high: float
    near: tuple[Term, ...] = ()
    """Terms, one of which must stand in the same sentence; empty means anywhere."""

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.high < self.low:
            raise ValueError("high is below low")
        return self


class DrawingIndicator(Record):
    """A part of the drawing, or a way through it, that shows the thing.

    What is looked for is either nodes (`any_kinds`, `reached_from`) or a `path`; `edge_with`,
    `serves_requests` and `clear_of` ask more of whichever it is.
    """

    kind: Literal["drawing"] = "drawing"
    id: Slug
    label: str = Field(min_length=1, max_length=120)
    any_kinds: tuple[Slug, ...] = ()
    """At least one node of one of these kinds."""
    reached_from: tuple[Slug, ...] = ()
    """If given, a path must lead to that node from a node of one of these kinds."""
    path: tuple[Annotated[tuple[Slug, ...], Field(min_length=1)], ...] = Field(
        default=(), max_length=6
    )
    """The stops of a way through the drawing, in order, each as the kinds that will do.

    Other nodes may stand between two stops. A sync call returns to its caller, so that a way may
    go on from there: client, feature store, model.
    """
    modes: tuple[EdgeMode, ...] = ()
    """The edges that the path may take; empty means all."""
    avoiding: tuple[Slug, ...] = ()
    """Kinds of nodes that must not stand on the path, for instance people."""
    edge_with: Literal["any", "fallback", "timeout"] = "any"
    """If not `any`, an edge into or out of the node must carry it; of a path, its last edge."""
    serves_requests: bool = False
    """True if some request must wait for the node, or for the last node of the path."""
    clear_of: tuple[Slug, ...] = ()
    """Codes of inspections that must find nothing in the drawing."""

    @model_validator(mode="after")
    def _looks_for_one_thing(self) -> Self:
        if bool(self.any_kinds) == bool(self.path):
            raise ValueError("give any_kinds or path, and not both")
        if len(self.path) == 1:
            raise ValueError("a path has at least two stops; a single one is any_kinds")
        if self.path and self.reached_from:
            raise ValueError("reached_from belongs to any_kinds; a path has a first stop")
        if (self.modes or self.avoiding) and not self.path:
            raise ValueError("modes and avoiding belong to a path")
        return self

    def kinds(self) -> tuple[str, ...]:
        """Return every node kind that the indicator names."""
        stops = (kind for stop in self.path for kind in stop)
        return (*self.any_kinds, *self.reached_from, *stops, *self.avoiding)


class LoadTestIndicator(Record):
    """An objective of the prompt that the drawing meets under the prompt's traffic.

    It counts where the drawing itself gives what the objective rests on. A met latency rests on
    times: two nodes of the request path have times of their own, or a timeout on a call to them.
    A met throughput rests on replicas: without some of them a node would fall behind. Figures
    that all come from the palette are nobody's decision.
    """

    kind: Literal["load-test"] = "load-test"
    id: Slug
    label: str = Field(min_length=1, max_length=120)
    measure: Literal[Measure.LATENCY, Measure.THROUGHPUT]
    quantile: float | None = Field(default=None, gt=0, lt=1)
    """Of the objective; None takes any."""

    @model_validator(mode="after")
    def _has_a_quantile_of_latency(self) -> Self:
        if self.quantile is not None and self.measure is not Measure.LATENCY:
            raise ValueError("only latency has a quantile")
        return self


Indicator = Annotated[
    ConceptIndicator | QuantityIndicator | DrawingIndicator | LoadTestIndicator,
    Field(discriminator="kind"),
]

DepthKind = Literal["reason", "number", "mechanism", "trade-off"]


class LevelNeeds(Record):
    """What a level asks of the evidence, on top of plain similarity to its examples."""

    all_of: tuple[Slug, ...] = ()
    """Indicators that must all be found."""
    at_least: int = Field(default=0, ge=0)
    of: tuple[Slug, ...] = ()
    """At least `at_least` of these indicators must be found too."""
    depth: tuple[DepthKind, ...] = ()
    """At least one of these must stand in the evidence; empty asks for none."""

    @model_validator(mode="after")
    def _is_reachable(self) -> Self:
        if self.at_least > len(self.of):
            raise ValueError(f"at_least is {self.at_least} but `of` lists {len(self.of)}")
        if self.of and not self.at_least:
            raise ValueError("`of` without at_least asks for nothing")
        return self

    def indicator_ids(self) -> tuple[str, ...]:
        """Return every indicator that the level refers to."""
        return (*self.all_of, *self.of)


LevelId = Literal["missing", "named", "reasoned"]


class Level(Record):
    """How well a criterion is met."""

    id: LevelId
    value: float = Field(ge=0, le=1)
    descriptor: str = Field(min_length=20, max_length=400)
    """The anchor in words: what an answer at this level does."""
    needs: LevelNeeds = LevelNeeds()
    shown_by: tuple[Slug, ...] = ()
    """Drawing and load-test indicators any of which shows this level where words leave it open.

    Only `named` has them: a drawing says what is there, and argues for nothing.
    """
    examples: tuple[Sentence, ...] = Field(default=(), max_length=8)
    """Sentences by different pens that would earn this level; half of them without jargon."""


LEVEL_IDS: tuple[LevelId, ...] = ("missing", "named", "reasoned")


class Criterion(Record):
    """One thing that a stage is judged by."""

    id: Slug
    stage: StageId
    title: str = Field(min_length=4, max_length=90)
    question: str = Field(min_length=10, max_length=300)
    """What the judge asks of the answer."""
    weight: float = Field(default=1, gt=0, le=5)
    why: str = Field(min_length=20, max_length=500)
    """Why interviewers look for it and what goes wrong in production without it."""
    next_action: str = Field(min_length=20, max_length=400)
    """One concrete thing to write to earn the next level."""
    levels: tuple[Level, ...] = Field(min_length=3, max_length=3)
    indicators: tuple[Indicator, ...] = Field(min_length=1, max_length=8)
    near_misses: tuple[Sentence, ...] = Field(min_length=4, max_length=8)
    """Vague, partial or beside the point: similar words, no credit."""
    contradictions: tuple[Sentence, ...] = Field(min_length=2, max_length=4)
    """Confident statements of the opposite; they cost the criterion."""
    negative_is_valid: bool = False
    """True where deciding against something is itself a full answer."""
    smells: tuple[Slug, ...] = ()
    """Codes of inspections; what one of them finds in the drawing speaks against the criterion."""
    sources: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _levels_are_anchored(self) -> Self:
        if tuple(level.id for level in self.levels) != LEVEL_IDS:
            raise ValueError("levels must be missing, named, reasoned, in this order")
        values = [level.value for level in self.levels]
        if values[0] != 0 or values[-1] != 1 or not values[0] < values[1] < values[2]:
            raise ValueError("level values must rise from 0 to 1")
        ids = [indicator.id for indicator in self.indicators]
        if len(set(ids)) != len(ids):
            raise ValueError("indicator id used twice")
        for level in self.levels:
            unknown = sorted(set(level.needs.indicator_ids()) - set(ids))
            if unknown:
                raise ValueError(f"level {level.id} needs unknown indicators: {', '.join(unknown)}")
        return self

    @model_validator(mode="after")
    def _drawings_show_no_more_than_named(self) -> Self:
        drawn = {
            one.id
            for one in self.indicators
            if isinstance(one, DrawingIndicator | LoadTestIndicator)
        }
        tested = {one.id for one in self.indicators if isinstance(one, LoadTestIndicator)}
        for level in self.levels:
            if tested.intersection(level.needs.indicator_ids()):
                raise ValueError(f"level {level.id}: a load test belongs to shown_by, not to needs")
            if level.shown_by and level.id != "named":
                raise ValueError(f"level {level.id}: a drawing alone shows no more than named")
            strangers = sorted(set(level.shown_by) - drawn)
            if strangers:
                raise ValueError(f"shown_by lists no drawing indicators: {', '.join(strangers)}")
        return self

    def level(self, level_id: str) -> Level | None:
        """Return the level with that id, or None."""
        return next((level for level in self.levels if level.id == level_id), None)

    def indicator(self, indicator_id: str) -> Indicator | None:
        """Return the indicator with that id, or None."""
        return next((one for one in self.indicators if one.id == indicator_id), None)
