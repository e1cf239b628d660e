"""The window's language: which there are, how one is chosen, and the engine's words in it.

What the window says itself goes through `tr()`. What it shows of the engine's (titles of settings,
names of curves, errors, notes) is English there, since the engine has no Qt; `said` and the other
functions here translate it where it is shown. `scripts/translate.py` collects those texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from acq_app.appearance.resources import TRANSLATIONS

SYSTEM = "system"
ENGLISH = "en"
NARROW_SPACE = "\u202f"  # between groups of three digits, wherever a comma could be taken for a decimal mark

_installed: list[QTranslator] = []
_language = ENGLISH


@cache
def languages() -> dict[str, str]:
    """Every language that the window speaks, with its own name: {"de": "Deutsch", "en": "English"}."""
    codes = sorted(path.stem.removeprefix("acq_") for path in TRANSLATIONS.glob("acq_*.qm"))
    # Qt calls this English "American English".
    return {code: "English" if code == ENGLISH else QLocale(code).nativeLanguageName() for code in codes}


def resolved(choice: str, wanted: Sequence[str] | None = None) -> str:
    """The code of the language to use.

    Args:
        choice: A code, or "system" for the first of the system's languages that there is.
        wanted: The system's languages, the most wanted first, such as "de-AT"; None: asks Qt.
    """
    if choice in languages():
        return choice
    for tag in QLocale.system().uiLanguages() if wanted is None else wanted:
        code = re.split("[-_]", tag)[0]
        if code in languages():
            return code
    return ENGLISH


def install(choice: str) -> str:
    """Let the program speak a language; windows that are open keep theirs. Returns its code.

    The point is the decimal mark in every language: in files, on the command line and in the
    window the same number looks the same, and the comma stays free to stand between two numbers.
    """
    global _language
    code = _language = resolved(choice)
    app = QCoreApplication.instance()
    for translator in _installed:
        QCoreApplication.removeTranslator(translator)
    _installed.clear()
    # What was installed last is asked first. English has a file for its plurals.
    for name, folder in (
        (f"acq_{ENGLISH}", str(TRANSLATIONS)),
        (f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"acq_{code}", str(TRANSLATIONS)),
    ):
        translator = QTranslator(app)
        if translator.load(name, folder):
            QCoreApplication.installTranslator(translator)
            _installed.append(translator)
    QLocale.setDefault(QLocale.c())
    return code


def grouped(number: float, form: str = "") -> str:
    """A number in groups of three digits: 12,000 in English, with a narrow space elsewhere.

    Args:
        number: The number.
        form: How it is written, as after the comma of a format specification: ".6g".
    """
    text = f"{number:,{form}}"
    return text if _language == ENGLISH else text.replace(",", NARROW_SPACE)


def setting_words(text: str) -> str:
    """Title, help, unit or choice of a setting."""
    return QCoreApplication.translate("RunConfig", text) if text else ""


def metric_words(text: str) -> str:
    """Name, group or help of a metric."""
    return QCoreApplication.translate("Metrics", text) if text else ""


def theme_words(text: str) -> str:
    """Title of a theme."""
    return QCoreApplication.translate("Themes", text)


def said(text: str) -> str:
    """What the engine says (errors, notes, lines of its log); English where it is not known.

    A sentence with values in it is found by its template: "It has {0} bytes." stands for all sizes.
    """
    if not text:
        return ""
    exact = QCoreApplication.translate("Engine", text)
    if exact != text or not _installed or _language == ENGLISH:
        return exact
    by_template = _by_template(text)
    if by_template is not None:
        return by_template
    for separator in ("\n", ". "):
        parts = text.split(separator)
        if len(parts) > 1:
            whole = [part + "." for part in parts[:-1]] + parts[-1:] if separator == ". " else parts
            return (" " if separator == ". " else separator).join(said(part) for part in whole)
    return text


def _by_template(text: str) -> str | None:
    for template, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found:
            translated = QCoreApplication.translate("Engine", template)
            if translated != template:
                return translated.format(*(said(value) if " " in value else value for value in found.groups()))
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Templates as patterns; those with the most words of their own come first."""
    file = TRANSLATIONS / "templates.json"
    templates = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    templates.sort(key=lambda template: (-len(re.sub(r"{\d}", "", template)), template))
    return tuple((template, pattern_of(template)) for template in templates)


def pattern_of(template: str) -> re.Pattern[str]:
    """What a template becomes with any values in it; each value is a group, in order."""
    pieces = re.split(r"{\d}", template)
    return re.compile("(.*?)".join(re.escape(piece) for piece in pieces), re.DOTALL)
