"""How it is judged: rubrics, graders and scores."""
