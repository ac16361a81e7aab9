"""The shipped prompts and palette, read from their folders.

Each file is read when it is first asked for: who lists the prompts, or grades an answer to one of
them, need not wait for the reference answers of all.
"""

from functools import cached_property, lru_cache
from pathlib import Path

from designs.attempt_document import ReferenceDocument
from designs.node_kind import Palette
from designs.prompt import Prompt
from designs.strict_document import read_record

DESIGNS = Path(__file__).parent
PROMPTS = DESIGNS / "prompts"
NODE_KINDS = DESIGNS / "node_kinds.yaml"


class PromptPack:
    """A prompt with its reference answers, as they lie in one folder.

    Every attribute raises ContentError if its file cannot be read or breaks the schema.
    """

    def __init__(self, home: Path) -> None:
        self._home = home

    @cached_property
    def prompt(self) -> Prompt:
        """What the candidate is asked."""
        return read_record(self._home / "prompt.yaml", Prompt, self._shown("prompt.yaml"))

    @cached_property
    def exemplar(self) -> ReferenceDocument:
        """A strong answer."""
        return self._reference("exemplar.yaml")

    @cached_property
    def flawed(self) -> dict[str, ReferenceDocument]:
        """Flawed answers by file stem, for instance ``flawed-offline-only``."""
        paths = sorted(self._home.glob("flawed-*.yaml"))
        return {path.stem: self._reference(path.name) for path in paths}

    def _reference(self, name: str) -> ReferenceDocument:
        return read_record(self._home / name, ReferenceDocument, self._shown(name))

    def _shown(self, name: str) -> str:
        return f"designs/prompts/{self._home.name}/{name}"


def prompt_slugs(folder: Path = PROMPTS) -> tuple[str, ...]:
    """Return the ids of the prompts in a folder, sorted."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/prompt.yaml")))


def load_pack(slug: str, folder: Path = PROMPTS) -> PromptPack:
    """Return one prompt folder; nothing is read yet."""
    return PromptPack(folder / slug)


@lru_cache(maxsize=64)
def shipped_pack(slug: str) -> PromptPack:
    """Return a shipped prompt folder, each file of which is read once per process."""
    return load_pack(slug)


@lru_cache(maxsize=1)
def shipped_palette() -> Palette:
    """Return the shipped palette, read once per process."""
    return read_record(NODE_KINDS, Palette, "designs/node_kinds.yaml")
