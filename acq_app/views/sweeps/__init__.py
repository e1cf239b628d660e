"""A grid of settings: its runs, and a chart of their figures."""
