"""An appraisal of some sentences of an answer, and what a mistake speaks against."""

import math
from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_answers import PROMPT, a_label, a_labelled
from made_rubrics import a_criterion, a_rubric

from designs.library import shipped_pack
from designs.stage import StageId
from rubrics.graders.offline.appraisal import Appraisal, appraise, appraise_whole, clues_for
from rubrics.graders.offline.compiled import CompiledRubric, Learnt, compile_rubric
from rubrics.graders.offline.doubt import DoubtModel
from rubrics.graders.offline.idle import shipped_idle_model
from rubrics.graders.offline.mistake_index import FoundMistake
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.library import shipped_mistakes
from rubrics.training.graded import graded_sentences

SETTINGS = OfflineSettings()
SPLIT, SPEED = "split-by-time", "fast-enough"
LEARNT = (
    "We split by time, because a random split leaks the future. "
    "The trees answer within five milliseconds, so the budget holds. "
    "Some other remark about the weekly meeting."
)
CREDITS = {
    SPLIT: ["We split by time, because a random split leaks the future."],
    SPEED: ["The trees answer within five milliseconds, so the budget holds."],
}
SAID = (
    "We split by time with a gap of 90 days.",
    "A random split would leak the future into training.",
    "The trees answer in four milliseconds, so the budget of 100 ms holds.",
    "My cousin paints small wooden boats in the evening.",
    "We split the rows at random into two parts.",
)
ANSWER = " ".join(SAID)
RUBRIC = a_rubric(*(a_criterion(one, StageId.MODEL) for one in (SPLIT, SPEED)))
EVERY = range(len(SAID))


@lru_cache(maxsize=1)
def compiled() -> CompiledRubric:
    label = a_label(LEARNT, credits=CREDITS)
    doubt = DoubtModel(intercept=-1, features={"split": (1, 0), "split row": (2, 3)})
    graded = graded_sentences([a_labelled(LEARNT, label, label)])
    learnt = Learnt(graded, doubt, shipped_idle_model())
    return compile_rubric(RUBRIC, shipped_pack(PROMPT).prompt, SETTINGS, learnt)


@lru_cache(maxsize=1)
def appraisal() -> Appraisal:
    """An appraisal in which two sentences state a mistake, one of them a serious one."""
    found = appraise_whole(StageId.MODEL, ANSWER, RUBRIC.criteria, compiled(), SETTINGS)
    assert [part.sentence.raw for part in found.reading.parts] == list(SAID)
    serious = next(one for one in shipped_mistakes() if one.severity == "serious")
    slip = serious.model_copy(update={"severity": "slip"})
    return replace(found, mistakes=(FoundMistake(slip, 0), FoundMistake(serious, 4)))


def test_sentences_beside_the_point_are_left_out() -> None:
    """The rest is appraised as if they had never been written."""
    padded = f"Good morning to everybody in the room. {ANSWER} Thank you all for listening so long."
    bare, full = (
        appraise(StageId.MODEL, text, RUBRIC.criteria, compiled(), SETTINGS)
        for text in (ANSWER, padded)
    )
    said = [part.sentence.raw for part in full.reading.parts]
    assert said == [part.sentence.raw for part in bare.reading.parts]
    assert SAID[3] not in said
    assert full.leads == bare.leads


def test_all_sentences_are_the_same_appraisal() -> None:
    whole = appraisal()
    assert whole.only(EVERY) == whole
    assert whole.only(list(EVERY)[:-1]) != whole


@given(st.sets(st.sampled_from(EVERY)))
def test_of_some_sentences_each_is_what_it_was(chosen: set[int]) -> None:
    places, whole = sorted(chosen), appraisal()
    part = whole.only(places)
    assert part.reading.parts == tuple(whole.reading.parts[one] for one in places)
    assert part.comparisons.single == tuple(whole.comparisons.single[one] for one in places)
    assert len(part.comparisons.pairs) == max(0, len(places) - 1)
    assert part.leads.near == tuple(whole.leads.near[one] for one in places)
    assert part.leads.homes == tuple(whole.leads.homes[one] for one in places)
    assert part.leads.doubts == tuple(whole.leads.doubts[one] for one in places)
    for key, leads in whole.leads.lead.items():
        assert part.leads.lead[key] == tuple(leads[one] for one in places)
    kept = [(one.mistake, places[one.sentence]) for one in part.mistakes]
    expected = [(one.mistake, one.sentence) for one in whole.mistakes if one.sentence in chosen]
    assert kept == expected


