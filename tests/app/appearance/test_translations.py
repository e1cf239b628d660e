"""Every text of the window is marked for translation, and every translation is whole and fits its source."""

from __future__ import annotations

import ast
import json
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from scripts.translate import ROOT, TEMPLATES, TRANSLATIONS, app_files, collected, templates, update

FILES = sorted(TRANSLATIONS.glob("acq_*.ts"))
LANGUAGES = [path for path in FILES if path.stem != "acq_en"]  # acq_en holds plurals only

# Calls whose texts the user sees.
SHOWN = frozenset({
    "Button", "QAction", "QCheckBox", "QDockWidget", "QLabel", "QPushButton", "QRadioButton", "addAction", "addItem",
    "addMenu", "addRow", "addTab", "bold", "drawText", "insertText", "muted", "setAccessibleDescription",
    "setAccessibleName", "setHeaderLabels", "setHorizontalHeaderLabels", "setInformativeText", "setNameFilter",
    "setPlaceholderText", "setPrefix", "setSpecialValueText", "setStatusTip", "setSuffix", "setTabText", "setText",
    "setTitle", "setToolTip", "setWhatsThis", "setWindowTitle", "showMessage", "showText", "tell",
})
MARKED = frozenset({"tr", "translate", "QT_TRANSLATE_NOOP"})
# What is the same in every language: units, names of formats and markup.
SAME = re.compile(r"<[^>]*>|&\w+;|\b(?:ms|kB|MB|GB|CPU|GPU|px|ACQ|GDFQ|BN|ONNX)\b")
# translate() of a variable: tables whose texts scripts/translate.py collects.
TABLES = frozenset({
    "acq_app/commands/registry.py", "acq_app/commands/pages.py", "acq_app/dialogs/help.py",
    "acq_app/appearance/language.py", "acq_app/views/runs/rows.py",
})


def messages(path: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    """Context and message, one after the other."""
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name", ""), message


def forms(message: ElementTree.Element) -> list[str]:
    """The translation; two of them where there is a plural."""
    translation = message.find("translation")
    assert translation is not None
    plural = [form.text or "" for form in translation.iter("numerusform")]
    return plural or [translation.text or ""]


def places(text: str) -> list[str]:
    """What values are put into, in alphabetical order."""
    return sorted(re.findall(r"\{\w*\}|%n", text))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a module, with the name of what is called."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            function = node.func
            yield function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", ""), node


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def unmarked(node: ast.AST) -> Iterator[str]:
    """Literals of an expression that are outside of tr() and translate()."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in MARKED:
            return
        if name in ("property", "getattr", "partition", "replace", "join", "split", "get", "removesuffix", "strftime"):
            return
    if isinstance(node, ast.FormattedValue):
        yield from unmarked(node.value)  # a format specification is no text
        return
    if isinstance(node, ast.Subscript | ast.Compare):
        return  # a key, or a value that is compared
    if isinstance(node, ast.IfExp):
        yield from unmarked(node.body)
        yield from unmarked(node.orelse)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from unmarked(child)


def test_there_is_a_complete_language_besides_english() -> None:
    assert TRANSLATIONS / "acq_de.ts" in LANGUAGES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_is_translated(path: Path) -> None:
    waiting = [
        (context, message.findtext("source")) for context, message in messages(path)
        if "type" in (message.find("translation") or ElementTree.Element("none")).attrib or not all(forms(message))
    ]
    assert not waiting


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_fits_its_source(path: Path) -> None:
    for _, message in messages(path):
        source = message.findtext("source", "")
        for text in forms(message):
            assert places(text) == places(source), source
            assert text.count("&") == source.count("&"), source
            assert text.count("\n") == source.count("\n"), source
            assert (text[:1].isspace(), text[-1:].isspace()) == (source[:1].isspace(), source[-1:].isspace()), source
            for end in ("...", "…", ":"):
                assert text.endswith(end) == source.endswith(end), source


def test_files_hold_what_the_source_says(tmp_path: Path) -> None:
    """`make translations` brings them up to date."""
    for path in FILES:
        copy = tmp_path / path.name
        shutil.copy(path, copy)
        update([copy])
        kept, fresh = (
            {(context, message.findtext("source")) for context, message in messages(file)} for file in (path, copy)
        )
        assert kept == fresh, path.name
    assert json.loads(TEMPLATES.read_text(encoding="utf-8")) == templates(collected())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_compiled_files_are_up_to_date(path: Path) -> None:
    translator = QTranslator()
    assert translator.load(path.stem, str(TRANSLATIONS))
    for context, message in messages(path):
        source, texts = message.findtext("source", ""), forms(message)
        found = [translator.translate(context, source, None, count) for count in ((1, 2) if len(texts) > 1 else (-1,))]
        assert found == texts, source


def test_no_text_is_shown_without_being_marked() -> None:
    bare = []
    for path in app_files():
        for name, call in calls(path):
            if name not in SHOWN:
                continue
            arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
            for argument in arguments[:1] if name == "addItem" else arguments:  # its second one is data
                bare += [f"{where(path, call)}: {text!r}" for text in unmarked(argument)
                         if re.search(r"[^\W\d_]{2,}", SAME.sub("", text))]
    assert not bare


def test_marked_texts_can_be_found() -> None:
    """lupdate reads literals only, outside of f-strings; a text at module level would be read before the language."""
    lost = []
    for path in app_files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside_f = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for inner in ast.walk(node)}
        inside_def = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)
                      for inner in ast.walk(node)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in ("tr", "translate"):
                continue
            texts = node.args[:1] if name == "tr" else node.args[:2]
            literal = all(isinstance(text, ast.Constant) for text in texts)
            if not literal and str(path.relative_to(ROOT)) not in TABLES:
                lost.append(f"{where(path, node)}: no literal")
            if literal and id(node) in inside_f:
                lost.append(f"{where(path, node)}: inside an f-string")
            if name == "tr" and ast.unparse(node.func) != "self.tr":
                lost.append(f"{where(path, node)}: of another object, whose class lupdate does not know")
            if id(node) not in inside_def:
                lost.append(f"{where(path, node)}: at module or class level")
    assert not lost


def test_counts_are_grouped_by_the_language() -> None:
    commas = [where(path, node) for path in app_files() if path.name != "language.py"
              for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
              if isinstance(node, ast.FormattedValue) and node.format_spec is not None
              and "," in ast.unparse(node.format_spec)]
    assert not commas, "use acq_app.appearance.language.grouped"
