"""The figures of the mutation lab, as Markdown and as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.grader_mutations.measuring import Outcome, Tally, tally
from benchmarks.grader_mutations.mutants import Source
from benchmarks.grader_mutations.operators import Operator, shipped_operators


def figures(
    outcomes: Sequence[Outcome], grader: str, borrowed: Mapping[Source, int]
) -> dict[str, Any]:
    """Return every tally as plain data, in total and for each operator."""
    return {
        "schema_version": 1,
        "grader": grader,
        "sources": {
            source.value: _plain(tally(_of(outcomes, source))) | {"borrowed": borrowed[source]}
            for source in Source
        },
        "operators": {
            operator.id: {
                source.value: _plain(tally(_by(_of(outcomes, source), operator)))
                for source in Source
            }
            for operator in _operators()
        },
    }


def markdown(outcomes: Sequence[Outcome], grader: str, borrowed: Mapping[Source, int]) -> str:
    """Return the tables.

    Args:
        outcomes: Of every mutant.
        grader: Its name and version.
        borrowed: Survivors whose cited sentences alone would not earn the level.
    """
    parts = [
        f"{len(_operators())} operators, {len(outcomes)} mutants; grader `{grader}`.",
        _totals(outcomes, borrowed),
        "### Operators",
        "Killed of credited mutants, and in brackets other criteria that fell.",
        _each(outcomes),
    ]
    return "\n\n".join(parts)


def survivors(outcomes: Sequence[Outcome]) -> str:
    """Return the mutants that the grader did not notice, with what it cites in them.

    Held-out answers are counted only: their texts stay unread.
    """
    lines = []
    for one in outcomes:
        mutant = one.mutant
        if not one.is_survivor or mutant.source is Source.HELD_OUT:
            continue
        what = "its own words" if one.is_fooled else "another sentence"
        lines.append(f"{mutant.operator.id} in {mutant.key}: cites {what}")
        lines += [f"    {' '.join(quote.split())}" for quote in one.quotes]
    return "\n".join(lines)


def _totals(outcomes: Sequence[Outcome], borrowed: Mapping[Source, int]) -> str:
    tallies = [tally(_of(outcomes, source)) for source in Source]
    rows: dict[str, list[str]] = {
        "Mutants": [str(one.mutants) for one in tallies],
        "Originals with no more credit than the mutant deserves (left out)": [
            str(one.mutants - one.credited) for one in tallies
        ],
        "**Mutation score** (goal: at least 90 %)": [_percent(one.score) for one in tallies],
        "Criterion fell as far as the mutant deserves": [
            _percent(one.bottom_share) for one in tallies
        ],
        "Survivors": [str(one.credited - one.killed) for one in tallies],
        "of these: the operator's own words are cited": [str(one.fooled) for one in tallies],
        "of these: what is cited does not earn that level when it stands alone": [
            str(borrowed[source]) for source in Source
        ],
        "**Collateral**: other criteria that fell (goal: at most 5 %)": [
            _percent(one.collateral) for one in tallies
        ],
        "The same, of criteria in the stage that had credit": [
            _percent(one.strict_collateral) for one in tallies
        ],
        "Other criteria that rose": [str(one.risen) for one in tallies],
    }
    head = " | ".join(source.value for source in Source)
    lines = [f"| | {head} |", f"|---|{'---|' * len(tallies)}"]
    lines += [f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items()]
    return "\n".join(lines)


def _each(outcomes: Sequence[Outcome]) -> str:
    head = " | ".join(source.value for source in Source)
    lines = [
        f"| Operator | criterion | leaves | {head} |",
        f"|---|---|---|{'---|' * len(Source)}",
    ]
    for operator in _operators():
        cells = [_cell(tally(_by(_of(outcomes, source), operator))) for source in Source]
        name = f"{operator.title} | {operator.criterion} | {operator.leaves}"
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(one: Tally) -> str:
    return f"{one.killed} of {one.credited} ({one.fallen})" if one.credited else ""


def _operators() -> list[Operator]:
    return [one.operator for one in shipped_operators()]


def _of(outcomes: Sequence[Outcome], source: Source) -> list[Outcome]:
    return [one for one in outcomes if one.mutant.source is source]


def _by(outcomes: Sequence[Outcome], operator: Operator) -> list[Outcome]:
    return [one for one in outcomes if one.mutant.operator.id == operator.id]


def _plain(one: Tally) -> dict[str, Any]:
    return asdict(one) | {
        "score": one.score,
        "bottom_share": one.bottom_share,
        "collateral": one.collateral,
        "strict_collateral": one.strict_collateral,
    }


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f} %"
