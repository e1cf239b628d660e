"""What the run says in words."""
