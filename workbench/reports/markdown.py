"""The report as Markdown, in which a learner's words stay words."""

import re
from itertools import pairwise

from designs.drawing import Design
from designs.transcript import Exchange
from workbench.reports.interview import NOT_GRADED, no_reply, speaker
from workbench.reports.report import (
    CriterionReport,
    DoubtReport,
    DrawnReport,
    LoadTestLine,
    MistakeReport,
    Report,
    StageReport,
    drawn_words,
)
from workbench.reports.second import UNOFFICIAL, SecondReport

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")
_BULLET = re.compile(r"^([-+=])")
_NUMBER = re.compile(r"^(\d+)([.)])")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LEVELS = {"missing": "✕ Missing", "named": "◐ Named", "reasoned": "✓ Reasoned"}


def escaped(text: str) -> str:
    """Return a text as one line with everything harmless that Markdown or HTML would act on."""
    return _escaped_line(" ".join(text.split()))


def quoted(text: str) -> str:
    """Return a text as an escaped block quote that keeps its lines and their indentation."""
    lines = [_indented(line) for line in text.splitlines()]
    broken = [f"{one}  " if one and after else one for one, after in pairwise([*lines, ""])]
    return "\n".join(f"> {line}" if line else ">" for line in broken)


def _indented(line: str) -> str:
    words = line.strip()
    # Four blanks at the beginning of a line would make it code, in which escapes are shown.
    indent = line[: len(line) - len(line.lstrip())].expandtabs(4) if words else ""
    return "\u00a0" * len(indent) + _escaped_line(words)


def _escaped_line(line: str) -> str:
    plain = _SPECIAL.sub(r"\\\1", _CONTROL.sub("\ufffd", line))
    return _NUMBER.sub(r"\1\\\2", _BULLET.sub(r"\\\1", plain))


def report_markdown(report: Report) -> str:
    """Return the report as CommonMark with one table."""
    blocks = [f"# {escaped(report.prompt_title)}", _facts(report), f"*{report.honesty}*"]
    if report.second_opinion:
        blocks.append(f"*{UNOFFICIAL}* Model: {escaped(report.second_opinion)}.")
    if report.score is not None:
        blocks.append(_table(report))
    if report.next_actions:
        blocks.append("## What to work on next")
        blocks.append(
            "\n".join(
                f"- **{one.stage.title}: {escaped(one.title)}.** {escaped(one.action)}"
                for one in report.next_actions
            )
        )
    blocks += ["## Drawing", _drawing(report.design)]
    for stage in report.stages:
        blocks += _stage(stage)
    return "\n\n".join(blocks) + "\n"


def _facts(report: Report) -> str:
    facts = []
    if report.score is not None:
        facts.append(f"**{report.score:.0f} of 100: {report.band}**, {report.expectation}")
    if report.self_score is not None:
        facts.append(f"self-review {report.self_score:.0f}")
    if report.minutes_used is not None:
        facts.append(f"{report.minutes_used} of {report.budget_minutes} minutes")
    if report.hints_used is not None:
        facts.append(f"{report.hints_used} {'hint' if report.hints_used == 1 else 'hints'} used")
    return " · ".join(facts) or "Not scored."


def _table(report: Report) -> str:
    rows = ["| Stage | Score, 0 to 4 | Self-review |", "|---|---|---|"]
    for stage in report.stages:
        own = "" if stage.self_score is None else f"{stage.self_score:.1f}"
        rows.append(f"| {stage.title} | {stage.score:.1f} {stage.band} | {own} |")
    return "\n".join(rows)


def _drawing(design: Design) -> str:
    lines = [
        f"- **{escaped(node.label.strip() or node.id)}**: {node.kind}"
        + (f", {node.replicas:,} replicas" if node.replicas > 1 else "")
        for node in design.nodes
    ]
    names = {node.id: escaped(node.label.strip() or node.id) for node in design.nodes}
    for edge in design.edges:
        facts = [edge.mode.value]
        if edge.timeout_ms is not None:
            facts.append(f"timeout {edge.timeout_ms:g} ms")
        if edge.fallback.strip():
            facts.append(f"fallback: {escaped(edge.fallback)}")
        lines.append(f"- {names[edge.source]} → {names[edge.target]}: {', '.join(facts)}")
    return "\n".join(lines) or "Nothing was drawn."


