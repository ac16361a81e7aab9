"""Kills a process in the middle of saving, again and again, and looks for what was lost.

A child saves edits and prints each one that the store acknowledged. The parent kills it at a
random moment, opens the store anew and compares. On POSIX the kill is SIGKILL, on Windows
TerminateProcess: the child cannot clean up. A kill of a process is no power failure: what the
operating system had not yet written to the disk survives it.

    python -m benchmarks.kill_nine --kills 1000 --write docs/storage.md
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.forced_journal import force_journal
from benchmarks.kill_nine_child import ATTEMPT, OWNER, PARTS
from benchmarks.measured_block import measured_line, replace_block
from workbench.storage import default_database_url, open_store, store_facts
from workbench.store import AttemptNotFoundError, Revision, Store

ROOT = Path(__file__).parent.parent
KILLS_PER_DATABASE = 10
EARLY_SHARE = 0.2
"""Share of kills timed from the start of the child, so that opening and migrating are hit too."""
EARLY_S = 0.6
LATE_S = 0.06
"""Longest wait after the first acknowledgement of the other kills."""

Acknowledged = dict[tuple[str, int], str]


@dataclass
class Tally:
    """What the kills came to."""

    kills: int = 0
    acknowledged: int = 0
    kept_unacknowledged: int = 0
    """Committed, but killed before the parent was told: allowed."""
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kills:,} kills, {self.acknowledged:,} acknowledged saves, "
            f"{len(self.problems)} lost, altered or out of order "
            f"({self.kept_unacknowledged:,} more were kept without having been acknowledged)"
        )


def run(kills: int, seed: int, folder: Path, journal: str) -> Tally:
    """Kill a writer a number of times and tally what the store then holds.

    Args:
        kills: How often; every tenth one begins with a new database.
        seed: Decides the moments, as far as a clock allows.
        folder: Where the databases are made.
        journal: `wal` or `delete`; this process must use it too.
    """
    rng = random.Random(seed)  # noqa: S311
    tally = Tally()
    known: Acknowledged = {}
    url = ""
    for number in range(kills):
        if number % KILLS_PER_DATABASE == 0:
            known = {}
            url = default_database_url(folder / f"kills {number}")
        known |= _killed_writer(url, rng, journal)
        tally.kills += 1
        tally.problems.extend(f"kill {number}: {found}" for found in problems(url, known))
        last = bool(tally.problems) or number + 1 == kills
        if last or (number + 1) % KILLS_PER_DATABASE == 0:
            tally.acknowledged += len(known)
            tally.kept_unacknowledged += _kept(url) - len(known)
        if tally.problems:
            break  # one is enough, and what follows would only repeat it
    return tally


def _killed_writer(url: str, rng: random.Random, journal: str) -> Acknowledged:
    seed = str(rng.getrandbits(32))
    command = [sys.executable, "-m", "benchmarks.kill_nine_child", url, seed, journal]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        first = ""
        if rng.random() < EARLY_SHARE:
            time.sleep(rng.uniform(0, EARLY_S))
        elif child.stdout is not None:
            first = child.stdout.readline()
            time.sleep(rng.uniform(0, LATE_S))
        ended = child.poll()
        child.kill()
        rest, complaint = child.communicate()
        if ended is not None:
            raise RuntimeError(f"the writer ended by itself:\n{complaint}")
    return dict(_read(first + rest))


def _read(output: str) -> Iterator[tuple[tuple[str, int], str]]:
    # What follows the last line break was cut off by the kill.
    for line in output.split("\n")[:-1]:
        part, number, sha256 = line.split()
        yield (part, int(number)), sha256


def problems(url: str, known: Acknowledged) -> Iterator[str]:
    """Yield what is wrong with a database, given what was acknowledged."""
    store = open_store(url)
    try:
        facts = store_facts(store)
        if facts.integrity != "ok" or facts.damaged_revisions:
            yield f"integrity {facts.integrity}, {facts.damaged_revisions} damaged"
        kept = {part: _revisions(store, part) for part in PARTS}
        for part, revisions in kept.items():
            if [one.number for one in revisions] != list(range(1, len(revisions) + 1)):
                yield f"{part} is not numbered without holes"
        hashes = {(one.part, one.number): one.sha256 for all_ in kept.values() for one in all_}
        yield from (f"{key} is lost or altered" for key in known if hashes.get(key) != known[key])
    finally:
        store.close()


def _revisions(store: Store, part: str) -> tuple[Revision, ...]:
    try:
        return store.revisions(OWNER, ATTEMPT, part)
    except AttemptNotFoundError:  # killed before the attempt was made
        return ()


def _kept(url: str) -> int:
    store = open_store(url)
    try:
        return store_facts(store).revisions
    finally:
        store.close()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="page whose block is replaced")
    parser.add_argument("--journal", choices=["wal", "delete"], help="instead of the trusted one")
    options = parser.parse_args()
    journal = force_journal(options.journal)
    with tempfile.TemporaryDirectory() as folder:
        tally = run(options.kills, options.seed, Path(folder), journal)
    command = f"python -m benchmarks.kill_nine --kills {options.kills} --journal {journal}"
    text = f"**{tally}.** Journal mode `{journal}`.\n\n{measured_line(command)}"
    print(text, *tally.problems, sep="\n")
    if options.write:
        replace_block(options.write, f"kill-nine-{journal}", text)
    sys.exit(1 if tally.problems else 0)


if __name__ == "__main__":
    main()
