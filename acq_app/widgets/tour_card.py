"""One step of the tour: a card beside a part of the window, and a frame around that part."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from acq_app.appearance.theme import GRID, Theme, load_theme
from acq_app.widgets.labels import Button, bold, muted

WIDTH = 42 * GRID
LINE = 3


class TourFrame(QWidget):
    """A line of the accent's colour; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = load_theme("light")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's accent."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pen = QPen(QColor(self._theme.accent), LINE)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        half = LINE / 2
        painter.drawRect(self.rect().toRectF().adjusted(half, half, -half, -half))


class TourCard(QFrame):
    """Title, two sentences, and three buttons. Enter goes on, the arrows go both ways, Esc ends it."""

    forward = Signal()
    backward = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.Box)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setFixedWidth(WIDTH)
        self.frame = TourFrame(parent)
        self.title, self.count = bold(), muted(small=True)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.skip = QPushButton(self.tr("Skip"))
        self.skip.setToolTip(self.tr("End the tour (Esc); the Help menu shows it again."))
        self.back = QPushButton(self.tr("Back"))
        self.next = Button()
        self.next.set_bright(True)
        self.next.setMinimumHeight(4 * GRID)
        self.skip.clicked.connect(self.ended)
        self.back.clicked.connect(self.backward)
        self.next.clicked.connect(self.forward)
        for button in (self.skip, self.back, self.next):
            button.installEventFilter(self)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        row = QHBoxLayout()
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addLayout(row)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's accent."""
        self.frame.set_theme(theme)
        self.next.set_theme(theme)

    def show_step(self, title: str, text: str, number: int, steps: int) -> None:
        """Put a step's words on the card."""
        last = number == steps
        self.title.setText(title)
        self.text.setText(text)
        self.count.setText(self.tr("{0} of {1}").format(number, steps))
        self.next.setText(self.tr("Done") if last else self.tr("Next"))
        self.back.setEnabled(number > 1)
        self.skip.setVisible(not last)
        self.setAccessibleName(f"{title}. {text}")
        self.show()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self, target: QWidget) -> None:
        """Frame the target, and stand where the card covers as little of it as can be."""
        window = self.parentWidget()
        assert window is not None
        about = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
        self.frame.setGeometry(about.adjusted(-LINE, -LINE, LINE, LINE).intersected(window.rect()))
        self.frame.show()
        self.frame.raise_()
        self.setFixedHeight(self.heightForWidth(WIDTH))
        room = window.rect().adjusted(GRID, GRID, -GRID, -GRID)
        gap = GRID + LINE
        places = (
            QPoint(about.right() + gap, about.top()), QPoint(about.left() - gap - WIDTH, about.top()),
            QPoint(about.left(), about.top() - gap - self.height()),
            QPoint(about.right() - WIDTH, about.top() - gap - self.height()),
            QPoint(about.left(), about.bottom() + gap),
            about.center() - self.rect().center(),
        )
        spots = [QRect(place, self.size()) for place in places]
        # Beside it if there is room; a part as large as the window is covered in its middle.
        self.setGeometry(next((spot for spot in spots if room.contains(spot)), _inside(spots[-1], room)))
        self.raise_()

    def focusNextPrevChild(self, forward: bool) -> bool:
        buttons = [button for button in (self.skip, self.back, self.next)
                   if button.isEnabled() and not button.isHidden()]
        at = next((index for index, button in enumerate(buttons) if button.hasFocus()), 0)
        buttons[(at + (1 if forward else -1)) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A button would take the arrows for itself, and Return for nothing.
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and isinstance(watched, QPushButton):
            if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
                (self.forward if event.key() == Qt.Key.Key_Right else self.backward).emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        else:
            super().keyPressEvent(event)


def _inside(spot: QRect, room: QRect) -> QRect:
    """The same rectangle, moved into the room."""
    moved = QRect(spot)
    moved.moveRight(min(moved.right(), room.right()))
    moved.moveBottom(min(moved.bottom(), room.bottom()))
    moved.moveLeft(max(moved.left(), room.left()))
    moved.moveTop(max(moved.top(), room.top()))
    return moved
