"""The trained files that only save time say what they stand for."""

from designs.content_hash import record_hash
from designs.strict_document import generated_digest
from rubrics.graders.offline import trained_hashes
from rubrics.graders.offline.compiled import shipped_learnt
from rubrics.graders.offline.graded_sentences import TRAINED
from rubrics.graders.offline.known_stems import shipped_stems
from rubrics.training.stems import stems_of_content


def test_known_stems_are_what_the_stemmer_says_of_all_words_of_the_content() -> None:
    assert shipped_stems() == stems_of_content().stems, "run python -m rubrics.training"


def test_hashes_are_those_of_the_shipped_files() -> None:
    learnt = shipped_learnt()
    large = {
        "doubt_model": learnt.doubt,
        "idle_model": learnt.idle,
        "graded_sentences": learnt.graded,
    }
    known = trained_hashes.shipped_hashes()
    assert known == {
        generated_digest(TRAINED / f"{name}.json"): record_hash(record)
        for name, record in large.items()
    }, "run python -m rubrics.training"


def test_a_file_that_was_changed_is_hashed_anew() -> None:
    model = shipped_learnt().doubt.model_copy(update={"intercept": 0.5})
    assert trained_hashes.trained_hash("level_model.json", model) == record_hash(model)
