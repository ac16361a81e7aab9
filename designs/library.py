"""The shipped prompts and palette, read from their folders."""

from functools import lru_cache
from pathlib import Path

from designs.attempt_document import ReferenceDocument
from designs.node_kind import Palette
from designs.prompt import Prompt
from designs.record import Record
from designs.strict_document import read_record

DESIGNS = Path(__file__).parent
PROMPTS = DESIGNS / "prompts"
NODE_KINDS = DESIGNS / "node_kinds.yaml"


class PromptPack(Record):
    """A prompt with its reference answers, as they lie in one folder."""

    prompt: Prompt
    exemplar: ReferenceDocument
    flawed: dict[str, ReferenceDocument]
    """By file stem, for instance ``flawed-offline-only``."""


def prompt_slugs(folder: Path = PROMPTS) -> tuple[str, ...]:
    """Return the ids of the prompts in a folder, sorted."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/prompt.yaml")))


def load_pack(slug: str, folder: Path = PROMPTS) -> PromptPack:
    """Read one prompt folder.

    Raises:
        ContentError: If a file cannot be read or breaks the schema.
    """
    home = folder / slug
    shown = f"designs/prompts/{slug}"
    return PromptPack(
        prompt=read_record(home / "prompt.yaml", Prompt, f"{shown}/prompt.yaml"),
        exemplar=read_record(home / "exemplar.yaml", ReferenceDocument, f"{shown}/exemplar.yaml"),
        flawed={
            path.stem: read_record(path, ReferenceDocument, f"{shown}/{path.name}")
            for path in sorted(home.glob("flawed-*.yaml"))
        },
    )


@lru_cache(maxsize=64)
def shipped_pack(slug: str) -> PromptPack:
    """Return a shipped prompt folder, read once per process."""
    return load_pack(slug)


@lru_cache(maxsize=1)
def shipped_palette() -> Palette:
    """Return the shipped palette, read once per process."""
    return read_record(NODE_KINDS, Palette, "designs/node_kinds.yaml")
