"""Runs that wait for their turn."""
