"""Training on answers: nobody meets his own sentences or statements, and what examples are."""

from functools import lru_cache

import pytest
from made_answers import PROMPT, a_label, a_labelled, a_mistaken

from designs.stage import STAGES, StageId
from rubrics.gold_answers import LabelledAnswer
from rubrics.graders.offline.clues import NAMES
from rubrics.graders.offline.doubt import DoubtModel
from rubrics.graders.offline.idle import IdleModel
from rubrics.graders.offline.settings import OfflineSettings
from rubrics.library import shipped_rubric
from rubrics.mistaken_answers import MistakenAnswers
from rubrics.training.doubts import doubt_models, fit_doubt, statements
from rubrics.training.examples import Example, Known, examples
from rubrics.training.fitting import fit_model
from rubrics.training.graded import graded_sentences
from rubrics.training.mistaken import fit_mistaken
from rubrics.training.words import ModelsWithout, Statements

AUTHORS = ("ada", "ben", "cy")
RIGHT = "We split by week, because labels mature for ninety days."
WRONG = "Rows are shuffled at random before the split."
CORRECTED = "Rows are kept in order before the split."
TEXT = f"{RIGHT} {WRONG}"
SOUND = f"{RIGHT} A gap of ninety days lies between both parts."
OTHER = "video-recommendation"


def gold() -> list[LabelledAnswer]:
    (criterion, *_) = shipped_rubric(PROMPT).stage(StageId.MODEL)
    twice = f"{WRONG} All rows are shuffled once more. {RIGHT}"
    wrong = a_label(twice, WRONG, "All rows are shuffled once more.", score=1)
    sound = a_label(SOUND, credits={criterion.id: [RIGHT]})
    return [
        one
        for author in AUTHORS
        for one in (
            a_labelled(twice, wrong, wrong, author=author),
            a_labelled(SOUND, sound, sound, author=author),
        )
    ]


def mistaken() -> list[MistakenAnswers]:
    marked = {"text": WRONG, "wrong": "It leaks.", "right": CORRECTED}
    return [a_mistaken(f"{one}-too", marked, {"text": RIGHT}, prompt=OTHER) for one in AUTHORS]


class Watched(ModelsWithout[DoubtModel]):
    """Models that remember who was left out of them."""

    def __init__(self, known: Statements) -> None:
        super().__init__(known, fit_doubt)
        self.asked: list[tuple[str, str | None]] = []

    def without(self, author: str, prompt: str | None = None) -> DoubtModel:
        self.asked.append((author, prompt))
        return super().without(author, prompt)


@pytest.fixture
def doubts() -> Watched:
    return Watched(statements(gold(), mistaken(), []))


def idle() -> ModelsWithout[IdleModel]:
    """Models that find nothing idle: nobody wrote idle sentences here."""
    return ModelsWithout(Statements([]), lambda _: IdleModel(intercept=-9, features={}))


def test_each_model_leaves_its_author_out_and_is_fitted_once() -> None:
    fitted: list[Statements] = []

    def fit(used: Statements) -> DoubtModel:
        fitted.append(used)
        return fit_doubt(used)

    known = statements(gold(), mistaken(), [])
    models = ModelsWithout(known, fit)
    for _ in range(2):
        model = models.without("ada")
    assert [list(one) for one in fitted] == [[one for one in known if one.author != "ada"]]
    assert model == fit_doubt(Statements(fitted[0])), "counted again, it is the same model"
    assert model != fit_doubt(known)


def test_verdicts_are_learnt_from_models_without_the_author(doubts: Watched) -> None:
    model = fit_mistaken(doubts, gold(), mistaken())
    assert set(doubts.asked) == {(one.author, None) for one in (*gold(), *mistaken())}
    assert 0 < model.mistaken_from < 1


def test_a_learnt_verdict_tells_mistaken_answers_from_sound_ones(doubts: Watched) -> None:
    model = fit_mistaken(doubts, gold(), mistaken())
    assert model.coefficients[0] > 0
    again = fit_mistaken(Watched(statements(gold(), mistaken(), [])), gold(), mistaken())
    assert again.model_dump_json() == model.model_dump_json()


# --- examples for the level model -------------------------------------------------------


@lru_cache(maxsize=2)
def found(*, is_seen: bool) -> tuple[list[Example], list[tuple[str, str | None]]]:
    watched = Watched(statements(gold(), mistaken(), []))
    known = Known(graded_sentences([*gold(), *elsewhere()]), watched, idle())
    made = list(examples(gold(), known, OfflineSettings(), is_seen=is_seen))
    return made, watched.asked


def elsewhere() -> list[LabelledAnswer]:
    """Answers to another prompt, which are left when one prompt is to be unseen."""
    return [a_labelled(SOUND, author=author, prompt=OTHER) for author in AUTHORS]


@pytest.mark.parametrize("is_seen", [True, False])
def test_examples_meet_no_sentence_by_their_author_and_none_on_an_unseen_prompt(
    is_seen: bool,
) -> None:
    _, asked = found(is_seen=is_seen)
    prompt = None if is_seen else PROMPT
    assert sorted(asked, key=str) == sorted(((one, prompt) for one in AUTHORS), key=str)


@pytest.mark.parametrize("is_seen", [True, False])
def test_what_an_answer_meets_is_seen_or_unseen(is_seen: bool) -> None:
    known = Known(
        graded_sentences([*gold(), *elsewhere()]),
        doubt_models(statements(gold(), mistaken(), [])),
        idle(),
    )
    met = known.without("ada", PROMPT, OfflineSettings(), is_seen=is_seen)
    assert met.is_seen == is_seen


def test_a_stripped_answer_earns_nothing_and_counts_for_less() -> None:
    made, _ = found(is_seen=True)
    (criterion, *_) = shipped_rubric(PROMPT).stage(StageId.MODEL)
    own = [one for one in made if one.criterion_id == criterion.id and one.author == "ada"]
    (whole,), (stripped,) = (
        [one for one in own if (one.weight == 1) is is_whole] for is_whole in (True, False)
    )
    assert (whole.level, stripped.level) == (2, 0)
    assert 0 < stripped.weight < 1
    place = NAMES.index("lead_three")
    assert stripped.clues[place] < whole.clues[place]


def test_a_good_answer_is_shown_in_two_other_stages_where_it_misses_everything() -> None:
    made, _ = found(is_seen=True)
    misplaced = [one for one in made if one.stage != StageId.MODEL]
    assert len({one.stage for one in misplaced}) == 2
    assert {one.stage for one in misplaced} <= set(STAGES)
    assert {one.level for one in misplaced} == {0.0}
    assert {one.author for one in misplaced} == set(AUTHORS)
    assert max(one.weight for one in misplaced) < 1


def test_a_fitted_model_has_a_shift_for_every_stage_and_criterion() -> None:
    made, _ = found(is_seen=True)
    spread = [
        Example(one.author, one.answer_id, one.stage, one.criterion_id, one.clues, level)
        for number, one in enumerate(made)
        for level in (0.0, 1.0, 2.0)[number % 3 :]
    ]
    model = fit_model(spread)
    names = {one.stage for one in made} | {one.criterion_id for one in made}
    assert set(model.named.shifts) == set(model.reasoned.shifts) == names
    assert fit_model(spread).model_dump_json() == model.model_dump_json()
