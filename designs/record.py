"""The one parent of every record: frozen, closed, finite and documented.

A record is a value. It never reads a clock, a file or a random source, so the same input
always gives the same record and the same content hash.
"""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An immutable value that refuses unknown fields and non-finite numbers.

    The docstrings of its fields become descriptions where schemas are written, and not here:
    reading the source of every record took a quarter of a second of each start.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
    )
