"""Mistaken answers: half of them wrong, corrected only where wrong, by nobody who is measured."""

from collections import Counter
from functools import lru_cache

from designs.stage import STAGES
from rubrics.gold_answers import ATTACKS, Half, gold_answers
from rubrics.library import shipped_mistakes
from rubrics.mistaken_answers import (
    MarkedSentence,
    MistakenAnswer,
    mistaken_answers,
    sound_answers,
)
from rubrics.training.doubts import BANK


@lru_cache(maxsize=1)
def answers() -> tuple[MistakenAnswer, ...]:
    return tuple(one for written in mistaken_answers() for one in written.answers)


def sentences() -> list[MarkedSentence]:
    return [sentence for one in answers() for sentence in one.sentences]


def test_there_are_many_by_several_authors() -> None:
    assert len(answers()) >= 200
    assert len(mistaken_answers()) >= 6
    assert len({one.prompt for one in answers()}) >= 6


def test_no_id_is_used_twice_and_none_is_a_gold_answers() -> None:
    ids = Counter(one.id for one in answers())
    assert [key for key, count in ids.items() if count > 1] == []
    gold = {one.answer.id for half in Half for one in gold_answers(half)}
    assert not gold & set(ids)


def test_every_author_has_one_file_and_is_named_in_his_ids() -> None:
    authors = [one.author for one in mistaken_answers()]
    assert len(set(authors)) == len(authors)
    for written in mistaken_answers():
        assert all(one.id.startswith(f"{written.author}-") for one in written.answers)


def test_nobody_who_writes_them_is_measured() -> None:
    """The held-out half measures the grader: it must meet no hand that it has learnt from."""
    measured = {one.author for one in gold_answers(Half.HELD_OUT)}
    authors = {one.author for one in mistaken_answers()}
    assert not authors & measured
    assert BANK not in authors | measured


def test_every_stage_is_covered() -> None:
    by_stage = Counter(one.stage for one in answers())
    assert set(by_stage) == set(STAGES)
    assert min(by_stage.values()) >= 0.5 * len(answers()) / len(STAGES)


def test_about_half_of_the_sentences_are_wrong() -> None:
    wrong = [bool(one.wrong) for one in sentences()]
    assert 0.4 <= sum(wrong) / len(wrong) <= 0.6
    for written in mistaken_answers():
        own = [bool(s.wrong) for one in written.answers for s in one.sentences]
        assert 0.3 <= sum(own) / len(own) <= 0.7, written.author


def test_every_answer_holds_two_mistakes_or_more_and_something_right() -> None:
    counts = {one.id: [bool(s.wrong) for s in one.sentences] for one in answers()}
    assert [key for key, wrong in counts.items() if sum(wrong) < 2] == []
    assert sum(all(wrong) for wrong in counts.values()) <= 0.05 * len(counts)


def test_only_what_is_wrong_is_put_right_and_in_other_words() -> None:
    assert [one.text for one in sentences() if one.right and not one.wrong] == []
    assert [one.text for one in sentences() if one.right.strip() == one.text.strip()] == []
    assert sum(bool(one.right) for one in sentences()) >= 100


def test_no_sentence_is_called_right_and_wrong() -> None:
    wrong = {one.text for one in sentences() if one.wrong}
    right = {one.text for one in sentences() if not one.wrong}
    right |= {one.right for one in sentences() if one.right}
    assert wrong & right == set()


def test_they_are_confident_answers_and_no_attacks() -> None:
    assert not {one.style for one in answers()} & ATTACKS


def test_hardly_a_sentence_is_copied_into_the_bank() -> None:
    """A copy is still learnt from where its author is left out; few of them change nothing."""
    bank = {text for one in shipped_mistakes() for text in (*one.phrasings, *one.lookalikes)}
    copies = sum(one.text in bank or one.right in bank for one in sentences())
    assert copies <= 0.01 * len(sentences())


def test_no_answer_that_measures_is_copied_into_the_bank() -> None:
    bank = {text for one in shipped_mistakes() for text in (*one.phrasings, *one.lookalikes)}
    whole = [text.rstrip(".").lower() for text in bank if len(text.split()) >= 5]
    measured = "\n".join(one.answer.text.lower() for one in gold_answers(Half.HELD_OUT))
    copies = sum(text in measured for text in whole)
    assert copies == 0  # a count only: what is held out is never shown


def test_no_answer_that_measures_holds_a_sentence_of_them() -> None:
    measured = [one.answer.text for one in gold_answers(Half.HELD_OUT)]
    copies = sum(one.text in text for one in sentences() for text in measured)
    assert copies == 0  # a count only: what is held out is never shown


# --- sound answers -----------------------------------------------------------------------


def test_sound_answers_hold_nothing_wrong_and_cover_every_stage() -> None:
    written = [one for some in sound_answers() for one in some.answers]
    assert len(written) >= 160
    assert not [s for one in written for s in one.sentences if s.wrong or s.right]
    assert set(Counter(one.stage for one in written)) == set(STAGES)


def test_nobody_who_writes_sound_answers_is_measured_or_wrote_others() -> None:
    authors = {one.author for one in sound_answers()}
    assert len(authors) == len(sound_answers())
    assert not authors & {one.author for one in mistaken_answers()}
    assert not authors & {one.author for half in Half for one in gold_answers(half)}
