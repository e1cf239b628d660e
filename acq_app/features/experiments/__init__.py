"""The experiments about the method, from the window."""
