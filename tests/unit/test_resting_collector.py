"""The collector rests within a block, and afterwards is as it was."""

import gc

import pytest

from designs.resting_collector import resting_collector


def test_the_collector_is_at_work_again_even_after_an_error() -> None:
    with pytest.raises(ValueError, match="broken"), resting_collector():  # noqa: PT012
        with resting_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise ValueError("broken")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with resting_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
