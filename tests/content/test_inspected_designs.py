"""What the inspections say of the designs that ship."""

import pytest

from designs.inspections import Severity, inspect
from designs.library import prompt_slugs, shipped_pack, shipped_palette

FOUND = {
    ("content-moderation", "flawed-large-reader-for-all"): {
        "no-registry",
        "no-timeout",
        "no-fallback",
        "object-store-on-request-path",
        "release-without-gate",
        "monitor-without-alert",
        "review-without-capacity",
    },
    ("content-moderation", "flawed-one-score-from-reports"): {"review-without-capacity"},
    ("fraud-detection", "flawed-accuracy-on-a-shuffle"): {
        "labels-joined-early",
        "two-writers",
        "no-fallback",
        "warehouse-on-request-path",
        "no-timeout",
    },
    ("fraud-detection", "flawed-slow-and-blind"): {
        "gpu-without-relief",
        "training-reads-live-store",
        "no-registry",
        "release-without-gate",
        "outcomes-unwatched",
        "monitor-without-alert",
        "no-experiment",
    },
    ("search-ranking", "flawed-clicks-are-relevance"): {"store-without-writer"},
    ("search-ranking", "flawed-one-large-model"): {
        "index-without-version",
        "calls-without-batching",
        "gpu-without-relief",
        "no-registry",
    },
    ("video-recommendation", "flawed-clicks-big-model"): {
        "timeout-below-tail",
        "release-without-gate",
        "no-experiment",
    },
    ("video-recommendation", "flawed-textbook-two-tower"): {
        "no-timeout",
        "no-fallback",
        "gpu-without-relief",
        "monitor-without-alert",
    },
}
"""What the drawing of a flawed design has to be told at least."""
WITHOUT_WARNING = sorted({slug for slug, _ in FOUND})


@pytest.mark.parametrize("slug", prompt_slugs())
def test_no_exemplar_has_a_serious_smell(slug: str) -> None:
    found = inspect(shipped_pack(slug).exemplar.design, shipped_palette())
    assert [one for one in found if one.severity is Severity.SERIOUS] == []


@pytest.mark.parametrize("slug", WITHOUT_WARNING)
def test_these_exemplars_have_no_warning_either(slug: str) -> None:
    found = inspect(shipped_pack(slug).exemplar.design, shipped_palette())
    assert [one for one in found if one.severity is not Severity.NOTE] == []


@pytest.mark.parametrize(("slug", "stem"), FOUND, ids="/".join)
def test_a_flawed_drawing_is_told_its_faults(slug: str, stem: str) -> None:
    design = shipped_pack(slug).flawed[stem].design
    assert {one.code for one in inspect(design, shipped_palette())} >= FOUND[slug, stem]
