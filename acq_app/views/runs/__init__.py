"""The history of runs, and some of them beside each other."""
