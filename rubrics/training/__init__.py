"""Training of the offline grader on the tuning half of the gold answers."""
