"""Opens the choice of each layer's bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from acq_app.features.context import AppContext
from acq_app.features.next_run import NextRunFeature
from acq_app.features.runs import RunFeature

if TYPE_CHECKING:
    from acq_app.features.bits.choosing import MeasureMaker


class BitFeature(QObject):
    """Opens the dialog."""

    def __init__(self, context: AppContext, runs: RunFeature, next_run: NextRunFeature,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._runs, self._next_run = context, runs, next_run
        self.make_measure: MeasureMaker | None = None

    @Slot()
    def show(self) -> None:
        """Choose each layer's bits for a size or a mean, by what they cost; or say why that can't be now."""
        if self._context.session.active or self._runs.reasons():
            self._context.messages.tell(
                self.tr("Bits can be allocated once no run is active and Start is enabled."))
            return
        from acq_app.features.bits.choosing import BitChoosing

        self._context.dialogs.open(
            lambda parent: BitChoosing(self._context, self._next_run, parent, self.make_measure).dialog)
