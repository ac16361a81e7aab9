"""The store protocol: what is kept of a person's work, and what is promised about it.

A store promises three things. What it acknowledged survives a kill of the process. Revisions,
events, submissions, assessments and arguments are append-only. Every call takes the owner, and
nobody else's attempt can be told apart from one that does not exist.
"""

from datetime import datetime
from typing import Protocol, runtime_checkable

from pydantic import Field

from designs.attempt_document import Argument, SelfRating, SessionEvent
from designs.identifiers import Slug
from designs.record import Record
from designs.submission import Submission
from designs.transcript import Turn
from rubrics.assessment import Assessment

DRAWING = "drawing"
"""The part of an attempt that holds the drawing; the other parts are the stage ids."""


class StoreError(Exception):
    """The store could not do what was asked; the message says what to do about it."""


class AttemptNotFoundError(StoreError):
    """There is no such attempt, or it belongs to somebody else."""


class AlreadySubmittedError(StoreError):
    """The attempt was submitted: its answers no longer change."""


class TurnTakenError(StoreError):
    """The interviewer said something else in the meantime: another tab asked first."""


class AttemptHeader(Record):
    """What is fixed when an attempt starts."""

    id: str = Field(pattern=r"^[A-Za-z0-9_-]{16,64}$")
    """Unguessable: the address of the practice session."""
    owner: str = Field(min_length=1, max_length=200)
    prompt_id: Slug
    prompt_hash: str
    budget_minutes: int
    created_at: datetime


class Edit(Record):
    """A text that a browser tab wants to have saved."""

    part: str = Field(pattern=r"^[a-z]+(-[0-9]{1,3})?$", max_length=32)
    """A stage id, `drawing`, or the reply to a turn (`designs.transcript.reply_part`)."""
    body: str
    parent: int = Field(ge=0)
    """The revision that the tab had last seen; 0 for none."""
    client: str = Field(default="", max_length=64)
    """An id that the tab made up, so that its own saves are told from those of others.

    Empty for a decision between two versions: having seen the newest, it settles them.
    """


class Revision(Record):
    """One saved state of one part of an attempt."""

    part: str
    number: int
    """1, 2, 3 ... without holes."""
    parent: int
    body: str
    sha256: str
    """`designs.content_hash.text_hash` of the body."""
    client: str
    stale: bool
    """True if the tab had not seen the revision before this one: two tabs disagree."""
    saved_at: datetime


class StoredAttempt(Record):
    """An attempt as it stands."""

    header: AttemptHeader
    parts: dict[str, Revision]
    """The newest revision of each part that was ever saved."""
    conflicts: tuple[Revision, ...] = ()
    """For each part on which tabs disagree until somebody decides: the version not shown.

    It is the revision that the last stale one did not know of.
    """
    events: tuple[SessionEvent, ...] = ()
    turns: tuple[Turn, ...] = ()
    """What the interviewer said; the replies are among the parts."""
    submission: Submission | None = None
    submission_hash: str | None = None
    """As stored; equal to ``submission.content_hash()``."""
    self_ratings: tuple[SelfRating, ...] = ()
    """The newest self-review."""
    assessments: tuple[Assessment, ...] = ()
    """In the order in which they were made."""
    arguments: tuple[Argument, ...] = ()
    """In the order in which they were made."""


class AttemptLine(Record):
    """One line of the history: no answers, so that a long history loads fast."""

    header: AttemptHeader
    changed_at: datetime
    """Time of the last revision or event."""
    submission_hash: str | None
    assessments: tuple[Assessment, ...]


@runtime_checkable
class Store(Protocol):
    """Where attempts are kept."""

    def create(self, header: AttemptHeader) -> None:
        """Keep a new attempt.

        Raises:
            StoreError: If the id is taken.
        """
        ...

    def load(self, owner: str, attempt_id: str) -> StoredAttempt:
        """Return an attempt.

        Raises:
            AttemptNotFoundError: If the owner has no such attempt.
        """
        ...

    def save(self, owner: str, attempt_id: str, edit: Edit, at: datetime) -> Revision:
        """Keep an edit and return its revision after the commit.

        The same body as the newest revision is not stored again, unless it is a decision (see
        `Edit.client`) for what a tab had saved: that revision is returned. An
        edit whose parent is not the newest revision is stored all the same, as the newest
        revision, and flagged stale — unless the newest revision came from the same non-empty
        `client`, which merely had not heard of its own save yet.

        Raises:
            AttemptNotFoundError: If the owner has no such attempt.
            AlreadySubmittedError: If the attempt was submitted.
        """
        ...

    def revisions(self, owner: str, attempt_id: str, part: str) -> tuple[Revision, ...]:
        """Return every revision of a part, oldest first."""
        ...

    def append_event(self, owner: str, attempt_id: str, event: SessionEvent) -> None:
        """Keep an event; allowed after submission too."""
        ...

    def append_turn(self, owner: str, attempt_id: str, turn: Turn, event: SessionEvent) -> None:
        """Keep what the interviewer said; turn and event are kept in one transaction.

        Raises:
            TurnTakenError: If the turn's number is not the next one.
            AlreadySubmittedError: If the attempt was submitted.
        """
        ...

    def submit(
        self, owner: str, attempt_id: str, submission: Submission, event: SessionEvent
    ) -> None:
        """Freeze an attempt; submission and event are kept in one transaction.

        Raises:
            AlreadySubmittedError: If it was submitted before.
        """
        ...

    def record_self_ratings(
        self, owner: str, attempt_id: str, ratings: tuple[SelfRating, ...], at: datetime
    ) -> None:
        """Keep a self-review; a later one supersedes it, none is changed."""
        ...

    def record_assessment(self, owner: str, attempt_id: str, assessment: Assessment) -> None:
        """Keep an assessment; keeping the same id twice is one row."""
        ...

    def record_argument(self, owner: str, attempt_id: str, argument: Argument) -> None:
        """Keep whom the learner believes; none is changed, and the same one again is one row."""
        ...

    def lines(self, owner: str) -> tuple[AttemptLine, ...]:
        """Return the owner's attempts, the last changed first."""
        ...

    def purge(self, owner: str, attempt_id: str) -> None:
        """Delete an attempt and everything about it, for good.

        Raises:
            AttemptNotFoundError: If the owner has no such attempt.
        """
        ...

    def close(self) -> None:
        """Release connections."""
        ...
