"""The shipped rubrics: core criteria plus those of each prompt."""

from functools import lru_cache
from pathlib import Path

from designs.stage import STAGES
from designs.strict_document import read_record
from rubrics.mistake import Mistake, MistakeFile
from rubrics.rubric import Rubric, RubricFile

CONTENT = Path(__file__).parent / "content"


def load_file(name: str, folder: Path = CONTENT) -> RubricFile:
    """Read `<name>.yaml` from a folder of rubric files; `core/data` names a file in a folder.

    Raises:
        ContentError: If the file cannot be read or breaks the schema.
    """
    return read_record(folder / f"{name}.yaml", RubricFile, f"rubrics/content/{name}.yaml")


def load_core(folder: Path = CONTENT) -> tuple[RubricFile, ...]:
    """Read the core criteria, one file per stage."""
    return tuple(load_file(f"core/{stage}", folder) for stage in STAGES)


def load_rubric(prompt_id: str, folder: Path = CONTENT) -> Rubric:
    """Join the core criteria with those of a prompt, stage by stage.

    Raises:
        ContentError: If a file cannot be read or breaks the schema.
    """
    return _joined(prompt_id, load_core(folder), folder)


def _joined(prompt_id: str, core: tuple[RubricFile, ...], folder: Path) -> Rubric:
    files = (*core, load_file(prompt_id, folder))
    criteria = [criterion for file in files for criterion in file.criteria]
    ordered = sorted(criteria, key=lambda one: STAGES.index(one.stage))
    return Rubric(id=prompt_id, title=files[-1].title, criteria=tuple(ordered))


@lru_cache(maxsize=64)
def shipped_rubric(prompt_id: str) -> Rubric:
    """Return the shipped rubric of a prompt, read once per process."""
    return _joined(prompt_id, _shipped_core(), CONTENT)


@lru_cache(maxsize=1)
def _shipped_core() -> tuple[RubricFile, ...]:
    return load_core()


def load_mistakes(folder: Path = CONTENT) -> tuple[Mistake, ...]:
    """Read the bank of known mistakes, one file per stage.

    Raises:
        ContentError: If a file cannot be read or breaks the schema.
    """
    files = (
        read_record(
            folder / "mistakes" / f"{stage}.yaml",
            MistakeFile,
            f"rubrics/content/mistakes/{stage}.yaml",
        )
        for stage in STAGES
    )
    return tuple(mistake for file in files for mistake in file.mistakes)


@lru_cache(maxsize=1)
def shipped_mistakes() -> tuple[Mistake, ...]:
    """Return the shipped bank of known mistakes, read once per process."""
    return load_mistakes()
