"""What the user can do, one file or folder for each ability.

A feature gets the AppContext and, named, the features that it builds on; it never imports the shell.
"""
