"""Loss curves and other metrics over the steps of a run."""
