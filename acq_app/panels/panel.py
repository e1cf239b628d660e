"""The base of the five steps: fields a beginner needs, and "more" for the rest."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from acq_app.appearance.icons import icon
from acq_app.appearance.theme import HALF, Theme
from acq_app.panels.field import Field, make_field
from acq_app.settings.fields import field_specs
from acq_app.settings.run_settings import RunSettings
from acq_app.widgets.help_topic import set_topic
from acq_app.widgets.section import Section


class Panel(Section):
    """A step. `id` names it in the remembered layout and in the help."""

    id = ""

    def __init__(self, title: str, model: RunSettings) -> None:
        super().__init__(title)
        set_topic(self, self.id)
        self.model = model
        self.fields: dict[str, Field] = {}
        self.theme: Theme | None = None
        self._more: QToolButton | None = None
        self._rest: QWidget | None = None
        model.changed.connect(self.refresh)
        model.problemsChanged.connect(self.refresh)
        model.undoChanged.connect(self._lock)

    # --- building --------------------------------------------------------------------------------

    def add_field(self, path: str, title: str = "", *, slider: bool = False) -> Field:
        """A setting that is always seen."""
        field = make_field(self.model, path, title, slider=slider)
        self.fields[path] = field
        self.layout_.addWidget(field)
        return field

    def add_rest(self, prefixes: tuple[str, ...], *, leave_out: tuple[str, ...] = ()) -> None:
        """Every other setting of some sections behind "more": a new one needs no line here."""
        self.add_more([
            path for path, spec in field_specs().items()
            if path.startswith(prefixes) and path not in self.fields and path not in leave_out
            and spec.kind not in ("table", "path")
        ])

    def add_more(self, paths: list[str]) -> None:
        """Settings behind "more"."""
        self._more = QToolButton()
        self._more.setCheckable(True)
        self._more.setAutoRaise(True)
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._rest = QWidget()
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(HALF)
        for path in paths:
            field = make_field(self.model, path)
            self.fields[path] = field
            rest.addWidget(field)
        self._rest.hide()
        self._more.toggled.connect(self._show_more)
        self.layout_.addWidget(self._more)
        self.layout_.addWidget(self._rest)
        self._show_more(False)

    def _show_more(self, shown: bool) -> None:
        if self._more is None or self._rest is None:
            return
        self._rest.setVisible(shown)
        self._more.setText(self.tr("less") if shown else self.tr("more"))
        name = self.tr("Fewer settings: {0}") if shown else self.tr("More settings: {0}")
        self._more.setAccessibleName(name.format(self.header.text()))
        if self.theme is not None:
            self._more.setIcon(icon("chevron-down" if shown else "chevron-right", self.theme, "muted"))

    # --- showing ---------------------------------------------------------------------------------

    def summary(self) -> str:
        """What was chosen, in one line."""
        return ""

    def refresh(self) -> None:
        """Show what the model has."""
        for field in self.fields.values():
            field.refresh()
        self.header.set_summary(self.summary())
        if self._more is not None and self._rest is not None:
            # A reason must never hide behind "more".
            hidden = any(self.model.problem(path) for path, field in self.fields.items() if
                         self._rest.isAncestorOf(field))
            if hidden and not self._more.isChecked():
                self._more.setChecked(True)
        if self.folded and any(self.model.problem(path) for path in self.fields):
            self.set_folded(False)

    def reveal(self, path: str) -> None:
        """Unfold what a field lies in, and let the keyboard act in it."""
        field = self.fields[path]
        self.set_folded(False)
        if self._more is not None and self._rest is not None and self._rest.isAncestorOf(field):
            self._more.setChecked(True)
        field.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self.theme = theme
        self.header.set_theme(theme)
        for field in self.fields.values():
            field.set_theme(theme)
        if self._more is not None:
            self._show_more(self._more.isChecked())
        self.refresh()

    def _lock(self) -> None:
        if self.body.isEnabled() == self.model.locked:
            self.body.setEnabled(not self.model.locked)
