"""Settings that the user kept under a name."""
