"""The drawn request path under the prompt's traffic."""
