"""What Fusion leaves out on dark grounds is drawn: edges of controls, the chosen tab, icons of chosen lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QIcon, QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from acq_app.appearance.icons import icon
from acq_app.appearance.theme import FIELDS, THEME_NAMES, Theme, contrast, field_palette, load_theme, qt_palette
from acq_app.shell.application import make_qapplication
from tests.tools.windows import Make

DARK = ("dark", "high-contrast")


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[Callable[[str], Theme]]:
    """Puts a theme on the application, and takes it off again."""
    before = QPalette(qapp.palette())
    make_qapplication()

    def dress(name: str) -> Theme:
        theme = load_theme(name)
        qapp.setPalette(qt_palette(theme))
        for field in FIELDS:
            qapp.setPalette(field_palette(theme), field)  # type: ignore[arg-type]  # the stub says bytes
        return theme

    yield dress
    qapp.setPalette(before)
    for field in FIELDS:
        qapp.setPalette(before, field)  # type: ignore[arg-type]


def strongest(image: QImage, ground: str, box: tuple[int, int, int, int]) -> float:
    """The largest contrast with the ground within (left, top, width, height)."""
    left, top, width, height = box
    return max(contrast(image.pixelColor(x, y).name(), ground)
               for x in range(left, left + width) for y in range(top, top + height))


@pytest.mark.parametrize("name", DARK)
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton, QSpinBox, QLineEdit, QPushButton, QComboBox])
def test_an_empty_control_has_an_edge_that_can_be_seen(
    qtbot: QtBot, dressed: Callable[[str], Theme], name: str, kind: type[QWidget],
) -> None:
    theme = dressed(name)
    parent = QWidget()
    qtbot.addWidget(parent)
    widget = kind(parent)
    widget.resize(120, 26)
    widget.move(10, 10)
    parent.show()
    parent.setFocus()
    image = parent.grab().toImage()
    assert strongest(image, theme.window, (10, 12, 3, 22)) >= 3, "its left edge"


@pytest.mark.parametrize("name", THEME_NAMES)
def test_the_chosen_tab_is_marked(qtbot: QtBot, dressed: Callable[[str], Theme], name: str) -> None:
    theme = dressed(name)
    tabs = QTabBar()
    qtbot.addWidget(tabs)
    tabs.addTab("one")
    tabs.addTab("two")
    tabs.show()
    image = tabs.grab().toImage()
    for index in (0, 1):
        box = tabs.tabRect(index)
        colour = image.pixelColor(box.center().x(), box.bottom() - 1).name()
        assert (colour == theme.accent) is (index == tabs.currentIndex())
    assert contrast(theme.accent, theme.window) >= 3


@pytest.mark.parametrize("name", THEME_NAMES)
def test_the_icon_of_a_chosen_line_can_be_seen(qtbot: QtBot, dressed: Callable[[str], Theme], name: str) -> None:
    theme = dressed(name)
    drawn = icon("open", theme)
    selected = drawn.pixmap(16, QIcon.Mode.Selected).toImage()
    solid = {selected.pixelColor(x, y).name() for x in range(selected.width()) for y in range(selected.height())
             if selected.pixelColor(x, y).alpha() > 200}
    assert solid and all(contrast(colour, theme.accent) >= 3 for colour in solid), "in lists"
    menu = QMenu()
    qtbot.addWidget(menu)
    action = menu.addAction(drawn, "")
    menu.setActiveAction(action)
    menu.popup(QPoint(0, 0))
    box = menu.actionGeometry(action)
    image = menu.grab().toImage()
    menu.close()
    assert strongest(image, theme.accent, (box.left() + 4, box.top() + 4, 18, box.height() - 8)) >= 3, "in menus"


@pytest.mark.parametrize("name", DARK)
def test_the_buttons_of_docks_can_be_seen(make: Make, dressed: Callable[[str], Theme], name: str) -> None:
    theme = dressed(name)
    studio = make()
    studio.context.appearance.set_theme(theme)
    button = studio.window.side_docks["settings"].findChild(QAbstractButton, "qt_dockwidget_closebutton")
    assert button is not None
    image = button.grab().toImage()
    assert strongest(image, theme.window, (0, 0, image.width(), image.height())) >= 3


@pytest.mark.parametrize("name", DARK)
def test_the_palette_has_an_edge_for_every_ground(name: str) -> None:
    theme = load_theme(name)
    for ground in (theme.window, theme.panel, theme.field, theme.raised):
        assert contrast(theme.outline, ground) >= 3


@pytest.mark.parametrize("name", THEME_NAMES)
def test_no_two_curves_look_alike(name: str) -> None:
    colours = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in load_theme(name).curves]
    for index, one in enumerate(colours):
        for other in colours[:index]:
            assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 60
