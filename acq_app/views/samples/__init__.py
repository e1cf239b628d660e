"""The synthetic samples: a grid, one large, and how healthy they are."""
