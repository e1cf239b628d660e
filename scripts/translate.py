"""Bring the translations up to date: collect every text, merge it into the .ts files, compile them to .qm.

    python -m scripts.translate           # what `make translations` does
    python -m scripts.translate --new fr  # begin a language

The window's own texts are found by pyside6-lupdate. Those of the engine, which has no Qt, and those
that stand in tables (actions, settings, metrics, signs of health) are collected here and handed to
it as one generated file. Texts of the engine with values in them become templates: "It has {0}
bytes."; the window finds them by resources/translations/templates.json.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TRANSLATIONS = ROOT / "resources" / "translations"
TEMPLATES = TRANSLATIONS / "templates.json"

# Read by people at the command line and in reports, which are English.
LEFT_OUT = ("cli/", "report/", "export/deploy/", "settings/options.py", "settings/command_line.py")
# Parts of an error or a log line; other calls with these keywords are not meant.
PARTS = ("message", "cause", "hint", "detail")
FEWEST_LETTERS = 6  # of a template's own: "{0}: {1}" would fit anything
_PLACE = re.compile(r"\{\d\}")

Text = tuple[str, str]  # context, source


def app_files() -> list[Path]:
    """The window's modules."""
    return sorted((ROOT / "acq_app").rglob("*.py"))


def engine_files() -> list[Path]:
    """The engine's modules whose words the window shows."""
    package = ROOT / "acq_engine"
    def is_left_out(path: Path) -> bool:
        return path.relative_to(package).as_posix().startswith(LEFT_OUT)

    return [path for path in sorted(package.rglob("*.py")) if not is_left_out(path)]


# --- sentences of the engine ---------------------------------------------------------------------


