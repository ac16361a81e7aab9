"""The history page: attempts and how each stage developed."""

from components.past.attempts import past_attempts
from components.past.trends import stage_trends
from components.state import the_workbench
from workbench.history import history

lines = history(the_workbench().desk)
stage_trends(lines)
past_attempts(lines)
