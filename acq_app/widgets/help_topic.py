"""Which page of the help belongs to a part of the window: parts say so, and F1 asks."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from acq_app.settings.fields import field_specs

PROPERTY = "help_topic"


def set_topic(widget: QWidget, topic: str) -> None:
    """F1 anywhere inside the widget opens this topic of `dialogs/help.py`."""
    widget.setProperty(PROPERTY, topic)


def topic_at(widget: QWidget | None) -> tuple[str, str]:
    """The topic for what has the focus, and the setting that it edits; both may be empty."""
    setting = ""
    while widget is not None:
        if widget.objectName() in field_specs():
            setting = widget.objectName()
        topic = widget.property(PROPERTY)
        if isinstance(topic, str) and topic:
            return topic, setting
        widget = widget.parentWidget()
    return "", setting
