"""Checks on prompts and on their reference answers."""

from collections.abc import Iterator

from designs.attempt_document import ReferenceDocument
from designs.node_kind import Palette
from designs.problem import Problem
from designs.prompt import Prompt
from designs.stage import STAGES
from workbench.lint.sheet import Sheet

MIN_FAULTS = 3
MIN_EXEMPLAR_NODES = 8


def check_prompt(sheet: Sheet[Prompt]) -> Iterator[Problem]:
    """Yield what is wrong with a prompt on its own."""
    prompt = sheet.record
    if sheet.path.parent.name != prompt.id:
        yield sheet.problem(
            "PRM001",
            ("id",),
            f"id {prompt.id!r} differs from the folder {sheet.path.parent.name!r}",
        )
    known = {source.id for source in prompt.sources}
    used = {entry.source for entry in prompt.grounded() if entry.source}
    for missing in sorted(used - known):
        yield sheet.problem("PRM002", ("sources",), f"source {missing!r} is used but not listed")
    for idle in sorted(known - used):
        index = next(i for i, source in enumerate(prompt.sources) if source.id == idle)
        yield sheet.problem(
            "PRM003", ("sources", index), f"source {idle!r} is listed but never used", "warning"
        )
    for index, brief in enumerate(prompt.stages):
        if not brief.question.rstrip().endswith(("?", ".")):
            yield sheet.problem(
                "PRM004", ("stages", index, "question"), "a question ends with ? or ."
            )
    asked = {reveal.stage for reveal in prompt.reveals}
    if len(asked) < 4:
        yield sheet.problem(
            "PRM005", ("reveals",), "reveals belong to fewer than four stages", "warning"
        )


def check_reference(
    sheet: Sheet[ReferenceDocument], prompt_id: str, palette: Palette, criteria: frozenset[str]
) -> Iterator[Problem]:
    """Yield what is wrong with an exemplar or a flawed design.

    Args:
        sheet: The file.
        prompt_id: The prompt in whose folder it lies.
        palette: Known node kinds.
        criteria: Ids of the prompt's rubric; empty if that could not be read.
    """
    document = sheet.record
    if document.prompt != prompt_id:
        yield sheet.problem("REF001", ("prompt",), f"prompt is not {prompt_id!r}")
    for kind in palette.unknown_kinds(document.design):
        index = next(i for i, node in enumerate(document.design.nodes) if node.kind == kind)
        yield sheet.problem(
            "REF002", ("design", "nodes", index, "kind"), f"the palette has no kind {kind!r}"
        )
    for stage in STAGES:
        if not document.answers[stage].strip():
            yield sheet.problem("REF003", ("answers",), f"no answer for {stage}")
    if sheet.path.stem == "exemplar":
        yield from _check_exemplar(sheet)
    else:
        yield from _check_faults(sheet, criteria)


def _check_exemplar(sheet: Sheet[ReferenceDocument]) -> Iterator[Problem]:
    if sheet.record.faults:
        yield sheet.problem("REF004", ("faults",), "an exemplar has no faults")
    if len(sheet.record.design.nodes) < MIN_EXEMPLAR_NODES:
        yield sheet.problem("REF005", ("design",), f"draws fewer than {MIN_EXEMPLAR_NODES} nodes")


def _check_faults(sheet: Sheet[ReferenceDocument], criteria: frozenset[str]) -> Iterator[Problem]:
    faults = sheet.record.faults
    if len(faults) < MIN_FAULTS:
        yield sheet.problem("REF006", ("faults",), f"names fewer than {MIN_FAULTS} faults")
    for index, fault in enumerate(faults):
        for criterion in fault.criteria:
            if criteria and criterion not in criteria:
                yield sheet.problem(
                    "REF007",
                    ("faults", index, "criteria"),
                    f"the rubric has no criterion {criterion!r}",
                )
