"""Choosing the bits of each layer for a size or a mean."""
