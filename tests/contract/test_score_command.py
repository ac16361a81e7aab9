"""`score`: the shape of the offline assessment, whatever is scored."""

import json
from pathlib import Path
from typing import Any

import pytest
from command_lines import EXEMPLAR, FLAWED, HEAD, Run
from doubting import CHANCE, DoubtingGrader

from designs.attempt_document import AttemptDocument
from designs.exporters import EXPORTERS
from designs.stage import STAGES, StageId
from rubrics.assessment import Assessment, Unscored, UnscoredReason
from rubrics.criterion import LEVEL_IDS
from rubrics.grader import GradingTask
from rubrics.graders.offline import OfflineGrader
from rubrics.score import OverallBand, StageBand
from workbench.content import shipped_content
from workbench.reports import FORMATS


def check_criterion(one: dict[str, Any], answer: str) -> None:
    assert one["level"] in LEVEL_IDS
    assert 0 <= one["value"] <= 1
    assert all(isinstance(label, str) for label in one["missing"])
    for span in (*one["evidence"], *one["against"]):
        assert answer[span["start"] : span["end"]] == span["quote"]
        assert span["quote"].strip()
    assert one["value"] == 0 or one["evidence"] or one["drawing"]


@pytest.mark.parametrize("path", [EXEMPLAR, *FLAWED], ids=lambda path: path.stem)
def test_a_score_keeps_its_contract(run: Run, path: Path) -> None:
    status, out, err = run("score", path, "--format", "json")
    assert (status, err) == (0, "")
    (line,) = out.splitlines()
    found = json.loads(line)
    assert (found["file"], found["prompt"]) == (str(path), "fraud-detection")
    assert 0 <= found["overall"]["score"] <= 100
    assert found["overall"]["band"] in set(OverallBand)
    assert list(found["stages"]) == list(STAGES)
    content = shipped_content()
    pack = content.packs["fraud-detection"]
    document = pack.exemplar if path == EXEMPLAR else pack.flawed[path.stem]
    for stage in STAGES:
        one = found["stages"][stage]
        assert 0.0 <= one["score"] <= 4.0
        assert one["band"] in set(StageBand)
        ids = [criterion["id"] for criterion in one["criteria"]]
        assert ids == [criterion.id for criterion in content.rubric("fraud-detection").stage(stage)]
        check_doubt(one, document.answers[stage])
        for criterion in one["criteria"]:
            check_criterion(criterion, document.answers[stage])


def check_doubt(stage: dict[str, Any], answer: str) -> None:
    """An answer is taken for mistaken with a chance and sentences of its own, or it is null."""
    doubt = stage["reads_as_mistaken"]
    if doubt is None:
        return
    assert set(doubt) == {"chance", "evidence"}
    assert 0 <= doubt["chance"] <= 1
    assert doubt["evidence"]
    for span in doubt["evidence"]:
        assert set(span) == {"quote", "start", "end"}
        assert answer[span["start"] : span["end"]] == span["quote"] != ""
    assert stage["score"] <= 1.5


def test_a_score_says_which_answers_read_as_mistaken(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "workbench.scoring.OfflineGrader", lambda: DoubtingGrader(StageId.DATA, StageId.MODEL)
    )
    status, out, _ = run("score", EXEMPLAR, "--format", "json")
    assert status == 0
    stages = json.loads(out)["stages"]
    answers = shipped_content().packs["fraud-detection"].exemplar.answers
    for stage in STAGES:
        check_doubt(stages[stage], answers[stage])
    doubted = [key for key, one in stages.items() if one["reads_as_mistaken"] is not None]
    assert doubted == ["data", "model"]
    assert stages["data"]["reads_as_mistaken"]["chance"] == CHANCE
    assert len(stages["data"]["reads_as_mistaken"]["evidence"]) == 2


