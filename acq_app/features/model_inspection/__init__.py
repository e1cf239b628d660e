"""What is known of the chosen model before a run."""
