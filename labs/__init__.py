"""What a design does when it is run."""
