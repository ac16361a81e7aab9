"""No evidence, no credit: the check that every assessment passes before it is stored."""

from designs.submission import Submission
from rubrics.assessment import AnswerEvidence, Assessment, DrawingEvidence, Scored
from rubrics.rubric import Rubric


def evidence_problems(
    assessment: Assessment, submission: Submission, rubric: Rubric
) -> tuple[str, ...]:
    """Return what is wrong with an assessment, one sentence each; empty when it stands.

    Args:
        assessment: The result of any grader.
        submission: What was judged.
        rubric: What it was judged by.

    Returns:
        Sentences that name the criterion and the broken rule.
    """
    problems: list[str] = []
    if assessment.submission_hash != submission.content_hash():
        problems.append("the assessment names another submission")
    if assessment.rubric_content_hash != rubric.content_hash():
        problems.append("the assessment names another rubric")
    found = [result.criterion_id for result in assessment.results]
    wanted = [criterion.id for criterion in rubric.criteria]
    if found != wanted:
        problems.append("the results are not exactly one per criterion, in the rubric's order")
    for result in assessment.results:
        if isinstance(result, Scored):
            problems += _result_problems(result, submission, rubric)
    return tuple(problems)


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
    node_ids = {node.id for node in submission.design.nodes}
    for evidence in (*result.evidence, *result.against):
        if isinstance(evidence, AnswerEvidence):
            answer = submission.answers[evidence.stage]
            if answer[evidence.start : evidence.end] != evidence.quote:
                problems.append(f"{where}the quote does not occur at {evidence.start}")
        elif isinstance(evidence, DrawingEvidence):
            strangers = sorted(set(evidence.node_ids) - node_ids)
            if strangers:
                problems.append(f"{where}the drawing has no node {', '.join(strangers)}")
    return problems
