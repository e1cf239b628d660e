"""What users read is held to the glossary in CONTRIBUTING.md: the field's terms, in plain English and German.

A phrase below was once in the program and meant something to its authors only. What to write instead
comes with it.
"""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ElementTree
from functools import cache
from typing import NamedTuple

import pytest

from scripts.translate import LEFT_OUT, ROOT, TRANSLATIONS, texts_of
from tests.engine.cli.made_up import acq

ENGINE = ROOT / "acq_engine"
COMMANDS = tuple(sorted(
    match.group(1) for path in (ENGINE / "cli").glob("*.py")
    if (match := re.search(r'^NAME = "(\w+)"', path.read_text(encoding="utf-8"), re.MULTILINE))
))


class Banned(NamedTuple):
    """A phrase that is not to come back."""

    pattern: str  # without regard to capitals
    once: str  # a text that had it
    instead: str


ENGLISH = (
    Banned(r"\b(take|takes|taken|took|takes it) up\b", "Take up again", "resume"),
    Banned(r"\b(go|goes|going) on\b(?! (from|to) )", "Go on with the queue", "resume, continue, active"),
    Banned(r"\bhold the queue\b|\bon hold\b", "Hold the queue", "pause"),
    Banned(r"\basked[- ]for\b", "Class asked for", "target"),
    Banned(r"\bwhat there is\b", "measure and export what there is", "the model as it is"),
    Banned(r"\b(this|it|\{0\}) is no\b", "This is no settings file.", "is not a"),
    Banned(r"\bso (many|few)\b", "in so many steps", "this many, too low"),
    Banned(r"\bpictures?\b", "The test set has no pictures.", "image"),
    Banned(r"\bcanvas(es)?\b", "Canvas limit", "procedural image"),
    Banned(r"(?<!keyboard )\bshortcuts?\b", "Shortcuts", "skip connection"),
    Banned(r"\bwhole numbers?\b", "A whole number is needed", "integer"),
    Banned(r"\b(quantized|float) network\b", "The quantized network answers differently.", "quantized model, student"),
    Banned(r"\bunrest\b", "unrest", "loss instability"),
    Banned(r"\bsecond look\b", "Second look", "hard-sample replay"),
    Banned(r"\bconvention\b", "Convention A", "scheme"),
    Banned(r"\btaken for\b", "What is taken for what", "confusion matrix"),
    Banned(r"\bseen as\b|\bis seen\b|\b(teacher|student|model|network) sees\b", "Teacher sees", "predicts, prediction"),
    Banned(r"\banswers?\b", "Same answer as the quantized model", "prediction, output, logits"),
    Banned(r"\bcut off\b|\b(weights|outputs) cut\b", "outputs cut", "clipped"),
    Banned(r"\bbit for bit\b", "rows equal bit for bit", "bit-exact"),
    Banned(r"\bgraphics card\b|\bprocessor threads?\b", "The memory of the graphics card is full.", "GPU, CPU threads"),
    Banned(r"\bfetch(ed|es|ing)?\b", "Fetching the weights", "download"),
    Banned(r"\blook(ed|ing|s)? at\b", "Looked at when the run starts.", "open, inspect"),
    Banned(r"\bpresent (run|settings|one)\b", "Let the present run end", "current"),
    Banned(r"\bbegin\b|\bbegun\b|\bbegins (a|the) (run|sweep)\b", "Begin", "start"),
    Banned(r"\b(has|have) ended\b", "once the run has ended", "finished"),
    Banned(r"\b(break|breaks|broke|broken) .{0,20}\boff\b", "The download broke off.", "cancel, interrupted"),
    Banned(r"\bbeside\b", "the sentence beside it", "next to"),
    Banned(r"\banew\b", "learn the generator anew", "again, from scratch"),
    Banned(r"\bmodes:", "modes: attention", "eval/train"),
    Banned(r"\btak(e|en|es) over\b|\btake over\b", "Take over from", "reuse"),
    Banned(r"\bsomebody\b", "somebody else works on this run", "another process"),
    Banned(r"\bgives? back\b", "The network gives back no logits.", "return"),
    Banned(r"\bclasses apart\b", "tells 10 classes apart", "has 10 classes"),
    Banned(r"\bleft out\b|\b(leave|leaving) ((it|them|one|both|some) )?out\b", "Canvases are left out", "skip, omit"),
    Banned(r"\bcan't be made\b", "The run folder can't be made.", "can't be created"),
    Banned(r"\bof another kind\b|\bof a kind that\b", "images are of another kind", "have an unexpected type"),
    Banned(r"\} bit\b|\b\d to \d bit\b(?!-)", "2 to 8 bit", "bits"),
    Banned(r"\bless (train|attention in train)\b", "eval less train", "minus"),
    Banned(r"\bonce more\b", "Measure this once more", "again"),
    Banned(r"\bso that its outputs stay\b|\breconstruct(ion|s)?\b", "reconstruct: layer by layer", "GPTQ"),
    Banned(r"\bquarters\b|\baveraging\b", "Decay: quarters", "step, weight EMA"),
    Banned(r"\bgenerator rate\b|\bstudent rate\b", "Lower the generator rate", "learning rate"),
    Banned(r"\bto float\b", "to float", "drop"),
    Banned(r"\bpoint at\b", "Point at a mark", "hover over"),
    Banned(r"\bdrawings?\b", "SVG drawing (*.svg)", "image"),
    Banned(r"\bauthentic\b", "authentic images", "real images"),
)
GERMAN = (
    Banned(r"\baufzunehmen\b|\bwieder auf(nehmen|genommen)\b", "Wieder aufnehmen", "fortsetzen"),
    Banned(r"\bReihen?\b", "Reihe laden", "Sweep"),
    Banned(r"\bZeichnung(en)?\b", "Zeichnungen bleiben weg", "prozedurale Bilder"),
    Banned(r"\bverlangte?[sn]?\b(?! \{)", "die verlangte Klasse", "Ziel-, vorgegeben"),
    Banned(r"\bKonvention\b", "Konvention A", "Schema"),
    Banned(r"\bAbkürzung(en)?\b", "Abkürzungen", "Skip-Verbindung"),
    Banned(r"\bUnruhe\b", "Unruhe", "Instabilität"),
    Banned(r"\bBefund\b", "Befund", "Zustand"),
    Banned(r"\bZweiter Blick\b|\bMittelung\b|\bZeichn\.-", "Zweiter Blick", "Hard-Sample-Replay, EMA"),
    Banned(r"\bWas wofür\b", "Was wofür gehalten wird", "Konfusionsmatrix"),
    Banned(r"\b(quantisierte[sn]?|float-)\s?Netz\w*", "das quantisierte Netz", "quantisiertes Modell, Schüler"),
    Banned(r"\bAntwort(en)?\b", "Die Antwort ist", "Vorhersage, Ausgabe"),
    Banned(r"\bGrafikkarte\b", "der Speicher der Grafikkarte", "GPU"),
    Banned(r"\bgeholt\b|\bholen\b", "Gewichte werden geholt", "herunterladen"),
    Banned(r"\bangesehen\b|\bAnsehen\b", "Das Modell wird angesehen", "untersuchen, öffnen"),
    Banned(r"\bbleib(t|en) weg\b", "Läufe bleiben weg", "entfallen"),
    Banned(r"\bModi:", "Modi: Ausgabe", "Eval/Train"),
    Banned(r"\bbestätigt\b", "Die Datei ist bestätigt.", "verifiziert"),
    Banned(r"\bjetzige\w*\b", "Jetzige Einstellungen", "aktuell"),
    Banned(r"\b(Generator|Schüler)-Rate\b|\bSkalenrate\b", "Schüler-Rate", "Lernrate"),
    Banned(r"\b\w+en Sie\b", "Prüfen Sie die Labels.", "prüfen: niemand wird angeredet"),
    Banned(r"\bViertel\b(?! der Schritte)", "Viertel", "stufenweise"),
)
# A text that has a banned phrase for a reason of its own.
ALLOWED = frozenset({
    "{0} begins with {1}.", "Its SHA-256 begins with {0}, not {1}.",
    '"""Classify pictures with an exported model:',  # how files of earlier versions are recognised
})


