"""Calibration of a language model: the gold answers through an endpoint, in the same tables."""

from collections.abc import Sequence

from designs.record import Record
from rubrics.gold_answers import Half, LabelledAnswer, gold_answers
from rubrics.graders.llm.client import LlmClient
from rubrics.graders.llm.endpoint import Endpoint
from rubrics.graders.llm.memory import LlmMemory
from rubrics.graders.llm.outcome import Answer, Figures
from rubrics.graders.llm.outside import Outside
from rubrics.graders.llm.second_opinion import Asking, SecondOpinionGrader
from rubrics.graders.offline import OfflineGrader
from workbench.calibration.agreement import Agreement, agreement
from workbench.calibration.judged import JudgedAnswer, JudgedCriterion, judge
from workbench.calibration.page import agreement_table
from workbench.content import Content
from workbench.settings import LlmSettings

_STEP = 0.5
_SEED = "calibration"


class LlmCalibration(Record):
    """What a language model makes of gold answers, beside the offline grader on the same ones."""

    answers: int
    judged: int
    """Answers that got a reply in the agreed form."""
    coverage: float
    """Share of the labelled criteria that were judged; withdrawn credit is none."""
    model: str
    stage: Agreement | None
    criterion: Agreement | None
    offline_stage: Agreement | None
    offline_criterion: Agreement | None
    endings: dict[str, int]
    """How many calls ended in which state."""
    figures: Figures
    cost: float | None


def set_endpoint(settings: LlmSettings) -> Endpoint:
    """Return the endpoint that the environment names.

    Raises:
        ValueError: If it names none, or one that must not be asked.
    """
    if not settings.base_url or not settings.model:
        raise ValueError(
            "set DRYRUN_LLM_BASE_URL and DRYRUN_LLM_MODEL (and DRYRUN_LLM_API_KEY) to the model "
            "that is to be calibrated"
        )
    endpoint = Endpoint.model_validate(settings.model_dump())
    endpoint.check()
    return endpoint


def calibrate_llm(
    content: Content, endpoint: Endpoint, outside: Outside, limit: int | None
) -> LlmCalibration:
    """Grade held-out gold answers through an endpoint and compare.

    Args:
        content: Prompts and rubrics.
        endpoint: Who is asked.
        outside: Clock and network.
        limit: How many answers at most, spread evenly over all; None for all.
    """
    every = gold_answers(Half.HELD_OUT)
    some = every if limit is None else _spread(every, limit)
    heard: list[Answer] = []
    client = LlmClient(endpoint, outside, LlmMemory())
    judged: list[JudgedAnswer] = []
    for gold in some:
        asking = Asking(_SEED, (gold.answer.stage,), heard=lambda _, answer: heard.append(answer))
        judged += judge([gold], content, SecondOpinionGrader(client, asking))
    replied = [one for one, answer in zip(judged, heard, strict=True) if answer.is_ok]
    offline = judge([one.gold for one in replied], content, OfflineGrader())
    figures = Figures()
    for answer in heard:
        figures = figures.plus(answer.figures)
    labelled = sum(len({key for label in one.labels for key in label.levels}) for one in some)
    states = [answer.state.value for answer in heard]
    return LlmCalibration(
        answers=len(some),
        judged=len(replied),
        coverage=round(sum(len(one.criteria) for one in judged) / max(1, labelled), 3),
        model=endpoint.model,
        stage=_stage(replied),
        criterion=_levels(replied),
        offline_stage=_stage(offline),
        offline_criterion=_levels(offline),
        endings={state: states.count(state) for state in sorted(set(states))},
        figures=figures,
        cost=figures.cost(endpoint.input_price, endpoint.output_price),
    )


def llm_markdown(found: LlmCalibration) -> str:
    """Return the figures as Markdown."""
    rows = {
        "Stage score against the graders' mean": found.stage,
        "*Offline grader, same answers, stage*": found.offline_stage,
        "Criterion level against the graders' mean": found.criterion,
        "*Offline grader, same answers, criterion*": found.offline_criterion,
    }
    cost = "not known" if found.cost is None else f"{found.cost:.4f}"
    counts = (found.figures.input_tokens, found.figures.output_tokens)
    tokens = "not counted by the server" if None in counts else f"{counts[0]} in, {counts[1]} out"
    endings = ", ".join(f"{state} {count}" for state, count in found.endings.items())
    return "\n\n".join(
        [
            f"{found.judged} of {found.answers} held-out stage answers judged by `{found.model}`; "
            f"{100 * found.coverage:.0f} % of the labelled criteria.",
            agreement_table("", rows),
            f"Calls: {endings}. Requests: {found.figures.requests}. Tokens: {tokens}. "
            f"Cost: {cost}. Seconds: {found.figures.seconds:.0f}.",
        ]
    )


def _spread(answers: Sequence[LabelledAnswer], limit: int) -> Sequence[LabelledAnswer]:
    count = min(limit, len(answers))
    return [answers[number * len(answers) // count] for number in range(count)]


def _stage(judged: Sequence[JudgedAnswer]) -> Agreement | None:
    if len(judged) < 2:
        return None
    return agreement([one.score for one in judged], [one.gold.score for one in judged], _STEP)


def _levels(judged: Sequence[JudgedAnswer]) -> Agreement | None:
    found: list[JudgedCriterion] = [one for answer in judged for one in answer.criteria]
    if len({one.answer_id for one in found}) < 2:  # one alone cannot be resampled
        return None
    return agreement(
        [one.level for one in found],
        [one.consensus for one in found],
        1,
        [one.answer_id for one in found],
    )
