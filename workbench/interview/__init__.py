"""The interviewer who asks: follow-up questions, when they fit, and what is said in return."""
