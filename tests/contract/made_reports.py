"""Reports of an exemplar, of a hostile learner, of doubtful answers and of nothing."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from desks import FRAUD
from doubting import doubtful_answers

from designs.attempt_document import Argument, AttemptDocument
from rubrics.assessment import GraderKind, Scored
from workbench.content import Content, shipped_content
from workbench.reports import Judgements, Report, build_report
from workbench.reports.report import StageReport
from workbench.scoring import score_document

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</div></section></body></html>",
    "{{ 7 * 7 }} {% for x in y %}",
    "]]> <!-- --> <?php ?> &lt;b&gt; &amp; &#x3c;",
    "javascript:alert(1) [click](javascript:alert(1)) ![x](http://example.org/x.png)",
    "`code` **bold** _soft_ ~~gone~~ | cell | $x$ \\ \\< a\\",
    "http://example.org <http://example.org>",
    "\u202ertl\u202c שלום 😀 \x1b[31mred \x07",
)


@pytest.fixture(scope="session")
def content() -> Content:
    return shipped_content()


def hostile_text(text: str) -> str:
    """Put an attack into every sentence, and lines that look like markup between them."""
    sentences = re.split(r"(?<=[.;:]) ", text)
    broken = [f"so {ATTACKS[n % len(ATTACKS)]} and {one}" for n, one in enumerate(sentences)]
    blocks = ["# no heading", "- no item", "1. no number", "> no quote", "===", "---", "| a | b |"]
    blocks += ["|---|---|", "    no code", "\tno code", "```", "~~~", "<div>", "[x]: http://e.org"]
    return "\n".join(broken) + "\n\n" + "\n\n".join(blocks) + "\n" + "\n".join(blocks)


def hostile_design(document: AttemptDocument) -> dict[str, Any]:
    design = document.design.model_dump(mode="json")
    for number, node in enumerate(design["nodes"]):
        node["label"] = node["note"] = ATTACKS[number % len(ATTACKS)][:120]
    for number, edge in enumerate(design["edges"]):
        edge["fallback"] = edge["note"] = ATTACKS[-1 - number % len(ATTACKS)][:120]
    return design


def interviewed(document: AttemptDocument, texts: Sequence[str]) -> AttemptDocument:
    """Add an interview: two exchanges in a stage, and one that was passed on."""
    said = [
        {"kind": "follow-up", "stage": stage, "question_id": "why", "wording": text, "reply": text}
        for stage, text in zip(("data", "data", "model"), texts, strict=True)
    ]
    said.append(said[0] | {"reply": "", "outcome": "passed"})
    return AttemptDocument.model_validate(
        {**document.model_dump(include=set(AttemptDocument.model_fields)), "transcript": said}
    )


def seconded(judged: Judgements, texts: Sequence[str]) -> Judgements:
    """Add a language model that says the lowest of everything, and a learner who argues."""
    machine = judged.machine
    assert machine is not None
    results = tuple(
        one.model_copy(update={"level_id": "missing", "remarks": (texts[n % len(texts)],)})
        for n, one in enumerate(machine.results)
        if isinstance(one, Scored)
    )
    grader = machine.grader.model_copy(update={"name": texts[0][:200], "kind": GraderKind.LLM})
    second = machine.model_copy(update={"results": results, "grader": grader})
    argument = Argument(
        criterion_id=results[0].criterion_id,
        outcome="own-words",
        words=texts[-1],
        offline="offline",
        second_opinion="model",
        at=datetime(2026, 5, 1, tzinfo=UTC),
    )
    return judged.model_copy(update={"second": second, "arguments": (argument,)})


def report_on(
    content: Content, document: AttemptDocument, opinion: Sequence[str] | None = None
) -> Report:
    scored = score_document(document, content)
    judged = Judgements(
        prompt=scored.prompt,
        rubric=scored.rubric,
        submission=scored.submission,
        machine=scored.assessment,
    )
    return build_report(judged if opinion is None else seconded(judged, opinion), content.palette)


@pytest.fixture(scope="session")
def exemplary(content: Content) -> Report:
    return report_on(content, plainly_interviewed(content))


def plainly_interviewed(content: Content) -> AttemptDocument:
    return interviewed(content.exemplar(FRAUD), ("Why so?", "And then?", "Who says that?"))


@pytest.fixture(scope="session")
def hostile(content: Content) -> Report:
    exemplar = content.exemplar(FRAUD)
    document = AttemptDocument.model_validate(
        {
            "schema_version": 1,
            "prompt": FRAUD,
            "answers": {stage: hostile_text(text) for stage, text in exemplar.answers.items()},
            "design": hostile_design(exemplar),
        }
    )
    attacks = [one[:1000] for one in ATTACKS]
    return report_on(content, interviewed(document, attacks[:3]), attacks)


@pytest.fixture(scope="session")
def doubted(content: Content) -> Report:
    """The hostile document, with every answer taken for mistaken."""
    exemplar = content.exemplar(FRAUD)
    answers = {stage: hostile_text(text) for stage, text in exemplar.answers.items()}
    document = AttemptDocument(schema_version=1, prompt=FRAUD, answers=answers)
    scored = score_document(document, content)
    verdicts = doubtful_answers(dict(scored.submission.answers), count=3)
    judgements = Judgements(
        prompt=scored.prompt,
        rubric=scored.rubric,
        submission=scored.submission,
        machine=scored.assessment.model_copy(update={"doubtful": verdicts}),
    )
    return build_report(judgements, content.palette)


@pytest.fixture(scope="session")
def blank(content: Content) -> Report:
    return report_on(content, AttemptDocument(schema_version=1, prompt=FRAUD))


@pytest.fixture(params=["exemplary", "hostile", "doubted", "blank"])
def report(request: pytest.FixtureRequest) -> Report:
    found: Report = request.getfixturevalue(request.param)
    return found


def quotes_of(stage: StageReport) -> list[str]:
    """Return every quotation that a stage shows."""
    quotes = [quote for one in stage.criteria for quote in (*one.quotes, *one.against)]
    quotes += [one.quote for one in stage.mistakes]
    for one in stage.criteria:
        if one.second is not None:
            quotes += [*one.second.quotes, *one.second.reasons]
            quotes += [one.second.argument] if one.second.argument else []
    return quotes + list(stage.doubt.quotes if stage.doubt else ())
