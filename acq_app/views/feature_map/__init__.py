"""Samples and test images as points in the space of features."""
