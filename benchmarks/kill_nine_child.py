"""The process that `benchmarks.kill_nine` kills: it saves and says what was acknowledged."""

import random
import sys
from datetime import UTC, datetime

from benchmarks.forced_journal import force_journal
from workbench.storage import open_store
from workbench.store import AttemptHeader, AttemptNotFoundError, Edit, Store

OWNER = "local"
ATTEMPT = "attempt-to-be-killed"
PARTS = ("framing", "data", "drawing")


def main() -> None:
    """Save until killed.

    The arguments are the database's URL, a seed for what is written, and a journal mode.
    """
    url, seed, journal = sys.argv[1:]
    force_journal(journal)
    rng = random.Random(int(seed))  # noqa: S311
    store = open_store(url)
    numbers = _numbers(store)
    while True:
        part = rng.choice(PARTS)
        body = f"{rng.getrandbits(64):x} " + "é" * rng.randrange(8_000)
        edit = Edit(part=part, body=body, parent=numbers[part])
        revision = store.save(OWNER, ATTEMPT, edit, datetime.now(UTC))
        numbers[part] = revision.number
        print(part, revision.number, revision.sha256, flush=True)


def _numbers(store: Store) -> dict[str, int]:
    try:
        kept = store.load(OWNER, ATTEMPT).parts
    except AttemptNotFoundError:
        store.create(
            AttemptHeader(
                id=ATTEMPT,
                owner=OWNER,
                prompt_id="fraud-detection",
                prompt_hash="0" * 64,
                budget_minutes=45,
                created_at=datetime.now(UTC),
            )
        )
        kept = {}
    return {part: kept[part].number if part in kept else 0 for part in PARTS}


if __name__ == "__main__":
    main()
