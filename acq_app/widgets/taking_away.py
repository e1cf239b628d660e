"""A menu at the right mouse button (and the menu key) that copies and saves what a table or a picture shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QMenu, QMessageBox, QWidget

from acq_app.appearance.language import said
from acq_app.widgets.saving import ask_and_save, table_text, widget_image, widget_svg, write_bytes, write_image
from acq_engine.errors import StorageError

Failed = Callable[[StorageError], object]


class TakeAway(QObject):
    """Base: opens the menu above a widget. It lives as long as the widget does.

    Args:
        widget: Whose contents are taken away; of a scrolling one, what is in its viewport.
        title: What it is called, in dialogs and as a proposed name: "Accuracy by class".
        failed: Told why a file could not be written; None: it is said here.
    """

    def __init__(self, widget: QWidget, title: str, failed: Failed | None = None) -> None:
        super().__init__(widget)
        self.widget, self.title, self._failed = widget, title, failed
        widget.installEventFilter(self)
        if isinstance(widget, QAbstractScrollArea):
            widget.viewport().installEventFilter(self)

    def fill(self, menu: QMenu) -> None:
        """Put the lines into the menu."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent):
            menu = QMenu(self.widget)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.fill(menu)
            menu.popup(event.globalPos())
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def file_name(self, ending: str) -> str:
        """A name to propose."""
        return "-".join(self.title.lower().split()).replace("/", "-") + ending

    def _write(self, write: Callable[[], None]) -> None:
        try:
            write()
        except StorageError as error:
            if self._failed is not None:
                self._failed(error)
                return
            box = QMessageBox(QMessageBox.Icon.Warning, self.title, said(error.message),
                              QMessageBox.StandardButton.Close, self.widget)
            box.setInformativeText(said(error.cause))
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.open()


class PictureAway(TakeAway):
    """Of anything that is drawn: as it looks, twice as large, or as a vector drawing."""

    def fill(self, menu: QMenu) -> None:
        menu.addAction(self.tr("Copy image"), self.copy)
        menu.addAction(self.tr("Save image..."), self._ask)

    def copy(self) -> None:
        """Put it on the clipboard."""
        QGuiApplication.clipboard().setImage(widget_image(self.widget))

    def save(self, path: str) -> None:
        """Write it as SVG where the name says so, else as PNG."""
        if path.lower().endswith(".svg"):
            self._write(lambda: write_bytes(path, widget_svg(self.widget, self.title)))
        else:
            self._write(lambda: write_image(path, widget_image(self.widget)))

    def _ask(self) -> None:
        ask_and_save(self.widget, self.tr("Save image"), self.file_name(".png"),
                     self.tr("PNG image (*.png);;SVG image (*.svg)"), self.save)


class TableAway(TakeAway):
    """Of a table or a tree: the selected rows, or all, with their headings. Ctrl+C copies them, too."""

    def __init__(self, widget: QAbstractItemView, title: str, failed: Failed | None = None, *,
                 more: Callable[[QMenu], object] | None = None) -> None:
        """`more`: puts lines of its own above."""
        super().__init__(widget, title, failed)
        self._view, self._more = widget, more
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.copy)

    def fill(self, menu: QMenu) -> None:
        if self._more is not None:
            self._more(menu)
            menu.addSeparator()
        menu.addAction(self.tr("Copy"), self.copy)
        menu.addAction(self.tr("Save as CSV..."), self._ask)

    def text(self, separator: str = "\t") -> str:
        """The rows as text."""
        model, selection = self._view.model(), self._view.selectionModel()
        columns = range(model.columnCount())
        heads = [str(model.headerData(column, Qt.Orientation.Horizontal) or "").strip() for column in columns]
        rows = list(_rows(model))
        chosen = {(row.parent(), row.row()) for row in selection.selectedRows()} if selection is not None else set()
        if len(chosen) > 1:  # one row is always selected somewhere; who wants one has the others to delete
            rows = [row for row in rows if (row.parent(), row.row()) in chosen]
        return table_text([heads, *([str(row.siblingAtColumn(column).data() or "") for column in columns]
                                    for row in rows)], separator)

    def copy(self) -> None:
        """Put the rows on the clipboard, with tabs between."""
        QGuiApplication.clipboard().setText(self.text())

    def save(self, path: str) -> None:
        """Write the rows as CSV."""
        self._write(lambda: write_bytes(path, self.text(",").replace("\u2212", "-").encode("utf-8")))

    def _ask(self) -> None:
        ask_and_save(self.widget, self.tr("Save table"), self.file_name(".csv"), self.tr("Table (*.csv)"), self.save)


def _rows(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    """All rows, those below others after them."""
    parent = QModelIndex() if parent is None else parent
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield index
        yield from _rows(model, index)