@cache
def translated() -> tuple[tuple[str, str], ...]:
    """Every text of the window and of the engine that it shows, with its German translation."""
    found = []
    for message in ElementTree.parse(TRANSLATIONS / "acq_de.ts").getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        plural = [form.text or "" for form in translation.iter("numerusform")]
        found.append((message.findtext("source", ""), " | ".join(plural) or translation.text or ""))
    return tuple(found)


@cache
def untranslated() -> tuple[str, ...]:
    """What people read at the command line, in reports, in experiments and with an exported file."""
    found: list[str] = []
    for path in sorted(ENGINE.rglob("*.py")):
        if not path.relative_to(ENGINE).as_posix().startswith(LEFT_OUT):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        inside = {id(value) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in node.values}
        found += [text for node in ast.walk(tree) if isinstance(node, ast.Constant | ast.JoinedStr)
                  and id(node) not in docstrings | inside for text in texts_of(node) if " " in text.strip()]
    return tuple(found)


@cache
def help_of(command: str) -> str:
    """What --help prints, without its frame and line breaks."""
    result = acq(*command.split(), "--help")
    assert result.exit_code == 0, result.output
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", result.output).split())


def banned_in(text: str, banned: tuple[Banned, ...]) -> list[str]:
    """The phrases of a text that are not to be in it."""
    if text in ALLOWED:
        return []
    return [f"{text!r}: has {found.group()!r}, write: {phrase.instead}" for phrase in banned
            if (found := re.search(phrase.pattern, text, re.IGNORECASE))]


