"""Mistaken answers: when an answer is taken for one, and which sentences are shown."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from designs.problem import ContentError
from rubrics.graders.offline.doubt import Doubt
from rubrics.graders.offline.mistaken import (
    SHOWN,
    SHOWN_FROM,
    SIGNS,
    WITH_A_KNOWN_ONE,
    MistakenModel,
    shipped_mistaken_model,
    signs_of,
)
from rubrics.mistaken_answers import mistaken_answers

MODEL = MistakenModel(intercept=0.0, coefficients=(1.0, 0.5, 0.5), mistaken_from=0.6)
HIGH, LOW, SILENT = Doubt(0.9, 2.0), Doubt(0.1, 2.0), Doubt(0.9, 0.0)
some_doubts = st.lists(st.builds(Doubt, st.floats(0, 1), st.floats(0, 5)), max_size=8)


@pytest.mark.parametrize("model", [MODEL, shipped_mistaken_model()], ids=["made-up", "shipped"])
@given(some_doubts, st.integers(0, 9))
def test_it_is_a_chance_and_a_verdict_only_from_the_threshold(
    model: MistakenModel, doubts: list[Doubt], known: int
) -> None:
    chance = model.chance(doubts)
    assert 0 <= chance <= 1
    verdict = model.verdict(doubts, known)
    if verdict is not None:
        needed = model.mistaken_from * (WITH_A_KNOWN_ONE if known else 1)
        assert verdict.chance == chance >= needed


@given(some_doubts, st.integers(0, 9))
def test_a_verdict_shows_the_most_doubtful_sentences_in_order(
    doubts: list[Doubt], known: int
) -> None:
    verdict = MODEL.verdict(doubts, known)
    telling = [n for n, one in enumerate(doubts) if one.weight and one.chance >= SHOWN_FROM]
    if verdict is None:
        assert MODEL.chance(doubts) < MODEL.mistaken_from or not telling
        return
    shown = verdict.sentences
    assert 1 <= len(shown) <= SHOWN
    assert list(shown) == sorted(set(shown))
    assert set(shown) <= set(telling)
    left_out = [doubts[n].chance for n in telling if n not in shown]
    assert max(left_out, default=0) <= min(doubts[n].chance for n in shown)
    assert len(shown) == min(SHOWN, len(telling))


def test_an_answer_full_of_doubtful_sentences_is_taken_for_mistaken() -> None:
    verdict = MODEL.verdict([HIGH, LOW, HIGH, SILENT], 0)
    assert verdict is not None
    assert verdict.sentences == (0, 2)


@pytest.mark.parametrize(
    ("doubts", "known"),
    [([], 0), ([], 2), ([LOW] * 4, 0), ([SILENT] * 4, 2), ([LOW] * 4, 9)],
    ids=["empty", "nothing said", "sound", "beside the point", "nothing to show"],
)
def test_without_a_sentence_that_tells_there_is_no_verdict(doubts: list[Doubt], known: int) -> None:
    assert MODEL.verdict(doubts, known) is None


def test_the_threshold_decides() -> None:
    chance = MODEL.chance([HIGH, LOW])
    for mistaken_from, is_taken in ((chance, True), (chance + 0.001, False)):
        model = MODEL.model_copy(update={"mistaken_from": mistaken_from})
        assert (model.verdict([HIGH, LOW], 0) is not None) == is_taken


def test_less_is_needed_where_a_known_mistake_was_found() -> None:
    doubts = [HIGH, LOW]
    chance = MODEL.chance(doubts)
    model = MODEL.model_copy(update={"mistaken_from": min(0.99, chance / 0.75)})
    assert model.verdict(doubts, 0) is None
    assert model.verdict(doubts, 1) == model.verdict(doubts, 3) is not None


def test_an_answer_that_says_nothing_has_usual_signs() -> None:
    assert signs_of([]) == signs_of([SILENT] * 3)
    assert len(signs_of([])) == len(SIGNS) == len(MODEL.coefficients)


@pytest.mark.parametrize("model", [MODEL, shipped_mistaken_model()], ids=["made-up", "shipped"])
def test_a_doubtful_sentence_in_place_of_a_sound_one_makes_it_more_likely(
    model: MistakenModel,
) -> None:
    chances = [model.chance([HIGH] * n + [LOW] * (4 - n)) for n in range(5)]
    assert chances == sorted(chances)
    assert chances[0] < chances[-1]


@pytest.mark.parametrize("threshold", [0, 1, -0.1, 1.1])
def test_the_threshold_is_a_chance(threshold: float) -> None:
    with pytest.raises(ValidationError):
        MistakenModel(intercept=0, coefficients=(1, 1, 1), mistaken_from=threshold)


def test_a_model_is_known_by_its_numbers() -> None:
    again = MistakenModel.model_validate_json(MODEL.model_dump_json())
    other = MODEL.model_copy(update={"intercept": 0.1})
    assert again.hash() == MODEL.hash() != other.hash()


# --- the records ------------------------------------------------------------------------

ANSWERS = """schema_version: 1
author: {author}
answers:
  - id: {author}-01
    prompt: any-prompt
    stage: data
    style: dense-prose
    sentences:
      - {{text: "Labels come late."}}
      - {{text: "So we use none.", wrong: "Labels are needed.", right: "So we wait."}}
"""


def written(folder: Path, author: str, text: str) -> Path:
    (folder / "mistaken").mkdir(exist_ok=True)
    (folder / "mistaken" / f"answers-{author}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_authors_are_read_in_order_and_nothing_else_is(tmp_path: Path) -> None:
    for author in ("beech", "ash"):
        written(tmp_path, author, ANSWERS.format(author=author))
    (tmp_path / "mistaken" / "notes.yaml").write_text("nothing: here", encoding="utf-8")
    found = mistaken_answers(tmp_path)
    assert [one.author for one in found] == ["ash", "beech"]
    sound, wrong = found[0].answers[0].sentences
    assert (sound.wrong, sound.right) == ("", "")
    assert (wrong.wrong, wrong.right) == ("Labels are needed.", "So we wait.")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("stage: data", "stage: thoughts"),
        ("style: dense-prose", "style: loud"),
        ('text: "Labels come late."', 'text: ""'),
        ("schema_version: 1", "schema_version: 2"),
        ("right:", "better:"),
    ],
)
def test_a_file_that_breaks_the_schema_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = ANSWERS.format(author="ash")
    assert old in text
    with pytest.raises(ContentError, match=r"answers-ash\.yaml"):
        mistaken_answers(written(tmp_path, "ash", text.replace(old, new)))
