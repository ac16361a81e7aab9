"""The ceiling of a criterion: a good answer otherwise does not make up for what is missing."""

import pytest

from rubrics.graders.offline.clues import NAMES, Clues


@pytest.mark.parametrize(
    ("leading", "found", "needed", "ceiling"),
    [
        (0.7, 0.0, 0.0, 2),  # a sentence nearer to credited ones than to others
        (0.0, 0.0, 1.0, 0),  # nothing leads and nothing is found
        (0.0, 0.5, 0.0, 1),  # an idea, but none that the top level cannot do without
        (0.0, 0.5, 0.5, 2),
    ],
)
def test_what_is_missing_limits_the_level(
    leading: float, found: float, needed: float, ceiling: int
) -> None:
    values = dict.fromkeys(NAMES, 0.0)
    values |= {"leading_sentences": leading, "found_cleanly": found, "needed": needed}
    assert Clues(**values).ceiling == ceiling
