"""The hashes of large trained files, worked out when training wrote them.

A hash of what a record says takes a tenth of a second for a file of a megabyte; that of the file's
bytes takes a few milliseconds, and by it the other one is looked up. A file that was changed since
is not found, and hashed anew.
"""

from functools import lru_cache
from typing import Literal

from designs.content_hash import record_hash
from designs.record import Record
from designs.strict_document import generated_digest
from rubrics.graders.offline.graded_sentences import TRAINED, read_trained

FILE_NAME = "hashes.json"


class TrainedHashes(Record):
    """Hashes of records by the SHA-256 of the file that holds them."""

    schema_version: Literal[1] = 1
    by_digest: dict[str, str]


def trained_hash(name: str, record: Record) -> str:
    """Return `record_hash` of the record that was read from a trained file."""
    return shipped_hashes().get(generated_digest(TRAINED / name)) or record_hash(record)


@lru_cache(maxsize=1)
def shipped_hashes() -> dict[str, str]:
    """Return the hashes that the grader is shipped with, read once per process."""
    return read_trained(FILE_NAME, TrainedHashes).by_digest
