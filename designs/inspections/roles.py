"""Kinds that play the same part for a rule, where group and behaviour do not say it."""

CLIENTS = frozenset({"client-app"})
FRONT_DOORS = frozenset({"api-gateway", "load-balancer"})
"""What stands between clients and services."""
MODELS = frozenset({"model-server", "gpu-model-server", "ranker", "embedding-service"})
"""Kinds that always run a trained model. A re-ranker may be a greedy rule and is left out."""
GPU_MODELS = frozenset({"gpu-model-server"})
REGISTRIES = frozenset({"model-registry"})
TRAINING = frozenset({"training-pipeline"})
EVALUATION = frozenset({"evaluation-job"})
LABEL_STORES = frozenset({"label-store"})
FEATURE_READS = frozenset({"online-feature-store", "feature-service"})
"""What serves feature values to a request."""
FEATURE_MAKERS = frozenset({"batch-pipeline", "offline-feature-store"})
"""What hands feature values to training."""
LIVE_STORES = frozenset({"online-feature-store", "cache", "operational-database"})
"""Stores of current values: they answer what holds now, not what held at an event."""
FILLED_STORES = frozenset(
    {"online-feature-store", "precomputed-results", "ann-index", "search-index", "graph-store"}
)
"""Stores that serve copies, so that something has to write them. A system of record is not one."""
LATE_OUTCOMES = frozenset({"partner-feed", "review-team", "labelling-tool"})
"""Where outcomes come from that are known days or weeks after the event."""
OUTCOMES = LATE_OUTCOMES | LABEL_STORES | CLIENTS | {"operational-database", "api-gateway"}
"""Where outcomes can come from at all. Clients report through a gateway in some drawings."""
VECTOR_WRITERS = MODELS | {
    "batch-scorer",
    "batch-pipeline",
    "stream-processor",
    "training-pipeline",
    "model-registry",
}
"""What fills an index with vectors of a model; people and feeds fill one with hashes or lists."""
