"""Smells of late and failing calls: a smallest bad and a smallest good design of each."""

from smell_cases import Case

THEME = "Late and failing calls"
CASES = [
    Case(
        "gpu-without-relief",
        "api-gateway -> gpu-model-server",
        "api-gateway gpu-model-server",
        "api-gateway -> gpu-model-server | else=smaller-model",
    ),
    Case(
        "gpu-without-relief",
        "client-app -> decision-service -> gpu-model-server\napi-gateway -> cache",
        "decision-service gpu-model-server",
        "client-app -> decision-service -> gpu-model-server\ndecision-service -> cache",
    ),
    Case(
        "no-fallback",
        "client-app -> api-gateway -> ranker",
        "api-gateway ranker",
        "client-app -> api-gateway\napi-gateway -> ranker | else=by-date",
    ),
    Case(
        "no-timeout",
        "client-app -> api-gateway",
        "client-app api-gateway",
        "client-app -> api-gateway | t=300\ntraining-pipeline -> model-registry",
    ),
    Case(
        "caller-gives-up-first",
        "api-gateway -> decision-service | t=50\ndecision-service -> ranker | t=80",
        "api-gateway decision-service ranker",
        "api-gateway -> decision-service | t=80\ndecision-service -> ranker | t=50",
    ),
    Case(
        "caller-gives-up-first",
        "api-gateway -> ranker | t=50\nclient-app -> ranker | t=90\nranker -> cache | t=50",
        "api-gateway ranker cache",
        "api-gateway -> ranker | t=50\nranker ~> cache | t=50",
    ),
    Case(
        "timeout-below-median",
        "api-gateway -> ranker | t=20\nranker | p50=30",
        "api-gateway ranker",
        "api-gateway -> ranker | t=30\nranker | p50=30",
    ),
    Case(
        "timeout-below-tail",
        "api-gateway -> ranker | t=20\nranker | p50=10 p99=30",
        "api-gateway ranker",
        "api-gateway -> ranker | t=30\nranker | p50=10 p99=30",
    ),
    Case(
        "timeout-below-tail",
        "api-gateway -> ranker | t=5",
        "api-gateway ranker",
        "api-gateway -> ranker | t=5\nranker | p50=9 p99=30",
    ),
    Case(
        "fallback-shares-fate",
        "decision-service -> model-server -> online-feature-store\n"
        "decision-service -> fallback-service -> online-feature-store\n"
        "decision-service -> online-feature-store",
        "fallback-service online-feature-store",
        "decision-service -> model-server\n"
        "decision-service -> fallback-service -> precomputed-results",
    ),
    Case(
        "single-replica",
        "client-app -> api-gateway -> feature-flag",
        "api-gateway",
        "client-app -> api-gateway\napi-gateway | replicas=2",
    ),
    Case(
        "calls-without-batching",
        "api-gateway -> ranker | calls=10",
        "api-gateway ranker",
        "api-gateway -> ranker | calls=9\nbatch-scorer -> cache | calls=500",
    ),
    Case(
        "cache-without-hit-ratio",
        "api-gateway -> cache",
        "cache",
        "api-gateway -> cache\ncache | hit=0.8",
    ),
]
