"""One drawn design, many notations."""
