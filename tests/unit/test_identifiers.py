"""Slugs: what is one, how a label becomes one, and how a free one is found."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from designs.identifiers import MAX_SLUG_LENGTH, SLUG_PATTERN, Slug, slugify, unused_slug
from designs.record import Record


class Named(Record):
    id: Slug


@pytest.mark.parametrize("slug", ["a", "0", "fraud-detection", "a-1-b", "a" * 64])
def test_slugs(slug: str) -> None:
    assert Named(id=slug).id == slug


@pytest.mark.parametrize(
    "text",
    ["", "-", "a-", "-a", "a--b", "A", "a_b", "a b", "a.b", "é", "a\n", "../a", "a" * 65, "٣"],
)
def test_what_is_no_slug(text: str) -> None:
    with pytest.raises(ValidationError):
        Named(id=text)


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("Feature store", "feature-store"),
        ("  Ranker (v2)!  ", "ranker-v2"),
        ("a__b--c", "a-b-c"),
        ("Café", "caf"),
        ("日本", "node"),
        ("😀", "node"),
        ("", "node"),
        ("---", "node"),
        ("x" * 100, "x" * 64),
        ("x" * 63 + " y", "x" * 63),
    ],
)
def test_a_label_becomes_a_slug(label: str, slug: str) -> None:
    assert slugify(label) == slug


def test_the_caller_says_what_a_label_without_letters_becomes() -> None:
    assert slugify("😀", fallback="cache") == "cache"


@given(st.text())
def test_every_label_becomes_a_slug(label: str) -> None:
    slug = slugify(label)
    assert re.fullmatch(SLUG_PATTERN, slug)
    assert len(slug) <= MAX_SLUG_LENGTH
    assert slugify(slug) == slug


def test_a_free_slug_is_taken_as_it_is() -> None:
    assert unused_slug("cache", set()) == "cache"
    assert unused_slug("cache", {"cache-2"}) == "cache"


def test_the_lowest_free_number_is_taken() -> None:
    assert unused_slug("cache", {"cache"}) == "cache-2"
    assert unused_slug("cache", {"cache", "cache-2", "cache-4"}) == "cache-3"


@given(st.from_regex(SLUG_PATTERN, fullmatch=True).filter(lambda s: 0 < len(s) <= 64), st.data())
def test_a_free_slug_is_free_and_a_slug(wanted: str, data: st.DataObject) -> None:
    taken: set[str] = set()
    for _ in range(data.draw(st.integers(1, 15))):
        found = unused_slug(wanted, taken)
        assert found not in taken
        assert Named(id=found)
        taken.add(found)
