"""A grid of settings as runs of the queue."""
