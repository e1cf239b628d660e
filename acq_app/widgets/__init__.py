"""Small widgets that panels, views and dialogs share; none knows about runs."""
