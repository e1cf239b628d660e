"""A run as the window sees it: its state, its thread, its events; and all other work in the background. No widgets."""
