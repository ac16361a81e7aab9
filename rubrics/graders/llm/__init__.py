"""Language models: an optional second opinion and a coach, never the score of record."""
