"""Where Tab goes: through the window's parts in the order in which they are read, whatever was made first.

Qt's own order is that of creation; views come after the window is up, and rows of a legend with the first values.
Within a part it is that in which widgets were put into their parents; `raise_` makes one the last.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from acq_app.appearance.theme import GRID


def stops(window: QWidget, parts: Sequence[QWidget]) -> list[QWidget]:
    """What Tab can reach now, part by part; within a part in the order of the widgets there. The rest comes last.

    Not by `nextInFocusChain`: PySide takes what a method returns for a child of its object, the window for one of the
    chain's last. Where that goes, the Python objects of all that Qt made itself, such as headers, go with it.
    """
    found = [(_part_of(widget, parts), widget) for widget in window.findChildren(QWidget)
             if _can_have_focus(widget, window)]
    return [widget for _, widget in sorted(found, key=lambda item: item[0])]


def go(window: QWidget, parts: Sequence[QWidget], *, forward: bool) -> bool:
    """Move the focus one stop on, round the end; False when there is none."""
    order = stops(window, parts)
    if not order:
        return False
    now = window.focusWidget()
    at = next((index for index, widget in enumerate(order) if widget is now), None)
    step = 1 if forward else -1
    target = order[(0 if forward else -1) if at is None else (at + step) % len(order)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _scroll_to(target)
    return True


def go_part(window: QWidget, parts: Sequence[QWidget], *, forward: bool) -> bool:
    """Move the focus to the first stop of the next part that has one, round the end; False when there is none."""
    first: dict[int, QWidget] = {}
    for widget in stops(window, parts):
        first.setdefault(_part_of(widget, parts), widget)
    if not first:
        return False
    now = window.focusWidget()
    at = -1 if now is None else _part_of(now, parts)
    order = sorted(first) if forward else sorted(first, reverse=True)
    place = next((place for place in order if (place > at if forward else place < at)), order[0])
    first[place].setFocus(Qt.FocusReason.ShortcutFocusReason)
    _scroll_to(first[place])
    return True


def _part_of(widget: QWidget, parts: Sequence[QWidget]) -> int:
    return next((at for at, part in enumerate(parts) if part is widget or part.isAncestorOf(widget)), len(parts))


def _can_have_focus(widget: QWidget, window: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None and (
        widget.isEnabled() and widget.isVisibleTo(window) and widget.window() is window)


def _scroll_to(widget: QWidget) -> None:
    """Bring the whole widget into view. `ensureWidgetVisible` is content where a field's text cursor can be seen, and
    leaves the lower edge, with its focus ring, below the fold.
    """
    parent = widget.parentWidget()
    while parent is not None:
        content = parent.widget() if isinstance(parent, QScrollArea) else None
        if isinstance(parent, QScrollArea) and content is not None:
            centre = widget.mapTo(content, widget.rect().center())
            room = parent.viewport().size() / 2
            parent.ensureVisible(centre.x(), centre.y(), min(widget.width() // 2 + GRID, room.width()),
                                 min(widget.height() // 2 + GRID, room.height()))
        parent = parent.parentWidget()
