"""The job behind a run on a cluster: hand it in, take it up or find it again, and pass on what comes home."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from acq_app.run.jobs import Emit, Job
from acq_engine.control import RunControl
from acq_engine.settings import RunConfig

if TYPE_CHECKING:
    from acq_engine.cluster.remote_run import RemoteRun
    from acq_engine.store.requests import Request


@dataclass
class ClusterJob(Job):
    """A run on a cluster.

    Attributes:
        run_dir: Its folder here.
        control: Steers it, as any other run.
        address: Of the cluster; empty: where the folder says that the run is.
        config: Of a new run; None: the folder has one.
        lower_rates: Resume with lower learning rates.
        detached: Nobody follows it any more; it goes on.
    """

    run_dir: Path
    control: RunControl
    address: str = ""
    config: RunConfig | None = None
    lower_rates: bool = False
    detached: bool = False
    _remote: RemoteRun | None = field(default=None, repr=False)

    def run(self, emit: Emit) -> None:
        """Connect, then pass events on until the run has ended, or nobody follows it."""
        from acq_engine.cluster.connection import open_connection
        from acq_engine.cluster.remote_run import RemoteRun, is_remote, mark
        from acq_engine.store import RunStore

        again = self.config is None and is_remote(self.run_dir)
        if again:
            self.address = mark(self.run_dir)[0]
        with open_connection(self.address) as connection:
            if self.config is not None:
                remote = RemoteRun.hand_in(connection, self.config, self.run_dir, self.control)
            elif again:
                remote = RemoteRun.again(connection, self.run_dir, self.control, from_beginning=True)
            else:
                for event in RunStore.open(self.run_dir).events():
                    emit(event)
                remote = RemoteRun.resume(connection, self.run_dir, self.control, lower_rates=self.lower_rates)
            self._remote = remote
            if self.detached:
                remote.detach()
            for event in remote.events():
                emit(event)

    def detach(self) -> None:
        """Stop following; the run goes on there."""
        self.detached = True
        if self._remote is not None:
            self._remote.detach()

    def cancel(self) -> None:
        """Ask the run to stop after its current step."""
        self.control.cancel()


@dataclass
class AskJob(Job):
    """Ask a run that somebody else works on, through its folder."""

    run_dir: Path
    request: Request

    def run(self, emit: Emit) -> None:
        """Write the request.

        Raises:
            StorageError: nobody works on it any more, or the folder can't be written.
        """
        from acq_engine.store.requests import ask

        ask(self.run_dir, self.request)
