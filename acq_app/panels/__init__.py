"""Panels: what the user sets, five steps in the order in which a person decides."""
