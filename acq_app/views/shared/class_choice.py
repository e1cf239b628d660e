"""A button that chooses classes to show: all of them, one, or several."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from acq_app.appearance.language import grouped
from acq_app.views.shared.sample_facts import class_name


class StayingMenu(QMenu):
    """A menu in which several lines can be ticked, one after another; Enter, Esc or a click elsewhere closes it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


class ClassChoice(QToolButton):
    """Says what is chosen, and opens the list. Nothing ticked is all of them."""

    changed = Signal()

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTip(tip)
        self.setAccessibleName(name)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.known: tuple[int, ...] = ()
        self._total = 0
        self._menu = StayingMenu(self)
        self._all = QAction(self.tr("All classes"), self)
        self._all.setCheckable(True)
        self._all.triggered.connect(self._choose_all)
        self._menu.addAction(self._all)
        self._menu.addSeparator()
        self._pool: list[QAction] = []  # lines of the list; they are used again, never deleted
        self._actions: dict[int, QAction] = {}
        self.setMenu(self._menu)
        self._say()

    @property
    def labels(self) -> frozenset[int] | None:
        """The chosen classes; None: all."""
        chosen = frozenset(label for label, action in self._actions.items() if action.isChecked())
        return chosen or None

    def show_classes(self, labels: Sequence[int], names: tuple[str, ...], total: int = 0) -> None:
        """Offer these; of those chosen before, the ones that are still there stay so.

        `total`: how many classes the model has, where these may be a part of them.
        """
        if tuple(labels) == self.known:
            return
        self._total = total
        chosen = self.labels or frozenset()
        self.known = tuple(labels)
        while len(self._pool) < len(labels):
            action = QAction(self)
            action.setCheckable(True)
            action.toggled.connect(self._toggled)
            self._menu.addAction(action)
            self._pool.append(action)
        for action in self._pool[len(labels):]:
            action.setVisible(False)
        self._actions = dict(zip(labels, self._pool, strict=False))
        for label, action in self._actions.items():
            action.setText(class_name(names, label).replace("&", "&&"))
            action.setVisible(True)
            action.blockSignals(True)
            action.setChecked(label in chosen)
            action.blockSignals(False)
        self._say()

    def forget(self) -> None:
        """Another run: no class is known yet, and nobody is told."""
        self.show_classes((), ())

    def choose(self, labels: Collection[int]) -> None:
        """Choose classes; none are all."""
        before = self.labels
        for label, action in self._actions.items():
            action.blockSignals(True)
            action.setChecked(label in labels)
            action.blockSignals(False)
        self._say()
        if self.labels != before:
            self.changed.emit()

    def _choose_all(self) -> None:
        self.choose(())

    def _toggled(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        chosen = self.labels
        self._all.setChecked(chosen is None)
        if chosen is None:
            text = self.tr("All classes")
            if self._total > len(self.known) > 0:
                text = self.tr("{0} of {1} classes").format(len(self.known), grouped(self._total))
        elif len(chosen) == 1:
            text = self._actions[next(iter(chosen))].text().replace("&&", "&")
        else:
            text = self.tr("{0} classes").format(len(chosen))
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 18 * self._digit()) + " ")

    def _digit(self) -> int:
        return self.fontMetrics().horizontalAdvance("0")

    def minimumSizeHint(self) -> QSize:
        return super().sizeHint()