def _stage(stage: StageReport) -> list[str]:
    answer = quoted(stage.answer) if stage.answer.strip() else "No answer."
    return [
        f"## {stage.title}",
        escaped(stage.question),
        answer,
        *_interview(stage.interview),
        *map(_mistake, stage.mistakes),
        *([_doubt(stage.doubt)] if stage.doubt else []),
        *map(_criterion, stage.criteria),
    ]


def _interview(said: tuple[Exchange, ...]) -> list[str]:
    if not said:
        return []
    blocks = ["### What the interviewer asked", f"*{NOT_GRADED}*"]
    for one in said:
        blocks.append(f"{speaker(one)}: **{escaped(one.wording)}**")
        if one.reply.strip():
            blocks.append(quoted(one.reply))
        elif no_reply(one):
            blocks.append(no_reply(one))
    return blocks


def _mistake(one: MistakeReport) -> str:
    kind = "Mistake" if one.severity == "serious" else "Slip"
    parts = [f"### {kind}: {escaped(one.title)}", quoted(one.quote)]
    parts += [f"**Why it matters.** {escaped(one.why)}", f"**Instead.** {escaped(one.instead)}"]
    return "\n\n".join(parts)


def _doubt(one: DoubtReport) -> str:
    return "\n\n".join(
        [
            "### Reads as mistaken",
            "This answer reads like those that reviewers marked down for serious mistakes; the "
            "grader cannot say which rule is broken. The sentences to look at first:",
            *map(quoted, one.quotes),
        ]
    )


def _drawn(one: DrawnReport) -> str:
    nodes = (" → " if one.is_path else ", ").join(one.nodes)
    return f"{escaped(drawn_words(one.shows))}: {nodes}"


def _tested(one: LoadTestLine) -> str:
    return f"{one.verdict}: {escaped(one.objective)} {escaped(one.reason)} ({escaped(one.basis)})"


def _second(one: SecondReport) -> list[str]:
    differs = ", which differs from the score" if one.differs else ""
    level = _LEVELS.get(one.level, one.level)
    parts = [f"**Second opinion (not in the score): {level}**{differs}"]
    parts += map(quoted, one.quotes)
    parts += [f"The model's reason:\n\n{quoted(reason)}" for reason in one.reasons]
    parts += [escaped(one.note)] if one.note else []
    parts += [one.believed] if one.believed else []
    parts += [f"In their words:\n\n{quoted(one.argument)}"] if one.argument.strip() else []
    return parts


def _criterion(one: CriterionReport) -> str:
    own = f" (you: {one.self_level})" if one.self_level else ""
    parts = [f"### {escaped(one.title)}: {_LEVELS.get(one.level, one.level)}{own}"]
    parts += [quoted(quote) for quote in one.quotes]
    parts += map(_drawn, one.drawn)
    parts += [f"The load test supports it. {_tested(line)}" for line in one.load_test]
    parts += [f"Speaks against it:\n\n{quoted(quote)}" for quote in one.against]
    parts += [
        f"The drawing speaks against it ({smell.code}):\n\n{quoted(smell.message)}\n\n"
        f"{escaped(smell.mend)}"
        for smell in one.smells
    ]
    parts += [f"The load test speaks against it. {_tested(line)}" for line in one.load_test_against]
    parts += [escaped(remark) for remark in one.remarks]
    if one.level != "reasoned":
        if one.missing:
            parts.append(f"Not found: {escaped('; '.join(one.missing))}.")
        parts.append(f"**Why it matters.** {escaped(one.why)}")
        parts.append(f"**Next.** {escaped(one.next_action)}")
    parts += _second(one.second) if one.second else []
    return "\n\n".join(parts)
