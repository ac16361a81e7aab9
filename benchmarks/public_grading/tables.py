"""The figures as Markdown tables, beside the goals and what others have published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.public_grading.runs import DOCUMENTS, Figure, Result, Transfer, chosen

SCIENTSBANK, BEETLE, REALSUMM = "SciEntsBank", "Beetle", "REALSumm"
QUESTIONS, DOMAINS, ANSWERS = "unseen-questions", "unseen-domains", "unseen-answers"
_TITLES = {QUESTIONS: "unseen questions", DOMAINS: "unseen domains", ANSWERS: "unseen answers"}
_GOAL_F1, _GOAL_KAPPA, _GOAL_AUC = 0.74, 0.55, 0.84

Shown = tuple[str, str]
"""A benchmark and one of its splits."""
_FOREIGN: Mapping[str, Mapping[Shown, str]] = {
    "SemEval-2013 task 7, best system for each split [2nd]": {
        (SCIENTSBANK, ANSWERS): "about 0.77",
        (SCIENTSBANK, QUESTIONS): "about 0.74",
        (SCIENTSBANK, DOMAINS): "about 0.71",
    },
}


@dataclass(frozen=True)
class Measured:
    """Everything that was measured."""

    unknown: Mapping[str, Sequence[Result]]
    """By benchmark: questions that nobody has graded."""
    known: Mapping[str, Sequence[Result]]
    """By benchmark: questions with graded answers."""
    stated: Sequence[Result]
    raters: float
    transfers: Sequence[Transfer]


def page_text(measured: Measured) -> str:
    """Return all tables with their headings."""
    parts = [
        ("### Goals", goals_table(measured)),
        ("### Questions that nobody has graded", designs_table(measured.unknown)),
        ("### Questions with graded answers", designs_table(measured.known)),
        ("### Does a text state this?", stated_table(measured)),
        ("### From school answers to summaries", transfer_table(measured.transfers)),
    ]
    return "\n\n".join(f"{heading}\n\n{table}" for heading, table in parts)


def goals_table(measured: Measured) -> str:
    """Return each goal with what the design chosen on training answers reached."""
    sought = [
        (SCIENTSBANK, QUESTIONS, measured.unknown[SCIENTSBANK]),
        (SCIENTSBANK, DOMAINS, measured.unknown[SCIENTSBANK]),
        (BEETLE, QUESTIONS, measured.unknown[BEETLE]),
    ]
    rows = []
    for name, split, results in sought:
        best = chosen(results)
        what = f"{name}, {_TITLES[split]}: macro-F1"
        rows.append(_goal(what, _GOAL_F1, best.tests[split], best))
    best = chosen(measured.stated)
    figure = best.tests[DOCUMENTS]
    rows.append(_goal(f"{REALSUMM}: kappa", _GOAL_KAPPA, figure, best))
    verdict = _verdict(figure.auc, _GOAL_AUC)
    rows.append(
        [f"{REALSUMM}: AUC", f"{_GOAL_AUC:.2f}", _number(figure.auc), "", verdict, best.design]
    )
    return _table(["Measure", "goal", "reached", "95 % interval", "", "by"], rows)


def _goal(what: str, goal: float, figure: Figure, result: Result) -> list[str]:
    return [
        what,
        f"{goal:.2f}",
        _number(figure.agreement),
        f"{figure.low:.2f} to {figure.high:.2f}",
        _verdict(figure.agreement, goal),
        result.design,
    ]


def _verdict(reached: float, goal: float) -> str:
    return "met" if reached >= goal else "missed"


def designs_table(by_benchmark: Mapping[str, Sequence[Result]]) -> str:
    """Return macro-F1 and AUC of every design; the chosen ones in bold."""
    columns = [
        (name, split)
        for name, results in by_benchmark.items()
        for split in sorted(results[0].tests, reverse=True)
    ]
    heads = ["Macro-F1 (AUC)", *(f"{name} training" for name in by_benchmark)]
    heads += [f"{name} {_TITLES[split]}" for name, split in columns]
    best = {name: chosen(results).design for name, results in by_benchmark.items()}
    rows = []
    for at, result in enumerate(next(iter(by_benchmark.values()))):
        here = {name: results[at] for name, results in by_benchmark.items()}
        cells = [_trained(one) for one in here.values()]
        for name, split in columns:
            is_best = best[name] is result.design
            cells.append(_cell(here[name].tests[split], is_best=is_best))
        rows.append([result.design, *cells])
    for title, found in _FOREIGN.items():
        cells = [found.get(column, "") for column in columns]
        rows.append([f"*{title}*", *([""] * len(by_benchmark)), *cells])
    return _table(heads, rows)


def stated_table(measured: Measured) -> str:
    """Return kappa and AUC of every design on REALSumm."""
    best = chosen(measured.stated).design
    rows = []
    for one in measured.stated:
        figure = one.tests[DOCUMENTS]
        bold = one.design is best
        cells = [_bold(_number(value), is_bold=bold) for value in (figure.agreement, figure.auc)]
        interval = f"{figure.low:.2f} to {figure.high:.2f}"
        rows.append([one.design, _trained(one), *cells, interval])
    rows.append(["*one rater against another*", "", _number(measured.raters), "", ""])
    return _table([REALSUMM, "kappa, training", "kappa", "AUC", "95 % interval of kappa"], rows)


def transfer_table(transfers: Sequence[Transfer]) -> str:
    """Return how designs trained on school answers do on summaries."""
    rows = [
        [
            one.design,
            _number(one.carried.auc),
            _number(one.carried.agreement),
            _number(one.anew.agreement),
        ]
        for one in transfers
    ]
    heads = [
        f"Trained on {SCIENTSBANK} and {BEETLE}",
        f"AUC on {REALSUMM}",
        "kappa, threshold carried over",
        "kappa, threshold from other documents",
    ]
    return _table(heads, rows)


def _trained(result: Result) -> str:
    return "" if result.trained is None else _number(result.trained)


def _cell(figure: Figure, *, is_best: bool) -> str:
    return f"{_bold(_number(figure.agreement), is_bold=is_best)} ({figure.auc:.2f})"


def _bold(text: str, *, is_bold: bool) -> str:
    return f"**{text}**" if is_bold else text


def _number(value: float) -> str:
    return f"{value:.3f}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
