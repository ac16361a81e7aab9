"""Inspections of how a model gets to users: registry, gate, experiment."""

from collections.abc import Iterator

from designs.inspections.drawn_graph import DATA, DrawnGraph
from designs.inspections.inspection import Finding, inspection, of_edges
from designs.inspections.roles import EVALUATION, MODELS, REGISTRIES, TRAINING
from designs.inspections.violation import Severity
from designs.node_kind import NodeGroup


@inspection(
    "no-registry",
    Severity.SERIOUS,
    "A model without registry or rollback",
    why="When the new model does harm, nobody can say which one ran before, with which data and "
    "thresholds, and bring it back within minutes.",
    mend="Add a model registry between training and serving; a rollback is then a change of what "
    "is live.",
)
def no_registry(drawn: DrawnGraph) -> Iterator[Finding]:
    """Requests wait for a model, and no registry is drawn."""
    if drawn.path_models and not drawn.of_kind(*REGISTRIES):
        names = drawn.names(drawn.path_models)
        yield Finding(f"No registry stands behind {names}.", drawn.path_models)


@inspection(
    "registry-bypassed",
    Severity.WARNING,
    "Training writes to serving past the registry",
    why="What runs is then not what the registry says, so a rollback goes back to the wrong "
    "version.",
    mend="Let training write to the registry only, and serving load from it only.",
)
def registry_bypassed(drawn: DrawnGraph) -> Iterator[Finding]:
    """A registry is drawn, and an edge leads from training straight to a model."""
    edges = [
        edge
        for edge in drawn.design.edges
        if drawn.kind_id(edge.source) in TRAINING
        and drawn.kind_id(edge.target) in MODELS
        and edge.mode in DATA
    ]
    if edges and drawn.of_kind(*REGISTRIES):
        yield of_edges(f"Past the registry: {drawn.calls(edges)}.", edges)


@inspection(
    "unreleased-model",
    Severity.NOTE,
    "A model that no registry leads to",
    why="How a new version gets there, and how the old one comes back, is left open.",
    mend="Draw the edge from the registry, or note that the model is bought or fixed and pinned.",
)
def unreleased_model(drawn: DrawnGraph) -> Iterator[Finding]:
    """A registry is drawn, and does not lead to a model that requests wait for.

    A note on the node counts as an explanation.
    """
    registries = drawn.of_kind(*REGISTRIES)
    released = drawn.reach(registries, DATA)
    left = [
        one
        for one in drawn.path_models
        if one not in released and not drawn.nodes[one].note.strip()
    ]
    if registries and left:
        yield Finding(f"No registry leads to {drawn.names(left)}.", tuple(left))


@inspection(
    "release-without-gate",
    Severity.WARNING,
    "Models go live without an evaluation",
    why="A run on broken data trains without an error. Without a comparison with what runs now it "
    "replaces a good model by a bad one on schedule.",
    mend="Put an evaluation job between training and registry that compares on newer data, by "
    "segment, and may say no.",
)
def release_without_gate(drawn: DrawnGraph) -> Iterator[Finding]:
    """An edge leads from training straight to a registry, a store of files or a service."""
    edges = [
        edge
        for edge in drawn.design.edges
        if drawn.kind_id(edge.source) in TRAINING
        and (
            drawn.group(edge.target) in (NodeGroup.REGISTRY, NodeGroup.SERVING)
            or drawn.kind_id(edge.target) in {*MODELS, "object-store"}
        )
        and not _judged_later(drawn, edge.target)
    ]
    if edges:
        yield of_edges(f"No evaluation in between: {drawn.calls(edges)}.", edges)


def _judged_later(drawn: DrawnGraph, target: str) -> bool:
    """Some keep candidates in the registry and let the evaluation promote them there."""
    return drawn.group(target) is NodeGroup.REGISTRY and any(
        drawn.kind_id(edge.source) in EVALUATION for edge in drawn.into[target]
    )


@inspection(
    "no-experiment",
    Severity.WARNING,
    "No way to try a new model on live traffic",
    why="Offline results do not tell what users do. Without shadow, canary or experiment the "
    "first test of a model is all of its users.",
    mend="Add a shadow deployment, a feature flag for a canary, or an experiment platform.",
)
def no_experiment(drawn: DrawnGraph) -> Iterator[Finding]:
    """Requests wait for a model, and nothing for experiments is drawn."""
    if drawn.path_models and not drawn.of_group(NodeGroup.EXPERIMENT):
        yield Finding(
            f"A new version of {drawn.names(drawn.path_models)} goes to everybody at once.",
            drawn.path_models,
        )
