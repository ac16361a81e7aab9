"""The content that the use cases work with: prompts, references, rubrics and the palette."""

from dataclasses import dataclass, field
from pathlib import Path

from designs import library as designs_library
from designs.attempt_document import ReferenceDocument
from designs.library import PromptPack
from designs.node_kind import Palette
from designs.prompt import Prompt
from rubrics import library as rubrics_library
from rubrics.rubric import Rubric
from workbench.interview.follow_ups import FollowUps, load_follow_ups


class UnknownPromptError(LookupError):
    """No prompt has that id; the text lists those that exist."""


@dataclass(frozen=True)
class Content:
    """Everything authored, held in memory."""

    packs: dict[str, PromptPack]
    rubrics: dict[str, Rubric]
    palette: Palette
    questions: dict[str, FollowUps] = field(default_factory=dict)
    """Follow-up questions by prompt; a prompt without any has no interviewer who asks."""

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """All prompts, by title."""
        return tuple(sorted((pack.prompt for pack in self.packs.values()), key=lambda p: p.title))

    def prompt(self, prompt_id: str) -> Prompt:
        """Return a prompt.

        Raises:
            UnknownPromptError: If there is none of that id.
        """
        return self._pack(prompt_id).prompt

    def exemplar(self, prompt_id: str) -> ReferenceDocument:
        """Return the exemplar of a prompt; callers keep it locked until submission."""
        return self._pack(prompt_id).exemplar

    def rubric(self, prompt_id: str) -> Rubric:
        """Return the rubric of a prompt."""
        self._pack(prompt_id)
        return self.rubrics[prompt_id]

    def follow_ups(self, prompt_id: str) -> FollowUps | None:
        """Return what the interviewer may ask about a prompt, or None if nothing was authored."""
        return self.questions.get(prompt_id)

    def _pack(self, prompt_id: str) -> PromptPack:
        if prompt_id not in self.packs:
            known = ", ".join(sorted(self.packs))
            raise UnknownPromptError(f"there is no prompt {prompt_id[:64]!r}; there are: {known}")
        return self.packs[prompt_id]


def shipped_content() -> Content:
    """Load what ships with the product; each file is read once per process."""
    slugs = designs_library.prompt_slugs()
    return Content(
        packs={slug: designs_library.shipped_pack(slug) for slug in slugs},
        rubrics={slug: rubrics_library.shipped_rubric(slug) for slug in slugs},
        palette=designs_library.shipped_palette(),
        questions=_questions(slugs, designs_library.PROMPTS),
    )


def content_from(designs_folder: Path, rubrics_folder: Path) -> Content:
    """Load content from other folders, laid out like the shipped ones.

    Raises:
        ContentError: If a file cannot be read or breaks the schema.
    """
    slugs = designs_library.prompt_slugs(designs_folder)
    return Content(
        packs={slug: designs_library.load_pack(slug, designs_folder) for slug in slugs},
        rubrics={slug: rubrics_library.load_rubric(slug, rubrics_folder) for slug in slugs},
        palette=designs_library.shipped_palette(),
        questions=_questions(slugs, designs_folder),
    )


def _questions(slugs: tuple[str, ...], folder: Path) -> dict[str, FollowUps]:
    loaded = {slug: load_follow_ups(slug, folder) for slug in slugs}
    return {slug: found for slug, found in loaded.items() if found is not None}
