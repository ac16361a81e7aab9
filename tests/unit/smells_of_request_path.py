"""Smells of the request path: a smallest bad and a smallest good design of each."""

from smell_cases import Case

THEME = "Request path"
CASES = [
    Case(
        "no-request-path",
        """
        client-app -> api-gateway
        model-server ~> event-stream
        """,
        "client-app model-server",
        "client-app -> api-gateway -> model-server",
    ),
    Case(
        "no-request-path",
        "api-gateway ~> event-stream\nranker ~> event-stream",
        "api-gateway ranker",
        "api-gateway ~> message-queue ~> ranker",
    ),
    Case(
        "no-request-path",
        "decision-service -> cache\nload-balancer ~> event-stream",
        "load-balancer decision-service",
        "client-app\ndecision-service",
    ),
    Case(
        "no-entrance",
        "decision-service -> model-server",
        "decision-service",
        "api-gateway -> decision-service -> model-server",
    ),
    Case(
        "sync-cycle",
        "decision-service -> rules-engine -> decision-service",
        "decision-service rules-engine",
        "decision-service -> rules-engine ~> decision-service",
    ),
    Case(
        "sync-cycle",
        "ranker -> feature-service -> cache -> ranker -> cache",
        "ranker cache",
        "ranker -> feature-service -> cache\nranker -> cache",
    ),
    Case(
        "warehouse-on-request-path",
        "api-gateway -> decision-service -> data-warehouse",
        "decision-service data-warehouse",
        "api-gateway -> decision-service -> online-feature-store\n"
        "training-pipeline -> data-warehouse",
    ),
    Case(
        "warehouse-on-request-path",
        "client-app -> ranker -> offline-feature-store",
        "ranker offline-feature-store",
        "client-app -> ranker -> precomputed-results",
    ),
    Case(
        "job-on-request-path",
        "client-app -> decision-service -> batch-scorer",
        "decision-service batch-scorer",
        "client-app -> decision-service ~> batch-scorer",
    ),
    Case(
        "job-on-request-path",
        "client-app -> decision-service -> review-queue",
        "decision-service review-queue",
        "client-app -> decision-service ~> review-queue",
    ),
    Case(
        "object-store-on-request-path",
        "client-app -> decision-service -> object-store",
        "decision-service object-store",
        "client-app -> object-store",
    ),
    Case(
        "waits-for-observer",
        "client-app -> decision-service -> drift-monitor",
        "decision-service drift-monitor",
        "client-app -> decision-service ~> drift-monitor",
    ),
    Case(
        "waits-for-observer",
        "api-gateway -> ranker -> shadow-deployment",
        "ranker shadow-deployment",
        "api-gateway -> ranker ~> shadow-deployment",
    ),
    Case(
        "batch-on-request-path",
        "client-app -> decision-service => model-server",
        "decision-service model-server",
        "client-app -> decision-service => data-lake",
    ),
    Case(
        "client-calls-store",
        "client-app -> operational-database",
        "client-app operational-database",
        "client-app -> api-gateway -> operational-database\nclient-app -> object-store",
    ),
    Case(
        "client-calls-store",
        "client-app ~> label-store",
        "client-app label-store",
        "client-app ~> event-stream ~> label-store\nclient-app -> precomputed-results",
    ),
    Case(
        "client-calls-model",
        "client-app -> model-server",
        "client-app model-server",
        "client-app -> api-gateway -> model-server",
    ),
    Case(
        "long-sync-chain",
        "client-app -> api-gateway -> decision-service -> ranker -> feature-service"
        " -> rules-engine -> cache",
        "cache",
        "client-app -> api-gateway -> decision-service -> ranker -> feature-service"
        " -> rules-engine ~> cache",
    ),
    Case(
        "unreachable-node",
        "client-app -> api-gateway\nranker -> cache",
        "ranker",
        "client-app -> api-gateway -> ranker\nbatch-pipeline => ranker",
    ),
]
