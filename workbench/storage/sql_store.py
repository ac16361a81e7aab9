"""The store on a SQL database: one short transaction per call."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, exists, insert, select
from sqlalchemy.exc import IntegrityError

from designs.attempt_document import Argument, SelfRating, SessionEvent
from designs.characters import is_storable
from designs.submission import Submission
from designs.transcript import Turn
from rubrics.assessment import Assessment
from workbench.storage import reading, writing
from workbench.storage.connecting import reader, writer
from workbench.storage.failures import explained
from workbench.storage.place import Place
from workbench.storage.tables import APPEND_ONLY, attempt, purge_ticket, submission
from workbench.store import (
    AlreadySubmittedError,
    AttemptHeader,
    AttemptLine,
    AttemptNotFoundError,
    Edit,
    Revision,
    StoredAttempt,
    StoreError,
)


class SqlStore:
    """Attempts in SQLite or PostgreSQL; may be used by many threads and processes at once."""

    def __init__(self, engine: Engine, place: Place, patience_s: float) -> None:
        """Use `workbench.storage.open_store` instead, which looks at the database first."""
        self.place = place
        self._engine = engine
        self._reader = reader(engine)
        self._writer = writer(engine)
        self._patience_s = patience_s
        # SQLite has one writer at a time and lets the others poll; within a process a lock hands
        # over at once. A database in memory has but one connection, which readers need too.
        self._turn = threading.Lock() if place.is_sqlite else None

    def create(self, header: AttemptHeader) -> None:
        """See `Store.create`."""
        if not is_storable(header.owner):
            raise StoreError("This owner's name has characters that cannot be kept.")
        values = header.model_dump()
        with self._writing() as connection:
            number = writing.next_change(header.owner)
            try:
                connection.execute(
                    insert(attempt).values(
                        **values, changed_at=header.created_at, change_number=number
                    )
                )
            except IntegrityError:
                raise StoreError("This attempt id is taken; start with another one.") from None

    def load(self, owner: str, attempt_id: str) -> StoredAttempt:
        """See `Store.load`."""
        with self.reading() as connection:
            self._find(connection, owner, attempt_id)
            return reading.stored_attempt(connection, attempt_id)

    def save(self, owner: str, attempt_id: str, edit: Edit, at: datetime) -> Revision:
        """See `Store.save`."""
        with self._writing() as connection:
            self._find_open(connection, owner, attempt_id)
            # Leaving the block commits, so a caller that gets the revision has it kept.
            return writing.add_revision(connection, attempt_id, edit, at)

    def revisions(self, owner: str, attempt_id: str, part: str) -> tuple[Revision, ...]:
        """See `Store.revisions`."""
        with self.reading() as connection:
            self._find(connection, owner, attempt_id)
            return reading.revisions(connection, attempt_id, part)

    def append_event(self, owner: str, attempt_id: str, event: SessionEvent) -> None:
        """See `Store.append_event`."""
        with self._writing() as connection:
            self._find(connection, owner, attempt_id, lock=True)
            writing.add_event(connection, attempt_id, event)

    def append_turn(self, owner: str, attempt_id: str, turn: Turn, event: SessionEvent) -> None:
        """See `Store.append_turn`."""
        with self._writing() as connection:
            self._find_open(connection, owner, attempt_id)
            writing.add_turn(connection, attempt_id, turn, event.at)
            writing.add_event(connection, attempt_id, event)

    def submit(
        self, owner: str, attempt_id: str, submission: Submission, event: SessionEvent
    ) -> None:
        """See `Store.submit`."""
        with self._writing() as connection:
            self._find_open(connection, owner, attempt_id)
            writing.add_submission(connection, attempt_id, submission, event.at)
            writing.add_event(connection, attempt_id, event)

    def record_self_ratings(
        self, owner: str, attempt_id: str, ratings: tuple[SelfRating, ...], at: datetime
    ) -> None:
        """See `Store.record_self_ratings`."""
        with self._writing() as connection:
            self._find(connection, owner, attempt_id, lock=True)
            writing.add_self_review(connection, attempt_id, ratings, at)

    def record_assessment(self, owner: str, attempt_id: str, assessment: Assessment) -> None:
        """See `Store.record_assessment`."""
        with self._writing() as connection:
            self._find(connection, owner, attempt_id, lock=True)
            writing.add_assessment(connection, attempt_id, assessment)

    def record_argument(self, owner: str, attempt_id: str, argument: Argument) -> None:
        """See `Store.record_argument`."""
        with self._writing() as connection:
            self._find(connection, owner, attempt_id, lock=True)
            writing.add_argument(connection, attempt_id, argument)

    def lines(self, owner: str) -> tuple[AttemptLine, ...]:
        """See `Store.lines`."""
        if not is_storable(owner):
            return ()
        with self.reading() as connection:
            return reading.lines(connection, owner)

    def purge(self, owner: str, attempt_id: str) -> None:
        """See `Store.purge`."""
        with self._writing() as connection:
            self._find(connection, owner, attempt_id, lock=True)
            connection.execute(insert(purge_ticket).values(attempt_id=attempt_id))
            for table in (*APPEND_ONLY, purge_ticket):
                connection.execute(delete(table).where(table.c.attempt_id == attempt_id))
            connection.execute(delete(attempt).where(attempt.c.id == attempt_id))
        self._empty_log()

    def close(self) -> None:
        """See `Store.close`."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees the store as it is at one moment."""
        turn = self._my_turn() if self.place.in_memory else nullcontext()
        with explained(self.place.shown), turn, self._reader.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        turn = self._my_turn()
        with explained(self.place.shown), turn, self._writer.begin() as connection:
            yield connection

    def _my_turn(self) -> AbstractContextManager[None]:
        return nullcontext() if self._turn is None else self._wait_for(self._turn)

    @contextmanager
    def _wait_for(self, turn: threading.Lock) -> Iterator[None]:
        if not turn.acquire(timeout=self._patience_s):
            raise StoreError(
                f"The database {self.place.shown} is busy with other saves; try again in a moment."
            )
        try:
            yield
        finally:
            turn.release()

    def _find(
        self, connection: Connection, owner: str, attempt_id: str, *, lock: bool = False
    ) -> None:
        query = select(attempt.c.id).where(attempt.c.id == attempt_id, attempt.c.owner == owner)
        if lock:  # PostgreSQL only: whoever numbers rows of an attempt holds its row
            query = query.with_for_update()
        known = is_storable(owner) and is_storable(attempt_id)
        if not known or connection.scalar(query) is None:
            raise AttemptNotFoundError(
                "There is no such practice session; open the list of your sessions."
            )

    def _find_open(self, connection: Connection, owner: str, attempt_id: str) -> None:
        self._find(connection, owner, attempt_id, lock=True)
        # A statement of its own: after a wait for the lock it must see what was committed.
        submitted = select(exists().where(submission.c.attempt_id == attempt_id))
        if connection.scalar(submitted):
            raise AlreadySubmittedError(
                "This session was submitted: its answers no longer change. Start a new one."
            )

    def _empty_log(self) -> None:
        """Take what was purged out of the write-ahead log too, unless others are reading it."""
        if self.place.file is None:
            return
        with explained(self.place.shown), self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
