"""Nothing acknowledged is lost when the process is killed."""

from contextlib import closing
from pathlib import Path

import pytest
from store_builders import NOON, a_header, an_edit

from benchmarks.kill_nine import Acknowledged, problems, run
from benchmarks.kill_nine_child import ATTEMPT, OWNER
from workbench.storage import default_database_url, open_store
from workbench.storage import journal as journals


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_kills_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, journal: str) -> None:
    monkeypatch.setattr(journals, "trusted_journal", lambda _version: journal)
    tally = run(kills=25, seed=50, folder=tmp_path, journal=journal)
    assert tally.problems == []
    assert tally.kills == 25
    assert tally.acknowledged >= 20  # most kills came after a save, or nothing was shown


def test_the_check_would_notice(tmp_path: Path) -> None:
    url = default_database_url(tmp_path)
    with closing(open_store(url)) as store:
        store.create(a_header(OWNER).model_copy(update={"id": ATTEMPT}))
        kept = store.save(OWNER, ATTEMPT, an_edit("text"), NOON)
    told: Acknowledged = {("data", 1): kept.sha256}
    assert list(problems(url, told)) == []
    assert list(problems(url, told | {("data", 2): kept.sha256}))  # lost
    assert list(problems(url, {("data", 1): "0" * 64}))  # altered
