"""Dialogs: errors, export, preferences, help. None of them blocks the event loop."""
