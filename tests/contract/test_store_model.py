"""Saving, against a model that fits on a screen."""

from contextlib import closing
from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from store_builders import NOON, an_attempt, an_edit

from designs.content_hash import text_hash
from workbench.storage import open_store
from workbench.storage.sql_store import SqlStore

PARTS = st.sampled_from(["data", "drawing"])
BODIES = st.sampled_from(["", "a", "b", "c"])
CLIENTS = st.sampled_from(["", "left", "right"])


@dataclass
class Saved:
    """What a tab was told, and what the model expects."""

    body: str
    client: str
    stale: bool


@dataclass
class Model:
    """The revisions of each part, oldest first."""

    parts: dict[str, list[Saved]] = field(default_factory=lambda: {"data": [], "drawing": []})

    def save(self, part: str, body: str, parent: int, client: str) -> int:
        kept = self.parts[part]
        chosen = (
            client == "" and parent == len(kept) and kept and (kept[-1].client or kept[-1].stale)
        )
        if kept and kept[-1].body == body and not chosen:
            return len(kept)
        own = bool(kept) and client != "" and kept[-1].client == client
        kept.append(Saved(body, client, parent != len(kept) and not own))
        return len(kept)


class Saving(RuleBasedStateMachine):
    """Tabs that save with whatever parent they believe in."""

    def __init__(self, store: SqlStore) -> None:
        super().__init__()
        self.store = store
        self.attempt = an_attempt(store, "owner")
        self.model = Model()

    @rule(part=PARTS, body=BODIES, client=CLIENTS, behind=st.integers(-1, 3))
    def save(self, part: str, body: str, client: str, behind: int) -> None:
        parent = max(0, len(self.model.parts[part]) - behind)
        number = self.model.save(part, body, parent, client)
        made = self.store.save("owner", self.attempt, an_edit(body, parent, client, part), NOON)
        expected = self.model.parts[part][-1]
        assert (made.number, made.body, made.stale) == (number, body, expected.stale)

    @invariant()
    def everything_is_there(self) -> None:
        found = self.store.load("owner", self.attempt)
        conflicts = {one.part: one.number for one in found.conflicts}
        for part, expected in self.model.parts.items():
            kept = self.store.revisions("owner", self.attempt, part)
            assert [one.number for one in kept] == list(range(1, len(expected) + 1))
            assert [Saved(one.body, one.client, one.stale) for one in kept] == expected
            assert all(one.sha256 == text_hash(one.body) for one in kept)
            assert found.parts.get(part) == (kept[-1] if kept else None)
            stale = max((n for n, one in enumerate(kept, 1) if one.stale), default=0)
            chosen = [n for n, one in enumerate(kept, 1) if not one.client and not one.stale]
            disputed = stale > max(chosen, default=0) and stale > 1
            assert conflicts.get(part) == (stale - 1 if disputed else None)


def test_saving_follows_the_model() -> None:
    with closing(open_store("sqlite://")) as store:
        run_state_machine_as_test(
            lambda: Saving(store),
            settings=settings(max_examples=40, stateful_step_count=20, deadline=None),
        )
