"""Attention of the teacher in both modes."""
