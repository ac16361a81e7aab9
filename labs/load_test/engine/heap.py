"""Binary heaps in arrays: the smallest key first, and of equal keys the one pushed first."""

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine.compiled import kernel

Keys = NDArray[np.float64]
Numbers = NDArray[np.int64]


@kernel("void(f8[::1], i8[::1], i8[::1], i8, f8, i8, i8)")
def push(
    keys: Keys, turns: Numbers, values: Numbers, size: int, key: float, turn: int, value: int
) -> None:
    """Add an entry to a heap that holds `size` of them."""
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if keys[parent] < key or (keys[parent] == key and turns[parent] <= turn):
            break
        keys[at] = keys[parent]
        turns[at] = turns[parent]
        values[at] = values[parent]
        at = parent
    keys[at] = key
    turns[at] = turn
    values[at] = value


@kernel("void(f8[::1], i8[::1], i8[::1], i8)")
def drop_first(keys: Keys, turns: Numbers, values: Numbers, size: int) -> None:
    """Remove the first entry of a heap that holds `size` of them."""
    end = size - 1
    key = keys[end]
    turn = turns[end]
    value = values[end]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= end:
            break
        other = child + 1
        if other < end and (
            keys[other] < keys[child]
            or (keys[other] == keys[child] and turns[other] < turns[child])
        ):
            child = other
        if key < keys[child] or (key == keys[child] and turn <= turns[child]):
            break
        keys[at] = keys[child]
        turns[at] = turns[child]
        values[at] = values[child]
        at = child
    keys[at] = key
    turns[at] = turn
    values[at] = value


@kernel("void(f8[:, ::1], i8, i8, f8)")
def push_free(free: Keys, row: int, size: int, time: float) -> None:
    """Add a server that is free from a time on to a row of servers."""
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if free[row, parent] <= time:
            break
        free[row, at] = free[row, parent]
        at = parent
    free[row, at] = time


@kernel("f8(f8[:, ::1], i8, i8)")
def pop_free(free: Keys, row: int, size: int) -> float:
    """Take the server of a row that is free first."""
    first = float(free[row, 0])
    end = size - 1
    time = free[row, end]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= end:
            break
        if child + 1 < end and free[row, child + 1] < free[row, child]:
            child += 1
        if time <= free[row, child]:
            break
        free[row, at] = free[row, child]
        at = child
    free[row, at] = time
    return first
