"""Settings: every threshold of the offline grader in one place."""

from pydantic import Field

from designs.content_hash import record_hash
from designs.record import Record


class OfflineSettings(Record):
    """Thresholds of the offline grader. Their hash is part of every assessment.

    The values are set by hand on authored examples; they are assumptions until graded answers
    exist to fit them to (docs/grading.md).
    """

    recital_terms: int = Field(default=3, ge=2)
    """Terms in a sentence without decision, number, mechanism or reason that make it a recital."""
    pile_terms: int = Field(default=5, ge=3)
    """Bare terms enumerated by one recital from which it earns nothing at all."""
    similar: float = Field(default=0.46, gt=0, lt=1)
    """Similarity to an example from which a sentence may earn `named` without a concept."""
    similar_lead: float = Field(default=0.1, ge=0, lt=1)
    """Lead over every near miss and contradiction that this takes."""
    on_topic: float = Field(default=0.05, ge=0, lt=1)
    """Similarity to an example below which words of a criterion belong to something else."""
    near_miss: float = Field(default=0.62, gt=0, lt=1)
    """Similarity to a near miss from which a sentence is one, unless an example is as close."""
    contradicts: float = Field(default=0.5, gt=0, lt=1)
    """Similarity to a contradiction from which an asserted sentence is one."""
    contradicts_lead: float = Field(default=0.12, ge=0, lt=1)
    """Lead over every positive example that this takes: a false alarm is worse than a miss."""
    unsure_margin: float = Field(default=0.06, ge=0, lt=1)
    """Distance from a similarity threshold within which a result is marked unsure."""
    words_alone: float = Field(default=0.7, gt=0, le=1)
    """Share of word overlap in the similarity; the rest is overlap of letter groups."""
    prompt_word_weight: float = Field(default=0.25, ge=0, le=1)
    """What a word that the prompt itself uses counts for in the similarity."""
    depth_reach: int = Field(default=1, ge=0, le=3)
    """Sentences before and after a concept in which its depth may stand."""
    support_reach: int = Field(default=1, ge=0, le=8)
    """Sentences between an idea and what argues for it, at most, for `reasoned`."""
    quotes: int = Field(default=3, ge=1, le=8)
    """Sentences cited at most for one criterion."""

    def hash(self) -> str:
        """Return the identity of the settings, shortened for display."""
        return record_hash(self)[:16]
