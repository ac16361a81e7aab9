"""The offline grader: deterministic, without network or key; the score of record."""
