"""Commands about language models: calibration in a process of its own, arguments counted."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from llm_server import KEY, running
from model_stand_ins import say_well

from designs.attempt_document import Argument, AttemptDocument, SessionRecord
from designs.content_hash import canonical_json
from workbench.calibration.arguments import count_arguments
from workbench.command_line import main

ROOT = Path(__file__).parents[2]
FOREIGN = "sk-of-the-environment"
CALIBRATE = ["calibrate", "--grader", "llm", "--format", "json", "--limit"]


def environ_of(url: str) -> dict[str, str]:
    named = {"BASE_URL": url, "MODEL": "made-up", "API_KEY": KEY}
    ours = {f"DRYRUN_LLM_{name}": value for name, value in named.items()}
    return {**ours, "OPENAI_API_KEY": FOREIGN, "OPENAI_LOG": "debug"}


def test_calibration_of_a_model_in_a_process_of_its_own() -> None:
    with running(say_well) as server:
        done = subprocess.run(
            [sys.executable, "-m", "workbench", *CALIBRATE, "2"],
            check=False,
            cwd=ROOT,
            env={**os.environ, **environ_of(server.base_url)},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )
        sent = server.requests
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert (found["answers"], found["judged"], found["endings"]) == (2, 2, {"ok": 2})
    assert found["stage"] is not None
    assert [headers["authorization"] for _, headers, _ in sent] == [f"Bearer {KEY}"] * 2
    assert FOREIGN not in json.dumps(sent)
    assert KEY not in done.stdout


@pytest.fixture
def calibrated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Calibrate a server's model in this process; return status, output and complaints."""

    def call(url: str, limit: int = 2) -> tuple[int, str, str]:
        for name, value in environ_of(url).items():
            monkeypatch.setenv(name, value)
        status = main([*CALIBRATE, str(limit)])
        out, err = capsys.readouterr()
        return status, out, err

    return call


def test_a_server_that_refuses_is_counted_and_judges_nothing(
    calibrated: Callable[..., tuple[int, str, str]],
) -> None:
    with running(say_well) as server:
        server.mode = "401"
        status, out, err = calibrated(server.base_url)
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert (found["judged"], found["endings"], found["stage"]) == (0, {"auth": 2}, None)


def test_one_answer_agrees_with_nothing_yet(
    calibrated: Callable[..., tuple[int, str, str]],
) -> None:
    with running(say_well) as server:
        status, out, err = calibrated(server.base_url, limit=1)
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert (found["judged"], found["stage"], found["criterion"]) == (1, None, None)


@pytest.mark.parametrize(
    ("url", "said"), [("", "set DRYRUN_LLM_BASE_URL"), ("http://169.254.169.254/v1", "link-local")]
)
def test_an_endpoint_that_cannot_be_asked_is_refused_in_one_line(
    calibrated: Callable[..., tuple[int, str, str]], url: str, said: str
) -> None:
    status, out, err = calibrated(url)
    assert (status, out) == (2, "")
    (line,) = err.splitlines()
    assert said in line


def argument(criterion: str, outcome: str, minute: int, second: str | None = "named") -> Argument:
    return Argument.model_validate(
        {
            "criterion_id": criterion,
            "outcome": outcome,
            "words": "Because of | <b>this</b>.",
            "offline": "offline 6",
            "offline_level": "reasoned",
            "second_opinion": "made-up 1",
            "second_level": second,
            "at": f"2026-05-01T09:{minute:02}:00Z",
        }
    )


def session(day: int, *arguments: Argument) -> AttemptDocument:
    record = SessionRecord(
        budget_minutes=45,
        created_at=datetime(2026, 5, day, tzinfo=UTC),
        prompt_hash="0" * 64,
        arguments=arguments,
    )
    return AttemptDocument(schema_version=1, prompt="fraud-detection", session=record)


DECISION, TARGET = "framing-decision", "framing-target"
SESSIONS = (
    session(1, argument(DECISION, "offline", 1), argument(DECISION, "second-opinion", 2)),
    session(2, argument(DECISION, "own-words", 3), argument(TARGET, "offline", 4, None)),
    session(1, argument(DECISION, "offline", 1)),  # the first, exported before a change of mind
    session(3),
)


def test_the_newest_argument_of_a_session_counts_once() -> None:
    for order in (SESSIONS, SESSIONS[::-1]):
        decision, target = count_arguments(order)
        assert decision.model_dump() == {
            "prompt": "fraud-detection",
            "criterion_id": DECISION,
            "offline": 0,
            "second_opinion": 1,
            "own_words": 1,
            "apart": 2,
        }
        assert (target.criterion_id, target.offline, target.apart) == (TARGET, 1, 0)


def test_arguments_are_counted_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / f"{number}.json" for number in range(len(SESSIONS))]
    for path, one in zip(paths, SESSIONS, strict=True):
        path.write_text(canonical_json(one.model_dump(mode="json")), encoding="utf-8")
    assert main(["arguments", *map(str, paths)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[2:] == [
        f"| fraud-detection | {DECISION} | 0 | 1 | 1 | 2 |",
        f"| fraud-detection | {TARGET} | 1 | 0 | 0 | 0 |",
    ]
    assert main(["arguments", str(paths[-1])]) == 0
    assert capsys.readouterr().out == "No session argues with a second opinion.\n"
    assert main(["arguments", str(tmp_path / "absent.json")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
