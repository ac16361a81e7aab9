"""Checks on rubric files: counts, references, and sentences written twice."""

from collections import Counter
from collections.abc import Iterator

from designs.inspections import INSPECTIONS
from designs.node_kind import Palette
from designs.problem import Problem
from designs.stage import STAGES, StageId
from rubrics.criterion import ConceptIndicator, Criterion, DrawingIndicator, LoadTestIndicator
from rubrics.rubric import RubricFile
from workbench.lint.sheet import Sheet

MIN_PER_STAGE, MAX_PER_STAGE = 5, 8
MIN_EXAMPLES, MAX_CONCEPTS, MIN_CONCEPTS = 4, 4, 2


def check_rubric_file(sheet: Sheet[RubricFile], palette: Palette) -> Iterator[Problem]:
    """Yield what is wrong with one rubric file."""
    file = sheet.record
    stem = sheet.path.stem
    is_core = sheet.path.parent.name == "core"
    wanted = f"core-{stem}" if is_core else stem
    if file.id != wanted:
        yield sheet.problem("RUB001", ("id",), f"id is not {wanted!r}, the file's name")
    known = {source.id for source in file.sources}
    seen: Counter[str] = Counter()
    for index, criterion in enumerate(file.criteria):
        at = ("criteria", index)
        seen[criterion.id] += 1
        if seen[criterion.id] == 2:
            yield sheet.problem("RUB002", (*at, "id"), f"criterion id {criterion.id!r} used twice")
        if not criterion.id.startswith(f"{criterion.stage}-"):
            yield sheet.problem(
                "RUB003", (*at, "id"), f"criterion id does not start with {criterion.stage}-"
            )
        if is_core and criterion.stage != stem:
            yield sheet.problem("RUB004", (*at, "stage"), f"stage is not {stem}, the file's")
        for source in sorted(set(criterion.sources) - known):
            yield sheet.problem("RUB005", (*at, "sources"), f"source {source!r} is not listed")
        yield from _check_counts(sheet, at, criterion)
        yield from _check_indicators(sheet, at, criterion, palette)
        yield from _check_inspections(sheet, (*at, "smells"), criterion.smells)
    yield from _check_repeats(sheet)


def check_coverage(sheet: Sheet[RubricFile], criteria: tuple[Criterion, ...]) -> Iterator[Problem]:
    """Yield the stages that have too few or too many criteria.

    Args:
        sheet: The prompt's own rubric file; problems are reported against it.
        criteria: The whole rubric, core criteria included.
    """
    for stage in STAGES:
        count = sum(one.stage == stage for one in criteria)
        if not MIN_PER_STAGE <= count <= MAX_PER_STAGE:
            yield sheet.problem(
                "RUB010",
                ("criteria",),
                f"{stage} has {count} criteria with the core; "
                f"{MIN_PER_STAGE} to {MAX_PER_STAGE} are wanted",
            )


def _check_counts(
    sheet: Sheet[RubricFile], at: tuple[str | int, ...], criterion: Criterion
) -> Iterator[Problem]:
    for index, level in enumerate(criterion.levels):
        if level.value == 0:
            if level.examples or level.needs.indicator_ids():
                yield sheet.problem(
                    "RUB011", (*at, "levels", index), "the missing level asks for nothing"
                )
            continue
        if len(level.examples) < MIN_EXAMPLES:
            yield sheet.problem(
                "RUB012",
                (*at, "levels", index, "examples"),
                f"{criterion.id}: fewer than {MIN_EXAMPLES} examples of {level.id}",
            )
        if not level.needs.indicator_ids():
            yield sheet.problem(
                "RUB013", (*at, "levels", index), f"{criterion.id}: {level.id} needs no indicator"
            )
    concepts = sum(isinstance(one, ConceptIndicator) for one in criterion.indicators)
    if not MIN_CONCEPTS <= concepts <= MAX_CONCEPTS:
        yield sheet.problem(
            "RUB014",
            (*at, "indicators"),
            f"{criterion.id}: {concepts} concepts; {MIN_CONCEPTS} to {MAX_CONCEPTS} are wanted",
        )


def _check_indicators(
    sheet: Sheet[RubricFile], at: tuple[str | int, ...], criterion: Criterion, palette: Palette
) -> Iterator[Problem]:
    used = {
        one for level in criterion.levels for one in (*level.needs.indicator_ids(), *level.shown_by)
    }
    kinds = {kind.id for kind in palette.kinds}
    for index, indicator in enumerate(criterion.indicators):
        place = (*at, "indicators", index)
        if indicator.id not in used:
            yield sheet.problem(
                "RUB015", place, f"{criterion.id}: no level needs indicator {indicator.id!r}"
            )
        if isinstance(indicator, DrawingIndicator):
            for kind in indicator.kinds():
                if kind not in kinds:
                    yield sheet.problem("RUB016", place, f"the palette has no kind {kind!r}")
            yield from _check_inspections(sheet, place, indicator.clear_of)
        if isinstance(indicator, LoadTestIndicator) and criterion.stage is not StageId.SERVING:
            yield sheet.problem(
                "RUB021", place, f"{criterion.id}: a load test says nothing about {criterion.stage}"
            )
        if isinstance(indicator, ConceptIndicator):
            twice = [term for term, n in Counter(indicator.any_of).items() if n > 1]
            if twice:
                yield sheet.problem(
                    "RUB017", place, f"terms given twice: {', '.join(sorted(twice))}"
                )


def _check_inspections(
    sheet: Sheet[RubricFile], at: tuple[str | int, ...], codes: tuple[str, ...]
) -> Iterator[Problem]:
    for code, count in Counter(codes).items():
        if code not in INSPECTIONS:
            yield sheet.problem("RUB019", at, f"there is no inspection {code!r}")
        if count > 1:
            yield sheet.problem("RUB019", at, f"inspection {code!r} is given twice")


def _check_repeats(sheet: Sheet[RubricFile]) -> Iterator[Problem]:
    """A sentence that is both an example and a near miss teaches the grader nothing."""
    first: dict[str, str] = {}
    for index, criterion in enumerate(sheet.record.criteria):
        sentences = [
            *(example for level in criterion.levels for example in level.examples),
            *criterion.near_misses,
            *criterion.contradictions,
        ]
        for sentence in sentences:
            key = " ".join(sentence.lower().split())
            if key in first:
                yield sheet.problem(
                    "RUB018",
                    ("criteria", index),
                    f"{criterion.id}: a sentence stands twice (also in {first[key]}): "
                    f"{sentence[:60]!r}",
                )
            first.setdefault(key, criterion.id)
