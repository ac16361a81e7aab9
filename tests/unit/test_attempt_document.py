"""The attempt document: answers for all stages, and how they came about."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from designs.attempt_document import AttemptDocument, SessionEvent, SessionRecord
from designs.drawing import Design
from designs.stage import STAGES, StageId
from designs.submission import MAX_ANSWER_CHARS, Submission

DOCUMENT: dict[str, Any] = {"schema_version": 1, "prompt": "fraud-detection"}


def _document(**rest: Any) -> AttemptDocument:
    return AttemptDocument.model_validate(DOCUMENT | rest)


def test_what_is_left_out_is_empty() -> None:
    document = _document()
    assert document.answers == dict.fromkeys(STAGES, "")
    assert (document.design, document.session) == (Design(), None)
    assert (document.unfinished.nodes, document.unfinished.edges) == ((), ())


def test_answers_come_in_the_order_of_the_stages() -> None:
    document = _document(answers={"monitoring": "late", "framing": "early"})
    assert list(document.answers) == list(STAGES)
    assert document.answers[StageId.MONITORING] == "late"
    assert document.answers[StageId.DATA] == ""


@pytest.mark.parametrize(
    "answers",
    [
        {"deployment": "x"},
        {"Framing": "x"},
        {"framing": 1},
        {"framing": None},
        {"framing": ["x"]},
        {1: "x"},
        ["x"],
        "x",
        None,
        {"framing": "x" * (MAX_ANSWER_CHARS + 1)},
    ],
)
def test_what_is_no_answer(answers: object) -> None:
    with pytest.raises(ValidationError, match="answers"):
        _document(answers=answers)


def test_an_answer_may_be_long() -> None:
    assert len(_document(answers={"data": "x" * MAX_ANSWER_CHARS}).answers[StageId.DATA]) == 200_000


@pytest.mark.parametrize("version", [0, 2, "1", None, 1.5])
def test_another_version_is_refused(version: object) -> None:
    with pytest.raises(ValidationError, match="schema_version"):
        _document(schema_version=version)


def test_a_time_needs_a_zone() -> None:
    event = {"kind": "worked", "at": "2026-05-01T09:30:00"}
    with pytest.raises(ValidationError, match="at needs a time zone"):
        SessionEvent.model_validate(event)
    read = SessionEvent.model_validate(event | {"at": "2026-05-01T11:30:00+02:00"})
    assert read.at == datetime(2026, 5, 1, 9, 30, tzinfo=UTC)


def test_the_beginning_of_a_session_needs_a_zone_too() -> None:
    with pytest.raises(ValidationError, match="time zone"):
        SessionRecord.model_validate(
            {"budget_minutes": 45, "created_at": "2026-05-01T09:30:00", "prompt_hash": "ab" * 32}
        )


@pytest.mark.parametrize("ending", ["g" * 64, "a" * 63, "a" * 65, "A" * 64, ""])
def test_a_hash_is_64_hexadecimal_digits(ending: str) -> None:
    session = {"budget_minutes": 45, "created_at": "2026-05-01T09:30:00Z", "prompt_hash": ending}
    with pytest.raises(ValidationError, match="prompt_hash"):
        _document(session=session)


def test_the_identity_of_a_submission_does_not_depend_on_how_answers_were_given() -> None:
    def identity(answers: dict[str, str]) -> str:
        data = {"prompt_id": "a", "prompt_hash": "ab" * 32, "answers": answers}
        return Submission.model_validate(data).content_hash()

    assert identity({"data": "x"}) == identity({"data": "x", "framing": ""})
    assert identity({"data": "x"}) != identity({"framing": "x"})
