"""Accuracy on test images, and figures from features and positions."""
