"""Typed errors: each is a plain sentence, its cause, and what to do about it.

The window and the command line show the same three texts, so they are written for the
person who uses the program: short, exact, and without blame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


def first_line(error: BaseException) -> str:
    """What other people's errors say, without what they go on to say; their type where they say nothing."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


class AcqError(Exception):
    """An error that the user can understand and act on.

    Args:
        message: One plain sentence that says what went wrong.
        cause: What was found (a value, a file, a shape); may be empty.
        hint: What to do next; may be empty.
    """

    exit_code = 2

    def __init__(self, message: str, *, cause: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cause = cause
        self.hint = hint

    def __str__(self) -> str:
        return "\n".join(part for part in (self.message, self.cause, self.hint) if part)


class ConfigError(AcqError):
    """A setting is missing, out of range, or contradicts another one."""


class ModelError(AcqError):
    """A model can't be loaded or can't be used."""


class ModelFileError(ModelError):
    """A model file is missing, damaged, too large, or of an unknown kind."""


class UnsafeFileError(ModelError):
    """A file could run code while it is loaded, and nobody consented to that."""


class ConsentNeededError(UnsafeFileError):
    """A kind of file that runs code while it is loaded, and that is loaded if the user says so."""


class ArchitectureError(ModelError):
    """The weights don't fit the architecture, or the architecture is not known."""


@dataclass(frozen=True, slots=True)
class Question:
    """What only the user knows, with the setting that answers it.

    Attributes:
        message: What is not clear, in a sentence.
        setting: The path of the setting, such as "model.output".
        choices: Its possible values, each with a sentence on what speaks for it.
        taken: The choice that is used as long as nobody answers; empty where nothing can be done without an answer.
        cause: What was found; may be empty.
    """

    message: str
    setting: str
    choices: tuple[tuple[str, str], ...]
    taken: str = ""
    cause: str = ""

    @property
    def said(self) -> str:
        """The question as a remark, for logs."""
        return " ".join(part for part in (self.message, self.cause) if part)


class ChoiceNeededError(ArchitectureError):
    """Several readings of a model are possible, and only the user knows which one is meant.

    Args:
        message: What is not clear.
        setting: The path of the setting that answers it, such as "model.output".
        choices: Its possible values, each with a sentence on what speaks for it.
        cause: See AcqError.
        hint: See AcqError.
    """

    def __init__(
        self, message: str, *, setting: str, choices: Sequence[tuple[str, str]], cause: str = "", hint: str = ""
    ) -> None:
        super().__init__(message, cause=cause, hint=hint)
        self.setting = setting
        self.choices = tuple(choices)

    @property
    def question(self) -> Question:
        """The same as a question."""
        return Question(self.message, self.setting, self.choices, cause=self.cause)


class NoBatchNormError(ModelError):
    """A model without batch norm can't be a teacher."""


class DataError(AcqError):
    """A test set is missing, empty, damaged or wrongly labelled."""


class QuantizationError(AcqError):
    """The network can't be converted to a quantized one."""


class StorageError(AcqError):
    """A run folder can't be read or written."""


class DeviceError(AcqError):
    """The device that was asked for is not there."""


class ExportError(AcqError):
    """A quantized model can't be written in the format that was asked for."""


class VerificationError(AcqError):
    """An exported file does not compute what the quantized model computes."""

    exit_code = 1


_NO_MEMORY = (
    "out of memory", "not enough memory", "can't allocate memory", "cannot allocate memory", "ALLOC_FAILED",
    "could not create a primitive",  # oneDNN, which says no more; seen where memory for its code was refused
)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that memory ran out, on whatever device; libraries have many kinds for it."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    return isinstance(error, RuntimeError) and any(words in str(error) for words in _NO_MEMORY)


class PeerLostError(AcqError):
    """Another process of the same run is not there any more."""

    exit_code = 1


class ClusterError(AcqError):
    """A cluster can't be used."""

    exit_code = 1


class UnknownRunError(ClusterError):
    """The cluster does not know the run: its scheduler was started anew since."""


class AwayError(ClusterError):
    """The cluster does not respond now."""


class TrainingError(AcqError):
    """Training left the range in which its numbers mean anything (NaN, divergence)."""

    exit_code = 1


def refuse_newer(data: object, known: int, newer: AcqError, *, key: str = "schema_version") -> None:
    """Refuse a file of a format that this version doesn't know yet.

    Args:
        data: The file, as JSON was read; it may be anything, and say anything of its version.
        known: The newest version of the format that can be read.
        newer: What is raised, with the versions as its cause.
        key: Where the version stands.

    Raises:
        AcqError: `newer`.
    """
    version = data.get(key) if isinstance(data, dict) else None
    if type(version) is int and version > known:
        newer.cause = f"Its format is {version}; this program reads up to {known}."
        newer.hint = newer.hint or "Update ACQ Studio to open it."
        raise newer
