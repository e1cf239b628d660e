"""Scripts that print tables: accuracy, speed, ablations. Never run as tests."""
