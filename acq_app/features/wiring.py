"""Who does what: every feature is made here, and what panels, views and actions ask for is connected to it, once.

The order in which features are made is the order in which they depend on each other, so that no two can be handed each
other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from acq_app.commands.registry import Registry
from acq_app.commands.table import EXPERIMENTS, PAGE_ACTIONS
from acq_app.features.bits.feature import BitFeature
from acq_app.features.calibration_set import CalibrationSetFeature
from acq_app.features.compare.feature import CompareFeature
from acq_app.features.context import AppContext
from acq_app.features.estimate import TimeEstimate
from acq_app.features.experiments.feature import ExperimentFeature
from acq_app.features.export.feature import ExportFeature
from acq_app.features.files import FileFeature
from acq_app.features.help import HelpFeature
from acq_app.features.history.feature import HistoryFeature
from acq_app.features.measuring import MeasureFeature
from acq_app.features.model_inspection.feature import ModelInspection
from acq_app.features.next_run import NextRunFeature
from acq_app.features.place import PlaceFeature, PlaceShown
from acq_app.features.preferences import PreferencesFeature
from acq_app.features.presets.feature import PresetFeature
from acq_app.features.published import PublishedFeature
from acq_app.features.questions import QuestionFeature
from acq_app.features.queue.feature import QueueFeature, QueueShown
from acq_app.features.real_attention import RealAttentionFeature
from acq_app.features.report import ReportFeature
from acq_app.features.runs import RunFeature
from acq_app.features.sweeps.feature import SweepFeature
from acq_app.features.test_images import TestImagesFeature

if TYPE_CHECKING:
    from acq_app.panels.column import SettingsColumn
    from acq_app.views.compare.view import CompareView
    from acq_app.views.layers.view import LayersView
    from acq_app.views.queue.view import QueueView
    from acq_app.views.runs.view import RunsView
    from acq_app.views.shared.base import View
    from acq_app.views.sweeps.view import SweepsView


class Features(QObject):
    """Everything that the user can do."""

    def __init__(self, context: AppContext, registry: Registry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.questions = QuestionFeature(context, self)
        self.inspection = ModelInspection(context, self.questions, self)
        self.estimate = TimeEstimate(context, self.inspection, self)
        self.next_run = NextRunFeature(context, self)
        self.test_images = TestImagesFeature(context, self.inspection, self)
        self.place = PlaceFeature(context, self)
        self.runs = RunFeature(context, self.inspection, self.test_images, self.place, self)
        self.measuring = MeasureFeature(context, self)
        self.export = ExportFeature(context, self)
        self.report = ReportFeature(context, self)
        self.experiments = ExperimentFeature(context, self)
        self.calibration_set = CalibrationSetFeature(context, self)
        self.history = HistoryFeature(context, self)
        self.real_attention = RealAttentionFeature(context, self)
        self.published = PublishedFeature(context, self)
        self.presets = PresetFeature(context, self.next_run, self)
        self.bits = BitFeature(context, self.runs, self.next_run, self)
        self.queue = QueueFeature(context, self.runs, self.next_run, self)
        self.sweeps = SweepFeature(context, self.queue, self.estimate, self)
        self.compare = CompareFeature(context, self.measuring, self)
        self.files = FileFeature(
            context, self.inspection, self.next_run, self.runs, self.sweeps, self.compare, self)
        self.help = HelpFeature(context, registry, self)
        self.preferences = PreferencesFeature(context, self)
        self._navigation = context.navigation
        self.history.rowsRead.connect(self.help.remember_runs)
        self.help.runChosen.connect(self.runs.open)

    def show_layers(self) -> None:
        """Turn to the page of the quantized layers."""
        self._navigation.show_page("layers")

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by id; those of the window itself are the shell's."""
        files, runs, queue, helping = self.files, self.runs, self.queue, self.help
        pages = {info.id: partial(self._navigation.focus_page, info.id.removeprefix("page_")) for info in PAGE_ACTIONS}
        themes = {f"theme_{name}": self.preferences.theme_chooser(name)
                  for name in ("system", "light", "dark", "high-contrast")}
        experiments = {f"experiment_{name}": partial(self.experiments.show, name) for name in EXPERIMENTS}
        return {
            **pages, **themes, **experiments,
            "open_model": files.open_model, "use_sample": files.use_sample, "open_test_set": files.open_test_set,
            "open_run": files.open_run, "open_run_folder": runs.show_own_folder,
            "load_settings": files.load_settings, "save_settings": files.save_settings,
            "copy_command": files.copy_command,
            "export": self.export.show, "debug_package": files.save_debug_package,
            "undo": self.next_run.undo, "redo": self.next_run.redo, "reset_settings": self.next_run.reset,
            "presets": self.presets.show, "choose_bits": self.bits.show, "preferences": self.preferences.show,
            "start": runs.start, "pause_resume": runs.pause_resume, "finish_now": runs.finish_now,
            "cancel": runs.cancel, "stop_following": runs.stop_following,
            "resume_run": runs.resume_shown, "measure": self.measuring.measure,
            "report": self.report.ask,
            "calibration_set": self.calibration_set.ask,
            "try_it": self.compare.show_try,
            "compare_test_set": self.compare.compare_test_set, "compare_samples": self.compare.compare_samples,
            "enqueue": queue.add_current, "queue_go": queue.go, "queue_hold": queue.hold, "stop_all": queue.stop_all,
            "sweep": self.sweeps.set_up, "model_layers": self.inspection.show_layers,
            "palette": helping.show_palette, "help": helping.show_help, "shortcuts": helping.show_shortcuts,
            "about": helping.show_about, "show_live": partial(self._navigation.show_page, "live"),
        }


