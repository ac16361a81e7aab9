"""What is fast and what holds, measured beside what it is compared to."""
