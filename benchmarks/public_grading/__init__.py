"""Public human-graded answers, graded by the engine that grades designs."""