def test_the_exemplar_is_better_than_what_is_flawed_and_that_than_nothing(run: Run) -> None:
    _, out, _ = run("score", EXEMPLAR, *FLAWED, "-", "--format", "json", stdin=f"{HEAD}}}".encode())
    best, *flawed, nothing = (json.loads(line)["overall"]["score"] for line in out.splitlines())
    assert best >= 80
    assert all(5 < score < best - 10 for score in flawed)
    assert nothing == 0


def test_each_file_is_one_object_in_the_order_of_the_files(run: Run) -> None:
    status, out, _ = run("score", *FLAWED, EXEMPLAR, "--format", "json")
    assert status == 0
    files = [json.loads(line)["file"] for line in out.splitlines()]
    assert files == [str(path) for path in (*FLAWED, EXEMPLAR)]


def test_a_score_in_words(run: Run) -> None:
    status, out, err = run("score", EXEMPLAR)
    assert (status, err) == (0, "")
    first, overall, *rest = out.splitlines()
    assert first == f"{EXEMPLAR}: {shipped_content().prompt('fraud-detection').title}"
    assert " of 100, " in overall
    assert [line.strip().split("  ")[0] for line in rest[:7]] == [stage.title for stage in STAGES]


def test_standard_input_is_a_file_too(run: Run) -> None:
    raw = EXEMPLAR.read_bytes()
    _, from_file, _ = run("score", EXEMPLAR, "--format", "json")
    status, out, _ = run("score", "-", "--format", "json", stdin=raw)
    assert status == 0
    assert json.loads(out) == json.loads(from_file) | {"file": "-"}
    as_json = AttemptDocument.model_validate(
        shipped_content().exemplar("fraud-detection").model_dump(include=set(_FIELDS))
    ).model_dump_json()
    _, out, _ = run("score", "-", "--format", "json", stdin=b"\xef\xbb\xbf" + as_json.encode())
    assert json.loads(out) == json.loads(from_file) | {"file": "-"}


_FIELDS = ("schema_version", "prompt", "answers", "design")


def test_what_could_not_be_judged_is_unscored_and_has_every_field(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: OfflineGrader, task: GradingTask) -> Assessment:
        results = tuple(
            Unscored(criterion_id=one.id, reason=UnscoredReason.UNAVAILABLE)
            for one in task.rubric.criteria
        )
        return task.assessment(self.ref, results)

    monkeypatch.setattr(OfflineGrader, "grade", refuse)
    status, out, _ = run("score", EXEMPLAR, "--format", "json")
    assert status == 0
    for stage in json.loads(out)["stages"].values():
        for one in stage["criteria"]:
            assert one["level"] is one["value"] is None
            assert (one["evidence"], one["missing"]) == ([], [])
            assert one["unscored"] == "unavailable"


def test_a_hostile_document_is_scored_and_reported(run: Run, tmp_path: Path) -> None:
    words = "<script>alert(1)</script> {{x}} %s \u202e \x1b[31m '; DROP TABLE x; -- ${y} 😀\n"
    document = {
        "schema_version": 1,
        "prompt": "fraud-detection",
        "answers": dict.fromkeys(STAGES, words * 200),
        "design": {
            "nodes": [
                {"id": "a", "kind": "cache", "label": words.strip()},
                {"id": "b", "kind": "cache"},
            ],
            "edges": [{"source": "a", "target": "b", "fallback": words.strip()}],
        },
    }
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert run("score", path)[0] == 0
    for form in FORMATS:
        assert run("report", path, "--to", form, "-o", tmp_path / "out") == (0, "", "")
    for form in EXPORTERS:
        assert run("diagram", path, "--to", form, "-o", tmp_path / "out") == (0, "", "")


def test_the_longest_document_is_scored(run: Run, tmp_path: Path) -> None:
    text = "We wait 90 days for labels because disputes arrive late. " * 3500
    document = {"schema_version": 1, "prompt": "fraud-detection"}
    path = tmp_path / "long.json"
    path.write_text(json.dumps(document | {"answers": {"data": text}}), encoding="utf-8")
    assert run("score", path, "--format", "json")[0] == 0
