"""Inspections of what is watched, and of who hears about it."""

from collections.abc import Iterator

from designs.inspections.drawn_graph import ANY, DATA, DrawnGraph
from designs.inspections.inspection import Finding, inspection
from designs.inspections.roles import EVALUATION, OUTCOMES
from designs.inspections.violation import Severity
from designs.node_kind import Behaviour, NodeGroup

_MONITORS = ("metrics-monitor", "drift-monitor", "data-quality-check")


@inspection(
    "no-monitoring",
    Severity.SERIOUS,
    "Nothing watches the model",
    why="Models fail without an error: inputs go missing, scores shift, outcomes get worse, and "
    "every request is still answered.",
    mend="Watch inputs, scores, outcomes and the service itself, and say who is called.",
)
def no_monitoring(drawn: DrawnGraph) -> Iterator[Finding]:
    """Requests wait for a model, and no monitor is drawn."""
    if drawn.path_models and not drawn.of_kind(*_MONITORS):
        yield Finding(f"No monitor watches {drawn.names(drawn.path_models)}.", drawn.path_models)


@inspection(
    "inputs-unwatched",
    Severity.WARNING,
    "Nobody watches the inputs",
    why="A feed that stops or a field that turns empty is the most frequent cause of a bad model, "
    "and is seen in the inputs days before it is seen in outcomes.",
    mend="Lead served inputs to a drift monitor, or check feeds with a data quality check.",
)
def inputs_unwatched(drawn: DrawnGraph) -> Iterator[Finding]:
    """Monitors are drawn, and none for inputs has anything to read."""
    if _speaks(drawn) and not _fed(drawn, "drift-monitor", "data-quality-check"):
        yield Finding(
            "Neither drift monitor nor data quality check reads anything that goes into "
            f"{drawn.names(drawn.path_models)}.",
            drawn.path_models,
        )


@inspection(
    "scores-unwatched",
    Severity.WARNING,
    "Nobody watches the scores",
    why="The distribution of scores moves at once when something breaks upstream, while labels "
    "take weeks. It is the cheapest early sign.",
    mend="Lead decisions with their scores from the request path to a drift monitor.",
)
def scores_unwatched(drawn: DrawnGraph) -> Iterator[Finding]:
    """Monitors are drawn, and no drift monitor reads what the request path decides."""
    if _speaks(drawn) and not any(
        drawn.reach((one,), DATA, backwards=True) & drawn.request_path
        for one in drawn.of_kind("drift-monitor")
    ):
        yield Finding(
            f"No drift monitor reads what {drawn.names(drawn.path_models)} decides.",
            drawn.path_models,
        )


@inspection(
    "outcomes-unwatched",
    Severity.WARNING,
    "Nobody watches the outcomes",
    why="Inputs and scores may look as ever while the model does harm. Only outcomes tell whether "
    "it still works.",
    mend="Lead labels or what clients report to a monitor, or to an evaluation that runs on "
    "matured data.",
)
def outcomes_unwatched(drawn: DrawnGraph) -> Iterator[Finding]:
    """Monitors are drawn, and no outcome reaches a monitor or an evaluation."""
    if not _speaks(drawn):
        return
    sources = [one for one in drawn.nodes if drawn.kind_id(one) in OUTCOMES]
    watching = {*drawn.of_kind("metrics-monitor", "drift-monitor", *EVALUATION)}
    if not drawn.reach(sources, DATA) & watching:
        yield Finding(
            "No monitor and no evaluation reads what became of the decisions of "
            f"{drawn.names(drawn.path_models)}.",
            drawn.path_models,
        )


@inspection(
    "service-unwatched",
    Severity.WARNING,
    "Nobody watches the service against its objective",
    why="Latency, errors and the share of fallbacks tell first that users get poorer answers; a "
    "drift monitor does not see them.",
    mend="Lead figures of the request path to a metrics monitor.",
)
def service_unwatched(drawn: DrawnGraph) -> Iterator[Finding]:
    """Monitors are drawn, and no metrics monitor has anything to read."""
    if _speaks(drawn) and not _fed(drawn, "metrics-monitor"):
        yield Finding(
            f"No metrics monitor reads anything of the path to {drawn.names(drawn.path_models)}.",
            drawn.path_models,
        )


def _speaks(drawn: DrawnGraph) -> bool:
    """Without any monitor, no-monitoring says it all."""
    return bool(drawn.path_models and drawn.of_kind(*_MONITORS))


def _fed(drawn: DrawnGraph, *kinds: str) -> bool:
    """A monitor may ask by itself, so an edge in either direction counts."""
    return any(drawn.into[one] or drawn.out[one] for one in drawn.of_kind(*kinds))


@inspection(
    "monitor-without-alert",
    Severity.WARNING,
    "A monitor that tells nobody",
    why="A dashboard is looked at after the incident. An alarm that reaches no person is no alarm.",
    mend="Lead the monitor to alerting, and say there who does what.",
)
def monitor_without_alert(drawn: DrawnGraph) -> Iterator[Finding]:
    """No way leads from a monitor to people; a check that only stops a feed still tells nobody."""
    people = [one for one in drawn.nodes if drawn.behaviour(one) is Behaviour.PEOPLE]
    heard = drawn.reach(people, ANY, backwards=True)
    silent = [one for one in drawn.of_kind(*_MONITORS) if one not in heard and drawn.into[one]]
    if silent:
        yield Finding(f"Nobody hears from {drawn.names(silent)}.", tuple(silent))


@inspection(
    "feed-unchecked",
    Severity.NOTE,
    "A partner's feed is used unchecked",
    why="Feeds of other companies come late, twice or in a new form without notice.",
    mend="Put a data quality check behind the feed that can hold it back.",
)
def feed_unchecked(drawn: DrawnGraph) -> Iterator[Finding]:
    """A partner's feed is read, and no data quality check is drawn anywhere."""
    feeds = tuple(one for one in drawn.of_kind("partner-feed") if drawn.out[one])
    checks = [
        one for one in drawn.of_group(NodeGroup.MONITORING) if drawn.kind_id(one) == _MONITORS[2]
    ]
    if feeds and not checks:
        yield Finding(f"No check stands behind {drawn.names(feeds)}.", feeds)
