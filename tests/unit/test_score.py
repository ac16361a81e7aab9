"""Scores: bands, gates, what is unscored, and that more credit never means fewer points."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_rubrics import a_criterion, a_rubric, graded, one_per_stage

from designs.stage import STAGES, StageId
from rubrics.assessment import Assessment, DoubtfulAnswer, StatedMistake
from rubrics.score import (
    GATED_STAGES,
    TOP_SHARE,
    TOP_SHARES,
    OverallBand,
    OverallScore,
    StageBand,
    StageScore,
    overall_score,
)

LEVELS = ("missing", "named", "reasoned")
WEIGHTS = (1.0, 0.5, 2.0, 5.0)
MIXED = a_rubric(
    *(
        a_criterion(f"{stage}-{n}", stage, weight=w)
        for stage in STAGES
        for n, w in enumerate(WEIGHTS)
    )
)
IDS = [one.id for one in MIXED.criteria]


def of(*lows: float) -> OverallScore:
    scores = zip(STAGES, lows, strict=True)
    return OverallScore(stages=tuple(StageScore(stage=s, low=low, high=low) for s, low in scores))


@pytest.mark.parametrize(
    ("low", "band"),
    [
        (0.0, StageBand.NO_SIGNAL),
        (0.49, StageBand.NO_SIGNAL),
        (0.5, StageBand.WEAK),
        (1.49, StageBand.WEAK),
        (1.5, StageBand.MIXED),
        (2.49, StageBand.MIXED),
        (2.5, StageBand.STRONG),
        (3.49, StageBand.STRONG),
        (3.5, StageBand.EXCEPTIONAL),
        (4.0, StageBand.EXCEPTIONAL),
    ],
)
def test_stage_bands(low: float, band: StageBand) -> None:
    assert StageScore(stage=StageId.DATA, low=low, high=4).band == band


@pytest.mark.parametrize(
    ("low", "score", "band"),
    [
        (0.0, 0.0, OverallBand.NO_HIRE),
        (0.99, 24.8, OverallBand.NO_HIRE),
        (1.0, 25.0, OverallBand.LEAN_NO_HIRE),
        (1.78, 44.5, OverallBand.LEAN_NO_HIRE),
        (1.8, 45.0, OverallBand.LEAN_HIRE),
        (2.49, 62.2, OverallBand.LEAN_HIRE),
        (2.5, 62.5, OverallBand.HIRE),
        (3.29, 82.2, OverallBand.HIRE),
        (3.3, 82.5, OverallBand.STRONG_HIRE),
        (4.0, 100.0, OverallBand.STRONG_HIRE),
    ],
)
def test_overall_bands(low: float, score: float, band: OverallBand) -> None:
    found = of(*[low] * 7)
    assert (found.score, found.band) == (score, band)
    assert found.band.expectation


def test_every_band_says_which_bar_it_meets() -> None:
    assert len({band.expectation for band in OverallBand}) == len(OverallBand)


@pytest.mark.parametrize("gated", GATED_STAGES)
def test_an_unreached_gated_stage_holds_the_band_down(gated: StageId) -> None:
    lows = [0.99 if stage == gated else 4.0 for stage in STAGES]
    held = of(*lows)
    assert held.score > 82.5
    assert (held.band, held.gated_by) == (OverallBand.LEAN_HIRE, (gated,))
    free = of(*[max(low, 1.0) for low in lows])
    assert (free.band, free.gated_by) == (OverallBand.STRONG_HIRE, ())


def test_only_serving_and_monitoring_are_gated() -> None:
    for stage in set(STAGES) - set(GATED_STAGES):
        found = of(*[0.0 if one == stage else 4.0 for one in STAGES])
        assert (found.gated_by, found.band) == ((), OverallBand.STRONG_HIRE)


def test_a_gate_lifts_nobody() -> None:
    assert of(*[0.0] * 7).band == OverallBand.NO_HIRE
    low = of(1.5, 1.5, 1.5, 1.5, 0.5, 1.5, 1.5)
    assert (low.band, low.gated_by) == (OverallBand.LEAN_NO_HIRE, (StageId.SERVING,))


@pytest.mark.parametrize(
    ("stage", "enough"),
    [(StageId.FRAMING, 19), (StageId.SERVING, 18), (StageId.METRICS, 17), (StageId.MODEL, 15)],
)
def test_a_share_of_a_stage_is_the_full_score(stage: StageId, enough: int) -> None:
    rubric = a_rubric(*(a_criterion(f"c-{n}", stage) for n in range(20)))
    most = {f"c-{n}": "reasoned" for n in range(enough)}
    assert TOP_SHARES.get(stage, TOP_SHARE) == enough / 20
    assert overall_score(graded(rubric, most), rubric).stage(stage).score == 4.0
    fewer = dict(list(most.items())[1:])
    score = overall_score(graded(rubric, fewer), rubric).stage(stage).score
    assert score == pytest.approx(4 * (enough - 1) / enough, abs=0.005)


def test_weights_weigh() -> None:
    rubric = a_rubric(a_criterion("light"), a_criterion("heavy", weight=4))
    light = overall_score(graded(rubric, {"light": "reasoned"}), rubric)
    heavy = overall_score(graded(rubric, {"heavy": "reasoned"}), rubric)
    assert light.stage(StageId.FRAMING).score == pytest.approx(4 * 0.2 / TOP_SHARE, abs=0.005)
    assert heavy.stage(StageId.FRAMING).score == pytest.approx(4 * 0.8 / TOP_SHARE, abs=0.005)


def test_nothing_and_everything() -> None:
    rubric = one_per_stage()
    nothing = overall_score(graded(rubric, {}), rubric)
    assert (nothing.score, nothing.band) == (0.0, OverallBand.NO_HIRE)
    everything = {one.id: "reasoned" for one in rubric.criteria}
    best = overall_score(graded(rubric, everything), rubric)
    assert (best.score, best.band) == (100.0, OverallBand.STRONG_HIRE)
    assert tuple(one.stage for one in best.stages) == STAGES


def test_a_stage_without_criteria_scores_zero() -> None:
    rubric = a_rubric(a_criterion("only", StageId.DATA))
    score = overall_score(graded(rubric, {"only": "reasoned"}), rubric)
    for stage in score.stages:
        assert (stage.low, stage.high) == (
            (4.0, 4.0) if stage.stage == StageId.DATA else (0.0, 0.0)
        )
    assert score.score == 14.3


def test_what_is_unscored_leaves_the_score_open_upwards() -> None:
    rubric = a_rubric(*(a_criterion(f"c-{n}") for n in range(4)))
    levels = {"c-0": "reasoned", "c-1": None, "c-2": None}
    stage = overall_score(graded(rubric, levels), rubric).stage(StageId.FRAMING)
    assert stage.low == stage.score == pytest.approx(4 * 0.25 / TOP_SHARE, abs=0.005)
    assert stage.high == pytest.approx(4 * 0.75 / TOP_SHARE, abs=0.005)


def test_a_criterion_that_the_assessment_lacks_counts_as_unscored() -> None:
    rubric = a_rubric(a_criterion("old"), a_criterion("new"))
    before = graded(a_rubric(a_criterion("old")), {"old": "reasoned"})
    stage = overall_score(before, rubric).stage(StageId.FRAMING)
    assert stage.low == pytest.approx(4 * 0.5 / TOP_SHARE, abs=0.005)
    assert stage.high == 4.0


levels_or_none = st.sampled_from([None, *LEVELS])
judgements = st.fixed_dictionaries(dict.fromkeys(IDS, levels_or_none))


@settings(max_examples=40)
@given(judgements)
def test_scores_stay_in_range(levels: dict[str, str | None]) -> None:
    score = overall_score(graded(MIXED, levels), MIXED)
    assert 0 <= score.score <= 100
    for stage in score.stages:
        assert 0 <= stage.low <= stage.high <= 4
        open_ones = [one for one in MIXED.stage(stage.stage) if levels[one.id] is None]
        assert open_ones or stage.low == stage.high


@settings(max_examples=40)
@given(judgements, st.sampled_from(IDS))
def test_a_higher_level_never_costs_points(levels: dict[str, str | None], better: str) -> None:
    def rank(level: str | None) -> int:
        return 0 if level is None else LEVELS.index(level)

    before = overall_score(graded(MIXED, levels), MIXED)
    for level in LEVELS[rank(levels[better]) :]:
        after = overall_score(graded(MIXED, levels | {better: level}), MIXED)
        assert after.score >= before.score
        assert all(new.low >= old.low for new, old in zip(after.stages, before.stages, strict=True))
        assert list(OverallBand).index(after.band) >= list(OverallBand).index(before.band)


@settings(max_examples=40)
@given(judgements)
def test_judging_what_was_open_lands_between_low_and_high(levels: dict[str, str | None]) -> None:
    wide = overall_score(graded(MIXED, levels), MIXED)
    for guess in LEVELS:
        filled = {key: level or guess for key, level in levels.items()}
        exact = overall_score(graded(MIXED, filled), MIXED)
        for narrow, broad in zip(exact.stages, wide.stages, strict=True):
            assert broad.low <= narrow.low <= broad.high


def a_mistake(number: int, severity: str) -> StatedMistake:
    return StatedMistake.model_validate(
        {
            "mistake_id": f"mistake-{number}",
            "stage": "data",
            "severity": severity,
            "title": "A mistake",
            "why": "Because",
            "instead": "Something else",
            "evidence": {"stage": "data", "start": 0, "end": 1, "quote": "x"},
        }
    )


def doubted(assessment: Assessment, *stages: StageId) -> Assessment:
    """Return an assessment with a verdict against some stages."""
    verdicts = [
        {
            "stage": stage,
            "chance": 0.8,
            "evidence": [{"stage": stage, "start": 0, "end": 1, "quote": "x"}],
        }
        for stage in stages
    ]
    doubtful = tuple(DoubtfulAnswer.model_validate(one) for one in verdicts)
    return assessment.model_copy(update={"doubtful": doubtful})


@pytest.mark.parametrize(
    ("severities", "most"),
    [
        ((), 4.0),
        (("slip", "slip"), 4.0),
        (("serious",), 2.5),
        (("serious", "slip"), 2.5),
        (("serious", "serious"), 1.5),
        (("serious",) * 5, 1.5),
    ],
)
def test_serious_mistakes_limit_their_stage_and_no_other(
    severities: tuple[str, ...], most: float
) -> None:
    rubric = one_per_stage()
    perfect = graded(rubric, {one.id: "reasoned" for one in rubric.criteria})
    mistakes = tuple(a_mistake(n, severity) for n, severity in enumerate(severities))
    score = overall_score(perfect.model_copy(update={"mistakes": mistakes}), rubric)
    assert score.stage(StageId.DATA).low == most
    assert {one.low for one in score.stages if one.stage != StageId.DATA} == {4.0}


def test_a_doubtful_answer_limits_its_stage_and_no_other() -> None:
    rubric = one_per_stage()
    perfect = graded(rubric, {one.id: "reasoned" for one in rubric.criteria})
    score = overall_score(doubted(perfect, StageId.DATA), rubric)
    assert (score.stage(StageId.DATA).low, score.stage(StageId.DATA).high) == (1.5, 1.5)
    assert {one.low for one in score.stages if one.stage != StageId.DATA} == {4.0}
    assert [one.stage for one in score.stages if one.is_doubtful] == [StageId.DATA]
    assert not any(one.is_doubtful for one in overall_score(perfect, rubric).stages)


@pytest.mark.parametrize("severities", [(), ("slip",), ("serious",), ("serious",) * 3])
def test_doubt_limits_no_further_than_mistakes_do(severities: tuple[str, ...]) -> None:
    rubric = one_per_stage()
    perfect = graded(rubric, {one.id: "reasoned" for one in rubric.criteria})
    mistakes = tuple(a_mistake(n, severity) for n, severity in enumerate(severities))
    both = doubted(perfect.model_copy(update={"mistakes": mistakes}), StageId.DATA)
    stage = overall_score(both, rubric).stage(StageId.DATA)
    assert (stage.low, stage.serious_mistakes) == (1.5, severities.count("serious"))


@settings(max_examples=40)
@given(judgements, st.sets(st.sampled_from(STAGES), min_size=1))
def test_doubt_never_raises_a_score(levels: dict[str, str | None], stages: set[StageId]) -> None:
    plain = graded(MIXED, levels)
    before = overall_score(plain, MIXED)
    after = overall_score(doubted(plain, *sorted(stages)), MIXED)
    for old, new in zip(before.stages, after.stages, strict=True):
        most = 1.5 if new.stage in stages else 4.0
        assert (new.low, new.high) == (min(most, old.low), min(most, old.high))
