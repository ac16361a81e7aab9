"""Running the linter over the shipped content, a folder or a file."""

from dataclasses import dataclass, field
from pathlib import Path

from designs.attempt_document import AttemptDocument, ReferenceDocument
from designs.library import DESIGNS, NODE_KINDS, PROMPTS
from designs.node_kind import Palette
from designs.problem import ContentError, Problem
from designs.prompt import Prompt
from designs.stage import STAGES
from designs.strict_document import AUTHORED_LIMITS, parse_document
from rubrics.library import CONTENT
from rubrics.rubric import RubricFile
from workbench.content import content_from
from workbench.interview.follow_ups import FILE_NAME, FollowUps
from workbench.lint.behaviour import (
    check_blank_run,
    check_drawable,
    check_exemplar_run,
    check_faults_found,
)
from workbench.lint.follow_ups import check_follow_ups, check_follow_ups_run
from workbench.lint.prompts import check_prompt, check_reference
from workbench.lint.rubrics import check_coverage, check_rubric_file
from workbench.lint.sheet import Sheet, read_sheet

ROOT = DESIGNS.parent
MIN_FLAWED = 2
_NO_PALETTE = Palette.model_construct(schema_version=1, kinds=(), sources=())
"""Stands in for a palette that cannot be read, so that the other files are checked all the same."""


@dataclass
class _Findings:
    """What was read and what is wrong with it."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    references: list[tuple[str, Sheet[ReferenceDocument]]] = field(default_factory=list)
    questions: list[tuple[str, Sheet[FollowUps]]] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


def lint_paths(path: Path | None = None) -> tuple[Problem, ...]:
    """Return every problem of the shipped content, or of a file or folder.

    Args:
        path: None checks everything that ships, behaviour included. A file or folder is checked
            for its schema and its own consistency.

    Raises:
        ContentError: If `path` does not exist or holds no YAML file.
    """
    if path is None:
        return lint_content(PROMPTS, CONTENT, ROOT)
    return _lint_loose(path)


def lint_content(prompts: Path, rubrics: Path, root: Path) -> tuple[Problem, ...]:
    """Return every problem of a whole set of content, sorted by place."""
    found = _Findings(root)
    palette = read_sheet(NODE_KINDS, Palette, root, found.problems)
    kinds = palette.record if palette else _NO_PALETTE
    core = _core(rubrics, found, kinds)
    slugs = sorted(folder.name for folder in prompts.iterdir() if folder.is_dir())
    for slug in slugs:
        _lint_pack(prompts / slug, rubrics, core, kinds, found)
    for file in sorted(rubrics.glob("*.yaml")):
        if file.stem not in slugs:
            found.problems.append(
                Problem(code="RUB020", file=file.name, message=f"there is no prompt {file.stem!r}")
            )
    if not found.has_errors:
        _run(prompts, rubrics, found)
    return tuple(sorted(found.problems, key=lambda one: (one.file, one.line, one.column, one.code)))


def _core(rubrics: Path, found: _Findings, palette: Palette) -> list[RubricFile]:
    files = []
    for stage in STAGES:
        sheet = read_sheet(
            rubrics / "core" / f"{stage}.yaml", RubricFile, found.root, found.problems
        )
        if sheet:
            found.problems += check_rubric_file(sheet, palette)
            files.append(sheet.record)
    return files


def _lint_pack(
    folder: Path, rubrics: Path, core: list[RubricFile], palette: Palette, found: _Findings
) -> None:
    own = read_sheet(rubrics / f"{folder.name}.yaml", RubricFile, found.root, found.problems)
    criteria = tuple(c for file in core for c in file.criteria)
    if own:
        found.problems += check_rubric_file(own, palette)
        criteria += own.record.criteria
        found.problems += check_coverage(own, criteria)
    prompt = read_sheet(folder / "prompt.yaml", Prompt, found.root, found.problems)
    if prompt:
        found.problems += check_prompt(prompt)
    questions = read_sheet(folder / FILE_NAME, FollowUps, found.root, found.problems)
    if questions:
        found.problems += check_follow_ups(questions, palette)
        found.questions.append((folder.name, questions))
    flawed = sorted(folder.glob("flawed-*.yaml"))
    if len(flawed) < MIN_FLAWED and prompt:
        found.problems.append(
            prompt.problem("REF008", (), f"fewer than {MIN_FLAWED} flawed-*.yaml beside it")
        )
    ids = frozenset(one.id for one in criteria)
    for file in (folder / "exemplar.yaml", *flawed):
        sheet = read_sheet(file, ReferenceDocument, found.root, found.problems)
        if sheet:
            found.problems += check_reference(sheet, folder.name, palette, ids)
            found.references.append((folder.name, sheet))


def _run(prompts: Path, rubrics: Path, found: _Findings) -> None:
    content = content_from(prompts, rubrics)
    for slug, questions in found.questions:
        found.problems += check_follow_ups_run(questions, content.packs[slug], content.palette)
    if found.has_errors:
        return  # grading takes longest
    for slug, sheet in found.references:
        found.problems += check_drawable(sheet, content.palette)
        if sheet.path.stem == "exemplar":
            found.problems += check_exemplar_run(sheet, content)
            found.problems += check_blank_run(slug, sheet.shown, content)
        else:
            found.problems += check_faults_found(sheet, content)


def _lint_loose(path: Path) -> tuple[Problem, ...]:
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise ContentError(
            (
                Problem(
                    code="DOC001", file=path.as_posix(), message="is no YAML file or folder of them"
                ),
            )
        )
    found = _Findings(path if path.is_dir() else path.parent)
    palette = read_sheet(NODE_KINDS, Palette, ROOT, found.problems)
    kinds = palette.record if palette else _NO_PALETTE
    for file in files:
        _lint_file(file, kinds, found)
    return tuple(found.problems)


def _lint_file(file: Path, palette: Palette, found: _Findings) -> None:
    if file.name == "prompt.yaml":
        prompt = read_sheet(file, Prompt, found.root, found.problems)
        found.problems += check_prompt(prompt) if prompt else ()
    elif file.name == FILE_NAME:
        questions = read_sheet(file, FollowUps, found.root, found.problems)
        found.problems += check_follow_ups(questions, palette) if questions else ()
    elif file.name == "node_kinds.yaml":
        read_sheet(file, Palette, found.root, found.problems)
    elif file.stem == "exemplar" or file.stem.startswith("flawed-"):
        reference = read_sheet(file, ReferenceDocument, found.root, found.problems)
        if reference:
            slug = reference.record.prompt
            found.problems += check_reference(reference, slug, palette, frozenset())
    elif _holds_criteria(file):
        rubric = read_sheet(file, RubricFile, found.root, found.problems)
        found.problems += check_rubric_file(rubric, palette) if rubric else ()
    else:
        read_sheet(file, AttemptDocument, found.root, found.problems)


def _holds_criteria(file: Path) -> bool:
    """Tell a rubric file from an attempt document; whatever is wrong with it is found later."""
    try:
        data = parse_document(file.read_bytes(), file.name, AUTHORED_LIMITS).data
    except (OSError, ContentError):
        return False
    return isinstance(data, dict) and "criteria" in data
