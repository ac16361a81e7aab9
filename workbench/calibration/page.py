"""The published page of figures, as Markdown."""

import platform
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from workbench.calibration.agreement import Agreement
from workbench.calibration.run import Calibration, Row

_BEGIN, _END = "<!-- begin calibration -->", "<!-- end calibration -->"


def figures_markdown(found: Calibration) -> str:
    """Return the tables of a calibration."""
    parts = [
        f"{found.answers} held-out stage answers by {len(found.authors)} authors; "
        f"grader `{found.grader}`.",
        _agreements(found),
        "### Shares",
        _shares(found),
        "### Stages",
        agreement_table("Stage", {key.title: value for key, value in found.by_stage.items()}),
        "### Prompts",
        agreement_table("Prompt", found.by_prompt),
        "The same, each as if no graded answer to it were shipped, as a new prompt has none:",
        agreement_table("Prompt", found.by_prompt_as_if_new),
        "### Authors",
        agreement_table("Author", found.by_author),
        "### Styles",
        _rows(found.styles),
        "### Length against quality",
        _rows(found.lengths),
        "### Criteria",
        "Few answers stand behind each row; the intervals are wide.",
        agreement_table("Criterion", found.by_criterion),
    ]
    return "\n\n".join(parts)


def _agreements(found: Calibration) -> str:
    return agreement_table(
        "",
        {
            "Stage score against the graders' mean": found.stage,
            "Of these: prompts that the engine was made with": found.first_prompts,
            "Of these: prompts written after the engine": found.later_prompts,
            "Each prompt judged as if no graded answer to it were shipped": found.as_if_new,
            "Stage score, answers without deliberate mistakes": found.without_mistakes,
            "*One grader against the other, stage*": found.graders_stage,
            "Criterion level against the graders' mean": found.criterion,
            "Of these: prompts that the engine was made with, levels": found.first_criterion,
            "Of these: prompts written after the engine, levels": found.later_criterion,
            "Levels, as if no graded answer were shipped": found.as_if_new_criterion,
            "Criterion level where the grader is sure": found.criterion_when_sure,
            "*One grader against the other, criterion*": found.graders_criterion,
            **{f"Baseline: {name}": one for name, one in found.baselines.items()},
        },
    )


def agreement_table(first: str, rows: Mapping[str, Agreement | None]) -> str:
    """Return a Markdown table of agreements; rows without one are left out."""
    lines = [
        f"| {first} | n | QWK | 95 % interval | mean error | bias |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {one.count} | {one.kappa:.2f} | {one.low:.2f} to {one.high:.2f} "
        f"| {one.error:.2f} | {one.bias:+.2f} |"
        for name, one in rows.items()
        if one is not None
    ]
    return "\n".join(lines)


def _shares(found: Calibration) -> str:
    rows = {
        "Attacks: criteria with full credit (goal: at most 2 %)": found.full_credit_on_attacks,
        "Attacks: criteria with any credit (goal: at most 5 %)": found.any_credit_on_attacks,
        "Cited sentences that a grader cited for the same criterion": found.evidence_precision,
        "Answers with confident mistakes that score above 1.5 (goal: at most 10 %)": (
            found.mistaken_above
        ),
        "Answers with confident mistakes in which a serious one is found": found.mistakes_found,
        "Answers without a mistake that are accused of a serious one (goal: at most 3 %)": (
            found.false_alarms
        ),
        "Answers without a mistake, worth 2 or more, that are taken for mistaken as a whole": (
            found.doubted
        ),
        "*Not X; we do Y*: credited of what graders credit (goal: at least 90 %)": (
            found.not_x_but_y
        ),
        "No term of the criterion in what graders cite: credited all the same (goal: at least "
        "60 %)": found.unworded,
        "Short answers worth 3 or more that score 3 or more": found.short_and_strong,
        "The same answers in the band *strong* or above": found.short_in_strong_band,
        "Criteria marked as close calls": found.unsure_share,
    }
    lines = ["| Share | |", "|---|---|"]
    lines += [f"| {name} | {100 * one:.1f} % |" for name, one in rows.items()]
    padding = "Mean change of a score when neutral prose makes an answer three times as long"
    lines.append(f"| {padding} (goal: below 0.15 of 4) | {found.padding:.2f} points |")
    return "\n".join(lines)


def _rows(rows: Iterable[Row]) -> str:
    lines = [
        "| | answers | graders' mean | offline mean | mean error |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.name} | {one.answers} | {one.gold:.2f} | {one.score:.2f} | {one.error:.2f} |"
        for one in rows
    ]
    return "\n".join(lines)


def write_block(page: Path, text: str, now: datetime) -> None:
    """Put figures between the marks of a page, with date, machine and command.

    Raises:
        ValueError: If the page has no such marks.
    """
    before, found, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    _, ended, after = rest.partition(_END)
    if not found or not ended:
        raise ValueError(f"{page} has no block {_BEGIN} … {_END}")
    measured = (
        f"Measured {now.date().isoformat()} on {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, with `python -m workbench calibrate`."
    )
    block = f"{before}{_BEGIN}\n{text.strip()}\n\n{measured}\n{_END}{after}"
    page.write_text(block, encoding="utf-8", newline="\n")
