"""Inspections of how outcomes come back to training."""

from collections.abc import Iterator

from designs.inspections.drawn_graph import DATA, DrawnGraph
from designs.inspections.inspection import Finding, inspection
from designs.inspections.roles import LABEL_STORES, LATE_OUTCOMES, OUTCOMES, TRAINING
from designs.inspections.violation import Severity


@inspection(
    "model-without-training",
    Severity.NOTE,
    "Nothing trains the model",
    why="Whether it is trained at all, on what and how often, stays open; a bought model also "
    "needs a plan for when the world changes.",
    mend="Draw the training pipeline with what it reads, or note that the model is bought.",
)
def model_without_training(drawn: DrawnGraph) -> Iterator[Finding]:
    """Requests wait for a model, no training is drawn and no note of the models explains it."""
    unexplained = tuple(one for one in drawn.path_models if not drawn.nodes[one].note.strip())
    if unexplained and not drawn.of_kind(*TRAINING):
        yield Finding(f"No training leads to {drawn.names(unexplained)}.", unexplained)


@inspection(
    "training-without-labels",
    Severity.SERIOUS,
    "Training has no source of labels",
    why="A model learns what it is told was right. Logs of its own decisions do not say that.",
    mend="Lead outcomes into training: what clients report, a label store, reviewers, or a "
    "partner's feed.",
)
def training_without_labels(drawn: DrawnGraph) -> Iterator[Finding]:
    """Nothing from which outcomes can come leads to training without anybody waiting."""
    for training in drawn.of_kind(*TRAINING):
        upstream = drawn.reach((training,), DATA, backwards=True)
        if not any(drawn.kind_id(one) in OUTCOMES for one in upstream):
            yield Finding(f"No outcome reaches {drawn.name(training)}.", (training,))


@inspection(
    "no-label-feedback",
    Severity.SERIOUS,
    "What was served never comes back to training",
    why="Without the decisions and what became of them the model keeps to the world of its first "
    "data set, and its own effect on users is never learned from.",
    mend="Log decisions with their inputs to an event stream, and lead that to training.",
)
def no_label_feedback(drawn: DrawnGraph) -> Iterator[Finding]:
    """Requests wait for a model, and no data leads from the request path to any training."""
    trainings = drawn.of_kind(*TRAINING)
    if not drawn.path_models or not trainings:
        return
    logged = drawn.reach(drawn.ordered(drawn.request_path), DATA)
    if not logged & set(trainings):
        yield Finding(
            f"Nothing leads from the request path to {drawn.names(trainings)}.", trainings
        )


@inspection(
    "labels-joined-early",
    Severity.WARNING,
    "Late labels are joined without their delay",
    why="What is not reported yet counts as good. The newest events get wrong labels, and these "
    "are the ones the model should learn most from.",
    mend="Keep outcomes in a label store with the time at which they became known, and train on "
    "events that have matured.",
)
def labels_joined_early(drawn: DrawnGraph) -> Iterator[Finding]:
    """Outcomes that come late by their kind reach training past every label store."""
    trainings = set(drawn.of_kind(*TRAINING))
    for source in drawn.of_kind(*LATE_OUTCOMES):
        reached = drawn.reach(
            (source,), DATA, through=lambda one: drawn.kind_id(one) not in LABEL_STORES
        )
        early = drawn.ordered(reached & trainings)
        if early:
            yield Finding(
                f"Outcomes of {drawn.name(source)} reach {drawn.names(early)} without a label "
                "store in between.",
                (source, *early),
            )
