"""What a drawing says in words, and how text is made harmless before any notation sees it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_designs import a_node, designs

from designs.drawing import Design, Edge, Zone
from designs.exporters.captions import (
    ZONE_TITLES,
    by_zone,
    clean,
    edge_caption,
    node_subtitle,
    node_title,
    shape_of,
    short_ids,
    text_width,
    wrapped,
    zone_of,
)
from designs.library import shipped_palette

PALETTE = shipped_palette()


def _edge(**rest: object) -> Edge:
    return Edge.model_validate({"source": "a", "target": "b", **rest})


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("", ""),
        ("  two   words \t", "two words"),
        ("two\r\nlines", "two lines"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("nul\x00 bell\x07 escape\x1b[0m", "nul bell escape [0m"),
        ("half \ud800 pair", "half pair"),
        ("no character \uffff \ufffe \ufdd0", "no character"),
        ('<b> & "quotes" stay', '<b> & "quotes" stay'),
        ("é 日本 😀 עברית", "é 日本 😀 עברית"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(st.characters()))
def test_a_clean_text_is_one_line_that_xml_can_hold(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.splitlines() in ([], [cleaned])
    assert not {unicodedata.category(one) for one in cleaned} & {"Cc", "Cs", "Zl", "Zp"}
    assert clean(cleaned) == cleaned
    cleaned.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=150))
def test_wrapping_keeps_every_character_and_the_width(text: str) -> None:
    lines = wrapped(text)
    assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "")
    assert max(map(len, lines)) <= 24


def test_wrapping() -> None:
    assert wrapped("") == [""]
    assert wrapped("one two") == ["one two"]
    assert wrapped("a" * 120) == ["a" * 24] * 5
    assert wrapped("one-two-three four-five-six") == ["one-two-three", "four-five-six"]
    assert [len(line) for line in wrapped("日本語" * 8)] == [12, 12]  # wide ones are twice as wide
    assert wrapped("x" * 40, width=30) == ["x" * 30, "x" * 10]


def test_wide_scripts_are_estimated_wider() -> None:
    assert text_width("") == 0
    assert text_width("日本") > text_width("abc")


@pytest.mark.parametrize(
    ("label", "kind", "replicas", "title", "subtitle"),
    [
        ("", "cache", 1, "Cache", ""),
        ("", "cache", 1200, "Cache", "×1,200"),
        ("Hot items", "cache", 1, "Hot items", "Cache"),
        ("Hot items", "cache", 3, "Hot items", "Cache · ×3"),
        (" \n\x00 ", "cache", 1, "Cache", ""),
        ("", "unknown-kind", 1, "unknown-kind", ""),
        ("Hot", "unknown-kind", 2, "Hot", "unknown-kind · ×2"),
    ],
)
def test_captions_of_a_node(
    label: str, kind: str, replicas: int, title: str, subtitle: str
) -> None:
    node = a_node(kind=kind, label=label, replicas=replicas)
    assert node_title(node, PALETTE) == title
    assert node_subtitle(node, PALETTE) == subtitle


@pytest.mark.parametrize(
    ("edge", "lines"),
    [
        ({}, []),
        ({"calls_per_request": 3}, ["×3"]),
        ({"calls_per_request": 1500.5}, ["×1,500.5"]),
        ({"calls_per_request": 0.05}, ["5 %"]),
        ({"timeout_ms": 1500}, ["≤ 1,500 ms"]),
        ({"calls_per_request": 2, "timeout_ms": 0.5}, ["×2 · ≤ 0.5 ms"]),
        ({"fallback": "stale results"}, ["else stale results"]),
        ({"fallback": " \t"}, []),
        (
            {"timeout_ms": 9, "fallback": "a rule that is long"},
            ["≤ 9 ms", "else a rule that is long"],
        ),
        ({"note": "is not drawn", "mode": "batch"}, []),
    ],
)
def test_captions_of_an_edge(edge: dict[str, object], lines: list[str]) -> None:
    assert edge_caption(_edge(**edge)) == lines


def test_a_node_runs_where_it_says_or_where_its_kind_usually_does() -> None:
    assert zone_of(a_node(kind="data-lake"), PALETTE) is Zone.OFFLINE
    assert zone_of(a_node(kind="data-lake", zone="online"), PALETTE) is Zone.ONLINE
    assert zone_of(a_node(kind="unknown-kind"), PALETTE) is Zone.ONLINE


def test_zones_come_in_their_order_with_ids_in_the_order_of_the_design() -> None:
    design = Design(
        nodes=(
            a_node("lake", "data-lake"),
            a_node("app", "client-app"),
            a_node("gate", "api-gateway"),
            a_node("warehouse", "data-warehouse"),
        )
    )
    zones = by_zone(design, PALETTE)
    assert list(zones) == [Zone.CLIENT, Zone.ONLINE, Zone.OFFLINE]
    assert [(short, node.id) for short, node in zones[Zone.OFFLINE]] == [
        ("n1", "lake"),
        ("n4", "warehouse"),
    ]
    assert short_ids(design) == {"lake": "n1", "app": "n2", "gate": "n3", "warehouse": "n4"}


@given(designs())
def test_every_node_is_in_one_zone(design: Design) -> None:
    zoned = [short for nodes in by_zone(design, PALETTE).values() for short, _ in nodes]
    assert sorted(zoned) == sorted(short_ids(design).values())


def test_every_zone_has_a_title() -> None:
    assert set(ZONE_TITLES) == set(Zone)
    assert len(set(ZONE_TITLES.values())) == len(Zone)


def test_a_stranger_is_a_box() -> None:
    assert shape_of(None) == "box"
    assert shape_of(PALETTE.kind("cache")) == "cylinder"
