"""The pieces of the load test page."""
