"""Runs on a Dask cluster, followed from here. Dask is imported by the modules that need it, when they are needed.

A run is a folder, here and there. The worker that computes it sends what changes in its folder to the scheduler, where
the depot keeps a copy; whoever follows the run fetches what is new from there into a folder of their own, and reads the
events from that, as from any other run folder. So events, images, checkpoints and results come by one way, a second
worker takes the run up from the depot's copy, and a client that was away asks for what it has not got yet.
"""

from __future__ import annotations

MARK = "cluster.json"  # in a run folder: the run is on a cluster, and which one it is there
