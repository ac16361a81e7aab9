"""What a call used is told in one line, and nothing is made up where a server did not count."""

import pytest

from components.model_settings import figures_text
from rubrics.graders.llm.endpoint import Endpoint
from rubrics.graders.llm.outcome import Figures

FREE = Endpoint(base_url="http://localhost:1/v1", model="made-up")
PRICED = FREE.model_copy(update={"input_price": 1.0, "output_price": 2.0})
COUNTED = Figures(requests=2, input_tokens=1800, output_tokens=200, seconds=3.21)


@pytest.mark.parametrize(
    ("figures", "endpoint", "told"),
    [
        (
            COUNTED,
            PRICED,
            "2 requests · 1,800 tokens in, 200 out · cost 0.0022 at your prices · 3.2 s",
        ),
        (
            COUNTED,
            FREE,
            "2 requests · 1,800 tokens in, 200 out · cost not known (enter prices) · 3.2 s",
        ),
        (
            Figures(requests=1, output_tokens=7, seconds=0.04),
            PRICED,
            "1 request · the server did not count tokens · cost not known (enter prices) · 0.0 s",
        ),
        (Figures(), PRICED, "Answered from memory: nothing was sent."),
    ],
)
def test_a_line_about_a_call(figures: Figures, endpoint: Endpoint, told: str) -> None:
    assert figures_text(figures, endpoint) == told
