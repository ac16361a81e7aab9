"""Language models from the outside: network, jobs in the background, use cases."""
