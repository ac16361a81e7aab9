"""Mutation lab: break one thing in a strong answer, and see which criteria the grader lets fall."""