def wire_panels(column: SettingsColumn, features: Features) -> None:
    """What the panels ask for, and what they are told."""
    panel, inspection, files = column.model_panel, features.inspection, features.files
    panel.openRequested.connect(files.open_model)
    panel.pathChosen.connect(files.open_model_file)
    panel.layersRequested.connect(inspection.show_layers)
    panel.stopRequested.connect(inspection.cancel)
    panel.retryRequested.connect(inspection.look)
    inspection.inspector.started.connect(panel.show_looking)
    inspection.inspector.downloading.connect(panel.show_download)
    inspection.forgotten.connect(partial(panel.show_summary, None))
    inspection.found.connect(panel.show_summary)
    inspection.failed.connect(panel.show_error)
    files.recentChanged.connect(panel.set_recent)
    files.modelChosen.connect(column.show_model)
    column.schedule_panel.presetsRequested.connect(features.presets.show)
    place, chosen = features.place, column.schedule_panel.place
    chosen.chosen.connect(place.choose)
    chosen.forgotten.connect(place.forget)

    def show_place(shown: PlaceShown) -> None:
        chosen.show_place(shown.address, shown.known, shown.note, bad=shown.bad)

    place.changed.connect(show_place)
    show_place(place.shown())
    test_images, look = features.test_images, column.test_panel.look
    test_images.forgotten.connect(look.forget)
    test_images.waiting.connect(look.show_waiting)
    test_images.looking.connect(look.show_looking)
    test_images.looked.connect(look.show_look)
    test_images.failed.connect(look.show_error)
    for answered in (test_images.looked, test_images.failed):
        answered.connect(column.show_look)
    for source, questions in ((inspection, panel.questions), (test_images, column.test_panel.questions)):
        source.questioned.connect(questions.show_questions)
        questions.chosen.connect(features.questions.ask)
        features.questions.answered.connect(questions.put_away)
    files.testSetChosen.connect(column.show_test_images)
    features.help.settings = column.paths()
    features.help.settingChosen.connect(column.show_field)
    column.test_panel.openFileRequested.connect(files.open_test_set)
    column.test_panel.openFolderRequested.connect(files.open_test_folder)
    column.test_panel.own_images.folderRequested.connect(files.open_own_images)


