"""Smells of features and indexes: a smallest bad and a smallest good design of each."""

from smell_cases import Case

THEME = "Features and indexes"
CASES = [
    Case(
        "training-reads-live-store",
        "online-feature-store => training-pipeline",
        "online-feature-store training-pipeline",
        "online-feature-store ~> offline-feature-store => training-pipeline",
    ),
    Case(
        "index-without-version",
        """
         client-app -> decision-service -> embedding-service
         decision-service -> ann-index
         batch-scorer => ann-index
         model-registry => embedding-service
         """,
        "embedding-service ann-index",
        """
         client-app -> decision-service -> embedding-service
         decision-service -> ann-index
         model-registry => batch-scorer => ann-index
         model-registry => embedding-service
         """,
    ),
    Case(
        "index-without-version",
        "embedding-service -> ann-index\nbatch-pipeline => ann-index",
        "embedding-service ann-index",
        "embedding-service -> ann-index\npartner-feed => ann-index",
    ),
    Case(
        "features-computed-twice",
        """
         client-app -> decision-service -> online-feature-store
         stream-processor ~> online-feature-store
         decision-service ~> data-lake => batch-pipeline => training-pipeline
         """,
        "training-pipeline batch-pipeline online-feature-store",
        """
         client-app -> decision-service -> online-feature-store
         decision-service ~> data-lake => batch-pipeline => training-pipeline
         batch-pipeline => online-feature-store
         """,
    ),
    Case(
        "features-computed-twice",
        """
         api-gateway -> feature-service
         data-lake => offline-feature-store => training-pipeline
         """,
        "training-pipeline offline-feature-store feature-service",
        """
         api-gateway -> feature-service ~> data-lake => training-pipeline
         data-lake => offline-feature-store => training-pipeline
         """,
    ),
    Case(
        "two-writers",
        "stream-processor ~> online-feature-store\nbatch-pipeline => online-feature-store",
        "stream-processor batch-pipeline online-feature-store",
        "stream-processor ~> online-feature-store | note=counters\n"
        "batch-pipeline => online-feature-store | note=profiles",
    ),
    Case(
        "two-writers",
        "change-capture ~> precomputed-results\nbatch-scorer => precomputed-results",
        "change-capture batch-scorer precomputed-results",
        "change-capture ~> data-lake\nbatch-scorer => data-lake",
    ),
    Case(
        "store-without-writer",
        "api-gateway -> online-feature-store",
        "online-feature-store",
        "api-gateway -> online-feature-store\nstream-processor ~> online-feature-store",
    ),
    Case(
        "store-without-writer",
        "client-app -> ranker -> ann-index",
        "ann-index",
        "client-app -> ranker -> operational-database",
    ),
]
