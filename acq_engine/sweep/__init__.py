"""Sweeps: the same run with several values of some settings, in every combination.

`plan` is the grid (no torch, no files), `folder` the folder that a sweep leaves behind.
"""
