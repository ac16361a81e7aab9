"""No evidence, no credit: the check that every assessment passes before it is stored."""

from designs.content_hash import record_hash
from designs.inspections import INSPECTIONS
from designs.submission import Submission
from labs.load_test.report import LoadTestReport, Verdict
from rubrics.assessment import (
    AgainstEvidence,
    AnswerEvidence,
    Assessment,
    DrawingEvidence,
    Evidence,
    InspectionEvidence,
    LoadTestEvidence,
    Scored,
)
from rubrics.rubric import Rubric


def evidence_problems(
    assessment: Assessment,
    submission: Submission,
    rubric: Rubric,
    load_test: LoadTestReport | None = None,
) -> tuple[str, ...]:
    """Return what is wrong with an assessment, one sentence each; empty when it stands.

    Args:
        assessment: The result of any grader.
        submission: What was judged.
        rubric: What it was judged by.
        load_test: The report that the grader was given, if any.

    Returns:
        Sentences that name the criterion and the broken rule.
    """
    problems: list[str] = []
    if assessment.submission_hash != submission.content_hash():
        problems.append("the assessment names another submission")
    if not _names(assessment, rubric):
        problems.append("the assessment names another rubric")
    found = [result.criterion_id for result in assessment.results]
    wanted = [criterion.id for criterion in rubric.criteria]
    if found != wanted:
        problems.append("the results are not exactly one per criterion, in the rubric's order")
    for result in assessment.results:
        if isinstance(result, Scored):
            problems += _result_problems(result, submission, rubric)
            problems += _row_problems(result, submission, load_test)
    for mistake in assessment.mistakes:
        broken = _broken(mistake.evidence, submission)
        if broken:
            problems.append(f"{mistake.mistake_id}: {broken}")
    problems += _doubt_problems(assessment, submission)
    return tuple(problems)


def _doubt_problems(assessment: Assessment, submission: Submission) -> list[str]:
    problems = []
    stages = [one.stage for one in assessment.doubtful]
    if len(set(stages)) < len(stages):
        problems.append("an answer is called doubtful twice")
    for doubt in assessment.doubtful:
        for evidence in doubt.evidence:
            broken = _broken(evidence, submission)
            if evidence.stage != doubt.stage:
                broken = f"the quote is from {evidence.stage}"
            if broken:
                problems.append(f"doubt about {doubt.stage}: {broken}")
    return problems


def _result_problems(result: Scored, submission: Submission, rubric: Rubric) -> list[str]:
    where = f"{result.criterion_id}: "
    problems = []
    criterion = rubric.criterion(result.criterion_id)
    level = criterion.level(result.level_id) if criterion else None
    if level is None:
        return [f"{where}the rubric has no level {result.level_id!r} here"]
    if level.value != result.value:
        problems.append(f"{where}value {result.value} is not that of level {level.id}")
    if result.value > 0 and not result.evidence:
        problems.append(f"{where}credit without evidence")
    for evidence in (*result.evidence, *result.against):
        broken = _broken(evidence, submission)
        if broken:
            problems.append(f"{where}{broken}")
    return problems


def _row_problems(
    result: Scored, submission: Submission, report: LoadTestReport | None
) -> list[str]:
    """Hold load-test figures against the report, and the report against the drawing."""
    cited = [*((one, True) for one in result.evidence), *((one, False) for one in result.against)]
    rows = [(one, supports) for one, supports in cited if isinstance(one, LoadTestEvidence)]
    is_ours = report is not None and (report.design_hash, report.prompt_id) == (
        record_hash(submission.design),
        submission.prompt_id,
    )
    where = f"{result.criterion_id}: the load-test figure"
    return [
        f"{where} {row.slo_id} {problem}"
        for row, supports in rows
        if (problem := _row_problem(row, report if is_ours else None, supports=supports))
    ]


def _row_problem(row: LoadTestEvidence, report: LoadTestReport | None, *, supports: bool) -> str:
    if report is None:
        return "belongs to no load test of this submission"
    found = report.verdict(row.slo_id)
    if found is None or found.verdict is Verdict.NOT_TESTED:
        return "is not in the load test"
    if row != LoadTestEvidence.of(report, row.slo_id):
        return "is not what the load test found"
    if supports and (row.verdict is not Verdict.MET or row.observed is None):
        return "was not met and supports no credit"
    if not supports and row.verdict is not Verdict.MISSED:
        return "was not missed and speaks against nothing"
    return ""


def _names(assessment: Assessment, rubric: Rubric) -> bool:
    return (
        assessment.rubric_id == rubric.id
        and assessment.rubric_content_hash == rubric.content_hash()
        and assessment.rubric_structure_hash == rubric.structure_hash()
    )


def _broken(evidence: Evidence | AgainstEvidence, submission: Submission) -> str:
    """Return what is wrong with a piece of evidence, or an empty text."""
    if isinstance(evidence, AnswerEvidence):
        span = submission.answers[evidence.stage][evidence.start : evidence.end]
        # A slice ends with the answer, so an end beyond it would pass unseen.
        if span != evidence.quote or len(span) != evidence.end - evidence.start:
            return f"the quote does not occur at {evidence.start}"
        return "" if span.strip() else "the quote is blank"
    if isinstance(evidence, InspectionEvidence) and evidence.code not in INSPECTIONS:
        return f"there is no inspection {evidence.code}"
    if isinstance(evidence, DrawingEvidence | InspectionEvidence):
        known = {node.id for node in submission.design.nodes}
        strangers = sorted(set(evidence.node_ids) - known)
        return f"the drawing has no node {', '.join(strangers)}" if strangers else ""
    return ""  # a load-test figure is held against its report
