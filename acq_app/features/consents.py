"""Which files the user allowed to run code: kept while the window is open, never written anywhere."""

from __future__ import annotations

from pathlib import Path

from acq_engine.settings import ModelConfig, RunConfig

FileState = tuple[str, int, int]  # path, size, time of the last change


class Consents:
    """A file that changes after it was allowed is asked about again."""

    def __init__(self) -> None:
        self._allowed: set[FileState] = set()

    def allow(self, config: ModelConfig) -> None:
        """The user said yes to this model's file, as it is now."""
        state = _state(config)
        if state is not None:
            self._allowed.add(state)

    def apply(self, config: ModelConfig) -> ModelConfig:
        """The same settings, with `trust` if the user allowed the file."""
        trusted = _state(config) in self._allowed
        return config.model_copy(update={"trust": True}) if trusted else config

    def apply_to_run(self, config: RunConfig) -> RunConfig:
        """As `apply`, for a whole run's settings."""
        return config.model_copy(update={"model": self.apply(config.model)})


def _state(config: ModelConfig) -> FileState | None:
    if config.source != "checkpoint" or config.path is None:
        return None
    text = str(config.path)
    # "model.py:build" names a function in the file
    path = Path(text.rpartition(":")[0]) if ".py:" in config.path.name else config.path
    try:
        found = path.stat()
    except OSError:
        return None
    return text, found.st_size, found.st_mtime_ns
