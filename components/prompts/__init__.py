"""The first page: prompts to choose from."""
