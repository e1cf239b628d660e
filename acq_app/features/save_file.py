"""Asking where to save a file that is made in the background: one dialog for all that the features write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from acq_app.features.context import AppContext


def ask_where(
    context: AppContext, title: str, start: Path, kinds: Sequence[tuple[str, str]], write: Callable[[str], object],
) -> QFileDialog:
    """Open a dialog for a new file, without blocking the window.

    Args:
        context: Whose dialogs it is one of.
        title: Of the dialog.
        start: The folder that it opens in and the name that it proposes.
        kinds: What can be written: the words of a filter, and the ending without its dot that a name without one
            gets; "" leaves names as they are. The first is chosen.
        write: Takes the chosen path.

    Returns:
        The dialog, which deletes itself once it is closed.
    """
    dialog = context.dialogs.make(lambda parent: QFileDialog(parent, title, str(start.parent)))
    endings = dict(kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(endings))
    dialog.selectFile(start.name)
    dialog.setDefaultSuffix(kinds[0][1])
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(endings.get(kind, "")))
    dialog.fileSelected.connect(write)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
