"""Content hashes: equal for what says the same, different for everything else."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_designs import a_design, a_node, designs

from designs import content_hash
from designs.content_hash import canonical_json, kept_hash, record_hash, text_hash
from designs.drawing import Design, DesignDocument, Edge
from designs.stage import StageId
from designs.submission import Submission
from designs.transcript import Exchange


def test_one_spelling() -> None:
    assert canonical_json({"b": 1, "a": [True, None, "é\n"]}) == '{"a":[true,null,"é\\n"],"b":1}'


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_there_is_no_spelling_of_what_is_no_number(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json([number])


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none()))
def test_the_order_of_keys_does_not_matter(data: dict[str, Any]) -> None:
    turned = dict(reversed(data.items()))
    assert canonical_json(turned) == canonical_json(data)
    assert json.loads(canonical_json(data)) == data


def test_a_hash_is_sha_256_of_the_utf_8_text() -> None:
    assert text_hash("é") == hashlib.sha256("é".encode()).hexdigest()
    assert text_hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.text(st.characters()))
def test_every_text_has_a_hash(text: str) -> None:
    assert len(text_hash(text)) == 64
    assert text_hash(text) == text_hash(str(text))


def test_half_a_surrogate_pair_has_a_hash() -> None:
    assert text_hash("\ud800") != text_hash("\udfff") != text_hash("")


@given(designs())
def test_a_record_read_again_has_the_same_hash(design: Design) -> None:
    again = Design.model_validate_json(design.model_dump_json())
    assert record_hash(again) == record_hash(design)
    assert record_hash(Design.model_validate(design.model_dump())) == record_hash(design)


def test_a_default_that_is_written_out_is_the_same() -> None:
    short = Edge(source="a", target="b")
    long = Edge.model_validate(
        {"source": "a", "target": "b", "calls_per_request": 1, "mode": "sync", "note": ""}
    )
    assert record_hash(short) == record_hash(long)


def test_a_single_character_makes_another_hash() -> None:
    plain = record_hash(a_design("one", "two"))
    assert record_hash(a_design("one", "two ")) != plain
    assert record_hash(a_design("two", "one")) != plain
    assert record_hash(Design(nodes=(a_node(replicas=2),))) != record_hash(
        Design(nodes=(a_node(),))
    )


def test_the_hash_of_a_known_submission_stays() -> None:
    """Stored submissions and exported documents name this hash; it may never change."""
    submission = Submission(
        prompt_id="fraud-detection",
        prompt_hash="ab" * 32,
        answers={StageId.DATA: "Disputes, up to 90 days late. é 😀"},
        design=Design(
            nodes=(a_node("gateway", "api-gateway", replicas=4), a_node("memory", label="hot")),
            edges=(Edge(source="gateway", target="memory", timeout_ms=15, fallback="defaults"),),
        ),
    )
    assert submission.content_hash() == (
        "706e6c26a1b77b1b4d5f5231797a9ea51da4da2dd01e991343a52344e4a5255f"
    )


def test_a_transcript_is_part_of_what_was_submitted() -> None:
    plain = Submission(prompt_id="fraud-detection", prompt_hash="ab" * 32, answers={})
    asked = {"kind": "follow-up", "stage": "data", "question_id": "q", "wording": "Why?"}
    hashes = {plain.content_hash()}
    for reply in ("", "Because."):
        exchange = Exchange.model_validate(asked | {"reply": reply})
        hashes.add(plain.model_copy(update={"transcript": (exchange,)}).content_hash())
    assert len(hashes) == 3


def test_a_document_around_a_design_hashes_title_too() -> None:
    one, other = (DesignDocument(title=title, design=Design()) for title in ("a", "b"))
    assert record_hash(one) != record_hash(other)


def test_fields_that_came_later_leave_the_hash_of_older_designs() -> None:
    older = Design(nodes=(a_node(),), edges=())
    assert "tokens_in" not in canonical_json(older.model_dump(mode="json"))
    newer = Design(nodes=(a_node(overrides={"tokens_in": 0}),))
    assert newer.model_dump(mode="json")["nodes"][0]["overrides"]["tokens_in"] == 0
    assert record_hash(newer) != record_hash(older)


def test_a_kept_hash_is_worked_out_once_and_follows_no_copy() -> None:
    asked: list[Design] = []

    def counted(design: Design) -> str:
        asked.append(design)
        return record_hash(design)

    design = a_design("one", "two")
    assert kept_hash(design, counted) == kept_hash(design, counted) == record_hash(design)
    assert len(asked) == 1
    changed = design.model_copy(update={"nodes": design.nodes[:1], "edges": ()})
    assert kept_hash(changed, counted) == record_hash(changed) != record_hash(design)
    assert kept_hash(design) == record_hash(design)


def test_few_hashes_are_kept_and_none_of_another_record() -> None:
    for number in range(200):
        design = Design(nodes=(a_node(replicas=number + 1),))
        assert kept_hash(design) == record_hash(design)
    assert len(content_hash._KEPT) <= content_hash._MOST
