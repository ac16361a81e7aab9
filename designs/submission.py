"""The frozen thing that is judged."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from designs.content_hash import canonical_json, text_hash
from designs.drawing import Design
from designs.identifiers import Slug
from designs.record import Record
from designs.stage import STAGES, StageId
from designs.transcript import Transcript

MAX_ANSWER_CHARS = 200_000


def _all_stages(answers: object) -> object:
    if not isinstance(answers, dict):
        return answers
    known = {str(key): value for key, value in answers.items()}
    whole = {stage.value: known.pop(stage.value, "") for stage in STAGES}
    return whole | known  # what is left over is refused by the key type


AnswerText = Annotated[str, Field(max_length=MAX_ANSWER_CHARS)]
Answers = Annotated[dict[StageId, AnswerText], BeforeValidator(_all_stages)]
"""A text for each of the seven stages, in their order; a stage left out is an empty text."""


class Submission(Record):
    """Answers and drawing as they stood when the candidate submitted."""

    schema_version: int = Field(default=1, ge=1, le=1)
    prompt_id: Slug
    prompt_hash: str
    """`Prompt.content_hash` of the prompt that was answered."""
    answers: Answers
    design: Design = Design()
    transcript: Transcript = ()
    """What the interviewer asked, with the replies. Shown and kept, not graded (docs/adr/0014)."""

    def content_hash(self) -> str:
        """Return the identity of the submission, as 64 hexadecimal digits."""
        said = self.model_dump(mode="json")
        if not self.transcript:
            del said["transcript"]  # submissions from before there was one keep their identity
        return text_hash(canonical_json(said))
