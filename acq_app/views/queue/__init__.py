"""The runs that wait."""
