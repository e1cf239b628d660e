"""One run on several processes: who they are, what they tell one another, and how they divide a batch.

Started by torchrun; alone, every function here returns what it was given and torch.distributed is never touched.
All ranks hold the same state and draw the same random numbers; in a training step each computes its part of the batch,
inside `shared`, and everything that is a figure of the batch is a figure of all parts. A checkpoint is therefore that
of any number of processes.
"""

from acq_engine.distributed.collectives import (
    alone,
    apart,
    average,
    average_gradients,
    from_all,
    from_first,
    gathered,
    leads,
    over_ranks,
    rank,
    ranks,
    same_everywhere,
    sharing,
    summed,
    together,
)
from acq_engine.distributed.share import Share, share_of, share_of_neighbours, shared
from acq_engine.distributed.trials import keep_best, own

__all__ = [
    "Share", "alone", "apart", "average", "average_gradients", "from_all", "from_first", "gathered", "keep_best",
    "leads", "over_ranks", "own", "rank", "ranks", "same_everywhere", "share_of", "share_of_neighbours", "shared",
    "sharing", "summed", "together",
]
