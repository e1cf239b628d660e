"""A run from beginning to end: its phases, its state, what is seen and chosen on the way."""
