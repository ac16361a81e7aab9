"""Injections: texts that try to talk a model into a verdict, and what the gates make of it."""
