"""What the machine refused, of whatever library and wherever it arose, as an error that says what to do."""

from __future__ import annotations

import errno

from acq_engine.errors import AcqError, StorageError, first_line, is_out_of_memory
from acq_engine.files import storage_error

_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
_TOO_MANY_FILES = {errno.EMFILE, errno.ENFILE}


class MachineError(AcqError):
    """The machine has too little of something that the program needs."""

    exit_code = 1


def explained(error: BaseException) -> AcqError | None:
    """An error of the machine, in a sentence.

    Args:
        error: Anything that nobody caught.

    Returns:
        A typed error; None where the error is one of the program, which somebody should be told of.
    """
    if isinstance(error, AcqError):
        return error
    cause = f"{type(error).__name__}: {first_line(error)[:300]}"
    # A library that is loaded at its first use fails in the loader where memory is short.
    if is_out_of_memory(error) or "failed to map segment" in str(error):
        return MachineError("There is not enough memory.", cause=cause,
                            hint="Close other programs and try again, or use a machine with more memory.")
    if isinstance(error, ImportError) and not isinstance(error, ModuleNotFoundError):
        return MachineError("A part of the program can't be loaded.", cause=cause, hint="Install ACQ Studio again.")
    if isinstance(error, OSError):
        return _of_the_system(error)
    return None


def _of_the_system(error: OSError) -> AcqError | None:
    if error.errno in _OF_THE_DISK:
        said = storage_error("A file can't be written.", error)
        said.exit_code = 1  # 2 promises that nothing was written
        return said
    if error.errno == errno.ENAMETOOLONG:
        return StorageError(
            "A path is too long.", cause="File systems take names of up to 255 bytes between two separators.",
            hint="Check that each path is one that exists, and that quotation marks and spaces are where they belong.")
    if error.errno in _TOO_MANY_FILES:
        return MachineError("Too many files are open.", cause=error.strerror or "",
                            hint="Close other programs, or raise the limit (ulimit -n).")
    if error.errno == errno.EAGAIN:
        return MachineError("The system starts no further process or thread.", cause=error.strerror or "",
                            hint="Close other programs and try again.")
    return None
