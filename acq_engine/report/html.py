"""Small pieces of HTML. Every text from a run goes through `escape`: a run folder may come from a stranger."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape


class Figure(str):
    """A number that is written already; it stands on the right like one."""


Cell = str | float | int | None


def section(title: str, *parts: str) -> str:
    """A titled section; nothing where all its parts are empty."""
    body = "".join(parts)
    return f"<section><h2>{escape(title)}</h2>{body}</section>" if body else ""


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph; `kind` is a class of the style sheet."""
    return f'<p class="{kind}">{escape(text)}</p>' if text else ""


def figure(drawing: str, caption: str = "", title: str = "") -> str:
    """A drawing with its caption; nothing without a drawing."""
    if not drawing:
        return ""
    head = f"<h3>{escape(title)}</h3>" if title else ""
    foot = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f"<figure>{head}{drawing}{foot}</figure>"


def tiles(items: Sequence[tuple[str, str, str]]) -> str:
    """Large figures: (value, what it is, class of the style sheet)."""
    inner = "".join(
        f'<div class="tile"><b class="{kind}">{escape(value)}</b><span>{escape(label)}</span></div>'
        for value, label, kind in items
    )
    return f'<div class="tiles-row">{inner}</div>' if items else ""


def table(titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A table; numbers stand on the right, what was not measured stays empty."""
    if not rows:
        return ""
    numeric = [all(_is_number(row[column]) for row in rows) for column in range(len(titles))]
    head = "".join(_cell("th", title, numeric[column]) for column, title in enumerate(titles))
    body = "".join(
        "<tr>" + "".join(_cell("td", _text(value), numeric[column]) for column, value in enumerate(row)) + "</tr>"
        for row in rows
    )
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def megabytes(count: int) -> str:
    """A size in kB or MB (powers of ten)."""
    return f"{count / 1e6:,.2f} MB" if count >= 1_000_000 else f"{count / 1000:,.1f} kB"


def percent(value: float | None) -> str:
    """A percentage with two places; a dash where it was not measured."""
    return "\u2013" if value is None else f"{value:.2f} %"


def _cell(tag: str, text: str, is_number: bool) -> str:
    return f'<{tag} class="number">{escape(text)}</{tag}>' if is_number else f"<{tag}>{escape(text)}</{tag}>"


def _is_number(value: Cell) -> bool:
    return isinstance(value, Figure) or not isinstance(value, str)


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    return f"{value:,}" if isinstance(value, int) else value
