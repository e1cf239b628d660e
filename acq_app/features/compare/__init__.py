"""Comparing both networks of a run on pictures, and trying the exported file on one."""
