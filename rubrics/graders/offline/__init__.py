"""The offline grader: deterministic, local, and the score of record."""

from rubrics.graders.offline.grader import OfflineGrader
from rubrics.graders.offline.settings import OfflineSettings

__all__ = ["OfflineGrader", "OfflineSettings"]
