"""The paper's own figure for the run on the screen, where there is one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from acq_app.features.context import AppContext
from acq_engine.errors import AcqError
from acq_engine.events import Evaluated, Event


class PublishedFeature(QObject):
    """Looks it up once the quantized network was measured on test images: there is nothing to stand next to before."""

    found = Signal(object)  # Published

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        context.session.events.connect(self._take)

    @Slot(list)
    def _take(self, events: list[Event]) -> None:
        measured = any(isinstance(event, Evaluated) and event.subject == "student" and event.final
                       and event.top1 is not None for event in events)
        folder, model = self._context.session.run_dir, self._context.session.state.model
        if not measured or folder is None or model is None:
            return
        from acq_engine.settings.published import published
        from acq_engine.store import RunStore

        try:
            config = RunStore.open(folder).config
        except AcqError:  # it was removed meanwhile, or is a made-up run without a folder
            return
        found = published(config, model.arch, model.num_classes, model.input_shape)
        if found is not None:
            self.found.emit(found)
