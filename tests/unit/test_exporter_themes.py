"""Colours: readable on every ground, in both themes."""

import re

import pytest

from designs.exporters.theme import THEMES, ThemeName
from designs.node_kind import NodeGroup

AA = 4.5  # WCAG 2.2, success criterion 1.4.3, for text of normal size
NON_TEXT = 3.0  # success criterion 1.4.11, for lines that carry meaning


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.fixture(params=THEMES)
def name(request: pytest.FixtureRequest) -> ThemeName:
    chosen: ThemeName = request.param
    return chosen


def test_every_colour_is_written_in_full(name: ThemeName) -> None:
    theme = THEMES[name]
    for colour in (theme.paper, theme.ink, theme.soft, theme.zone, *theme.fills.values()):
        assert re.fullmatch("#[0-9a-f]{6}", colour)


def test_every_group_has_a_fill(name: ThemeName) -> None:
    theme = THEMES[name]
    assert set(theme.fills) == set(NodeGroup)
    assert theme.fill(NodeGroup.CACHES) == theme.fills[NodeGroup.CACHES]
    assert theme.fill(None) == theme.paper


def test_captions_can_be_read_on_every_fill(name: ThemeName) -> None:
    theme = THEMES[name]
    grounds = {group.value: theme.fill(group) for group in NodeGroup} | {"none": theme.fill(None)}
    found = {group: _contrast(theme.ink, fill) for group, fill in grounds.items()}
    assert {group: ratio for group, ratio in found.items() if ratio < AA} == {}


def test_captions_of_edges_and_zones_can_be_read(name: ThemeName) -> None:
    theme = THEMES[name]
    assert _contrast(theme.soft, theme.zone) >= AA
    assert _contrast(theme.soft, theme.paper) >= AA
    assert _contrast(theme.ink, theme.paper) >= AA


def test_the_outline_of_a_node_can_be_seen_on_its_zone(name: ThemeName) -> None:
    assert _contrast(THEMES[name].soft, THEMES[name].zone) >= NON_TEXT


def test_a_dark_page_gets_a_dark_drawing() -> None:
    assert _luminance(THEMES["dark"].paper) < 0.1 < 0.9 < _luminance(THEMES["light"].paper)
    for group in NodeGroup:
        assert _luminance(THEMES["dark"].fill(group)) < _luminance(THEMES["light"].fill(group))