@given(st.data())
def test_leaving_out_twice_is_leaving_out_once(data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.sampled_from(EVERY), min_size=1)))
    again = sorted(data.draw(st.sets(st.sampled_from(range(len(places))))))
    twice = appraisal().only(places).only(again)
    once = appraisal().only([places[one] for one in again])
    assert twice.reading == once.reading
    assert twice.leads == once.leads
    assert twice.mistakes == once.mistakes
    assert twice.comparisons.single == once.comparisons.single


def test_sentences_that_were_apart_make_no_pair() -> None:
    marked = tuple({"pair": number} for number in range(len(SAID) - 1))
    whole = replace(appraisal().comparisons, pairs=marked)  # type: ignore[arg-type]
    assert whole.only([0, 1, 3, 4]).pairs == ({"pair": 0}, {}, {"pair": 3})
    assert whole.only([0, 2]).pairs == ({},)
    assert whole.only([2]).pairs == whole.only([]).pairs == ()


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(EVERY)))
def test_clues_can_be_taken_from_any_sentences(chosen: set[int]) -> None:
    for criterion in RUBRIC.criteria:
        clues = clues_for(criterion, appraisal().only(sorted(chosen)), compiled(), SETTINGS)
        assert all(math.isfinite(one) for one in clues.vector())


def test_clues_of_all_sentences_are_the_clues_of_the_answer() -> None:
    for criterion in RUBRIC.criteria:
        whole = clues_for(criterion, appraisal(), compiled(), SETTINGS)
        assert clues_for(criterion, appraisal().only(EVERY), compiled(), SETTINGS) == whole


def test_without_its_sentences_a_criterion_loses_its_clues() -> None:
    (criterion, *_) = RUBRIC.criteria
    whole = clues_for(criterion, appraisal(), compiled(), SETTINGS)
    rest = clues_for(criterion, appraisal().only([2, 3]), compiled(), SETTINGS)
    assert rest.like_credited < whole.like_credited
    assert rest.lead < whole.lead


def test_an_answer_gives_the_same_appraisal_again() -> None:
    found = appraise_whole(StageId.MODEL, ANSWER, RUBRIC.criteria, compiled(), SETTINGS)
    assert replace(found, mistakes=appraisal().mistakes) == appraisal()


@pytest.mark.parametrize(
    ("place", "subject"), [(0, SPLIT), (1, SPLIT), (2, SPEED), (3, None), (4, SPLIT)]
)
def test_the_subject_of_a_sentence_is_the_criterion_it_is_nearest_to(
    place: int, subject: str | None
) -> None:
    assert appraisal().leads.subject(place) == subject


def test_a_serious_mistake_speaks_against_its_subject_and_no_other() -> None:
    assert appraisal().mistaken_about(SPLIT) == (4,)  # the slip in the first sentence does not
    assert appraisal().mistaken_about(SPEED) == ()


def test_a_mistake_beside_the_point_speaks_against_no_criterion() -> None:
    (_, serious) = appraisal().mistakes
    moved = replace(appraisal(), mistakes=(FoundMistake(serious.mistake, 3),))
    assert [moved.mistaken_about(one) for one in (SPLIT, SPEED)] == [(), ()]


def test_which_prompts_are_seen_is_told_by_the_graded_answers() -> None:
    assert compiled().is_seen
    elsewhere = graded_sentences([a_labelled(LEARNT, prompt="another-prompt")])
    learnt = Learnt(elsewhere, compiled().doubt, compiled().idle)
    unseen = compile_rubric(RUBRIC, shipped_pack(PROMPT).prompt, SETTINGS, learnt)
    assert not unseen.is_seen
