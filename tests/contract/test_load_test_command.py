"""``load-test`` and the use case behind it: promised fields, refusals, results that are kept."""

import json
from pathlib import Path
from typing import Any

import pytest

from labs.load_test.lab import Setup
from labs.load_test.palette_page import palette_page
from labs.load_test.report import LoadTestReport
from workbench import load_testing
from workbench.command_line import main
from workbench.content import shipped_content
from workbench.load_testing import LoadTesting

ROOT = Path(__file__).parents[2]
EXEMPLAR = str(ROOT / "designs" / "prompts" / "fraud-detection" / "exemplar.yaml")
QUICK = ("--requests", "16000")


def test_json_holds_what_is_promised(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load-test", EXEMPLAR, *QUICK, "--seed", "7", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found["latency_ms"]) == {"p50", "p95", "p99"}
    assert 0 < found["latency_ms"]["p50"] < found["latency_ms"]["p99"] < 100
    assert found["throughput_rps"] == pytest.approx(2000, rel=0.01)
    assert set(found["utilisation"]) >= {"gateway", "decision", "scorer"}
    assert all(0 <= one <= 1 for one in found["utilisation"].values())
    assert found["bottleneck"] in found["utilisation"]
    assert found["verdicts"] == {
        "decision-latency": "MET",
        "decision-throughput": "MET",
        "decision-availability": "MET",
    }
    report = LoadTestReport.model_validate(found["report"])
    assert (report.seed, report.scenario) == (7, "peak")


def test_text_says_the_verdicts_and_what_they_rest_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load-test", EXEMPLAR, *QUICK, "--scenario", "zone-loss"]) == 0
    out = capsys.readouterr().out
    assert "MET: A decision within 100 ms" in out
    assert "zone-loss: For a fifth of the run a third of the replicas" in out
    assert "service times on the request path are assumptions" in out


def test_every_price_names_its_source_or_is_called_an_assumption(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["load-test", EXEMPLAR, *QUICK, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["report"]["cost"]["rows"]
    assert main(["load-test", EXEMPLAR, *QUICK]) == 0
    text = capsys.readouterr().out
    assert {row["grade"] for row in rows} == {"sourced", "assumption"}
    for row in rows:
        assert row["source_url"].startswith("https://") == (row["grade"] == "sourced")
        assert row["basis"].startswith("Assumption: ") == (row["grade"] == "assumption")
        (line,) = [one for one in text.splitlines() if f"price: {row['node_id']}," in one]
        assert row["basis"] in line
        assert row["source_url"] in line


def _document(design: dict[str, Any]) -> str:
    return json.dumps({"schema_version": 1, "prompt": "fraud-detection", "design": design})


def _timed(median_ms: float) -> dict[str, Any]:
    overrides = {"service_p50_ms": median_ms}
    return {"nodes": [{"id": "top-ranker", "kind": "ranker", "overrides": overrides}]}


@pytest.mark.parametrize(
    ("design", "words", "says"),
    [
        ({}, [], "the drawing has no entry"),
        (
            {"nodes": [{"id": "top-ranker", "kind": "ranker", "replicas": 0}]},
            [],
            "nodes.0 (top-ranker).replicas: must be at least 1 and at most 10,000",
        ),
        (
            {"nodes": [{"id": "top-ranker", "kind": "ranker", "replicas": 10**9}]},
            [],
            "nodes.0 (top-ranker).replicas: must be at least 1 and at most 10,000",
        ),
        (
            _timed(-4),
            [],
            "nodes.0 (top-ranker).overrides.service_p50_ms: must be above 0 and at most 3,600,000",
        ),
        (
            _timed(1e12),
            [],
            "nodes.0 (top-ranker).overrides.service_p50_ms: must be above 0 and at most 3,600,000",
        ),
        (
            _timed(float("nan")),
            [],
            "nodes.0 (top-ranker).overrides.service_p50_ms: NaN is not a number; "
            "it must be above 0 and at most 3,600,000",
        ),
        (
            {
                "nodes": [
                    {"id": "shop", "kind": "client-app"},
                    {"id": "gate", "kind": "api-gateway"},
                    {"id": "lost", "kind": "ranker"},
                ],
                "edges": [{"source": "shop", "target": "gate"}],
            },
            [],
            "no edge leads to or from Ranker (lost)",
        ),
        (
            {
                "nodes": [
                    {"id": "shop", "kind": "client-app"},
                    {"id": "gate", "kind": "api-gateway"},
                    {"id": "back", "kind": "ranker"},
                ],
                "edges": [
                    {"source": "shop", "target": "gate"},
                    {"source": "gate", "target": "back"},
                    {"source": "back", "target": "gate"},
                ],
            },
            [],
            "wait for each other in a circle",
        ),
        (None, ["--requests", "1000000000"], "ask for 1,000 to 1,000,000"),
        (None, ["--scenario", "flood"], "there are: peak, spike"),
        (None, ["--seed", "much"], "invalid int value"),
    ],
)
def test_bad_input_is_one_line_that_says_what_to_do(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    design: dict[str, Any] | None,
    words: list[str],
    says: str,
) -> None:
    name = EXEMPLAR
    if design is not None:
        name = str(tmp_path / "attempt.json")
        Path(name).write_text(_document(design), encoding="utf-8")
    assert main(["load-test", name, *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert says in err


def test_the_palette_s_page_is_current() -> None:
    page = (ROOT / "docs" / "palette.md").read_text(encoding="utf-8")
    command = "python -m workbench kinds --format markdown > docs/palette.md"
    assert page == palette_page(shipped_content().palette), command


def test_a_result_is_kept_by_what_it_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[Setup] = []

    def counted(*arguments: Any, **_: Any) -> object:
        runs.append(arguments[3])
        return object()

    monkeypatch.setattr(load_testing, "load_test", counted)
    lab = LoadTesting(shipped_content())
    design = shipped_content().exemplar("fraud-detection").design
    first = lab.run(design, "fraud-detection")
    assert lab.run(design.model_copy(), "fraud-detection", Setup()) is first
    assert lab.is_known(design, "fraud-detection")
    other = design.model_copy(update={"edges": design.edges[:-1]})
    for changed in (
        (other, "fraud-detection", Setup()),
        (design, "search-ranking", Setup()),
        (design, "fraud-detection", Setup(seed=1)),
        (design, "fraud-detection", Setup(requests=2000)),
        (design, "fraud-detection", Setup(scenario="spike")),
    ):
        assert not lab.is_known(*changed)
        assert lab.run(*changed) is not first
    assert len(runs) == 6