def texts_of(node: ast.expr) -> list[str]:
    """The texts that an expression can be: literals, f-strings as templates, both branches of a condition."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr():
            return _template(node)
        case ast.IfExp():
            return texts_of(node.body) + texts_of(node.orelse)
        case ast.BoolOp():
            return [text for value in node.values for text in texts_of(value)]
        case _:
            return []


def _template(node: ast.JoinedStr) -> list[str]:
    """An f-string with a numbered place for each value; values side by side share one."""
    pieces: list[str] = []
    count, last_was_value = 0, False
    for value in node.values:
        if isinstance(value, ast.Constant):
            text = str(value.value)
            if "{" in text or "}" in text:
                return []
            pieces.append(text)
            last_was_value = False
        elif not last_was_value:
            pieces.append(f"{{{count}}}")
            count, last_was_value = count + 1, True
    return ["".join(pieces)]


def _reads(text: str, fewest: int) -> bool:
    return len(re.findall(r"[^\W\d_]", _PLACE.sub("", text))) >= fewest


def _is_sentence(text: str) -> bool:
    return bool(re.match(r"[A-Z{].*\s.*\.\s*$", text, re.DOTALL)) and _reads(text, FEWEST_LETTERS)


def _error_names() -> frozenset[str]:
    from acq_engine import errors

    return frozenset(name for name, value in inspect.getmembers(errors, inspect.isclass))


def sentences(tree: ast.Module, *, all_sentences: bool) -> Iterator[str]:
    """What a module says to the user: errors, log lines and, if asked for, whatever reads like a sentence."""
    errors = _error_names()
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            skipped.add(id(node.value))  # a docstring, of an attribute too
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            values = [keyword.value for keyword in node.keywords if keyword.arg in PARTS]
            if name in errors:
                values += node.args[:1]
            elif name == "LogMessage":
                values = node.args[1:2]
            elif name == "Failed":
                values += node.args
            elif name in ("setting", "Field", "Metric", "warning", "info", "debug"):
                skipped.update(id(inner) for inner in ast.walk(node))  # collected as data, or never shown
                continue
            else:
                values = []
            for value in values:
                yield from (text for text in texts_of(value) if _reads(text, FEWEST_LETTERS if "{" in text else 2))
    if not all_sentences:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(value) for value in node.values)
    for node in ast.walk(tree):
        if id(node) not in skipped and isinstance(node, ast.Constant | ast.JoinedStr):
            yield from (text for text in texts_of(node) if _is_sentence(text))


def engine_texts() -> list[str]:
    """Every sentence of the engine, and of errors that the window itself raises."""
    found: set[str] = set()
    for path in engine_files():
        found.update(sentences(ast.parse(path.read_text(encoding="utf-8")), all_sentences=True))
    for path in app_files():
        found.update(sentences(ast.parse(path.read_text(encoding="utf-8")), all_sentences=False))
    return sorted(found)


# --- tables --------------------------------------------------------------------------------------


def experiment_texts() -> list[str]:
    """Headings of the experiments' tables, and what their rows are called."""
    found: list[str] = []
    for path in sorted((ROOT / "acq_engine" / "experiments").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Column" and len(node.args) > 1:
                found += texts_of(node.args[1])
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "with_and_without":
                found += [text for one in ast.walk(node.args[-1]) if isinstance(one, ast.Constant)
                          for text in texts_of(one)]
            elif isinstance(node, ast.Dict):
                found += [text for key, value in zip(node.keys, node.values, strict=True)
                          if isinstance(key, ast.Constant) and key.value == "variant" for text in texts_of(value)]
    return found


def table_texts() -> list[Text]:
    """Texts that stand in tables and are translated where they are shown."""
    from acq_app.appearance.resources import PALETTES
    from acq_app.commands.table import ACTIONS, CONTEXT, MENUS
    from acq_app.dialogs.help import TOPICS
    from acq_app.features.history.jobs import WORDS as STATES
    from acq_app.run.health import SIGNS
    from acq_app.settings.fields import field_specs
    from acq_engine.events import METRICS
    from acq_engine.export import FORMATS
    from acq_engine.sweep.variables import BITS, variables

    found: list[Text] = [(CONTEXT, title) for _, title in MENUS]
    for info in ACTIONS:
        found += [(info.context, info.text), (CONTEXT, info.tip), (CONTEXT, info.words)]
    for spec in field_specs().values():
        found += [("RunConfig", text) for text in (spec.title, spec.help, spec.unit, *map(spec.shown, spec.choices))]
    found.append(("RunConfig", variables()[BITS].title))  # two settings that a sweep can vary as one
    for metric in METRICS:
        found += [("Metrics", text) for text in (metric.label, metric.help, metric.group)]
    found += [("Metrics", sign.label) for sign in SIGNS]
    found += [("Engine", text) for sign in SIGNS for text in (sign.means, sign.change)]
    found += [("Engine", text) for entry in FORMATS.values()
              for text in (entry.title, entry.help, entry.package_hint) if text]
    found += [("HelpDialog", text) for topic in TOPICS for text in (topic.title, *topic.about)]
    found += [("Runs", text) for text in ("interrupted", "unreadable", *STATES.values())]
    found += [("Engine", text) for text in experiment_texts()]
    for path in sorted(PALETTES.glob("*.toml")):
        found.append(("Themes", str(tomllib.loads(path.read_text(encoding="utf-8"))["title"])))
    return [(context, text) for context, text in found if _reads(text, 2)]


def collected() -> list[Text]:
    """Every text that pyside6-lupdate can't find by itself, each once."""
    texts = [*table_texts(), *(("Engine", text) for text in engine_texts())]
    return list(dict.fromkeys(texts))


def templates(texts: Iterable[Text]) -> list[str]:
    """The engine's texts with places for values."""
    return [text for context, text in texts if context == "Engine" and _PLACE.search(text)]


# --- files ---------------------------------------------------------------------------------------


def _tool(name: str, *arguments: str) -> None:
    tool = Path(sys.executable).with_name(f"pyside6-{name}")
    subprocess.run([str(tool), *arguments, "-silent"], check=True, cwd=ROOT)


def update(ts_files: Iterable[Path]) -> None:
    """Merge every text into these files; what is gone from the source leaves them."""
    texts = collected()
    with tempfile.TemporaryDirectory() as folder:
        generated = Path(folder) / "collected.py"
        lines = [f"QCoreApplication.translate({json.dumps(context)}, {json.dumps(text, ensure_ascii=False)})"
                 for context, text in texts]
        generated.write_text("\n".join(lines) + "\n", encoding="utf-8")
        sources = [*(str(path.relative_to(ROOT)) for path in app_files()), str(generated)]
        for path in ts_files:
            plural = ("-pluralonly",) if path.stem == "acq_en" else ()
            _tool("lupdate", *plural, "-no-obsolete", "-locations", "none", "-sort-messages", "-source-language", "en",
                  "-disable-heuristic", "similartext", *sources, "-ts", str(path))


def write_templates(path: Path = TEMPLATES) -> None:
    """Write the list by which the window recognises sentences with values in them."""
    path.write_text(json.dumps(templates(collected()), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def compile_all(folder: Path = TRANSLATIONS) -> None:
    """A .qm for every .ts."""
    for path in sorted(TRANSLATIONS.glob("acq_*.ts")):
        _tool("lrelease", str(path), "-qm", str(folder / path.with_suffix(".qm").name))


def unfinished(path: Path) -> int:
    """How many texts of a file wait for their translation."""
    return len(re.findall(r'type="unfinished"', path.read_text(encoding="utf-8")))


def main() -> None:
    """Collect, merge, compile; say what is left to translate."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--new", metavar="CODE", help="begin a language, such as fr or pt")
    arguments = parser.parse_args()
    TRANSLATIONS.mkdir(exist_ok=True)
    files = sorted(TRANSLATIONS.glob("acq_*.ts"))
    if arguments.new:
        files.append(TRANSLATIONS / f"acq_{arguments.new}.ts")
    update(files)
    write_templates()
    compile_all()
    for path in files:
        print(f"{path.relative_to(ROOT)}: {unfinished(path)} left to translate")


if __name__ == "__main__":
    main()
