"""What changes the settings of the next run from elsewhere than the panels: views, files, undo."""

from __future__ import annotations

import json
import logging

from PySide6.QtCore import QObject, Signal, Slot

from acq_app.features.context import AppContext
from acq_engine.errors import ConfigError
from acq_engine.settings import RunConfig

logger = logging.getLogger(__name__)


class NextRunFeature(QObject):
    """Changes settings, and says where the user is looking what came of it."""

    layerBitsChanged = Signal(dict)  # layers and the weight bits that they will have of their own

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self._messages = context.run_settings, context.messages
        self._preferences = context.preferences
        self._settings.changed.connect(self.tell_layer_bits)

    @Slot(str)
    def use_layer(self, layer: str) -> None:
        """Correct the attention of another layer."""
        self._tell(self._settings.set_value("generator.attention_layer", layer))

    @Slot(dict)
    def use_bits(self, bits: dict[str, int]) -> None:
        """Other weight bits for some layers; 0: those of all others."""
        changed = {**self._settings.config.quantization.layer_bits, **bits}
        own = {layer: count for layer, count in changed.items() if count}
        self._tell(self._settings.set_value("quantization.layer_bits", own))

    def use_chosen_bits(self, bits: dict[str, int]) -> None:
        """Bits of all layers that were chosen for a budget; a mean that the run would keep to by itself ends."""
        values = {"quantization.layer_bits": bits, "quantization.mean_bits": None}
        self._tell(self._settings.set_values(values, self.tr("Bits per layer")))

    @Slot()
    def tell_layer_bits(self) -> None:
        """Let views show which bits single layers will have in the next run."""
        self.layerBitsChanged.emit(self._settings.config.quantization.layer_bits)

    def remember(self) -> None:
        """Keep the settings for the next start of the program."""
        config = self._settings.config
        self._preferences.next_run = {} if config == RunConfig() else json.loads(config.to_json())

    def restore(self) -> None:
        """Take the settings of the last time; a model or images that are no longer there are left out."""
        data = self._preferences.next_run
        if not data:
            return
        try:
            config = RunConfig.from_data(data)
        except ConfigError as error:
            logger.warning("The settings of the last time can't be used: %s", error.message)
            return
        usual = RunConfig()
        if config.model.path is not None and not config.model.path.exists():
            config.model, config.test_set = usual.model, usual.test_set
        for section in (config.test_set, config.pictures):
            if section.path is not None and not section.path.exists():
                section.path = None
        self._settings.restore(config)

    def use_config(self, config: RunConfig, text: str) -> None:
        """Put settings on the panels, or say why that can't be now; `text` names the change for undo."""
        if not self._settings.replace(config, text):
            self._tell_locked()

    def _tell(self, taken: bool) -> None:
        if taken:
            self._messages.tell(self.tr("Applied to the next run. Undo reverts it."))
        else:
            self._tell_locked()

    def _tell_locked(self) -> None:
        self._messages.tell(self.tr("Settings can be changed once the run has finished."))

    @Slot()
    def undo(self) -> None:
        """Take the last change back."""
        self._settings.undo()

    @Slot()
    def redo(self) -> None:
        """Do it again."""
        self._settings.redo()

    @Slot()
    def reset(self) -> None:
        """Defaults for everything but the model and the test images."""
        config = self._settings.config
        fresh = RunConfig(model=config.model, test_set=config.test_set)
        self._settings.replace(fresh, self.tr("Reset all settings"))
