"""Graders: each reads a grading task and returns an assessment."""
