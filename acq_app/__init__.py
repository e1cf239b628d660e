"""The desktop application: what the user sets, sees and starts. It imports no torch at module level."""

from __future__ import annotations

import os

# Chosen before any Qt wrapper (pyqtgraph, superqt) looks for a binding of its own.
os.environ.setdefault("QT_API", "pyside6")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
# The settings are pydantic models. Looking for its plugins reads every installed package, and none is wanted here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")

APP_NAME = "ACQ Studio"
ORGANISATION = "ACQ Studio"
