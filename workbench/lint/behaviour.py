"""Checks by running: content is graded and drawn, and must behave as it claims."""

from collections.abc import Iterator

from designs.attempt_document import AttemptDocument, ReferenceDocument
from designs.exporters import RenderError, render_svg
from designs.node_kind import Palette
from designs.problem import Problem
from designs.stage import STAGES
from rubrics.assessment import Scored
from workbench.content import Content
from workbench.lint.sheet import Sheet
from workbench.scoring import score_document

EXEMPLAR_FLOOR = 3.5


def check_exemplar_run(sheet: Sheet[ReferenceDocument], content: Content) -> Iterator[Problem]:
    """Yield the stages in which the exemplar does not reach the top, offline."""
    scored = score_document(sheet.record, content)
    for stage in scored.score.stages:
        if stage.score < EXEMPLAR_FLOOR:
            low = [
                result.criterion_id
                for result in scored.assessment.results
                if isinstance(result, Scored)
                and result.value < 1
                and scored.rubric.criterion(result.criterion_id) in scored.rubric.stage(stage.stage)
            ]
            yield sheet.problem(
                "RUN001",
                ("answers", stage.stage.value),
                f"the exemplar scores {stage.score} of 4 on {stage.stage}, "
                f"{EXEMPLAR_FLOOR} is wanted; below the top: {', '.join(low)}",
            )


def check_faults_found(sheet: Sheet[ReferenceDocument], content: Content) -> Iterator[Problem]:
    """Yield the faults of a flawed design that cost nothing."""
    scored = score_document(sheet.record, content)
    for index, fault in enumerate(sheet.record.faults):
        for criterion in fault.criteria:
            result = scored.assessment.result(criterion)
            if isinstance(result, Scored) and result.value >= 1:
                yield sheet.problem(
                    "RUN002",
                    ("faults", index),
                    f"fault {fault.id!r} goes unseen: {criterion} is at its top level",
                )


def check_blank_run(prompt_id: str, file: str, content: Content) -> Iterator[Problem]:
    """Yield what credits an empty answer."""
    blank = AttemptDocument(schema_version=1, prompt=prompt_id)
    scored = score_document(blank, content)
    for stage in STAGES:
        if scored.score.stage(stage).score > 0:
            yield Problem(code="RUN003", file=file, message=f"an empty answer scores on {stage}")


def check_drawable(sheet: Sheet[ReferenceDocument], palette: Palette) -> Iterator[Problem]:
    """Yield designs that cannot be drawn."""
    try:
        render_svg(sheet.record.design, palette)
    except RenderError as error:
        yield sheet.problem("RUN004", ("design",), f"the design cannot be drawn: {error}")
