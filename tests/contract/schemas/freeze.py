"""Makes the frozen database of a schema revision: run once, when the revision is released.

    python tests/contract/schemas/freeze.py

It writes schema_<revision>.db and schema_<revision>.json (what the database holds, as the store
of that time read it) beside itself and refuses to overwrite: the point of the files is that they
never change. Every later version must open a copy and read the same.
"""
# ruff: noqa: E402 -- run as a script, it has to say first where the product is

import json
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[2]), str(HERE.parent)]

from store_builders import (
    a_header,
    a_rating,
    a_submission,
    a_turn,
    an_argument,
    an_assessment,
    an_edit,
    an_event,
)

from workbench.storage import open_store
from workbench.storage.schema import CURRENT
from workbench.store import Store

OWNER = "local"
START = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
BODIES = (
    "Fraud decision at checkout, 100 ms.",
    "Right to left: שלום; emoji: 👩\u200d💻; accent in two: e\u0301",
    "Quotes ' and \" and -- ; percent %s, tab\t, line\r\n, nul \x00, half a pair \ud83d.",
    "Long. " + "é" * 1500,
)


def fill(store: Store) -> None:
    """Keep two attempts: one submitted and judged, one draft that two tabs disagree on."""
    done, draft = ("frozen-submitted-attempt", "frozen-disputed-attempt")
    for identity in (done, draft):
        store.create(a_header(OWNER, START).model_copy(update={"id": identity}))
        for number, body in enumerate(BODIES):
            at = START + timedelta(minutes=number)
            store.save(OWNER, identity, an_edit(body, number, "tab-1", "framing"), at)
        store.append_event(OWNER, identity, an_event("entered", START))
    store.save(OWNER, draft, an_edit("another tab", 1, "tab-2", "framing"), START)
    store.save(OWNER, draft, an_edit('{"nodes": []}', 0, "tab-2", "drawing"), START)
    store.append_turn(OWNER, draft, a_turn(1), an_event("spoke", START, "1"))
    store.submit(OWNER, done, a_submission(), an_event("submitted", START))
    store.record_self_ratings(OWNER, done, (a_rating(),), START)
    store.record_assessment(OWNER, done, an_assessment("frozen-assessment", START))
    store.record_argument(OWNER, done, an_argument(at=START))


def contents(store: Store) -> dict[str, object]:
    """Return everything a store holds of the owner, as JSON values."""
    found: dict[str, object] = {}
    for line in store.lines(OWNER):
        stored = store.load(OWNER, line.header.id)
        found[line.header.id] = {
            "line": line.model_dump(mode="json"),
            "stored": stored.model_dump(mode="json"),
            "revisions": {
                part: [
                    one.model_dump(mode="json")
                    for one in store.revisions(OWNER, line.header.id, part)
                ]
                for part in stored.parts
            },
        }
    return found


def main() -> None:
    """Write the two files."""
    database, listing = (HERE / f"schema_{CURRENT.head}{suffix}" for suffix in (".db", ".json"))
    if database.exists() or listing.exists():
        sys.exit(f"{database.name} is frozen: delete it by hand if it was never released.")
    with closing(open_store(f"sqlite:///{database}")) as store:
        fill(store)
        text = json.dumps(contents(store), indent=1, sort_keys=True)
    listing.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
