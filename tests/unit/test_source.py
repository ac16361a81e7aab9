"""Sources and groundings: where a number comes from."""

import pytest
from pydantic import ValidationError

from designs.source import Grounded, Source, SourceMark


def _source(url: str) -> Source:
    return Source(id="a", title="A page", url=url, mark=SourceMark.PRIMARY)


@pytest.mark.parametrize(
    "url", ["https://example.org", "https://example.org/a?b=c#d", "https://example.org/日本"]
)
def test_public_pages(url: str) -> None:
    assert _source(url).url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "/relative",
        "https://",
        "https://exa mple.org",
        "https://example.org\n",
        " https://example.org",
        "HTTPS://example.org",
        "https://" + "a" * 500,
    ],
)
def test_what_is_no_public_page(url: str) -> None:
    with pytest.raises(ValidationError):
        _source(url)


def test_a_statement_has_one_ground() -> None:
    assert Grounded(source="a").assumption is None
    assert Grounded(assumption="A guess.").source is None
    with pytest.raises(ValidationError, match="either a source or an assumption"):
        Grounded()
    with pytest.raises(ValidationError, match="either a source or an assumption"):
        Grounded(source="a", assumption="A guess.")
