"""What a run is told: its settings, presets for them, and the one way to read them from a file."""
