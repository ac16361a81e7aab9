"""About: what the score is, what is kept where, and whether the store is well."""

from components.about.facts import how_it_scores, what_is_kept

how_it_scores()
what_is_kept()
