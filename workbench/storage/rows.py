"""Rows to records."""

from collections.abc import Iterable

from pydantic import ValidationError
from sqlalchemy import Row

from designs.attempt_document import SelfRating, SessionEvent
from designs.record import Record
from workbench.store import AttemptHeader, Revision, StoreError


class SelfReview(Record):
    """A self-review as it is stored."""

    ratings: tuple[SelfRating, ...]


def to_header(row: "Row[tuple[object, ...]]") -> AttemptHeader:
    """Return the header in a row of `attempt`."""
    values = row._mapping
    return AttemptHeader(**{name: values[name] for name in AttemptHeader.model_fields})


def to_revision(row: "Row[tuple[object, ...]]") -> Revision:
    """Return the revision in a row of `revision`."""
    values = row._mapping
    return Revision(**{name: values[name] for name in Revision.model_fields})


def to_events(rows: "Iterable[Row[tuple[object, ...]]]") -> tuple[SessionEvent, ...]:
    """Return the events in rows of `event`.

    Raises:
        StoreError: If one does not fit; the message says nothing of what is in it.
    """
    names = SessionEvent.model_fields
    try:
        return tuple(
            SessionEvent.model_validate({name: row._mapping[name] for name in names})
            for row in rows
        )
    except ValidationError:
        raise StoreError(
            "A stored event cannot be read: the database was changed by hand or is damaged. "
            "Restore a backup, or report this with the output of the doctor."
        ) from None
