"""Looking at test images as soon as they are chosen, so that a bad set is told before a run, not after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from acq_app.features.context import AppContext
from acq_app.features.model_inspection.feature import ModelInspection
from acq_app.panels.test_images import SetLook
from acq_app.run.background import Work
from acq_app.run.jobs import Emit, Job, heavy_import
from acq_engine.errors import AcqError, Question
from acq_engine.events import Failed, ModelSummary
from acq_engine.settings import ModelConfig, TestSetConfig

if TYPE_CHECKING:
    from acq_engine.test_sets.looking import Expected

SETTLE_MS = 200
SAMPLE = (10, (1, 32, 32))  # classes and input of the built-in sample; its names come from the engine


@dataclass
class LookAtTestSetJob(Job):
    """Count a test set's images and read a few of them. `summary` is that of the model; None for the sample.

    Where labels can be read in several ways, the `model` is loaded to find out which one is meant; `questions` are what
    it does not tell.
    """

    config: TestSetConfig
    summary: ModelSummary | None
    input_size: int | None = None
    model: ModelConfig = field(default_factory=ModelConfig)
    questions: tuple[Question, ...] = ()

    def run(self, emit: Emit) -> SetLook:
        """What it is.

        Raises:
            DataError: it can't be used with this model.
        """
        del emit
        with heavy_import():
            from acq_engine.test_sets.looking import look

        found = look(self.config, self._expected())
        names = found.class_names
        notes = (*found.notes, *(self._order() if found.unsure else ()))
        return SetLook(
            found.images, found.classes, found.size, names, found.pictures,
            tuple(names[label] if label < len(names) else str(label) for label in found.labels), found.unread,
            notes,
        )

    def _order(self) -> tuple[str, ...]:
        """What the float model says of the order of the labels."""
        from acq_engine.models import load_model
        from acq_engine.test_sets.label_order import IMAGES
        from acq_engine.test_sets.loading import load_test_set

        try:
            some = self.config.model_copy(update={"limit": min(self.config.limit or IMAGES, IMAGES)})
            test_set = load_test_set(some, load_model(self.model))
        except AcqError:
            return ()  # told where the model is looked at
        if test_set is None:
            return ()
        self.questions = test_set.questions
        return () if self.questions else test_set.notes

    def _expected(self) -> Expected:
        from acq_engine.test_sets.looking import Expected

        if self.summary is not None:
            return Expected(self.summary.num_classes, self.summary.input_shape, self.summary.class_names)
        classes, (channels, height, width) = SAMPLE
        return Expected(classes, (channels, self.input_size or height, self.input_size or width))


class TestImagesFeature(QObject):
    """Follows the settings: another set, or another model, is looked at anew."""

    __test__ = False  # not a test class for pytest

    waiting = Signal()  # a set is chosen, and there is no model to compare it with
    looking = Signal()
    looked = Signal(object)  # SetLook
    failed = Signal(object)  # Failed
    forgotten = Signal()  # no set is chosen, or nothing can be said of it
    questioned = Signal(object)  # Questions about the set; none where all is certain, or nothing is known
    changed = Signal()  # `error` may have

    def __init__(self, context: AppContext, inspection: ModelInspection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.error = ""  # why the chosen set can't be used
        self._summary: ModelSummary | None = None
        self._known: tuple[object, ...] | None = None
        self._waits_for: object = None  # the set that is chosen, while nothing is known of the model
        self._work: Work | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._look)
        inspection.found.connect(self._model_found)
        inspection.forgotten.connect(self._model_forgotten)
        context.run_settings.changed.connect(self._follow)

    @Slot(object, object)
    def _model_found(self, summary: ModelSummary, _: object) -> None:
        self._summary = summary
        self._follow()

    @Slot()
    def _model_forgotten(self) -> None:
        self._summary = None
        self._follow()

    def _wanted(self) -> tuple[object, ...] | None:
        """What is to be looked at; None where there is nothing, or nothing that could be compared with."""
        config = self._context.run_settings.config
        if not self._is_there() or not self._knows_model():
            return None
        of_sample = config.model.source == "sample"
        return config.test_set, None if of_sample else self._summary, config.model.input_size

    def _is_there(self) -> bool:
        path = self._context.run_settings.config.test_set.path
        return path is not None and path.exists()

    def _knows_model(self) -> bool:
        return self._summary is not None or self._context.run_settings.config.model.source == "sample"

    @Slot()
    def _follow(self) -> None:
        wanted = self._wanted()
        waits_for = self._context.run_settings.config.test_set if self._is_there() and wanted is None else None
        if (wanted, waits_for) == (self._known, self._waits_for):
            return
        self._known, self._waits_for = wanted, waits_for
        self._set_error("")
        self.forgotten.emit()
        self.questioned.emit(())
        if waits_for is not None:
            self.waiting.emit()
        if wanted is not None:
            self._timer.start()

    @Slot()
    def _look(self) -> None:
        if self._work is not None or self._known is None:
            return  # the end of the one that goes on starts the next
        known = self._known
        test_set, summary, size = known
        assert isinstance(test_set, TestSetConfig)
        assert summary is None or isinstance(summary, ModelSummary)
        model = self._context.consents.apply(self._context.run_settings.config.model)
        job = LookAtTestSetJob(test_set, summary, size if isinstance(size, int) else None, model)
        self.looking.emit()
        self._work = self._context.background.do(
            job, lambda found: self._ended(known, found, job.questions),
            lambda failed: self._ended(known, failed))

    def _ended(self, known: tuple[object, ...], found: object, questions: tuple[Question, ...] = ()) -> None:
        self._work = None
        if known != self._known:
            if self._known is not None:
                self._timer.start()
            return
        if isinstance(found, Failed):
            self._set_error(found.message)
            self.failed.emit(found)
        else:
            self.looked.emit(found)
            self.questioned.emit(questions)

    def _set_error(self, error: str) -> None:
        if error != self.error:
            self.error = error
            self.changed.emit()
