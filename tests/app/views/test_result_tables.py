"""Tables of classes and of confused pairs, also for a thousand classes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from acq_app.views.results.tables import MOST_PAIRS, Column, SearchTable, class_rows, pair_rows

NAMES = ("cat", "dog", "eel")
PLAIN = np.array([[8, 2, 0], [0, 9, 1], [0, 0, 0]])
QUANTIZED = np.array([[6, 1, 3], [0, 9, 1], [0, 0, 0]])


def accuracy(counts: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        return (100 * np.diag(counts) / counts.sum(1)).astype(np.float32)


def test_classes_with_images_are_listed() -> None:
    rows = class_rows(accuracy(QUANTIZED), accuracy(PLAIN), QUANTIZED, NAMES)
    assert rows == [("cat", 10, 80.0, 60.0, -20.0), ("dog", 10, 90.0, 90.0, 0.0)]
    assert class_rows(None, None, None, NAMES) == []
    assert class_rows(accuracy(QUANTIZED), None, None, ())[0] == ("class 0", None, None, 60.0, None)


def test_pairs_that_became_frequent_come_first() -> None:
    assert pair_rows(QUANTIZED, PLAIN, NAMES) == [
        ("cat", "eel", 0, 3, 3), ("dog", "eel", 1, 1, 0), ("cat", "dog", 2, 1, -1)]
    assert pair_rows(QUANTIZED, None, NAMES)[0] == ("cat", "eel", None, 3, None)
    assert pair_rows(None, None, NAMES) == []
    many = np.ones((1000, 1000), np.int64)
    assert len(pair_rows(many, many, ())) == MOST_PAIRS
    assert QUANTIZED[0, 0] == 6, "what was measured is not changed"


@pytest.fixture
def table(qtbot: QtBot) -> SearchTable:
    found = SearchTable((Column("class", "words"), Column("images"), Column("float", "percent"),
                         Column("quantized", "percent"), Column("change", "change")), "Accuracy by class", "a.csv")
    qtbot.addWidget(found)
    found.show_rows([(f"class {number}", 10, 90.0, 90.0 - number % 7, -float(number % 7)) for number in range(1000)])
    return found


def test_a_thousand_classes_are_searched_sorted_and_copied(table: SearchTable, tmp_path: Path) -> None:
    assert table.proxy.rowCount() == 1000
    table.search.setText("CLASS 99")
    assert table.proxy.rowCount() == 11
    table.list.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    changes = [table.proxy.index(row, 4).data() for row in range(11)]
    assert changes[0] == "\u22126.0" and changes[-1] == "\u00b10.0", "numbers are sorted as numbers"
    table.list.selectRow(0)
    table.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["class", "images", "float", "quantized", "change"] and len(lines) == 2
    table.list.clearSelection()
    table.save(str(tmp_path / "a.csv"))
    text = (tmp_path / "a.csv").read_text(encoding="utf-8")
    assert len(text.splitlines()) == 12 and '"-6.0"' in text
    told: list[object] = []
    table.errorRaised.connect(told.append)
    table.save(str(tmp_path / "gone" / "a.csv"))
    assert told
