"""A practice session that has begun, and a drawing that is half finished."""

import pytest
from desks import FRAUD

from designs.drawing_draft import DrawingDraft
from workbench.desk import Desk
from workbench.practice import Practice

FINISHED = {"id": "gateway", "kind": "api-gateway"}
UNFINISHED = {"id": "Not A Slug", "kind": "", "note": "later"}
DRAFT = DrawingDraft(
    nodes=(FINISHED, UNFINISHED, {"id": "cache", "kind": "cache"}),
    edges=({"source": "gateway", "target": "cache"}, {"source": "gateway"}),
)


@pytest.fixture
def practice(desk: Desk) -> Practice:
    return Practice(desk)


@pytest.fixture
def attempt(practice: Practice) -> str:
    return practice.start(FRAUD, 45)


def kinds(desk: Desk, attempt: str) -> list[str]:
    return [event.kind for event in desk.store.load(desk.owner, attempt).events]
