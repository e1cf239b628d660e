"""The job that exports a run and checks the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from acq_app.run.jobs import Emit, Job
from acq_engine.control import RunControl
from acq_engine.events import Exported


@dataclass
class ExportJob(Job):
    """Write a finished run's model in a format, and check it."""

    run_dir: Path
    format: str
    target: Path | None
    control: RunControl = field(default_factory=RunControl)
    worth_asking = True

    def run(self, emit: Emit) -> Exported | None:
        """Export; the file is then run and compared, unless it is cancelled meanwhile.

        Returns:
            What was written; None when it was cancelled before that.

        Raises:
            ExportError: the model can't be written so.
            StorageError: the run has no quantized model, or the place can't be written.
        """
        from acq_engine.export.from_run import export_run
        from acq_engine.export.verify.of_run import verify_run

        if self.control.cancel_requested:
            return None
        exported = export_run(self.run_dir, self.format, self.target, on_event=emit)
        if not self.control.cancel_requested:
            # trust: this very program has just written the file
            verify_run(self.run_dir, exported.path, trust=True, on_event=emit,
                       stop=lambda: self.control.cancel_requested)
        return exported

    def cancel(self) -> None:
        """Stop once the file is written; it is whole then, or not there."""
        self.control.cancel()