def wire_views(views: Iterable[View], features: Features) -> None:
    """What the views ask for, and what they are told; a view that could not be made is left out."""
    # Here, because these modules bring pyqtgraph; the views are made by now.
    from acq_app.views.attention.view import AttentionView
    from acq_app.views.compare.view import CompareView
    from acq_app.views.layers.view import LayersView
    from acq_app.views.queue.view import QueueView
    from acq_app.views.results.view import ResultsView
    from acq_app.views.runs.view import RunsView
    from acq_app.views.sweeps.view import SweepsView

    for view in views:
        match view:
            case AttentionView():
                view.layerRequested.connect(features.next_run.use_layer)
                view.centres.realRequested.connect(features.real_attention.look)
                features.real_attention.seen.connect(view.centres.take_real)
            case LayersView():
                _wire_layers(view, features)
            case ResultsView():
                features.published.found.connect(view.show_published)
                view.openFolderRequested.connect(features.runs.show_folder)
                view.exportRequested.connect(features.export.show_format)
                view.reportRequested.connect(features.report.ask)
                view.experimentRequested.connect(features.experiments.show)
                view.imagesRequested.connect(features.compare.compare_cell)
                view.compareRequested.connect(features.compare.compare_samples)
                view.layersRequested.connect(features.show_layers)
            case CompareView():
                _wire_compare(view, features)
            case RunsView():
                _wire_runs(view, features)
            case SweepsView():
                _wire_sweeps(view, features)
            case QueueView():
                _wire_queue(view, features)
            case _:
                pass  # asks for nothing


def _wire_layers(view: LayersView, features: Features) -> None:
    view.layerBitsRequested.connect(features.next_run.use_bits)
    view.chooseBitsRequested.connect(features.bits.show)
    features.next_run.layerBitsChanged.connect(view.show_asked)
    features.next_run.tell_layer_bits()


def _wire_compare(view: CompareView, features: Features) -> None:
    compare = features.compare
    view.filesDropped.connect(compare.compare_files)
    view.addRequested.connect(compare.ask_images)
    view.folderRequested.connect(compare.ask_folder)
    view.testSetRequested.connect(compare.compare_test_set)
    view.samplesRequested.connect(compare.compare_samples)
    view.stopRequested.connect(compare.stop)
    view.tryRequested.connect(compare.show_try)
    compare.progressed.connect(view.show_progress)
    compare.compared.connect(view.show_comparison)
    compare.ended.connect(view.show_failure)


def _wire_runs(view: RunsView, features: Features) -> None:
    history = features.history
    view.openRequested.connect(features.runs.open)
    view.cloneRequested.connect(features.files.clone)
    view.compareRequested.connect(history.compare)
    view.deleteRequested.connect(history.delete)
    view.renameRequested.connect(history.ask_name)
    view.folderRequested.connect(features.runs.show_folder)
    view.notesChanged.connect(history.note)
    view.tagsChanged.connect(history.tag)
    view.refreshRequested.connect(history.refresh)
    view.set_look(*history.look)
    view.lookChanged.connect(history.remember_look)
    history.rowsRead.connect(view.show_rows)
    history.compared.connect(view.show_comparison)
    history.realSeen.connect(view.compare.show_real)
    history.refresh()


def _wire_sweeps(view: SweepsView, features: Features) -> None:
    sweeps = features.sweeps
    view.newRequested.connect(sweeps.set_up)
    view.goOnRequested.connect(sweeps.go_on)
    view.openRunRequested.connect(features.runs.open)
    view.openFolderRequested.connect(features.runs.show_folder)
    view.tableRequested.connect(sweeps.save_table)
    view.rereadRequested.connect(sweeps.refresh)
    sweeps.listed.connect(view.show_sweeps)
    sweeps.refresh()


def _wire_queue(view: QueueView, features: Features) -> None:
    queue = features.queue
    view.moveRequested.connect(queue.move)
    view.removeRequested.connect(queue.model.remove)
    view.clearRequested.connect(queue.model.clear_ended)
    view.useRequested.connect(queue.use)
    view.openRunRequested.connect(features.runs.open)
    view.addRequested.connect(queue.add_current)
    view.goRequested.connect(queue.go)
    view.holdRequested.connect(queue.hold)
    view.stopAllRequested.connect(queue.stop_all)

    def show(shown: QueueShown) -> None:
        view.show_queue(shown.rows, can_go=shown.can_go, can_hold=shown.can_hold, can_stop=shown.can_stop)

    queue.shown.connect(show)
    queue.selected.connect(view.select)
    queue.show()
