"""Percent-encoding: what the standard library does, without its network."""

from urllib.parse import quote, unquote

from hypothesis import given
from hypothesis import strategies as st

from designs.percent_encoding import percent_decoded, percent_encoded


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_it_encodes_as_the_standard_library_does(text: str) -> None:
    assert percent_encoded(text) == quote(text, safe="")
    assert percent_decoded(percent_encoded(text).encode()) == text


@given(st.text(alphabet="%0aAfFg é", max_size=30))
def test_it_decodes_as_the_standard_library_does(text: str) -> None:
    assert percent_decoded(text.encode()) == unquote(text)
