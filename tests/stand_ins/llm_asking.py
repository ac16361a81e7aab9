"""Asking the fake server about one stage, with a deadline and pauses that tests can wait for."""

import threading
from typing import Any

from llm_server import KEY, LlmServer
from made_tasks import a_submission, a_task
from pydantic import SecretStr

from designs.library import shipped_pack
from designs.stage import StageId
from rubrics.evidence_check import evidence_problems
from rubrics.graders.llm.client import LlmClient
from rubrics.graders.llm.endpoint import Endpoint
from rubrics.graders.llm.memory import LlmMemory
from rubrics.graders.llm.outcome import Answer
from rubrics.graders.llm.second_opinion import Asking, SecondOpinionGrader
from workbench.llm.network import SystemOutside

DEADLINE_S = 0.6
ANSWER = shipped_pack("fraud-detection").exemplar.answers[StageId.FRAMING]


class Hasty(SystemOutside):
    """Waits little between two tries; only the clock of the deadline is real."""

    def wait(self, seconds: float, cancel: threading.Event) -> None:
        super().wait(min(seconds, 0.02), cancel)


def an_endpoint(server: LlmServer, **changes: Any) -> Endpoint:
    plain: dict[str, Any] = {
        "base_url": server.base_url,
        "model": "made-up",
        "api_key": SecretStr(KEY),
        "deadline_s": 10.0,
    }
    return Endpoint.model_validate(plain | changes)


def a_client(server: LlmServer, **changes: Any) -> LlmClient:
    return LlmClient(an_endpoint(server, **changes), Hasty(), LlmMemory())


def asked(client: LlmClient, text: str = ANSWER) -> tuple[Answer, tuple[object, ...]]:
    """Ask about one stage; return how it ended and the results."""
    heard: list[Answer] = []
    asking = Asking("a seed", (StageId.FRAMING,), heard=lambda _, answer: heard.append(answer))
    submission = a_submission({StageId.FRAMING: text})
    task = a_task(submission)
    assessment = SecondOpinionGrader(client, asking).grade(task)
    assert evidence_problems(assessment, submission, task.rubric) == ()
    ids = {one.id for one in task.rubric.stage(StageId.FRAMING)}
    (answer,) = heard
    return answer, tuple(one for one in assessment.results if one.criterion_id in ids)
