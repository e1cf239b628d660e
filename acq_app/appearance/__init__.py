"""Colours, icons, languages, and how figures are written. Qt only."""
