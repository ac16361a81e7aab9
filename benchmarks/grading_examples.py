"""How the offline grader fits the sentences it is built from, and answers that nobody tuned on.

The first table grades every authored sentence of the rubrics alone: examples should reach their
level, near misses and contradictions should earn nothing. It is a check of fit, not of agreement
with people. The second grades the answers of `tests/content/fresh_answers.py`, which were written
from the prompts alone; author and labels are language models.

    python -m benchmarks.grading_examples --write docs/grading.md
"""

import argparse
import runpy
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measured_block import measured_line, replace_block
from designs.attempt_document import AttemptDocument
from designs.library import prompt_slugs, shipped_pack
from designs.stage import STAGES, StageId
from designs.submission import Submission
from rubrics.assessment import Scored
from rubrics.criterion import Criterion
from rubrics.grader import GradingTask
from rubrics.graders.offline import OfflineGrader
from rubrics.library import shipped_rubric
from workbench.content import shipped_content
from workbench.scoring import score_document

FRESH = Path(__file__).parents[1] / "tests" / "content" / "fresh_answers.py"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_KINDS = ("reasoned", "named", "near miss", "contradiction")


@dataclass(frozen=True)
class Sentence:
    """An authored sentence and what it was written as."""

    criterion: Criterion
    kind: str
    text: str

    def fits(self, level: str) -> bool:
        """Return whether a level is the one that the sentence was written for."""
        if self.kind == "reasoned":
            return level == "reasoned"
        if self.kind == "named":
            return level in ("named", "reasoned")
        return level == "missing"


def authored(criterion: Criterion) -> Iterator[Sentence]:
    """Yield every sentence of a criterion."""
    for level in criterion.levels[1:]:
        for text in level.examples:
            yield Sentence(criterion, level.id, text)
    for text in criterion.near_misses:
        yield Sentence(criterion, "near miss", text)
    for text in criterion.contradictions:
        yield Sentence(criterion, "contradiction", text)


def level_of(slug: str, sentence: Sentence) -> str:
    """Return the level that a sentence earns when it is the whole answer to its stage."""
    prompt = shipped_pack(slug).prompt
    task = GradingTask(
        submission=Submission.model_validate(
            {
                "prompt_id": slug,
                "prompt_hash": prompt.content_hash(),
                "answers": {sentence.criterion.stage: sentence.text},
            }
        ),
        rubric=shipped_rubric(slug),
        prompt=prompt,
        assessment_id="sentence",
        graded_at=_EPOCH,
    )
    result = OfflineGrader().grade(task).result(sentence.criterion.id)
    return result.level_id if isinstance(result, Scored) else "unscored"


def fit_table() -> str:
    """Return how many sentences of each kind fit, stage by stage."""
    counts: dict[tuple[StageId, str], list[bool]] = defaultdict(list)
    seen: set[str] = set()
    for slug in prompt_slugs():
        for criterion in shipped_rubric(slug).criteria:
            if criterion.id in seen:  # the core is graded once, with the first prompt
                continue
            seen.add(criterion.id)
            for sentence in authored(criterion):
                fits = sentence.fits(level_of(slug, sentence))
                counts[criterion.stage, sentence.kind].append(fits)
    rows = [
        "| Stage | reasoned reach the top | named earn credit | near misses earn nothing "
        "| contradictions earn nothing |",
        "|---|---|---|---|---|",
    ]
    for stage in STAGES:
        cells = [_share(counts[stage, kind]) for kind in _KINDS]
        rows.append(f"| {stage.title} | {' | '.join(cells)} |")
    whole = [_share([one for stage in STAGES for one in counts[stage, kind]]) for kind in _KINDS]
    rows.append(f"| **all** | {' | '.join(whole)} |")
    return "\n".join(rows)


def _share(fits: list[bool]) -> str:
    return f"{sum(fits)} of {len(fits)}"


def fresh_table() -> str:
    """Return the stage scores of the answers that were written from the prompts alone."""
    content = shipped_content()
    rows = [
        f"| Answers | meant as | {' | '.join(stage.title for stage in STAGES)} |",
        f"|---|---|{'---|' * len(STAGES)}",
    ]
    for answer in _fresh():
        document = AttemptDocument(schema_version=1, prompt=answer.prompt, answers=answer.answers)
        score = score_document(document, content).score
        cells = [
            f"{score.stage(stage).score:.1f}" if stage.value in answer.answers else ""
            for stage in STAGES
        ]
        rows.append(f"| {answer.id} | {answer.quality} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _fresh() -> list:  # type: ignore[type-arg] # records of a test file, read by its path
    found = runpy.run_path(str(FRESH))
    answers = [one for one in found.values() if isinstance(one, found["FreshAnswer"])]
    return sorted(answers, key=lambda one: (one.quality != "strong", one.id))


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", type=Path, metavar="PAGE")
    page = parser.parse_args().write
    line = measured_line("python -m benchmarks.grading_examples")
    for name, table in (("grading-fit", fit_table()), ("grading-fresh", fresh_table())):
        print(table, end="\n\n")
        if page is not None:
            replace_block(page, name, f"{table}\n\n{line}")


if __name__ == "__main__":
    main()
