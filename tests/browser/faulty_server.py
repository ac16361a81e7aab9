"""The app with one fault built in: ``python faulty_server.py FAULT streamlit-arguments``.

Each fault stands for something that goes wrong below the pages: a bug, a full disk, a slow one.
"""

import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from streamlit.web.cli import main

from workbench.practice import Practice
from workbench.storage.sql_store import SqlStore
from workbench.store import Edit, Revision, StoreError

SLOW_SAVE_S = 1.0


def opening_fails() -> None:
    """Opening a session meets a bug whose message quotes the learner."""
    opened = Practice.open

    def fails(self: Practice, attempt_id: str) -> Any:
        answers = opened(self, attempt_id).answers
        raise RuntimeError(f"cannot digest {[part.text for part in answers.values()]}")

    Practice.open = fails  # type: ignore[method-assign]


def hints_fail() -> None:
    """Opening a hint meets a bug."""

    def fails(_self: Practice, attempt_id: str, _stage: object) -> int:
        raise KeyError(attempt_id)

    Practice.open_hint = fails  # type: ignore[method-assign]


def disk_full() -> None:
    """Nothing can be saved."""

    def fails(*_: object) -> Revision:
        raise StoreError("The disk is full. Make room and go on.")

    SqlStore.save = fails  # type: ignore[method-assign]


def slow_disk() -> None:
    """Saving takes its time, and commits at the end of it."""
    saved = SqlStore.save

    def slowly(self: SqlStore, owner: str, attempt_id: str, edit: Edit, at: datetime) -> Revision:
        time.sleep(SLOW_SAVE_S)
        return saved(self, owner, attempt_id, edit, at)

    SqlStore.save = slowly  # type: ignore[method-assign]


FAULTS: dict[str, Callable[[], None]] = {
    one.__name__: one for one in (opening_fails, hints_fail, disk_full, slow_disk)
}

if __name__ == "__main__":
    FAULTS[sys.argv[1]]()
    sys.argv = ["streamlit", *sys.argv[2:]]
    main()