def glossary() -> list[tuple[str, str, str]]:
    """Term, meaning and source of each row in CONTRIBUTING.md."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.search(r"## Glossary\n.*?\n\|(?: ?-+ ?\|)+\n(.*?)\n\n", text, re.DOTALL)
    assert rows is not None
    cells = [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows.group(1).split("\n")]
    assert all(len(row) == 3 for row in cells)
    return [(row[0], row[1], row[2]) for row in cells]


@pytest.mark.parametrize("phrase", [*ENGLISH, *GERMAN], ids=lambda phrase: phrase.once)
def test_a_phrase_that_is_put_back_is_found(phrase: Banned) -> None:
    assert banned_in(phrase.once, (phrase,))
    assert not banned_in(phrase.instead, (phrase,)), "what to write instead is allowed"


def test_the_window_speaks_the_fields_english() -> None:
    assert [line for source, _ in translated() for line in banned_in(source, ENGLISH)] == []


def test_the_window_speaks_the_fields_german() -> None:
    assert [line for _, german in translated() for line in banned_in(german, GERMAN)] == []


def test_so_do_commands_reports_and_exported_files() -> None:
    assert len(untranslated()) > 20
    assert [line for text in untranslated() for line in banned_in(text, ENGLISH)] == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_so_does_the_help_of_every_command(command: str) -> None:
    assert banned_in(help_of(command), ENGLISH) == []


def test_the_glossary_is_in_use() -> None:
    """Each term is in some text, and each says whose word it is."""
    terms = glossary()
    assert len(terms) >= 30 and [term for term, *_ in terms] == sorted((term for term, *_ in terms), key=str.casefold)
    texts = " ".join([*(source for source, _ in translated()), *untranslated(), *map(help_of, COMMANDS)]).casefold()
    assert [term for term, *_ in terms if not any(
        re.sub(r"\(.*?\)", "", part).strip().casefold() in texts for part in term.split(","))] == []
    assert {source.partition(" ")[0].rstrip(",;") for *_, source in terms} <= {"field", "paper", "OURS"}


def test_the_glossary_bans_nothing_that_it_teaches() -> None:
    assert [line for term, meaning, _ in glossary() for line in banned_in(f"{term}: {meaning}", ENGLISH)] == []


def test_every_command_is_read() -> None:
    assert {"quantize", "sweep", "report", "experiment"} <= set(COMMANDS)
    assert all(command in help_of("") for command in COMMANDS)
