"""The settings of the next run, and what the program remembers between two starts."""
