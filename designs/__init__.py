"""What is designed: prompts and the language of a drawn design."""
