"""How values become columns: times, texts and records."""

import json
from datetime import UTC, datetime
from typing import TypeVar

from pydantic import ValidationError
from sqlalchemy import String
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeDecorator

from designs.record import Record
from workbench.store import StoreError

AnyRecord = TypeVar("AnyRecord", bound=Record)


class UtcText(TypeDecorator[datetime]):
    """An aware time as ISO text in UTC with microseconds; it sorts as text."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Refuse a time without a zone: nobody could tell later what it meant."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise StoreError("A time without a time zone cannot be kept; pass an aware time.")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return an aware time."""
        return None if value is None else datetime.fromisoformat(value)


def to_json(record: Record) -> str:
    """Return a record as JSON in ASCII, so that no character in it can fail to be kept."""
    return json.dumps(record.model_dump(mode="json"), separators=(",", ":"))


def from_json(kind: type[AnyRecord], text: str) -> AnyRecord:
    """Return a record from its JSON.

    Raises:
        StoreError: If it does not fit; the message says nothing of what is in it.
    """
    try:
        return kind.model_validate(json.loads(text))
    except (ValidationError, ValueError):
        raise StoreError(
            f"A stored {kind.__name__} cannot be read: the database was changed by hand or is "
            "damaged. Restore a backup, or report this with the output of the doctor."
        ) from None
