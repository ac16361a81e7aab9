"""Short scripts that wire the pieces of a page together."""
