"""How long an autosave takes: the store beside bare sqlite3 with the same settings.

One writer, then fifty (5 processes with 10 threads each) that each save 4 kB every 2 seconds, the
pace of the editor. The floor commits one row per save and does nothing else: the ratio is what
checks, hashes, numbering and SQLAlchemy cost.

    python -m benchmarks.autosave_latency --write docs/storage.md
"""

import argparse
import multiprocessing
import random
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path

from benchmarks.forced_journal import force_journal
from benchmarks.measured_block import measured_line, replace_block
from workbench.storage import default_database_url, open_store
from workbench.storage.place import FILE_NAME
from workbench.store import AttemptHeader, Edit, Store

PROCESSES, THREADS, PACE_S = 5, 10, 2.0
BODY = "The label matures after ninety days, so the newest cohort is not judged. " * 56
LONE_SAVES, LONE_PACE_S = 300, 0.02
OWNER = "local"

Save = Callable[[int], None]
Opener = Callable[[Path, str], tuple[Save, Callable[[], None]]]
"""Opens a writer by folder and name: what saves the n-th text, and what closes it."""


def through_store(folder: Path, name: str) -> tuple[Save, Callable[[], None]]:
    """Open a writer that saves through the store."""
    store = open_store(default_database_url(folder))
    return _store_save(store, name), store.close


def _store_save(store: Store, name: str) -> Save:
    attempt_id = f"attempt-of-writer-{name}"
    store.create(
        AttemptHeader(
            id=attempt_id,
            owner=OWNER,
            prompt_id="fraud-detection",
            prompt_hash="0" * 64,
            budget_minutes=45,
            created_at=datetime.now(UTC),
        )
    )

    def save(number: int) -> None:
        edit = Edit(part="data", body=f"{number} {BODY}", parent=number)
        store.save(OWNER, attempt_id, edit, datetime.now(UTC))

    return save


def bare_sqlite(folder: Path, name: str, journal: str) -> tuple[Save, Callable[[], None]]:
    """Open a writer that commits a row and nothing else."""
    connection = sqlite3.connect(
        folder / FILE_NAME, timeout=10, isolation_level=None, check_same_thread=False
    )
    for pragma in (
        f"journal_mode = {journal}",
        "foreign_keys = ON",
        "synchronous = FULL",
        "recursive_triggers = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute(
        "CREATE TABLE IF NOT EXISTS saved (name TEXT, number INT, body TEXT, "
        "PRIMARY KEY (name, number))"
    )

    def save(number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        row = (name, number, f"{number} {BODY}")
        connection.execute("INSERT INTO saved VALUES (?, ?, ?)", row)
        connection.execute("COMMIT")

    return save, connection.close


def paced(save: Save, saves: int, pace_s: float, rng: random.Random) -> list[float]:
    """Save at a pace, from a random phase on, and return each save's milliseconds."""
    took = []
    due = time.perf_counter() + rng.uniform(0, pace_s)
    for number in range(saves):
        time.sleep(max(0.0, due - time.perf_counter()))
        begun = time.perf_counter()
        save(number)
        took.append((time.perf_counter() - begun) * 1000)
        due += pace_s
    return took


def lone_writer(opener: Opener, folder: Path) -> list[float]:
    """Measure one writer with nobody beside it."""
    save, close = opener(folder, "alone")
    try:
        return paced(save, LONE_SAVES, LONE_PACE_S, random.Random(0))  # noqa: S311
    finally:
        close()


def one_process(kind: str, folder: Path, saves: int, journal: str, process: int) -> list[float]:
    """Measure the threads of one process; the store is one for all of them, as in the app."""
    force_journal(journal)
    names = [f"{process}-{thread}" for thread in range(THREADS)]
    if kind == "store":
        with closing(open_store(default_database_url(folder))) as store:
            writers = [_store_save(store, name) for name in names]
            return _all_threads(writers, saves, process)
    opened = [bare_sqlite(folder, name, journal) for name in names]
    try:
        return _all_threads([save for save, _ in opened], saves, process)
    finally:
        for _, close in opened:
            close()


def _all_threads(writers: list[Save], saves: int, process: int) -> list[float]:
    together = threading.Barrier(len(writers))

    def work(numbered: tuple[int, Save]) -> list[float]:
        together.wait()
        rng = random.Random(process * THREADS + numbered[0])  # noqa: S311
        return paced(numbered[1], saves, PACE_S, rng)

    with ThreadPoolExecutor(len(writers)) as pool:
        return list(chain.from_iterable(pool.map(work, enumerate(writers))))


def many_writers(kind: str, folder: Path, saves: int, journal: str) -> list[float]:
    """Measure all processes at once."""
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        work = partial(one_process, kind, folder, saves, journal)
        return list(chain.from_iterable(pool.map(work, range(PROCESSES), chunksize=1)))


def quantile(values: list[float], share: float) -> float:
    """Return the nearest-rank quantile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(cases: list[tuple[str, list[float], list[float]]]) -> str:
    """Return the figures as a Markdown table."""
    lines = ["| Writers | Through | Saves | p50 ms | p95 ms | p99 ms | max ms |", "|" + "---|" * 7]
    for label, ours, floor in cases:
        for name, took in (("the store", ours), ("bare sqlite3", floor)):
            figures = [f"{quantile(took, share):.1f}" for share in (0.5, 0.95, 0.99, 1)]
            lines.append(f"| {label} | {name} | {len(took)} | {' | '.join(figures)} |")
        ratios = [
            f"{quantile(ours, share) / quantile(floor, share):.2f}"
            for share in (0.5, 0.95, 0.99, 1)
        ]
        lines.append(f"| {label} | ratio | | {' | '.join(ratios)} |")
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--saves", type=int, default=20, help="saves of each of fifty writers")
    parser.add_argument("--write", type=Path, help="page whose block is replaced")
    parser.add_argument("--journal", choices=["wal", "delete"], help="instead of the trusted one")
    options = parser.parse_args()
    journal = force_journal(options.journal)
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / str(number) for number in range(4)]
        for folder in folders:
            folder.mkdir()
        cases = [
            (
                "1, every 20 ms",
                lone_writer(through_store, folders[0]),
                lone_writer(partial(bare_sqlite, journal=journal), folders[1]),
            ),
            (
                f"{PROCESSES * THREADS}, every 2 s",
                many_writers("store", folders[2], options.saves, journal),
                many_writers("bare", folders[3], options.saves, journal),
            ),
        ]
    command = f"python -m benchmarks.autosave_latency --saves {options.saves} --journal {journal}"
    text = f"{table(cases)}\n\n{measured_line(command)}"
    print(text)
    if options.write:
        replace_block(options.write, f"autosave-latency-{journal}", text)


if __name__ == "__main__":
    main()
