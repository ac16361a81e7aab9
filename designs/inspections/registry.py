"""All inspections in order, and running them."""

from designs.drawing import Design
from designs.inspections import (
    features,
    flow,
    labels,
    monitoring,
    release,
    request_path,
    resilience,
)
from designs.inspections.drawn_graph import DrawnGraph
from designs.inspections.inspection import Inspection
from designs.inspections.violation import Violation
from designs.node_kind import Palette

THEMES: dict[str, tuple[Inspection, ...]] = {
    "Request path": (
        request_path.no_request_path,
        request_path.no_entrance,
        request_path.sync_cycle,
        request_path.warehouse_on_request_path,
        request_path.job_on_request_path,
        request_path.object_store_on_request_path,
        request_path.waits_for_observer,
        request_path.batch_on_request_path,
        request_path.client_calls_store,
        request_path.client_calls_model,
        request_path.long_sync_chain,
        request_path.unreachable_node,
    ),
    "Late and failing calls": (
        resilience.gpu_without_relief,
        resilience.no_fallback,
        resilience.no_timeout,
        resilience.caller_gives_up_first,
        resilience.timeout_below_median,
        resilience.timeout_below_tail,
        resilience.fallback_shares_fate,
        resilience.single_replica,
        resilience.calls_without_batching,
        resilience.cache_without_hit_ratio,
    ),
    "Features and indexes": (
        features.training_reads_live_store,
        features.index_without_version,
        features.features_computed_twice,
        features.two_writers,
        features.store_without_writer,
    ),
    "Release": (
        release.no_registry,
        release.registry_bypassed,
        release.release_without_gate,
        release.no_experiment,
        release.unreleased_model,
    ),
    "Labels": (
        labels.training_without_labels,
        labels.no_label_feedback,
        labels.labels_joined_early,
        labels.model_without_training,
    ),
    "Monitoring": (
        monitoring.no_monitoring,
        monitoring.inputs_unwatched,
        monitoring.scores_unwatched,
        monitoring.outcomes_unwatched,
        monitoring.service_unwatched,
        monitoring.monitor_without_alert,
        monitoring.feed_unchecked,
    ),
    "Queues, people and loose ends": (
        flow.queue_without_consumer,
        flow.unbounded_queue,
        flow.review_without_capacity,
        flow.verdicts_lost,
        flow.personal_data_crosses,
        flow.unconnected_node,
        flow.store_without_reader,
        flow.repeated_edge,
    ),
}
INSPECTIONS: dict[str, Inspection] = {one.code: one for them in THEMES.values() for one in them}
"""By code, in the order of the themes."""


def inspect(design: Design, palette: Palette) -> tuple[Violation, ...]:
    """Return every smell of a design.

    Args:
        design: Any valid design, also an empty one.
        palette: Says what the kinds are; a kind that it lacks fits no rule about its group.

    Returns:
        The gravest first, then in the order of the inspections and of the design.
    """
    drawn = DrawnGraph(design, palette)
    found = [one for rule in INSPECTIONS.values() for one in rule.violations_in(drawn)]
    return tuple(sorted(found, key=lambda one: one.severity.rank))
