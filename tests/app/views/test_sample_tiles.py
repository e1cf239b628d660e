"""What a grid of samples is made of: order, marks, tiles, names."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from acq_app.appearance.theme import load_theme
from acq_app.views.shared.marks import distances, paint_centres, to_pixels
from acq_app.views.shared.sample_facts import class_name, ordered, short_class_name
from acq_app.views.shared.tiles import compose, fit, scaled
from acq_app.widgets.pixels import image_of
from tests.app.views.few_samples import few


@pytest.mark.parametrize(("labels", "key", "expected"), [
    (None, "made", [0, 1, 2, 3]),
    ({0}, "made", [0, 2]),
    ({0, 1}, "made", [0, 1, 2, 3]),
    (None, "centre", [1, 2, 3, 0]),
    ({1}, "centre", [1, 3]),
    (None, "confidence", [2, 3, 1, 0]),
    (None, "disagreement", [1, 2, 0, 3]),
])
def test_what_deserves_a_look_comes_first(labels: set[int] | None, key: str, expected: list[int]) -> None:
    assert ordered(few(), labels, key) == expected  # type: ignore[arg-type]


def test_without_centres_or_student_the_order_stays() -> None:
    assert ordered(few(asked=None), None, "centre") == [0, 1, 2, 3]
    assert ordered(few(student_class=None, student_confidence=None), None, "disagreement") == [0, 1, 2, 3]


def test_distances_are_in_picture_halves() -> None:
    assert distances(few().asked, few().measured) == pytest.approx([0.1, 0.9, 0.5, 0.2])
    assert distances(None, few().measured) is None


def test_marks_are_where_the_centres_are() -> None:
    rect = QRectF(10, 20, 100, 100)
    assert to_pixels(rect, np.array([-1, -1], np.float32)) == rect.topLeft()
    assert to_pixels(rect, np.array([1, 0], np.float32)).toTuple() == (110, 70)
    theme = load_theme("light")
    image = QImage(120, 130, QImage.Format.Format_RGB32)
    image.fill(QColor("#000080"))
    painter = QPainter(image)
    asked, measured = np.array([-0.5, 0.0], np.float32), np.array([0.5, 0.0], np.float32)
    paint_centres(painter, rect, asked, measured, theme)
    painter.end()
    assert image.pixelColor(85, 70).name() == theme.measured  # the filled dot
    assert image.pixelColor(35, 70).name() == "#000080"  # the ring is hollow
    assert image.pixelColor(35 - 6, 70).lightness() > 200 or image.pixelColor(35 - 7, 70).lightness() > 200
    far = theme.viridis[255]
    assert image.pixelColor(60, 70).name() == QColor(*(int(value) for value in far)).name()  # a distance of 1


def test_tiles_lie_side_by_side_inside_the_view() -> None:
    for size, count, room in product((28, 32, 96, 224), (1, 16, 36, 144), ((380, 300), (900, 500), (150, 120))):
        layout = fit(count, *room, (size, size))
        rects = [layout.rect(place) for place in range(count)]
        assert all(rect.left() >= 0 and rect.right() <= room[0] for rect in rects)
        assert not any(first.intersects(second) for first, second in pairwise(rects))
        if layout.total_height > room[1]:  # only as a last resort: the tiles would be too small to see
            assert layout.width <= 48 + size / 2
        for place, rect in enumerate(rects):
            assert layout.place_at(rect.center().x(), rect.center().y()) == place


def test_small_pictures_are_enlarged_pixel_by_pixel() -> None:
    picture = np.random.default_rng(0).integers(0, 255, (1, 28, 28, 3), np.uint8)
    assert np.array_equal(scaled(picture, 56, 56)[0, ::2, ::2], picture[0])
    small = scaled(np.full((2, 224, 224, 3), 90, np.uint8), 50, 50)
    assert small.shape == (2, 50, 50, 3)
    assert (small == 90).all()


def test_a_picture_owns_its_memory() -> None:
    pixels = np.full((4, 6, 3), 200, np.uint8)
    image = image_of(pixels)
    pixels[:] = 0
    assert image.pixelColor(3, 2).red() == 200


def test_the_tiled_picture_has_each_sample_in_its_place() -> None:
    samples = few()
    layout = fit(4, 100, 100, (8, 8))
    image = compose(samples.images, [3, 2, 1, 0], layout, "#ffffff")
    for place, index in enumerate((3, 2, 1, 0)):
        assert image.pixelColor(layout.rect(place).center().toPoint()).red() == 60 * index


def test_names_are_short_in_the_grid_and_whole_in_the_tooltip() -> None:
    names = ("tench, Tinca tinca", "goldfish", "", ", odd")
    assert [short_class_name(names, label) for label in (0, 1, 3, 999)] == ["tench", "goldfish", ", odd", "999"]
    assert class_name(names, 999) == "class 999"
