"""Long pieces of the load test: each says how far it is, and a stop ends it and keeps nothing."""

from collections.abc import Callable

import pytest

from designs.drawing import Design, Edge, Node
from labs.load_test.lab import Progress, Setup
from workbench.content import shipped_content
from workbench.load_testing import LoadTesting

FRAUD = "fraud-detection"
SETUP = Setup(requests=4_000)
SMALL = Design(
    nodes=(
        Node(id="client", kind="client-app"),
        Node(id="gateway", kind="api-gateway", replicas=4),
    ),
    edges=(Edge(source="client", target="gateway"),),
)
OTHER = SMALL.model_copy(update={"nodes": tuple(reversed(SMALL.nodes))})
Work = Callable[[LoadTesting, Progress], object]
WORK: dict[str, Work] = {
    "run": lambda lab, progress: lab.run(SMALL, FRAUD, SETUP, progress),
    "knee": lambda lab, progress: lab.curve(SMALL, FRAUD, progress=progress),
    "sizing": lambda lab, progress: lab.sizing(SMALL, FRAUD, progress=progress),
    "two designs": lambda lab, progress: lab.compare(SMALL, OTHER, FRAUD, SETUP, progress),
    "two scenarios": lambda lab, progress: lab.compare_scenarios(
        SMALL, ("peak", "spike"), FRAUD, SETUP, progress
    ),
}


class StoppedError(Exception):
    """What a stop raises between two parts."""


@pytest.mark.parametrize("name", WORK)
def test_work_is_counted_part_by_part_and_kept_once_it_is_whole(name: str) -> None:
    lab, told = LoadTesting(shipped_content()), list[tuple[int, int]]()
    found = WORK[name](lab, lambda done, wanted: told.append((done, wanted)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert len(told) >= 8
    (wanted,) = {wanted for _, wanted in told}
    assert len(told) <= wanted
    assert WORK[name](lab, lambda *_: pytest.fail("it was kept")) is found


@pytest.mark.parametrize("name", WORK)
def test_a_stop_ends_the_work_at_once_and_keeps_nothing(name: str) -> None:
    lab, told = LoadTesting(shipped_content()), list[int]()

    def stop_at_the_third(done: int, _: int) -> None:
        told.append(done)
        if done == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        WORK[name](lab, stop_at_the_third)
    assert told == [1, 2, 3]
    with pytest.raises(StoppedError):
        WORK[name](lab, stop_at_the_third)
    assert told == [1, 2, 3, 1, 2, 3]
