"""Ids of attempts are random: whatever characters they hold, the practice page opens."""

from dataclasses import replace

import pytest
from app_pages import OpenPage

from components.component_key import component_key
from workbench.practice import Practice
from workbench.workbench import Workbench

UNLUCKY = ("A__b-12345678901234567", "Ab12345678901234-_-_-_", "B____345678901234567__")
"""Two underscores part a component from its events in Streamlit."""


@pytest.mark.parametrize("attempt_id", UNLUCKY)
@pytest.mark.parametrize("place", ["framing", "drawing"])
def test_the_practice_page_opens_for_any_id(
    open_page: OpenPage, workbench: Workbench, attempt_id: str, place: str
) -> None:
    desk = replace(workbench.desk, new_id=lambda: attempt_id)
    assert Practice(desk).start("fraud-detection", 45) == attempt_id
    app = open_page("practice", attempt=attempt_id, stage=place)
    assert not app.exception
    assert [error.value for error in app.error] == []


def test_keys_of_different_ids_differ() -> None:
    ids = ("a_b", "a-b", "a__b", "a_-b", "a-_b", "ab")
    keys = {component_key("answer", one, "data") for one in ids}
    assert len(keys) == len(ids)
    assert not any("_" in key for key in keys)
