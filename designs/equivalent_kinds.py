"""Kinds that may stand for each other when two designs are compared, and why."""

from typing import NamedTuple


class EquivalentKinds(NamedTuple):
    """Kinds between which a choice does not make a part absent."""

    kinds: frozenset[str]
    reason: str
    """A clause that goes on after "counts as the same part: "."""


EQUIVALENT_KINDS: tuple[EquivalentKinds, ...] = (
    EquivalentKinds(
        frozenset({"api-gateway", "load-balancer"}),
        "both are the front door, and one often does the work of the other",
    ),
    EquivalentKinds(
        frozenset({"message-queue", "event-stream"}),
        "both take work off the request; a stream can be read again, a queue cannot",
    ),
    EquivalentKinds(
        frozenset({"model-server", "gpu-model-server", "ranker"}),
        "each runs a trained model for a request; hardware and name are a choice",
    ),
    EquivalentKinds(
        frozenset({"online-feature-store", "feature-service"}),
        "both hand current feature values to a request",
    ),
    EquivalentKinds(
        frozenset({"ann-index", "candidate-generator"}),
        "both narrow many items to some hundreds",
    ),
    EquivalentKinds(
        frozenset({"fallback-service", "precomputed-results"}),
        "both have a simpler answer at hand when the real one is late",
    ),
    EquivalentKinds(
        frozenset({"data-lake", "data-warehouse"}),
        "both keep the history that training and reports read",
    ),
    EquivalentKinds(
        frozenset({"review-team", "labelling-tool"}),
        "in both people judge cases, and their judgements become labels",
    ),
    EquivalentKinds(
        frozenset({"shadow-deployment", "experiment-platform", "feature-flag"}),
        "each lets a candidate meet live traffic before all users do",
    ),
)
"""No kind is in two of them, so that a part belongs to exactly one family."""

_FAMILY = {kind: one for one in EQUIVALENT_KINDS for kind in one.kinds}


def family(kind_id: str) -> frozenset[str]:
    """Return the kinds that may stand for a kind, itself included."""
    known = _FAMILY.get(kind_id)
    return known.kinds if known else frozenset({kind_id})


def equivalence_reason(kind_id: str, other: str) -> str:
    """Return why two kinds may stand for each other; empty if they are the same or may not."""
    known = _FAMILY.get(kind_id)
    return known.reason if known and kind_id != other and other in known.kinds else ""
