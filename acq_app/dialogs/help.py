"""Help: a page for every panel and view, from the settings', the metrics' and the signs' own words."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QWidget

from acq_app.appearance.language import metric_words, said, setting_words
from acq_app.appearance.theme import GRID
from acq_app.dialogs.pages import Page
from acq_app.run.health import SIGNS
from acq_app.settings.fields import FieldSpec, field_specs
from acq_engine.events import METRIC_BY_KEY, METRICS

CONTEXT = "HelpDialog"


@dataclass(frozen=True)
class Topic:
    """One page: what the panel or view is for, and how it is used.

    `id` is that of a panel, of a view, or what a widget names with `set_topic`.
    """

    id: str
    title: str
    about: tuple[str, ...]  # paragraphs
    settings: tuple[str, ...] = ()  # paths of settings, or their beginnings
    metrics: tuple[str, ...] = ()  # groups of metrics
    signs: bool = False


TOPICS: tuple[Topic, ...] = (
    Topic("model", "Model", (
        "The trained classifier to quantize. The statistics in its batch-norm layers are all that is known about the "
        "training data. Where it has none, they are measured on drawn images, which are a lesser guide.",
        "Drop a file anywhere on the window, or choose the sample model, a recent file, or a published model by name.",
    ), ("model.",)),
    Topic("quantization", "Quantization", (
        "How many bits weights and activations have. At 4 bits little accuracy is lost; below 4 bits it depends on the "
        "other settings.",
    ), ("quantization.",)),
    Topic("method", "Method", (
        "How samples are generated that stand in for the training data. Each loss has a weight; 0 disables it.",
    ), ("method", "losses.", "generator.")),
    Topic("schedule", "Schedule", (
        "How long the generator and the quantized model are trained. The presets are a good start.",
    ), ("schedule.", "seed", "device", "threads", "precision", "cuda_graphs")),
    Topic("test_images", "Test images", (
        "Labelled images for measuring accuracy. Quantization never sees them, and works without them.",
    ), ("test_set.", "pictures.")),
    Topic("run", "The run", (
        "Start launches a run with the current settings; if it is disabled, the text next to it explains why. The bar "
        "shows the phases: preparation, generator warm-up, calibration, fine-tuning, evaluation, export.",
        "Pause waits after the current step. Finish now stops training, then evaluates and exports the model as it is. "
        "Cancel saves a checkpoint and stops; the run can be resumed.",
        "The meter on the right shows this program's CPU time (100 % is one core) and memory, and those of a GPU if "
        "one is used.",
    )),
    Topic("cluster", "Cluster", (
        "Runs can be computed on other machines with Dask. Choose the address of the cluster's scheduler, such as "
        "tcp://HOST:8786; model and test images are sent there, and the run folder comes back as it grows.",
        "Pause, finish and cancel act there. The window can be closed: the cluster continues, and the run is found "
        "again at the next start. If a worker ends, another one resumes the run from its last checkpoint.",
        "Without TLS, whoever reaches the cluster can read what is sent and run code there.",
    )),
    Topic("losses", "Losses", (
        "Losses of generator and quantized model by step. Thin lines are measured values, bold lines are smoothed; the "
        "dashed line is the float model.",
        "Hover over the plot for the values at a step, or use the arrow keys. Drag or press + and - to zoom; a "
        "double-click or 0 shows the whole run again. Click a name in the legend to hide its curve.",
    ), metrics=("generator", "student", "accuracy")),
    Topic("samples", "Samples", (
        "The same synthetic samples throughout the run. The ring is the target attention centre, the dot the measured "
        "one; a marked corner means that the predicted class differs from the target.",
        "Enter enlarges a sample and shows its attention and its history. Samples need not look like photographs: they "
        "only have to produce the right statistics in the model.",
    )),
    Topic("attention", "Attention", (
        "The teacher's attention in eval mode, in train mode, and the difference. If the modes differ, batch-norm "
        "statistics mislead the generator.",
        "Enter or a double-click enlarges a sample in Samples. The layer selected here can be used as the attention "
        "layer of the next run.",
    )),
    Topic("health", "Health", (
        "Is the run healthy, and if not, what to change. Early in the warm-up nothing is judged; later, a bad value "
        "comes with its meaning and what to change.",
    ), signs=True),
    Topic("layers", "Layers", (
        "Bits, ranges and errors of every quantized layer, known after calibration. Double-click the bits of a layer "
        "to change them for the next run.",
    ), ("quantization.layer_bits", "quantization.mean_bits")),
    Topic("feature_map", "Feature map", (
        "The samples in the teacher's feature space, projected on two principal components. Good samples cover the "
        "same area as the test images; a class in one narrow spot has collapsed.",
    )),
    Topic("results", "Results", (
        "Float, quantized and exported model side by side: accuracy, agreement, size and latency, with the images they "
        "were measured on.",
        "Without test images, predictions of both models are compared on held-out samples and on procedural images, "
        "which are drawn by rules. This is agreement, not accuracy: nobody knows the right class of such images.",
        "The model is exported as a file for ONNX Runtime, whose outputs are compared bit by bit with an integer "
        "reference.",
    )),
    Topic("compare", "Compare images", (
        "Any images in the float and in the quantized model of a finished run: the likeliest classes, both attention "
        "maps, and where the prediction flips. Drop images or a folder, or take the test images or the run's samples.",
        "The divergence is the Kullback-Leibler divergence of the two models' probabilities, in nats; 0 means that "
        "they are the same. The bars at the bottom are the error of each layer's output relative to the float output; "
        "a layer inherits the errors of all layers before it.",
        "Try it asks the exported file about one image, as a program that uses the file would. After a run, one image "
        "dropped anywhere on the window opens it.",
    )),
    Topic("runs", "Runs", (
        "Every run in the runs folder, newest first. Open one with all its views, compare up to six, or use its "
        "settings for a new run.",
    )),
    Topic("sweeps", "Sweeps", (
        "A sweep runs a grid of settings, one run after another. A table and a plot compare the results.",
    )),
    Topic("queue", "Queue", (
        "Waiting runs, in order. Each has the settings that were current when it was added.",
    )),
    Topic("log", "Log", (
        "What the run does, line by line. Filter by level or text, and copy the result.",
    )),
)


class HelpDialog(Page):
    """The topics on the left, the chosen one's page on the right."""

    def __init__(self, parent: QWidget | None = None, topic: str = "", setting: str = "") -> None:
        content = QWidget()
        super().__init__("", content, 100 * GRID, 70 * GRID, parent)
        self.setWindowTitle(self.tr("Help"))
        self._setting_asked = setting
        self.list = QListWidget()
        self.list.setFixedWidth(18 * GRID)
        self.list.setAccessibleName(self.tr("Topics"))
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("Page"))
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        for entry in TOPICS:
            self.list.addItem(words(entry.title))
        self.list.currentRowChanged.connect(self.show_topic)
        self.list.setCurrentRow(next((at for at, entry in enumerate(TOPICS) if entry.id == topic), 0))
        self.list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._setting_asked:
            self.text.scrollToAnchor(self._setting_asked)

    def show_topic(self, index: int) -> None:
        """Show the page of one panel or view."""
        topic = TOPICS[index]
        self.text.setHtml("".join([
            f"<h3>{escape(words(topic.title))}</h3>",
            *(f"<p>{escape(words(text))}</p>" for text in topic.about),
            *self._settings(topic), *_metrics(topic), *_signs(topic),
        ]))

    def _settings(self, topic: Topic) -> list[str]:
        return [self._setting(spec) for spec in field_specs().values() if spec.path.startswith(topic.settings)
                ] if topic.settings else []

    def _setting(self, spec: FieldSpec) -> str:
        facts = self.tr("Default: {0}.").format(spec.value_text(spec.default))
        if spec.kind == "table":
            facts = ""
        elif spec.range_text():
            facts = self.tr("Range: {0}.").format(spec.range_text()) + " " + facts
        return (f'<p><a name="{spec.path}"></a>' + _entry(setting_words(spec.title), setting_words(spec.help))
                + f" <i>{escape(facts)}</i></p>")


def words(text: str) -> str:
    """A topic's title or paragraph in the user's language."""
    return QCoreApplication.translate(CONTEXT, text)


def _entry(title: str, text: str) -> str:
    return f"<b>{escape(title)}</b><br/>{escape(text)}"


def _metrics(topic: Topic) -> list[str]:
    return [
        f"<p>{_entry(f'{metric_words(metric.group)}: {metric_words(metric.label)}', metric_words(metric.help))}</p>"
        for metric in METRICS if metric.group in topic.metrics
    ]


def _signs(topic: Topic) -> list[str]:
    if not topic.signs:
        return []
    return [f"<p>{_entry(metric_words(sign.label), metric_words(METRIC_BY_KEY[sign.key].help))} "
            f"<i>{escape(said(sign.means))} {escape(said(sign.change))}</i></p>" for sign in SIGNS]
