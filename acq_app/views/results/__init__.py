"""What came of a run, in figures and charts."""
