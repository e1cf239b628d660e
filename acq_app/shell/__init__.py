"""The program around the features: one window, all parts put together, start and end.

Nothing imports this room.
"""
