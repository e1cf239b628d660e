<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About ACQ Studio</source>
        <translation>Über ACQ Studio</translation>
    </message>
    <message>
        <source>Apache License 2.0. Qt is used under the LGPL 3.</source>
        <translation>Apache-Lizenz 2.0. Qt wird unter der LGPL 3 verwendet.</translation>
    </message>
    <message>
        <source>Quantizes image classifiers without their training data, shows how, and verifies the exported file. Based on ACQ (Li et al., arXiv 2301.07266); the documentation marks this project&apos;s own choices.</source>
        <translation>Quantisiert Bildklassifikatoren ohne deren Trainingsdaten, zeigt, wie das geht, und prüft die exportierte Datei. Nach ACQ (Li et al., arXiv 2301.07266); eigene Entscheidungen sind in der Dokumentation gekennzeichnet.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>A zip file with versions, settings and logs for a bug report; no images, no weights.</source>
        <translation>Eine Zip-Datei mit Versionen, Einstellungen und Protokollen für einen Fehlerbericht; keine Bilder, keine Gewichte.</translation>
    </message>
    <message>
        <source>About ACQ Studio</source>
        <translation>Über ACQ Studio</translation>
    </message>
    <message>
        <source>Add a run with these settings to the end of the queue.</source>
        <translation>Einen Lauf mit diesen Einstellungen ans Ende der Warteschlange stellen.</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message>
        <source>Ask the exported file about one image; it can also be dropped on the window.</source>
        <translation>Die exportierte Datei nach einem Bild fragen; es lässt sich auch auf das Fenster ziehen.</translation>
    </message>
    <message>
        <source>Bit allocation...</source>
        <translation>Bitverteilung...</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose a file with trained weights (.safetensors, .pth, .pt).</source>
        <translation>Eine Datei mit trainierten Gewichten wählen (.safetensors, .pth, .pt).</translation>
    </message>
    <message>
        <source>Choose labelled images; they are used only to measure accuracy.</source>
        <translation>Bilder mit Labels wählen; sie dienen nur zum Messen der Genauigkeit.</translation>
    </message>
    <message>
        <source>Compare on samples</source>
        <translation>Auf Samples vergleichen</translation>
    </message>
    <message>
        <source>Compare on test images</source>
        <translation>Auf Testbildern vergleichen</translation>
    </message>
    <message>
        <source>Copy command line</source>
        <translation>Kommandozeile kopieren</translation>
    </message>
    <message>
        <source>Copy the acq command that does a run with these settings.</source>
        <translation>Den acq-Befehl kopieren, der einen Lauf mit diesen Einstellungen macht.</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Dunkles Design</translation>
    </message>
    <message>
        <source>Do attention centres match their targets? Measured on the samples of this run.</source>
        <translation>Liegen Aufmerksamkeitszentren dort, wo sie vorgegeben sind? Gemessen an den Samples dieses Laufs.</translation>
    </message>
    <message>
        <source>Do the consistency penalties make eval and train mode agree?</source>
        <translation>Bringen die Konsistenzverluste Eval- und Train-Modus zur Übereinstimmung?</translation>
    </message>
    <message>
        <source>Does the pair loss keep samples of one class different?</source>
        <translation>Hält der Paarverlust Samples einer Klasse verschieden?</translation>
    </message>
    <message>
        <source>E&amp;xperiments</source>
        <translation>E&amp;xperimente</translation>
    </message>
    <message>
        <source>Evaluate on test images</source>
        <translation>Auf Testbildern auswerten</translation>
    </message>
    <message>
        <source>Evaluate the models of this run again, on the images chosen in step 5.</source>
        <translation>Die Modelle dieses Laufs erneut auswerten, auf den Bildern aus Schritt 5.</translation>
    </message>
    <message>
        <source>Experiment: attention centres...</source>
        <translation>Experiment: Aufmerksamkeitszentren...</translation>
    </message>
    <message>
        <source>Experiment: centre against pair loss...</source>
        <translation>Experiment: Zentrums- gegen Paarverlust...</translation>
    </message>
    <message>
        <source>Experiment: diversity...</source>
        <translation>Experiment: Vielfalt...</translation>
    </message>
    <message>
        <source>Experiment: eval/train consistency...</source>
        <translation>Experiment: Eval/Train-Konsistenz...</translation>
    </message>
    <message>
        <source>Experiment: samples against real images...</source>
        <translation>Experiment: Samples gegen echte Bilder...</translation>
    </message>
    <message>
        <source>Explain the focused part of the window and its settings.</source>
        <translation>Den Teil des Fensters mit dem Fokus und seine Einstellungen erklären.</translation>
    </message>
    <message>
        <source>Export the quantized model to a file and verify it.</source>
        <translation>Das quantisierte Modell in eine Datei exportieren und diese prüfen.</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>Exportieren...</translation>
    </message>
    <message>
        <source>Find the bits per layer with the smallest error within a size or an average bit width.</source>
        <translation>Die Bits je Schicht mit dem kleinsten Fehler für eine Größe oder mittlere Bitzahl finden.</translation>
    </message>
    <message>
        <source>Find...</source>
        <translation>Suchen...</translation>
    </message>
    <message>
        <source>Finish now</source>
        <translation>Jetzt fertigstellen</translation>
    </message>
    <message>
        <source>Help on the focused part</source>
        <translation>Hilfe zum gewählten Teil</translation>
    </message>
    <message>
        <source>High contrast theme</source>
        <translation>Design mit hohem Kontrast</translation>
    </message>
    <message>
        <source>How do the centre loss and the pair loss trade off? Trains several generators.</source>
        <translation>Wie stehen Zentrums- und Paarverlust gegeneinander? Trainiert mehrere Generatoren.</translation>
    </message>
    <message>
        <source>How far are samples from real images in the teacher&apos;s feature space?</source>
        <translation>Wie weit sind Samples im Merkmalsraum des Lehrers von echten Bildern entfernt?</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Let the current run finish, but do not start the next one.</source>
        <translation>Den laufenden Lauf zu Ende führen, aber keinen weiteren starten.</translation>
    </message>
    <message>
        <source>Let the run continue where it is, without this window; open it again to follow it.</source>
        <translation>Den Lauf dort, wo er ist, ohne dieses Fenster weiterlaufen lassen; erneut öffnen, um ihm wieder zu folgen.</translation>
    </message>
    <message>
        <source>Light or dark, following the system.</source>
        <translation>Hell oder dunkel, wie das System.</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>Helles Design</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Load settings from a file or from another run.</source>
        <translation>Einstellungen aus einer Datei oder einem anderen Lauf laden.</translation>
    </message>
    <message>
        <source>Load settings...</source>
        <translation>Einstellungen laden...</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Model layers...</source>
        <translation>Schichten des Modells...</translation>
    </message>
    <message>
        <source>Move every panel back to its original place.</source>
        <translation>Jeden Bereich an seinen ursprünglichen Platz zurücksetzen.</translation>
    </message>
    <message>
        <source>Move the focus to the next panel, view or bar.</source>
        <translation>Setzt den Fokus in den nächsten Bereich, die nächste Ansicht oder Leiste.</translation>
    </message>
    <message>
        <source>Move the focus to the panel, view or bar before.</source>
        <translation>Setzt den Fokus in den vorigen Bereich, die vorige Ansicht oder Leiste.</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>Nächster Teil des Fensters</translation>
    </message>
    <message>
        <source>Open an earlier run with all its curves and images.</source>
        <translation>Einen früheren Lauf öffnen, mit allen Kurven und Bildern.</translation>
    </message>
    <message>
        <source>Open model...</source>
        <translation>Modell öffnen...</translation>
    </message>
    <message>
        <source>Open run...</source>
        <translation>Lauf öffnen...</translation>
    </message>
    <message>
        <source>Open test images...</source>
        <translation>Testbilder öffnen...</translation>
    </message>
    <message>
        <source>Open the folder of this run in the file manager.</source>
        <translation>Den Ordner dieses Laufs im Dateimanager öffnen.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause after the current step.</source>
        <translation>Nach dem laufenden Schritt pausieren.</translation>
    </message>
    <message>
        <source>Pause queue</source>
        <translation>Warteschlange anhalten</translation>
    </message>
    <message>
        <source>Preferences...</source>
        <translation>Programmeinstellungen...</translation>
    </message>
    <message>
        <source>Presets...</source>
        <translation>Voreinstellungen...</translation>
    </message>
    <message>
        <source>Previous part of the window</source>
        <translation>Voriger Teil des Fensters</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Redo the last change of a setting.</source>
        <translation>Die zurückgenommene Änderung einer Einstellung wiederholen.</translation>
    </message>
    <message>
        <source>Reset all settings</source>
        <translation>Alle Einstellungen zurücksetzen</translation>
    </message>
    <message>
        <source>Reset all settings except the model and the test images to their defaults.</source>
        <translation>Alle Einstellungen außer Modell und Testbildern auf den Standard zurücksetzen.</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>Anordnung zurücksetzen</translation>
    </message>
    <message>
        <source>Resume from checkpoint</source>
        <translation>Ab Checkpoint fortsetzen</translation>
    </message>
    <message>
        <source>Resume queue</source>
        <translation>Warteschlange fortsetzen</translation>
    </message>
    <message>
        <source>Resume this run from its last checkpoint.</source>
        <translation>Diesen Lauf ab seinem letzten Checkpoint fortsetzen.</translation>
    </message>
    <message>
        <source>Run a grid of settings, one run after another, and compare the results.</source>
        <translation>Ein Raster von Einstellungen ausführen, einen Lauf nach dem anderen, und die Ergebnisse vergleichen.</translation>
    </message>
    <message>
        <source>Save a checkpoint and stop; the run can be resumed.</source>
        <translation>Einen Checkpoint speichern und anhalten; der Lauf kann fortgesetzt werden.</translation>
    </message>
    <message>
        <source>Save a checkpoint of the current run, stop it, and pause the queue.</source>
        <translation>Einen Checkpoint des laufenden Laufs speichern, ihn und die Warteschlange anhalten.</translation>
    </message>
    <message>
        <source>Save animation...</source>
        <translation>Animation speichern...</translation>
    </message>
    <message>
        <source>Save calibration set...</source>
        <translation>Kalibrierungssatz speichern...</translation>
    </message>
    <message>
        <source>Save debug package...</source>
        <translation>Diagnosepaket speichern...</translation>
    </message>
    <message>
        <source>Save images of the run for other quantization tools, as PNG files or as arrays.</source>
        <translation>Bilder des Laufs für andere Quantisierungswerkzeuge speichern, als PNG-Dateien oder als Arrays.</translation>
    </message>
    <message>
        <source>Save report...</source>
        <translation>Bericht speichern...</translation>
    </message>
    <message>
        <source>Save settings...</source>
        <translation>Einstellungen speichern...</translation>
    </message>
    <message>
        <source>Save the settings to a file that the command line reads as well.</source>
        <translation>Die Einstellungen in eine Datei speichern, die auch die Befehlszeile liest.</translation>
    </message>
    <message>
        <source>Save the whole run as an animated image (GIF or WebP).</source>
        <translation>Den ganzen Lauf als animiertes Bild speichern (GIF oder WebP).</translation>
    </message>
    <message>
        <source>Save these settings under a name, apply saved ones, or share them.</source>
        <translation>Diese Einstellungen unter einem Namen speichern, gespeicherte übernehmen oder weitergeben.</translation>
    </message>
    <message>
        <source>Search actions, settings and runs.</source>
        <translation>Sucht in Aktionen, Einstellungen und Läufen.</translation>
    </message>
    <message>
        <source>Show run folder</source>
        <translation>Ordner des Laufs zeigen</translation>
    </message>
    <message>
        <source>Six steps through the window; Esc ends the tour.</source>
        <translation>Sechs Schritte durch das Fenster; Esc beendet den Rundgang.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Start the next waiting run, now or after the current one.</source>
        <translation>Den nächsten wartenden Lauf starten, jetzt oder nach dem laufenden.</translation>
    </message>
    <message>
        <source>Start the run.</source>
        <translation>Den Lauf starten.</translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation>Alles anhalten</translation>
    </message>
    <message>
        <source>Stop following</source>
        <translation>Nicht mehr folgen</translation>
    </message>
    <message>
        <source>Stop training now; evaluate and export the model as it is.</source>
        <translation>Das Training jetzt beenden; das Modell auswerten und exportieren, wie es ist.</translation>
    </message>
    <message>
        <source>Sweep...</source>
        <translation>Sweep...</translation>
    </message>
    <message>
        <source>System theme</source>
        <translation>Systemdesign</translation>
    </message>
    <message>
        <source>The chosen model&apos;s layers: shapes, parameters, multiply-adds, planned bits.</source>
        <translation>Die Schichten des gewählten Modells: Formen, Parameter, Multiplikationen mit Addition, geplante Bits.</translation>
    </message>
    <message>
        <source>The run&apos;s samples in the float and in the quantized model, side by side.</source>
        <translation>Die Samples des Laufs im float- und im quantisierten Modell, nebeneinander.</translation>
    </message>
    <message>
        <source>The test images in the float and in the quantized model, side by side.</source>
        <translation>Die Testbilder im float- und im quantisierten Modell, nebeneinander.</translation>
    </message>
    <message>
        <source>Tour of the window</source>
        <translation>Rundgang durch das Fenster</translation>
    </message>
    <message>
        <source>Try it on an image...</source>
        <translation>An einem Bild ausprobieren...</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo the last change of a setting.</source>
        <translation>Die letzte Änderung einer Einstellung zurücknehmen.</translation>
    </message>
    <message>
        <source>Use the built-in classifier of clothing; no file is needed.</source>
        <translation>Den eingebauten Klassifikator für Kleidung verwenden; eine Datei ist nicht nötig.</translation>
    </message>
    <message>
        <source>Use the sample model</source>
        <translation>Beispielmodell verwenden</translation>
    </message>
    <message>
        <source>Write the run&apos;s report as a web page (HTML) or as PDF.</source>
        <translation>Den Bericht des Laufs als Webseite (HTML) oder als PDF schreiben.</translation>
    </message>
    <message>
        <source>accuracy test validate benchmark</source>
        <translation>Genauigkeit testen validieren Benchmark</translation>
    </message>
    <message>
        <source>appearance colours accessibility mode</source>
        <translation>Aussehen Farben Barrierefreiheit Modus</translation>
    </message>
    <message>
        <source>appearance colours bright white mode</source>
        <translation>Aussehen Farben hell weiß Modus</translation>
    </message>
    <message>
        <source>appearance colours mode</source>
        <translation>Aussehen Farben Modus</translation>
    </message>
    <message>
        <source>appearance colours night black mode</source>
        <translation>Aussehen Farben Nacht schwarz Modus</translation>
    </message>
    <message>
        <source>architecture shapes parameters macs graph</source>
        <translation>Architektur Formen Parameter MACs Graph</translation>
    </message>
    <message>
        <source>cancel abort queue</source>
        <translation>abbrechen beenden Warteschlange</translation>
    </message>
    <message>
        <source>configuration import json</source>
        <translation>Konfiguration importieren JSON</translation>
    </message>
    <message>
        <source>configuration json</source>
        <translation>Konfiguration JSON</translation>
    </message>
    <message>
        <source>continue restart recover checkpoint</source>
        <translation>weitermachen neu starten wiederherstellen Checkpoint</translation>
    </message>
    <message>
        <source>dataset labelled validation accuracy load</source>
        <translation>Datensatz gelabelt Validierung Genauigkeit laden</translation>
    </message>
    <message>
        <source>dataset samples png npz</source>
        <translation>Datensatz Samples PNG NPZ</translation>
    </message>
    <message>
        <source>defaults restore clear</source>
        <translation>Vorgaben wiederherstellen leeren</translation>
    </message>
    <message>
        <source>difference side by side synthetic</source>
        <translation>Unterschied nebeneinander synthetisch</translation>
    </message>
    <message>
        <source>difference side by side wrong flips</source>
        <translation>Unterschied nebeneinander falsch gekippt</translation>
    </message>
    <message>
        <source>directory files explorer</source>
        <translation>Verzeichnis Dateien Explorer</translation>
    </message>
    <message>
        <source>end early skip training</source>
        <translation>früher beenden überspringen Training</translation>
    </message>
    <message>
        <source>example demo built-in fashion</source>
        <translation>Beispiel Demo eingebaut Fashion</translation>
    </message>
    <message>
        <source>exit close leave</source>
        <translation>schließen verlassen</translation>
    </message>
    <message>
        <source>gif video movie webp</source>
        <translation>GIF Video Film WebP</translation>
    </message>
    <message>
        <source>grid search ablation many runs vary</source>
        <translation>Gitter Rastersuche Ablation viele Läufe variieren</translation>
    </message>
    <message>
        <source>hold wait continue</source>
        <translation>anhalten warten weitermachen</translation>
    </message>
    <message>
        <source>html pdf summary document print</source>
        <translation>HTML PDF Zusammenfassung Dokument drucken</translation>
    </message>
    <message>
        <source>introduction tutorial guide</source>
        <translation>Einführung Anleitung Tutorial</translation>
    </message>
    <message>
        <source>keys hotkeys keyboard bindings</source>
        <translation>Tasten Tastatur Kürzel</translation>
    </message>
    <message>
        <source>load history previous earlier</source>
        <translation>laden Verlauf früher vorher</translation>
    </message>
    <message>
        <source>load weights checkpoint network file import</source>
        <translation>laden Gewichte Checkpoint Netz Datei importieren</translation>
    </message>
    <message>
        <source>manual documentation explain</source>
        <translation>Handbuch Dokumentation erklären</translation>
    </message>
    <message>
        <source>messages console output errors</source>
        <translation>Meldungen Konsole Ausgabe Fehler</translation>
    </message>
    <message>
        <source>mixed precision sensitivity budget size</source>
        <translation>gemischte Genauigkeit Empfindlichkeit Budget Größe</translation>
    </message>
    <message>
        <source>options settings configuration language theme threads folder</source>
        <translation>Optionen Einstellungen Konfiguration Sprache Design Threads Ordner</translation>
    </message>
    <message>
        <source>predict classify image inference</source>
        <translation>vorhersagen klassifizieren Bild Inferenz</translation>
    </message>
    <message>
        <source>profiles templates</source>
        <translation>Profile Vorlagen</translation>
    </message>
    <message>
        <source>restore docks panels windows default</source>
        <translation>wiederherstellen Docks Bereiche Fenster Vorgabe</translation>
    </message>
    <message>
        <source>revert back</source>
        <translation>rückgängig zurücknehmen</translation>
    </message>
    <message>
        <source>run quantize go train</source>
        <translation>laufen quantisieren los trainieren</translation>
    </message>
    <message>
        <source>save onnx tflite openvino deploy convert download</source>
        <translation>speichern ONNX TFLite OpenVINO ausliefern umwandeln</translation>
    </message>
    <message>
        <source>schedule later batch</source>
        <translation>planen später Stapel</translation>
    </message>
    <message>
        <source>start continue next</source>
        <translation>starten weitermachen nächster</translation>
    </message>
    <message>
        <source>stop abort kill interrupt</source>
        <translation>stoppen beenden unterbrechen</translation>
    </message>
    <message>
        <source>stop wait</source>
        <translation>stoppen warten</translation>
    </message>
    <message>
        <source>terminal shell script cli acq quantize</source>
        <translation>terminal shell skript cli acq quantize befehl</translation>
    </message>
    <message>
        <source>version licence</source>
        <translation>Version Lizenz</translation>
    </message>
    <message>
        <source>zip bug report support</source>
        <translation>ZIP Fehlerbericht Support</translation>
    </message>
</context>
<context>
    <name>Agreement</name>
    <message>
        <source>Float: {0} {1} %. Quantized: {2} {3} %. Divergence {4}.</source>
        <translation>Float: {0} {1} %. Quantisiert: {2} {3} %. Divergenz {4}.</translation>
    </message>
    <message>
        <source>{0} / {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} bis {1}</translation>
    </message>
</context>
<context>
    <name>AgreementBars</name>
    <message>
        <source>Agreement by class</source>
        <translation>Übereinstimmung nach Klasse</translation>
    </message>
    <message>
        <source>{0}: {1} % of the float model&apos;s predictions are the quantized model&apos;s, too</source>
        <translation>{0}: {1} % der Vorhersagen des float-Modells sind auch die des quantisierten</translation>
    </message>
</context>
<context>
    <name>AnswerBars</name>
    <message>
        <source>Predictions of both models</source>
        <translation>Vorhersagen beider Modelle</translation>
    </message>
    <message>
        <source>float</source>
        <translation>float</translation>
    </message>
    <message>
        <source>quantized</source>
        <translation>quantisiert</translation>
    </message>
</context>
<context>
    <name>AttentionStrips</name>
    <message>
        <source>Attention maps of the samples in eval mode, train mode, and their difference</source>
        <translation>Aufmerksamkeitskarten der Samples im Eval-Modus, im Train-Modus und ihre Differenz</translation>
    </message>
    <message>
        <source>Double-click or Enter: enlarge.</source>
        <translation>Doppelklick oder Eingabetaste: vergrößern.</translation>
    </message>
</context>
<context>
    <name>AttentionView</name>
    <message>
        <source>All target and measured attention centres in one plane, and below them the attention on test images</source>
        <translation>Alle vorgegebenen und gemessenen Aufmerksamkeitszentren in einer Ebene, darunter die Aufmerksamkeit auf Testbildern</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Attention layer</source>
        <translation>Aufmerksamkeitsschicht</translation>
    </message>
    <message>
        <source>Attention maps of each sample in eval and train mode</source>
        <translation>Aufmerksamkeitskarten jedes Samples im Eval- und im Train-Modus</translation>
    </message>
    <message>
        <source>Bold: median. Thin: 25th and 75th percentile, faint: 10th and 90th. Second colour: the selected sample.</source>
        <translation>Fett: Median. Dünn: 25. und 75. Perzentil, blass: 10. und 90. Zweite Farbe: das gewählte Sample.</translation>
    </message>
    <message>
        <source>Centres</source>
        <translation>Zentren</translation>
    </message>
    <message>
        <source>Cosine similarity of the maps in eval and train mode, averaged over the samples; 1: identical maps</source>
        <translation>Kosinus-Ähnlichkeit der Karten im Eval- und im Train-Modus, Mittel über die Samples; 1: gleiche Karten</translation>
    </message>
    <message>
        <source>Distribution of the samples&apos; similarity by step</source>
        <translation>Verteilung der Ähnlichkeit der Samples nach Schritt</translation>
    </message>
    <message>
        <source>Draw the attention centres on the maps of eval mode</source>
        <translation>Die Aufmerksamkeitszentren auf die Karten des Eval-Modus zeichnen</translation>
    </message>
    <message>
        <source>Each strip, from left to right: attention in eval mode, in train mode, and eval minus train</source>
        <translation>Jeder Streifen von links nach rechts: Aufmerksamkeit im Eval-Modus, im Train-Modus und Eval minus Train</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>Opacity of the attention maps, percent</source>
        <translation>Deckkraft der Aufmerksamkeitskarten in Prozent</translation>
    </message>
    <message>
        <source>Opacity of the maps over the samples</source>
        <translation>Deckkraft der Karten über den Samples</translation>
    </message>
    <message>
        <source>Similarity of eval and train</source>
        <translation>Ähnlichkeit von Eval und Train</translation>
    </message>
    <message>
        <source>The layer whose attention is shown; a dot marks the one that the run corrects.
Layers without maps in this run can be selected for the next one.</source>
        <translation>Die Schicht, deren Aufmerksamkeit gezeigt wird; ein Punkt markiert die, die der Lauf korrigiert.
Schichten ohne Karten in diesem Lauf können für den nächsten gewählt werden.</translation>
    </message>
    <message>
        <source>The teacher&apos;s attention maps in eval and train mode appear here side by side, with their difference.</source>
        <translation>Die Aufmerksamkeitskarten des Lehrers im Eval- und im Train-Modus erscheinen hier nebeneinander, mit ihrer Differenz.</translation>
    </message>
    <message>
        <source>Use in next run</source>
        <translation>Im nächsten Lauf verwenden</translation>
    </message>
    <message>
        <source>Use the layer shown as the attention layer of the next run</source>
        <translation>Die gezeigte Schicht im nächsten Lauf als Aufmerksamkeitsschicht verwenden</translation>
    </message>
    <message>
        <source>eval · train · eval − train</source>
        <translation>Eval · Train · Eval − Train</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>markers</source>
        <translation>Marker</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>sample {0}: {1}</source>
        <translation>Sample {0}: {1}</translation>
    </message>
    <message>
        <source>select a sample</source>
        <translation>ein Sample wählen</translation>
    </message>
    <message>
        <source>similarity {0}</source>
        <translation>Ähnlichkeit {0}</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>Schritt {0}</translation>
    </message>
    <message>
        <source>{0} (next run)</source>
        <translation>{0} (nächster Lauf)</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
</context>
<context>
    <name>BitChoosing</name>
    <message>
        <source>a new generator, trained for {0} steps first</source>
        <translation>eines neuen Generators, zuerst {0} Schritte trainiert</translation>
    </message>
    <message>
        <source>the generator of the run {0}</source>
        <translation>des Generators aus dem Lauf {0}</translation>
    </message>
</context>
<context>
    <name>BitFeature</name>
    <message>
        <source>Bits can be allocated once no run is active and Start is enabled.</source>
        <translation>Bits können verteilt werden, wenn kein Lauf aktiv und Start nicht grau ist.</translation>
    </message>
</context>
<context>
    <name>BitsDelegate</name>
    <message>
        <source>Bits of the layer&apos;s weights</source>
        <translation>Bits der Gewichte dieser Schicht</translation>
    </message>
</context>
<context>
    <name>BitsDialog</name>
    <message>
        <source> bits</source>
        <translation> Bit</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation>&amp;Messen</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>&amp;Use for the next run</source>
        <translation>Für den nächsten Lauf &amp;übernehmen</translation>
    </message>
    <message>
        <source>Apply these bits per layer; Undo reverts it</source>
        <translation>Diese Bits je Schicht einstellen; Rückgängig nimmt sie zurück</translation>
    </message>
    <message>
        <source>Average bits</source>
        <translation>Bits im Mittel</translation>
    </message>
    <message>
        <source>Bit allocation</source>
        <translation>Bitverteilung</translation>
    </message>
    <message>
        <source>Bits allocated within the budget</source>
        <translation>Bits, die das Budget zuteilt</translation>
    </message>
    <message>
        <source>Bits with the current settings</source>
        <translation>Bits mit den aktuellen Einstellungen</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Change of the model&apos;s output if only this layer has its current bits</source>
        <translation>Änderung der Modellausgabe, wenn nur diese Schicht ihre aktuellen Bits hat</translation>
    </message>
    <message>
        <source>Change of the model&apos;s output if only this layer has its new bits</source>
        <translation>Änderung der Modellausgabe, wenn nur diese Schicht ihre neuen Bits hat</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>First or last layer: its bits have their own setting</source>
        <translation>Erste oder letzte Schicht: für ihre Bits gibt es eine eigene Einstellung</translation>
    </message>
    <message>
        <source>Layers, their bits and the resulting error</source>
        <translation>Schichten, ihre Bits und der Fehler dadurch</translation>
    </message>
    <message>
        <source>Maximum average bits of the layers that are not locked</source>
        <translation>Höchste mittlere Bitzahl der nicht gesperrten Schichten</translation>
    </message>
    <message>
        <source>Maximum size of the weights of all layers, in kilobytes</source>
        <translation>Größte Größe der Gewichte aller Schichten in Kilobyte</translation>
    </message>
    <message>
        <source>Measure first. The result is shown here before anything changes.</source>
        <translation>Zuerst messen. Das Ergebnis erscheint hier, bevor sich etwas ändert.</translation>
    </message>
    <message>
        <source>Measure how sensitive each layer is</source>
        <translation>Messen, wie empfindlich jede Schicht ist</translation>
    </message>
    <message>
        <source>Number of weights</source>
        <translation>Zahl der Gewichte</translation>
    </message>
    <message>
        <source>Progress of the measurement</source>
        <translation>Fortschritt der Messung</translation>
    </message>
    <message>
        <source>Samples from</source>
        <translation>Samples</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size of all weights</source>
        <translation>Größe aller Gewichte</translation>
    </message>
    <message>
        <source>Some layers are more sensitive to quantization than others. This measures, on synthetic samples, how much the model&apos;s output changes if the weights of a single layer have 2 to 8 bits, and finds the bits with the smallest total error.</source>
        <translation>Manche Schichten sind empfindlicher gegen Quantisierung als andere. Hier wird auf synthetischen Samples gemessen, wie sehr sich die Modellausgabe ändert, wenn nur die Gewichte einer Schicht 2 bis 8 Bit haben, und es werden die Bits mit dem kleinsten Gesamtfehler gefunden.</translation>
    </message>
    <message>
        <source>Stop the measurement</source>
        <translation>Die Messung abbrechen</translation>
    </message>
    <message>
        <source>Stopped. Nothing was changed.</source>
        <translation>Angehalten. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Tick a layer to lock its bits</source>
        <translation>Eine Schicht ankreuzen, um ihre Bits zu sperren</translation>
    </message>
    <message>
        <source>Weights {0} → {1}, {2} bits on average. Total error {3} → {4}, an estimate; the run measures the real effect.</source>
        <translation>Gewichte {0} → {1}, im Mittel {2} Bit. Gesamtfehler {3} → {4}, eine Schätzung; der Lauf misst die wirkliche Auswirkung.</translation>
    </message>
    <message>
        <source>bits, new</source>
        <translation>Bits neu</translation>
    </message>
    <message>
        <source>bits, now</source>
        <translation>Bits jetzt</translation>
    </message>
    <message>
        <source>error, new</source>
        <translation>Fehler neu</translation>
    </message>
    <message>
        <source>error, now</source>
        <translation>Fehler jetzt</translation>
    </message>
    <message>
        <source>layer (ticked: locked)</source>
        <translation>Schicht (angekreuzt: gesperrt)</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>lädt</translation>
    </message>
    <message>
        <source>measuring: pass %v of %m</source>
        <translation>misst: Durchlauf %v von %m</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>hält an</translation>
    </message>
    <message>
        <source>training a generator: step %v of %m</source>
        <translation>trainiert einen Generator: Schritt %v von %m</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} bis {1}</translation>
    </message>
</context>
<context>
    <name>BudgetCurve</name>
    <message>
        <source>Estimated error over the size of the weights</source>
        <translation>Geschätzter Fehler über der Größe der Gewichte</translation>
    </message>
    <message>
        <source>smallest error of each size, an estimate (● now, ◆ this budget); click to set the budget</source>
        <translation>kleinster Fehler jeder Größe, geschätzt (● jetzt, ◆ dieses Budget); ein Klick setzt das Budget</translation>
    </message>
</context>
<context>
    <name>CalibrationSetFeature</name>
    <message>
        <source>A new folder of PNG images (*)</source>
        <translation>Ein neuer Ordner mit PNG-Bildern (*)</translation>
    </message>
    <message>
        <source>Arrays (*.npz)</source>
        <translation>Arrays (*.npz)</translation>
    </message>
    <message>
        <source>Making a calibration set of {0} images...</source>
        <translation>Ein Kalibrierungssatz von {0} Bildern entsteht...</translation>
    </message>
    <message>
        <source>Save calibration set</source>
        <translation>Kalibrierungssatz speichern</translation>
    </message>
    <message>
        <source>The calibration set is written: {0}</source>
        <translation>Der Kalibrierungssatz ist geschrieben: {0}</translation>
    </message>
</context>
<context>
    <name>Centres</name>
    <message>
        <source>Attention centres</source>
        <translation>Aufmerksamkeitszentren</translation>
    </message>
    <message>
        <source>Class of the samples and test images</source>
        <translation>Klasse der Samples und Testbilder</translation>
    </message>
    <message>
        <source>No test images to compare with: choose some in step 5 before a run.</source>
        <translation>Keine Testbilder zum Vergleichen: vor einem Lauf in Schritt 5 welche wählen.</translation>
    </message>
    <message>
        <source>Reading test images...</source>
        <translation>Testbilder werden gelesen...</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Samples</translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Accuracy by class, quantized and float</source>
        <translation>Genauigkeit nach Klasse, quantisiert und float</translation>
    </message>
    <message>
        <source>float {0} %</source>
        <translation>float {0} %</translation>
    </message>
    <message>
        <source>quantized {0} %</source>
        <translation>quantisiert {0} %</translation>
    </message>
</context>
<context>
    <name>ClassBox</name>
    <message>
        <source>all classes</source>
        <translation>alle Klassen</translation>
    </message>
</context>
<context>
    <name>ClassChoice</name>
    <message>
        <source>All classes</source>
        <translation>Alle Klassen</translation>
    </message>
    <message>
        <source>{0} classes</source>
        <translation>{0} Klassen</translation>
    </message>
    <message>
        <source>{0} of {1} classes</source>
        <translation>{0} von {1} Klassen</translation>
    </message>
</context>
<context>
    <name>ColourScale</name>
    <message>
        <source>Attention relative to a uniform map: 1 is the value of every place if attention is spread evenly</source>
        <translation>Aufmerksamkeit relativ zu einer gleichmäßigen Karte: 1 hat jede Stelle, wenn die Aufmerksamkeit gleichmäßig verteilt ist</translation>
    </message>
    <message>
        <source>Colour scale from {0} to {1}</source>
        <translation>Farbskala von {0} bis {1}</translation>
    </message>
    <message>
        <source>Eval minus train, relative to a uniform map; left: more in train mode, right: more in eval mode</source>
        <translation>Eval minus Train, relativ zu einer gleichmäßigen Karte; links mehr im Train-Modus, rechts mehr im Eval-Modus</translation>
    </message>
</context>
<context>
    <name>CompareFeature</name>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Export the model as ONNX or as an ACQ checkpoint first.</source>
        <translation>Das Modell zuerst als ONNX oder als ACQ-Checkpoint exportieren.</translation>
    </message>
    <message>
        <source>Folder of images to compare</source>
        <translation>Ordner mit Bildern zum Vergleichen</translation>
    </message>
    <message>
        <source>Image to try</source>
        <translation>Bild zum Ausprobieren</translation>
    </message>
    <message>
        <source>Images ({0})</source>
        <translation>Bilder ({0})</translation>
    </message>
    <message>
        <source>Images can be compared or tried once a run has finished, or after a finished one was opened.</source>
        <translation>Bilder lassen sich vergleichen oder ausprobieren, sobald ein Lauf beendet ist oder ein beendeter geöffnet wurde.</translation>
    </message>
    <message>
        <source>Images to compare</source>
        <translation>Bilder zum Vergleichen</translation>
    </message>
    <message>
        <source>The run has no exported file that can be tried.</source>
        <translation>Der Lauf hat keine exportierte Datei zum Ausprobieren.</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Above: float. Below: quantized. Last: divergence.</source>
        <translation>Oben: float. Darunter: quantisiert. Zuletzt: Divergenz.</translation>
    </message>
    <message>
        <source>After a run: any images in the float and in the quantized model, with both attention maps and the layer where they part.</source>
        <translation>Nach einem Lauf: beliebige Bilder im float- und im quantisierten Modell, mit beiden Aufmerksamkeitskarten und der Schicht, in der sie auseinandergehen.</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>Alle Klassen</translation>
    </message>
    <message>
        <source>Any prediction</source>
        <translation>Jede Vorhersage</translation>
    </message>
    <message>
        <source>Ask the exported file about one image</source>
        <translation>Die exportierte Datei nach einem Bild fragen</translation>
    </message>
    <message>
        <source>Attention in {0}.</source>
        <translation>Aufmerksamkeit in {0}.</translation>
    </message>
    <message>
        <source>Attention in {0}: the two maps have a cosine similarity of {1:.2f}.</source>
        <translation>Aufmerksamkeit in {0}: die beiden Karten haben eine Kosinus-Ähnlichkeit von {1:.2f}.</translation>
    </message>
    <message>
        <source>Both predict {0}; the divergence is {1:.3f} nats.</source>
        <translation>Beide sagen {0} voraus; die Divergenz beträgt {1:.3f} nat.</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>Nach Klasse</translation>
    </message>
    <message>
        <source>Choose image files; they can also be dropped on this page</source>
        <translation>Bilddateien wählen; sie lassen sich auch auf diese Seite ziehen</translation>
    </message>
    <message>
        <source>Compare images</source>
        <translation>Bildvergleich</translation>
    </message>
    <message>
        <source>Compare on all images in a folder and in the folders in it</source>
        <translation>Auf allen Bildern eines Ordners und der Ordner darin vergleichen</translation>
    </message>
    <message>
        <source>Compare on the samples that the run kept last</source>
        <translation>Auf den zuletzt gespeicherten Samples des Laufs vergleichen</translation>
    </message>
    <message>
        <source>Compare on the test images of step 5</source>
        <translation>Auf den Testbildern aus Schritt 5 vergleichen</translation>
    </message>
    <message>
        <source>Comparing image {0} of {1}</source>
        <translation>Bild {0} von {1} wird verglichen</translation>
    </message>
    <message>
        <source>Drop images or a folder here, or take the test images or the run&apos;s samples. For each image both models&apos; predictions and attention are shown, and the layer where they part most.</source>
        <translation>Bilder oder einen Ordner hierher ziehen oder die Testbilder oder die Samples des Laufs nehmen. Zu jedem Bild erscheinen die Vorhersagen und die Aufmerksamkeit beider Modelle und die Schicht, in der sie am weitesten auseinandergehen.</translation>
    </message>
    <message>
        <source>Error of each layer&apos;s output, in the order of computation; line: mean over all images.</source>
        <translation>Fehler der Ausgabe jeder Schicht, in der Reihenfolge der Berechnung; Strich: Mittel über alle Bilder.</translation>
    </message>
    <message>
        <source>Folder...</source>
        <translation>Ordner...</translation>
    </message>
    <message>
        <source>Images...</source>
        <translation>Bilder...</translation>
    </message>
    <message>
        <source>Largest divergence first</source>
        <translation>Größte Divergenz zuerst</translation>
    </message>
    <message>
        <source>Least similar attention first</source>
        <translation>Unähnlichste Aufmerksamkeit zuerst</translation>
    </message>
    <message>
        <source>Loading both models...</source>
        <translation>Beide Modelle werden geladen...</translation>
    </message>
    <message>
        <source>Most in {0}: its output differs by {1:.2f} % of the float output&apos;s energy.</source>
        <translation>Am weitesten in {0}: die Ausgabe weicht um {1:.2f} % der Energie der float-Ausgabe ab.</translation>
    </message>
    <message>
        <source>No image is left with this choice.</source>
        <translation>Mit dieser Auswahl bleibt kein Bild.</translation>
    </message>
    <message>
        <source>Not readable: {0}.</source>
        <translation>Nicht lesbar: {0}.</translation>
    </message>
    <message>
        <source>On average the models part most in {0}.</source>
        <translation>Im Mittel gehen die Modelle in {0} am weitesten auseinander.</translation>
    </message>
    <message>
        <source>Only flipped</source>
        <translation>Nur gekippte</translation>
    </message>
    <message>
        <source>Only images for which one of the models predicts this class</source>
        <translation>Nur Bilder, für die eines der Modelle diese Klasse vorhersagt</translation>
    </message>
    <message>
        <source>Only images of this class</source>
        <translation>Nur Bilder dieser Klasse</translation>
    </message>
    <message>
        <source>Only images on which the two models give different predictions</source>
        <translation>Nur Bilder, für die die beiden Modelle Verschiedenes vorhersagen</translation>
    </message>
    <message>
        <source>Only images with this prediction</source>
        <translation>Nur Bilder mit dieser Vorhersage</translation>
    </message>
    <message>
        <source>Opacity of the attention maps</source>
        <translation>Deckkraft der Aufmerksamkeitskarten</translation>
    </message>
    <message>
        <source>Order of the images</source>
        <translation>Reihenfolge der Bilder</translation>
    </message>
    <message>
        <source>Original order</source>
        <translation>Ursprüngliche Reihenfolge</translation>
    </message>
    <message>
        <source>Predicted as {0}: {1} by the float, {2} by the quantized model.</source>
        <translation>Vorhergesagt als {0}: {1} vom float-Modell, {2} vom quantisierten.</translation>
    </message>
    <message>
        <source>Predicted: {0}</source>
        <translation>Vorhergesagt: {0}</translation>
    </message>
    <message>
        <source>Progress of the comparison</source>
        <translation>Fortschritt des Vergleichs</translation>
    </message>
    <message>
        <source>Reading image {0} of {1}</source>
        <translation>Bild {0} von {1} wird gelesen</translation>
    </message>
    <message>
        <source>Right: float {0:.1f} %, quantized {1:.1f} %.</source>
        <translation>Richtig: float {0:.1f} %, quantisiert {1:.1f} %.</translation>
    </message>
    <message>
        <source>Sample {0}</source>
        <translation>Sample {0}</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Samples</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop here, and show what was compared so far</source>
        <translation>Hier anhalten und zeigen, was bis dahin verglichen wurde</translation>
    </message>
    <message>
        <source>Test image {0}</source>
        <translation>Testbild {0}</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>Testbilder</translation>
    </message>
    <message>
        <source>The difference grows most at {0}.</source>
        <translation>Am stärksten wächst der Unterschied bei {0}.</translation>
    </message>
    <message>
        <source>The true class where it is known, otherwise the float model&apos;s prediction</source>
        <translation>Die wahre Klasse, wo sie bekannt ist, sonst die Vorhersage des float-Modells</translation>
    </message>
    <message>
        <source>This layer is merged with another one in the quantized model, so it has no map.</source>
        <translation>Diese Schicht ist im quantisierten Modell mit einer anderen verschmolzen und hat deshalb keine Karte.</translation>
    </message>
    <message>
        <source>Try it...</source>
        <translation>Ausprobieren...</translation>
    </message>
    <message>
        <source>Where they part</source>
        <translation>Wo sie auseinandergehen</translation>
    </message>
    <message>
        <source>maps</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>target {0}</source>
        <translation>Ziel {0}</translation>
    </message>
    <message>
        <source>true class {0}</source>
        <translation>wahre Klasse {0}</translation>
    </message>
    <message>
        <source>{0} images</source>
        <translation>{0} Bilder</translation>
    </message>
    <message>
        <source>{0} of the class {1}</source>
        <translation>{0} der Klasse {1}</translation>
    </message>
    <message>
        <source>{0} of {1}, spread evenly</source>
        <translation>{0} von {1}, gleichmäßig verteilt</translation>
    </message>
    <message>
        <source>{0} samples of the run</source>
        <translation>{0} Samples des Laufs</translation>
    </message>
    <message>
        <source>{0} test images</source>
        <translation>{0} Testbilder</translation>
    </message>
    <message>
        <source>{0}: {1} of {2} predictions flip ({3:.1f} %).</source>
        <translation>{0}: {1} von {2} Vorhersagen kippen ({3:.1f} %).</translation>
    </message>
    <message>
        <source>⇄ The prediction flips from {0} to {1}; the divergence is {2:.3f} nats.</source>
        <translation>⇄ Die Vorhersage kippt von {0} zu {1}; die Divergenz beträgt {2:.3f} nat.</translation>
    </message>
</context>
<context>
    <name>ComputeOn</name>
    <message>
        <source>Compute on</source>
        <translation>Rechnen auf</translation>
    </message>
    <message>
        <source>Forget this address</source>
        <translation>Diese Adresse vergessen</translation>
    </message>
    <message>
        <source>This computer, or a Dask cluster: tcp://HOST:8786. The window follows a run there as one here.</source>
        <translation>Dieser Rechner oder ein Dask-Cluster: tcp://HOST:8786. Das Fenster folgt einem Lauf dort wie einem hier.</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>dieser Rechner</translation>
    </message>
</context>
<context>
    <name>ConfusionMatrix</name>
    <message>
        <source>Compare these images</source>
        <translation>Diese Bilder vergleichen</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Konfusionsmatrix</translation>
    </message>
    <message>
        <source>Confusion matrix: rows are true classes, columns are predicted classes</source>
        <translation>Konfusionsmatrix: Zeilen sind wahre Klassen, Spalten vorhergesagte</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>Als Tabelle kopieren</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Image (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
    <message>
        <source>Save as CSV...</source>
        <translation>Als CSV speichern...</translation>
    </message>
    <message>
        <source>Save as image...</source>
        <translation>Als Bild speichern...</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Whole matrix</source>
        <translation>Ganze Matrix</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>{0} predicted as {1}: {2} of {3} ({4} %)</source>
        <translation>{0} als {1} vorhergesagt: {2} von {3} ({4} %)</translation>
    </message>
    <message>
        <source>{0} predicted as {1}: {2} pp vs. float</source>
        <translation>{0} als {1} vorhergesagt: {2} Prozentpunkte gegenüber float</translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <source>Don&apos;t load it</source>
        <translation>Nicht laden</translation>
    </message>
    <message>
        <source>Load it</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>This file can run code</source>
        <translation>Diese Datei kann Code ausführen</translation>
    </message>
    <message>
        <source>{0} Whoever wrote it could read and change your files. Load it only if you trust its author.

{1}</source>
        <translation>{0} Wer sie geschrieben hat, könnte damit Dateien lesen und ändern. Nur laden, wenn der Urheber vertrauenswürdig ist.

{1}</translation>
    </message>
</context>
<context>
    <name>Crashes</name>
    <message>
        <source>It ended at {0}: {1}</source>
        <translation>Es endete um {0}: {1}</translation>
    </message>
    <message>
        <source>The details can be copied into a bug report: the trace, the last lines of the log, and versions of libraries. Nothing is sent.</source>
        <translation>Die Einzelheiten lassen sich in einen Fehlerbericht kopieren: der Aufrufverlauf, die letzten Protokollzeilen und die Versionen der Bibliotheken. Nichts wird gesendet.</translation>
    </message>
    <message>
        <source>The program crashed the last time it ran.</source>
        <translation>Das Programm ist beim letzten Mal abgestürzt.</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>A .pt2 file can run code when loaded.</source>
        <translation>Eine .pt2-Datei kann beim Laden Code ausführen.</translation>
    </message>
    <message>
        <source>A batch of {0} can&apos;t be divided among {1} processes.</source>
        <translation>Ein Batch von {0} kann nicht auf {1} Prozesse verteilt werden.</translation>
    </message>
    <message>
        <source>A checkpoint needs a file.</source>
        <translation>Ein Checkpoint braucht eine Datei.</translation>
    </message>
    <message>
        <source>A classifier has one output per class, at least two.</source>
        <translation>Ein Klassifikator hat eine Ausgabe je Klasse, mindestens zwei.</translation>
    </message>
    <message>
        <source>A depthwise convolution reads the first layer&apos;s output, so that has {0} bits instead of {1}. To choose: bits of the first layer&apos;s output (--stem-bits).</source>
        <translation>Eine Depthwise-Faltung liest die Ausgabe der ersten Schicht, deshalb hat diese {0} statt {1} Bits. Selbst wählen: Bits der Ausgabe der ersten Schicht (--stem-bits).</translation>
    </message>
    <message>
        <source>A few hundred are usual.</source>
        <translation>Einige Hundert sind üblich.</translation>
    </message>
    <message>
        <source>A file can&apos;t be written.</source>
        <translation>Eine Datei kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>A file of the run arrived damaged.</source>
        <translation>Eine Datei des Laufs ist beschädigt angekommen.</translation>
    </message>
    <message>
        <source>A file of the run can&apos;t be put in place.</source>
        <translation>Eine Datei des Laufs kann nicht abgelegt werden.</translation>
    </message>
    <message>
        <source>A file of the run is neither on the computer that started it nor on the worker.</source>
        <translation>Eine Datei des Laufs liegt weder auf dem Rechner, der ihn gestartet hat, noch auf dem Worker.</translation>
    </message>
    <message>
        <source>A file of this format has to end in {0}.</source>
        <translation>Eine Datei dieses Formats muss auf {0} enden.</translation>
    </message>
    <message>
        <source>A file with this name already exists.</source>
        <translation>Eine Datei dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>A part of the path is a file, not a folder.</source>
        <translation>Ein Teil des Pfads ist eine Datei, kein Ordner.</translation>
    </message>
    <message>
        <source>A part of the program can&apos;t be loaded.</source>
        <translation>Ein Teil des Programms kann nicht geladen werden.</translation>
    </message>
    <message>
        <source>A part of this ONNX file is missing.</source>
        <translation>Ein Teil dieser ONNX-Datei fehlt.</translation>
    </message>
    <message>
        <source>A path is too long.</source>
        <translation>Ein Pfad ist zu lang.</translation>
    </message>
    <message>
        <source>A run of a sweep keeps its name.</source>
        <translation>Ein Lauf eines Sweeps behält seinen Namen.</translation>
    </message>
    <message>
        <source>A single image is no test set.</source>
        <translation>Ein einzelnes Bild ist kein Testdatensatz.</translation>
    </message>
    <message>
        <source>A sweep needs a setting to vary.</source>
        <translation>Ein Sweep braucht eine Einstellung, die sich ändert.</translation>
    </message>
    <message>
        <source>A table of test images can&apos;t be sent to a cluster.</source>
        <translation>Eine Tabelle von Testbildern kann nicht an einen Cluster gesendet werden.</translation>
    </message>
    <message>
        <source>A text contains a NUL character or half of a surrogate pair.</source>
        <translation>Ein Text enthält ein NUL-Zeichen oder ein halbes Surrogatpaar.</translation>
    </message>
    <message>
        <source>A varied setting needs values.</source>
        <translation>Eine veränderte Einstellung braucht Werte.</translation>
    </message>
    <message>
        <source>A {0} file can&apos;t be read as a test set.</source>
        <translation>Eine {0}-Datei kann nicht als Testdatensatz gelesen werden.</translation>
    </message>
    <message>
        <source>ACQ checkpoint</source>
        <translation>ACQ-Checkpoint</translation>
    </message>
    <message>
        <source>All batch-norm layers still have their initial statistics (mean 0, variance 1), so this model was probably never trained, or its weights were not loaded. Samples can&apos;t be learned from these statistics.</source>
        <translation>Alle Batch-Norm-Schichten haben noch ihre Anfangsstatistik (Mittelwert 0, Varianz 1); das Modell wurde also wohl nie trainiert, oder seine Gewichte wurden nicht geladen. Aus dieser Statistik lassen sich keine Samples lernen.</translation>
    </message>
    <message>
        <source>All names in the file start with {0}, which is removed.</source>
        <translation>Alle Namen in der Datei beginnen mit {0}; das wird entfernt.</translation>
    </message>
    <message>
        <source>All samples of one class have their attention in the same place.</source>
        <translation>Samples einer Klasse haben ihre Aufmerksamkeit alle am selben Ort.</translation>
    </message>
    <message>
        <source>All weights of {0} are zero, so nothing of the image passes through. Check the file with the weights.</source>
        <translation>Alle Gewichte von {0} sind null, es kommt also nichts vom Bild hindurch. Bitte die Gewichtsdatei prüfen.</translation>
    </message>
    <message>
        <source>Allow more bytes, or fewer bits for the layers whose bits are set.</source>
        <translation>Mehr Bytes zulassen oder weniger Bits für die Schichten, deren Bits festgelegt sind.</translation>
    </message>
    <message>
        <source>An ONNX file is a whole model, not weights for another one.</source>
        <translation>Eine ONNX-Datei ist ein ganzes Modell, keine Gewichte für ein anderes.</translation>
    </message>
    <message>
        <source>An axis looks like {&quot;setting&quot;: &quot;losses.pair&quot;, &quot;values&quot;: [0, 1, 3]}</source>
        <translation>Eine Achse sieht so aus: {&quot;setting&quot;: &quot;losses.pair&quot;, &quot;values&quot;: [0, 1, 3]}</translation>
    </message>
    <message>
        <source>An axis of the sweep can&apos;t be read.</source>
        <translation>Eine Achse des Sweeps kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>An internal error occurred.</source>
        <translation>Im Programm ist ein Fehler aufgetreten.</translation>
    </message>
    <message>
        <source>Another process of the run ended, so the run can&apos;t continue.</source>
        <translation>Ein anderer Prozess des Laufs ist beendet, daher kann der Lauf nicht weitergehen.</translation>
    </message>
    <message>
        <source>Another program is working on this run.</source>
        <translation>Ein anderes Programm arbeitet an diesem Lauf.</translation>
    </message>
    <message>
        <source>As set: float accuracy {0} % on {1} images.</source>
        <translation>Wie eingestellt: float-Genauigkeit {0} % auf {1} Bildern.</translation>
    </message>
    <message>
        <source>At {0}: smallest {1}, largest {2}.</source>
        <translation>Bei {0}: kleinster Wert {1}, größter {2}.</translation>
    </message>
    <message>
        <source>Attention differs between eval and train mode, so batch-norm statistics mislead the generator.</source>
        <translation>Die Aufmerksamkeit ist im Eval- und im Train-Modus verschieden, daher führt die Batch-Norm-Statistik den Generator in die Irre.</translation>
    </message>
    <message>
        <source>Attention in this model stays within windows, or there is none, so its attention map is the L2 map of the tokens behind the last block.</source>
        <translation>Die Aufmerksamkeit dieses Modells bleibt in Fenstern, oder es gibt keine; seine Aufmerksamkeitskarte ist daher die L2-Karte der Tokens hinter dem letzten Block.</translation>
    </message>
    <message>
        <source>Attention is far from the target centres.</source>
        <translation>Die Aufmerksamkeit liegt weit von den Zielzentren.</translation>
    </message>
    <message>
        <source>BN error</source>
        <translation>BN-Fehler</translation>
    </message>
    <message>
        <source>BN, eval</source>
        <translation>BN, Eval</translation>
    </message>
    <message>
        <source>BN, train</source>
        <translation>BN, Train</translation>
    </message>
    <message>
        <source>BN: distance of the samples&apos; batch-norm statistics from the stored ones, as in the loss. Maps: cosine similarity of the attention maps in eval and train mode, at most 1. KL: divergence between the outputs in both modes. Agreement: samples with the same prediction in both.</source>
        <translation>BN: Abstand der Batch-Norm-Statistik der Samples von der gespeicherten, wie im Verlust. Karten: Kosinus-Ähnlichkeit der Aufmerksamkeitskarten im Eval- und Train-Modus, höchstens 1. KL: Divergenz der Ausgaben in beiden Modi. Übereinstimmung: Samples mit derselben Vorhersage in beiden.</translation>
    </message>
    <message>
        <source>Batch sizes are {0} (generator) and {1} (student) instead of {2} and {3}.</source>
        <translation>Die Batch-Größen sind {0} (Generator) und {1} (Student) statt {2} und {3}.</translation>
    </message>
    <message>
        <source>Behind the last layer these are computed in float: {0}.</source>
        <translation>Hinter der letzten Schicht wird dies in float gerechnet: {0}.</translation>
    </message>
    <message>
        <source>Bits are allocated within one budget: an average number of bits, or a size.</source>
        <translation>Bits werden nach einem einzigen Budget verteilt: mittlere Bitzahl oder Größe.</translation>
    </message>
    <message>
        <source>Bits are set for layers that the model does not have.</source>
        <translation>Bits sind für Schichten festgelegt, die das Modell nicht hat.</translation>
    </message>
    <message>
        <source>Bits of activations were allocated by sensitivity, {0} on average: {1} bits.</source>
        <translation>Die Bits der Aktivierungen wurden nach Empfindlichkeit verteilt, im Mittel {0}: {1} Bit.</translation>
    </message>
    <message>
        <source>By {0}, where the largest is {1}.</source>
        <translation>Um {0} bei einem größten Wert von {1}.</translation>
    </message>
    <message>
        <source>CUDA graphs are disabled: a replayed step differs from a plain one ({0}).</source>
        <translation>CUDA-Graphen sind abgeschaltet: Ein wiederholter Schritt weicht von einem gewöhnlichen ab ({0}).</translation>
    </message>
    <message>
        <source>CUDA graphs are disabled: the model&apos;s steps can&apos;t be captured ({0}).</source>
        <translation>CUDA-Graphen sind aus: Die Schritte des Modells lassen sich nicht aufzeichnen ({0}).</translation>
    </message>
    <message>
        <source>Calibrate it first.</source>
        <translation>Zuerst kalibrieren.</translation>
    </message>
    <message>
        <source>Calibrate it, then export it again.</source>
        <translation>Kalibrieren, dann noch einmal exportieren.</translation>
    </message>
    <message>
        <source>Calibration set for {0}, made by ACQ Studio {1} from the model alone.</source>
        <translation>Kalibrierungssatz für {0}, von ACQ Studio {1} allein aus dem Modell erzeugt.</translation>
    </message>
    <message>
        <source>Call it {0}, or choose another format.</source>
        <translation>Die Datei {0} nennen oder ein anderes Format wählen.</translation>
    </message>
    <message>
        <source>Centre error: mean distance of measured and target centre, lower is better. Diversity: feature distance of two samples of the same class and centre, higher is better.</source>
        <translation>Zentrumsfehler: mittlerer Abstand von gemessenem und vorgegebenem Zentrum, kleiner ist besser. Vielfalt: Merkmalsabstand zweier Samples derselben Klasse mit demselben Zentrum, größer ist besser.</translation>
    </message>
    <message>
        <source>Centre error: mean distance of measured and target centre; the image is 2 units wide. By chance: the same for a generator that ignores its targets.</source>
        <translation>Zentrumsfehler: mittlerer Abstand von gemessenem und vorgegebenem Zentrum; das Bild ist 2 Einheiten breit. Zufällig: dasselbe für einen Generator, der seine Vorgaben nicht beachtet.</translation>
    </message>
    <message>
        <source>Change it in the model&apos;s source: x.flip(1) at the beginning of forward.</source>
        <translation>Im Quelltext des Modells ändern: x.flip(1) am Anfang von forward.</translation>
    </message>
    <message>
        <source>Change the classes to watch, or leave the setting empty.</source>
        <translation>Die beobachteten Klassen ändern oder die Einstellung leer lassen.</translation>
    </message>
    <message>
        <source>Channels of very different size were equalised in {0} layer(s), which changes no output of the float model.</source>
        <translation>Sehr verschieden große Kanäle wurden in {0} Schicht(en) angeglichen; das ändert keine Ausgabe des float-Modells.</translation>
    </message>
    <message>
        <source>Check that each path is one that exists, and that quotation marks and spaces are where they belong.</source>
        <translation>Prüfen, ob es jeden Pfad gibt und ob Anführungszeichen und Leerzeichen am richtigen Platz stehen.</translation>
    </message>
    <message>
        <source>Check that the trained weights are loaded, and that mean and standard deviation are those of the training.</source>
        <translation>Prüfen, ob die trainierten Gewichte geladen sind und Mittelwert und Standardabweichung die des Trainings sind.</translation>
    </message>
    <message>
        <source>Check that the trained weights are loaded.</source>
        <translation>Bitte prüfen, ob die trainierten Gewichte geladen werden.</translation>
    </message>
    <message>
        <source>Check the address, and that its scheduler runs: dask scheduler</source>
        <translation>Die Adresse prüfen, und ob der Scheduler läuft: dask scheduler</translation>
    </message>
    <message>
        <source>Check the certificates: Dask reads them from its settings (docs/scaling.md).</source>
        <translation>Die Zertifikate prüfen: Dask liest sie aus seinen Einstellungen (docs/scaling.md).</translation>
    </message>
    <message>
        <source>Check the disk and the folder.</source>
        <translation>Datenträger und Ordner prüfen.</translation>
    </message>
    <message>
        <source>Check the input size, or use the checkpoint that it was exported from.</source>
        <translation>Die Eingabegröße prüfen oder den Checkpoint verwenden, aus dem sie exportiert wurde.</translation>
    </message>
    <message>
        <source>Check the model&apos;s weights and its mean and standard deviation.</source>
        <translation>Die Gewichte des Modells, Mittelwert und Standardabweichung prüfen.</translation>
    </message>
    <message>
        <source>Check the network connection. Without one, download that file on another machine and put it into {0}, or use it as a model file with the architecture {1}.</source>
        <translation>Die Netzwerkverbindung prüfen. Ohne sie: diese Datei auf einem anderen Rechner herunterladen und in {0} legen, oder als Modelldatei mit der Architektur {1} angeben.</translation>
    </message>
    <message>
        <source>Check the network connection. Without one, download {0} of {1} on another machine, and use it as a model file with the architecture {2}.</source>
        <translation>Die Netzwerkverbindung prüfen. Ohne sie: {0} von {1} auf einem anderen Rechner herunterladen und als Modelldatei mit der Architektur {2} angeben.</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>Den Pfad prüfen.</translation>
    </message>
    <message>
        <source>Check the path; it may have been moved or deleted.</source>
        <translation>Den Pfad prüfen; vielleicht wurde die Datei oder der Ordner verschoben oder gelöscht.</translation>
    </message>
    <message>
        <source>Check the path; the file may have been moved.</source>
        <translation>Den Pfad prüfen; die Datei wurde vielleicht verschoben.</translation>
    </message>
    <message>
        <source>Choose a convolutional network, such as a ResNet or a ConvNeXt, or a vision transformer.</source>
        <translation>Ein Faltungsnetz wählen, etwa ein ResNet oder ein ConvNeXt, oder einen Vision-Transformer.</translation>
    </message>
    <message>
        <source>Choose a folder of JPEG or PNG images, or none.</source>
        <translation>Einen Ordner mit JPEG- oder PNG-Bildern wählen oder keinen.</translation>
    </message>
    <message>
        <source>Choose a folder of images, or none.</source>
        <translation>Einen Ordner mit Bildern wählen oder keinen.</translation>
    </message>
    <message>
        <source>Choose a folder on another disk.</source>
        <translation>Einen Ordner auf einem anderen Datenträger wählen.</translation>
    </message>
    <message>
        <source>Choose a folder with config.json and model.safetensors, or a file with weights.</source>
        <translation>Einen Ordner mit config.json und model.safetensors oder eine Datei mit Gewichten wählen.</translation>
    </message>
    <message>
        <source>Choose a larger batch or fewer processes.</source>
        <translation>Einen größeren Batch oder weniger Prozesse wählen.</translation>
    </message>
    <message>
        <source>Choose a model that was trained with batch norm, such as a ResNet.</source>
        <translation>Ein Modell wählen, das mit Batch-Norm trainiert wurde, etwa ein ResNet.</translation>
    </message>
    <message>
        <source>Choose a preset, or set the minutes: --minutes.</source>
        <translation>Eine Voreinstellung wählen oder die Minuten setzen: --minutes.</translation>
    </message>
    <message>
        <source>Choose a run of the same model with the same generator settings, or train the generator from scratch.</source>
        <translation>Einen Lauf desselben Modells mit denselben Generator-Einstellungen wählen oder den Generator neu trainieren.</translation>
    </message>
    <message>
        <source>Choose a run with a generator, or give a run more time.</source>
        <translation>Einen Lauf mit Generator wählen oder einem Lauf mehr Zeit geben.</translation>
    </message>
    <message>
        <source>Choose a shorter name.</source>
        <translation>Einen kürzeren Namen wählen.</translation>
    </message>
    <message>
        <source>Choose a smaller folder.</source>
        <translation>Einen kleineren Ordner wählen.</translation>
    </message>
    <message>
        <source>Choose an empty folder or a new name.</source>
        <translation>Einen leeren Ordner oder einen neuen Namen wählen.</translation>
    </message>
    <message>
        <source>Choose an opset from {0} to {1}.</source>
        <translation>Ein Opset von {0} bis {1} wählen.</translation>
    </message>
    <message>
        <source>Choose another architecture.</source>
        <translation>Eine andere Architektur wählen.</translation>
    </message>
    <message>
        <source>Choose another folder, or allow overwriting: --overwrite</source>
        <translation>Einen anderen Ordner wählen oder Überschreiben erlauben: --overwrite</translation>
    </message>
    <message>
        <source>Choose another folder, or change its permissions.</source>
        <translation>Einen anderen Ordner wählen oder seine Rechte ändern.</translation>
    </message>
    <message>
        <source>Choose another folder, or replace an earlier set in it: --overwrite</source>
        <translation>Einen anderen Ordner wählen oder einen früheren Satz darin ersetzen: --overwrite</translation>
    </message>
    <message>
        <source>Choose another folder, resume the run (acq resume), or allow replacing it (--overwrite).</source>
        <translation>Einen anderen Ordner wählen, den Lauf fortsetzen (acq resume) oder das Ersetzen erlauben (--overwrite).</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Choose another format, such as onnx.</source>
        <translation>Ein anderes Format wählen, etwa onnx.</translation>
    </message>
    <message>
        <source>Choose another input size, or replace this layer and train the model again.</source>
        <translation>Eine andere Eingabegröße wählen, oder diese Schicht ersetzen und das Modell neu trainieren.</translation>
    </message>
    <message>
        <source>Choose another name, or allow overwriting: --overwrite</source>
        <translation>Einen anderen Namen wählen oder das Überschreiben erlauben: --overwrite</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Choose one by its name or position with --output, such as --output {0}.</source>
        <translation>Eine nach Name oder Position mit --output wählen, etwa --output {0}.</translation>
    </message>
    <message>
        <source>Choose one of the files instead of the folder.</source>
        <translation>Eine der Dateien statt des Ordners wählen.</translation>
    </message>
    <message>
        <source>Choose one of the layers that &apos;acq inspect&apos; lists.</source>
        <translation>Eine der Schichten wählen, die &apos;acq inspect&apos; auflistet.</translation>
    </message>
    <message>
        <source>Choose one of these with --output.</source>
        <translation>Eine davon mit --output wählen.</translation>
    </message>
    <message>
        <source>Choose one of these, or auto.</source>
        <translation>Eines davon wählen oder auto.</translation>
    </message>
    <message>
        <source>Choose opset {0} or newer, or omit the option.</source>
        <translation>Opset {0} oder neuer wählen oder weglassen.</translation>
    </message>
    <message>
        <source>Choose test images in step 5, or drop images here.</source>
        <translation>In Schritt 5 Testbilder wählen oder Bilder hierher ziehen.</translation>
    </message>
    <message>
        <source>Choose test images in step 5.</source>
        <translation>In Schritt 5 Testbilder wählen.</translation>
    </message>
    <message>
        <source>Choose the architecture that the weights were trained with, or leave it empty to detect it.</source>
        <translation>Die Architektur wählen, mit der die Gewichte trainiert wurden, oder weglassen; dann wird sie erkannt.</translation>
    </message>
    <message>
        <source>Choose the checkpoint itself.</source>
        <translation>Den Checkpoint selbst wählen.</translation>
    </message>
    <message>
        <source>Choose the checkpoint that was saved before quantization, with float weights.</source>
        <translation>Den Checkpoint wählen, der vor der Quantisierung mit Float-Gewichten gespeichert wurde.</translation>
    </message>
    <message>
        <source>Choose the file itself, or let the link lead to where it is now.</source>
        <translation>Die Datei selbst wählen oder den Verweis dorthin führen lassen, wo sie jetzt liegt.</translation>
    </message>
    <message>
        <source>Choose the file with the trained weights (.safetensors, .pth or .pt).</source>
        <translation>Die Datei mit den trainierten Gewichten wählen (.safetensors, .pth oder .pt).</translation>
    </message>
    <message>
        <source>Choose the file with the weights instead of the folder.</source>
        <translation>Die Datei mit den Gewichten statt des Ordners wählen.</translation>
    </message>
    <message>
        <source>Choose the folder of a quantization run.</source>
        <translation>Den Ordner eines Quantisierungslaufs wählen.</translation>
    </message>
    <message>
        <source>Choose the format onnx.</source>
        <translation>Das Format onnx wählen.</translation>
    </message>
    <message>
        <source>Class folders that are numbered from 1 are recognized at the start of the run.</source>
        <translation>Ordner mit Nummern ab 1 werden zu Beginn des Laufs erkannt.</translation>
    </message>
    <message>
        <source>Classifiers use convolutions, linear layers, activations, pooling and sums.</source>
        <translation>Klassifikatoren verwenden Faltungen, lineare Schichten, Aktivierungen, Pooling und Summen.</translation>
    </message>
    <message>
        <source>Click on a row of a class that occurs.</source>
        <translation>Auf die Zeile einer Klasse klicken, die vorkommt.</translation>
    </message>
    <message>
        <source>Close other programs and try again, or use a machine with more memory.</source>
        <translation>Andere Programme schließen und es noch einmal versuchen, oder einen Rechner mit mehr Speicher nehmen.</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>Andere Programme schließen und es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Close other programs that use its folder, or delete the folder in the file manager.</source>
        <translation>Andere Programme schließen, die den Ordner verwenden, oder den Ordner im Dateimanager löschen.</translation>
    </message>
    <message>
        <source>Close other programs, or raise the limit (ulimit -n).</source>
        <translation>Andere Programme schließen oder die Grenze erhöhen (ulimit -n).</translation>
    </message>
    <message>
        <source>Computed in float.</source>
        <translation>Wird in Float berechnet.</translation>
    </message>
    <message>
        <source>Computing on a cluster needs Dask, which is not installed.</source>
        <translation>Das Rechnen auf einem Cluster braucht Dask, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>Copy or download the file again.</source>
        <translation>Die Datei noch einmal kopieren oder herunterladen.</translation>
    </message>
    <message>
        <source>Copy the details into a bug report. The run folder is intact.</source>
        <translation>Die Einzelheiten in einen Fehlerbericht kopieren. Der Ordner des Laufs ist unversehrt.</translation>
    </message>
    <message>
        <source>Copy the log into a bug report.</source>
        <translation>Das Protokoll in einen Fehlerbericht kopieren.</translation>
    </message>
    <message>
        <source>Correct the value, or omit the setting to use its default.</source>
        <translation>Den Wert berichtigen oder die Einstellung weglassen; dann gilt ihr Standard.</translation>
    </message>
    <message>
        <source>Correct the value, or rename the file that it refers to.</source>
        <translation>Den Wert berichtigen oder die genannte Datei umbenennen.</translation>
    </message>
    <message>
        <source>Data-free quantization learns its samples from the statistics stored in batch-norm layers.</source>
        <translation>Quantisierung ohne Daten lernt ihre Samples aus der Statistik, die in Batch-Norm-Schichten gespeichert ist.</translation>
    </message>
    <message>
        <source>Dilation and ceil_mode have no form in it.</source>
        <translation>Für Dilation und ceil_mode gibt es darin keine Form.</translation>
    </message>
    <message>
        <source>Distance: 1 - cosine similarity of two samples&apos; features, pooled to 4x4 at most, averaged over the stages. 0 means identical samples: the generator ignores its noise.</source>
        <translation>Abstand: 1 - Kosinus-Ähnlichkeit der Merkmale zweier Samples, auf höchstens 4x4 gepoolt, über die Stufen gemittelt. 0 heißt gleiche Samples: der Generator beachtet sein Rauschen nicht.</translation>
    </message>
    <message>
        <source>Drop images here, or choose test images in step 5.</source>
        <translation>Bilder hierher ziehen oder in Schritt 5 Testbilder wählen.</translation>
    </message>
    <message>
        <source>Each is {0} x {1} pixels with {2} channel(s), 0 to 255. The model&apos;s input is (pixel / 255 - mean) / standard deviation, with mean {3} and standard deviation {4}; no resizing or cropping is needed.</source>
        <translation>Jedes hat {0} x {1} Pixel mit {2} Kanal/Kanälen, 0 bis 255. Die Eingabe des Modells ist (Pixel / 255 - Mittelwert) / Standardabweichung, mit Mittelwert {3} und Standardabweichung {4}; Skalieren oder Zuschneiden ist nicht nötig.</translation>
    </message>
    <message>
        <source>Each needs at least {0} of it; the batch size in the settings is that of all processes together.</source>
        <translation>Jeder braucht mindestens {0} davon; die Batchgröße in den Einstellungen gilt für alle Prozesse zusammen.</translation>
    </message>
    <message>
        <source>Entries that are not weights are ignored: {0}.</source>
        <translation>Einträge, die keine Gewichte sind, werden ignoriert: {0}.</translation>
    </message>
    <message>
        <source>Export it again.</source>
        <translation>Noch einmal exportieren.</translation>
    </message>
    <message>
        <source>Export it again. The packed format needs ONNX Runtime 1.23 or newer.</source>
        <translation>Noch einmal exportieren. Das gepackte Format braucht ONNX Runtime 1.23 oder neuer.</translation>
    </message>
    <message>
        <source>Export it again; an .xml file needs the .bin file of the same name next to it.</source>
        <translation>Noch einmal exportieren; neben einer .xml-Datei muss die .bin-Datei gleichen Namens liegen.</translation>
    </message>
    <message>
        <source>Export it as acq instead.</source>
        <translation>Stattdessen als acq exportieren.</translation>
    </message>
    <message>
        <source>Export it as acq or pt2 instead.</source>
        <translation>Stattdessen als acq oder pt2 exportieren.</translation>
    </message>
    <message>
        <source>Export it as onnx instead.</source>
        <translation>Stattdessen als onnx exportieren.</translation>
    </message>
    <message>
        <source>Export it as onnx or pt2 instead.</source>
        <translation>Stattdessen als onnx oder pt2 exportieren.</translation>
    </message>
    <message>
        <source>Export it as onnx, or quantize another architecture.</source>
        <translation>Als onnx exportieren oder eine andere Architektur quantisieren.</translation>
    </message>
    <message>
        <source>Export it with a dynamic batch size.</source>
        <translation>Mit dynamischer Batch-Größe exportieren.</translation>
    </message>
    <message>
        <source>Export the model as ONNX or as an ACQ checkpoint first.</source>
        <translation>Das Modell zuerst als ONNX oder als ACQ-Checkpoint exportieren.</translation>
    </message>
    <message>
        <source>Export the model without its preprocessing.</source>
        <translation>Das Modell ohne seine Vorverarbeitung exportieren.</translation>
    </message>
    <message>
        <source>Exported files are compared with the quantized model within a tolerance there.</source>
        <translation>Exportierte Dateien werden dort innerhalb einer Toleranz mit dem quantisierten Modell verglichen.</translation>
    </message>
    <message>
        <source>Fewer than {0} own images hardly help; a few dozen are better.</source>
        <translation>Weniger als {0} eigene Bilder helfen kaum; einige Dutzend sind besser.</translation>
    </message>
    <message>
        <source>File names in the table start from the folder that the table is in.</source>
        <translation>Dateinamen in der Tabelle beginnen bei dem Ordner, in dem die Tabelle liegt.</translation>
    </message>
    <message>
        <source>File systems take names of up to 255 bytes between two separators.</source>
        <translation>Dateisysteme nehmen Namen von bis zu 255 Bytes zwischen zwei Trennzeichen.</translation>
    </message>
    <message>
        <source>Fine-tuning did not help; the calibrated weights are kept (divergence on held-out images: {0} before, {1} after).</source>
        <translation>Die Feinabstimmung half nicht; die kalibrierten Gewichte bleiben (Divergenz auf ungesehenen Bildern: {0} davor, {1} danach).</translation>
    </message>
    <message>
        <source>Fine-tuning ended after {0} steps, as it did not clearly help; the calibrated weights are kept ({1}).</source>
        <translation>Die Feinabstimmung endete nach {0} Schritten, weil sie nicht deutlich half; die kalibrierten Gewichte bleiben ({1}).</translation>
    </message>
    <message>
        <source>Fine-tuning has {0} of {1} steps.</source>
        <translation>Die Feinabstimmung hat {0} von {1} Schritten.</translation>
    </message>
    <message>
        <source>Fine-tuning is skipped: fewer than {0} steps do not help, and there is time for {1}.</source>
        <translation>Die Feinabstimmung entfällt: Weniger als {0} Schritte helfen nicht, und die Zeit reicht für {1}.</translation>
    </message>
    <message>
        <source>Fine-tuning is skipped: on {0} fixed images it fits the quantized model to these, and photographs suffered. To fine-tune all the same, set its steps.</source>
        <translation>Die Feinabstimmung entfällt: Mit {0} festen Bildern passt sie das quantisierte Modell an diese an, und auf Fotografien wurde es schlechter. Trotzdem feinabstimmen: ihre Schritte festlegen.</translation>
    </message>
    <message>
        <source>Fine-tuning made the quantized model worse; the calibrated weights are kept (divergence on held-out images: {0} before, {1} after). A lower student learning rate or more steps may help.</source>
        <translation>Die Feinabstimmung verschlechterte das quantisierte Modell; die kalibrierten Gewichte bleiben (Divergenz auf ungesehenen Bildern: {0} davor, {1} danach). Eine kleinere Lernrate des Schülers oder mehr Schritte können helfen.</translation>
    </message>
    <message>
        <source>First: acq export {0}</source>
        <translation>Zuerst: acq export {0}</translation>
    </message>
    <message>
        <source>Float accuracy {0} % on {1} images.</source>
        <translation>Float-Genauigkeit {0} % auf {1} Bildern.</translation>
    </message>
    <message>
        <source>Float rounding alone moves outputs by {0} on average; the file&apos;s are {1} off.</source>
        <translation>Float-Rundung allein verschiebt Ausgaben im Mittel um {0}; die der Datei weichen um {1} ab.</translation>
    </message>
    <message>
        <source>Folded into the preceding layer where possible.</source>
        <translation>Geht wo möglich in der Schicht davor auf.</translation>
    </message>
    <message>
        <source>For OpenVINO&apos;s tools and Intel&apos;s devices: 8-bit integer kernels, with outputs near the quantized model&apos;s instead of equal to them.</source>
        <translation>Für die Werkzeuge von OpenVINO und Geräte von Intel: Kernel für 8-Bit-Ganzzahlen, mit Ausgaben nahe denen des quantisierten Modells statt gleich ihnen.</translation>
    </message>
    <message>
        <source>For PyTorch users: needs only torch, computes in float; such files can run code, so load them only from a trusted source.</source>
        <translation>Für PyTorch: braucht nur torch, rechnet in Gleitkomma; solche Dateien können Code ausführen, daher nur aus vertrauenswürdiger Quelle laden.</translation>
    </message>
    <message>
        <source>For example: bits, weight_bits, losses.pair, seed</source>
        <translation>Zum Beispiel: bits, weight_bits, losses.pair, seed</translation>
    </message>
    <message>
        <source>For example: weight_bits=2,3,4</source>
        <translation>Zum Beispiel: weight_bits=2,3,4</translation>
    </message>
    <message>
        <source>For phones and boards: 8-bit integer kernels in LiteRT, once TensorFlow Lite; the deployable scheme only.</source>
        <translation>Für Telefone und Boards: 8-Bit-Integer-Kernel in LiteRT, früher TensorFlow Lite; nur im Schema ausführbar.</translation>
    </message>
    <message>
        <source>For the format {0}, {1} can&apos;t be chosen.</source>
        <translation>Beim Format {0} ist {1} nicht wählbar.</translation>
    </message>
    <message>
        <source>Formats: {0}.</source>
        <translation>Formate: {0}.</translation>
    </message>
    <message>
        <source>Free some space, or choose a folder on another disk.</source>
        <translation>Platz schaffen oder einen Ordner auf einem anderen Datenträger wählen.</translation>
    </message>
    <message>
        <source>From here on, learning rates are {0} times what they were.</source>
        <translation>Ab hier betragen die Lernraten das {0}-Fache der bisherigen.</translation>
    </message>
    <message>
        <source>Fréchet distance</source>
        <translation>Fréchet-Abstand</translation>
    </message>
    <message>
        <source>Fréchet distance: from as many real images; 0 for identical distributions. Spread: mean distance of a sample&apos;s features from its class&apos;s mean.</source>
        <translation>Fréchet-Abstand: von ebenso vielen echten Bildern; 0 bei gleichen Verteilungen. Streuung: mittlerer Abstand der Merkmale eines Samples vom Mittel seiner Klasse.</translation>
    </message>
    <message>
        <source>Give one value per channel, or omit both.</source>
        <translation>Einen Wert je Kanal angeben oder beides weglassen.</translation>
    </message>
    <message>
        <source>Give the folder of the images, or put both where the workers see them.</source>
        <translation>Den Ordner der Bilder angeben oder beides dort ablegen, wo die Worker es sehen.</translation>
    </message>
    <message>
        <source>Here torch can compute on: {0}.</source>
        <translation>Hier kann torch rechnen auf: {0}.</translation>
    </message>
    <message>
        <source>Here: {0}; the scheduler, when it was started: {1}.</source>
        <translation>Hier: {0}; der Scheduler, als er gestartet wurde: {1}.</translation>
    </message>
    <message>
        <source>If it was downloaded, download it again; a server may have sent a message instead. Settings files are no models either: choose the file with the trained weights.</source>
        <translation>Eine heruntergeladene Datei noch einmal herunterladen; ein Server hat vielleicht stattdessen eine Meldung geschickt. Auch Einstellungsdateien sind keine Modelle: die Datei mit den trainierten Gewichten wählen.</translation>
    </message>
    <message>
        <source>If they are batch norms: {0}</source>
        <translation>Falls es Batch-Norms sind: {0}</translation>
    </message>
    <message>
        <source>If you have the model&apos;s Python source, use that file (it needs --trust), or choose the architecture with --arch.</source>
        <translation>Wenn der Python-Quelltext des Modells da ist, diese Datei verwenden (sie braucht --trust), oder die Architektur mit --arch wählen.</translation>
    </message>
    <message>
        <source>If you have the model&apos;s Python source, use that file (it needs --trust).</source>
        <translation>Falls der Python-Quelltext des Modells vorliegt, diese Datei verwenden (sie braucht --trust).</translation>
    </message>
    <message>
        <source>If you trust its author, allow it (--trust). Otherwise use a file with weights alone, such as .safetensors.</source>
        <translation>Wenn der Urheber vertrauenswürdig ist, erlauben (--trust). Sonst eine Datei nur mit Gewichten verwenden, etwa .safetensors.</translation>
    </message>
    <message>
        <source>If you trust its source, add --trust.</source>
        <translation>Wenn die Herkunft vertrauenswürdig ist, --trust anfügen.</translation>
    </message>
    <message>
        <source>Image {0} has the label {1}.</source>
        <translation>Bild {0} hat das Label {1}.</translation>
    </message>
    <message>
        <source>Images have 1 or 3 channels; this model expects {0}.</source>
        <translation>Bilder haben 1 oder 3 Kanäle, dieses Modell erwartet {0}.</translation>
    </message>
    <message>
        <source>Images were optimized in its place, as there was no time for it to learn.</source>
        <translation>An seiner Stelle wurden Bilder optimiert, da ihm die Zeit zum Lernen fehlte.</translation>
    </message>
    <message>
        <source>Images with {0} channels don&apos;t fit a model with {1}.</source>
        <translation>Bilder mit {0} Kanälen passen nicht zu einem Modell mit {1}.</translation>
    </message>
    <message>
        <source>In phase {0}, step {1}, these were NaN or infinite: {2}.</source>
        <translation>In Phase {0}, Schritt {1}, waren diese NaN oder unendlich: {2}.</translation>
    </message>
    <message>
        <source>In phase {0}, step {1}, {2} of {3} became NaN or infinite.</source>
        <translation>In Phase {0}, Schritt {1}, wurde {2} von {3} NaN oder unendlich.</translation>
    </message>
    <message>
        <source>In the paper scheme the image and additions are not quantized.</source>
        <translation>Im Schema Paper sind das Bild und die Additionen nicht quantisiert.</translation>
    </message>
    <message>
        <source>Install ACQ Studio again.</source>
        <translation>ACQ Studio neu installieren.</translation>
    </message>
    <message>
        <source>Install it with: pip install &apos;acq-studio[litert]&apos;</source>
        <translation>Installieren mit: pip install &apos;acq-studio[litert]&apos;</translation>
    </message>
    <message>
        <source>Install it with: pip install &apos;acq-studio[openvino]&apos;</source>
        <translation>Installieren mit: pip install &apos;acq-studio[openvino]&apos;</translation>
    </message>
    <message>
        <source>Install it with: {0}</source>
        <translation>Installieren mit: {0}</translation>
    </message>
    <message>
        <source>Install it: pip install timm</source>
        <translation>Installieren: pip install timm</translation>
    </message>
    <message>
        <source>Install the same version in both places, and start the cluster again.</source>
        <translation>An beiden Stellen dieselbe Version installieren und den Cluster neu starten.</translation>
    </message>
    <message>
        <source>Install {0} where acq runs, or use weights without code. {1}</source>
        <translation>{0} dort installieren, wo acq läuft, oder Gewichte ohne Code verwenden. {1}</translation>
    </message>
    <message>
        <source>It begins as a checkpoint of PyTorch, but its end is missing or can&apos;t be read.</source>
        <translation>Sie beginnt wie ein Checkpoint von PyTorch, aber das Ende fehlt oder ist nicht lesbar.</translation>
    </message>
    <message>
        <source>It can&apos;t be read where this run is.</source>
        <translation>Wo dieser Lauf ist, kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>It contains no weights.</source>
        <translation>Sie enthält keine Gewichte.</translation>
    </message>
    <message>
        <source>It contains: {0}.</source>
        <translation>Inhalt: {0}.</translation>
    </message>
    <message>
        <source>It declares a key that is neither a name nor a number.</source>
        <translation>Ein angegebener Schlüssel ist weder Name noch Zahl.</translation>
    </message>
    <message>
        <source>It declares a storage of impossible size.</source>
        <translation>Ein angegebener Speicher hat eine unmögliche Größe.</translation>
    </message>
    <message>
        <source>It declares a storage of unknown type.</source>
        <translation>Ein angegebener Speicher hat einen unbekannten Typ.</translation>
    </message>
    <message>
        <source>It declares a tensor of impossible size.</source>
        <translation>Ein angegebener Tensor hat eine unmögliche Größe.</translation>
    </message>
    <message>
        <source>It declares a tensor of unknown type.</source>
        <translation>Ein angegebener Tensor hat einen unbekannten Typ.</translation>
    </message>
    <message>
        <source>It declares a tensor that exceeds its storage.</source>
        <translation>Ein angegebener Tensor reicht über seinen Speicher hinaus.</translation>
    </message>
    <message>
        <source>It declares more than {0} tensors.</source>
        <translation>Mehr als {0} Tensoren sind angegeben.</translation>
    </message>
    <message>
        <source>It has all parameters of {0}, but none of its {1} running means and variances.</source>
        <translation>Sie hat alle Parameter von {0}, aber keinen der {1} laufenden Mittelwerte und Varianzen.</translation>
    </message>
    <message>
        <source>It has all parameters of {0}, but {1} of its running means and variances are missing.</source>
        <translation>Sie hat alle Parameter von {0}, aber {1} der laufenden Mittelwerte und Varianzen fehlen.</translation>
    </message>
    <message>
        <source>It has constants of the type {0}.</source>
        <translation>Sie enthält Konstanten des Typs {0}.</translation>
    </message>
    <message>
        <source>It has more than {0} images.</source>
        <translation>Es sind mehr als {0} Bilder.</translation>
    </message>
    <message>
        <source>It has no convolution.</source>
        <translation>Es hat keine Faltung.</translation>
    </message>
    <message>
        <source>It has no list of axes.</source>
        <translation>Sie hat keine Liste von Achsen.</translation>
    </message>
    <message>
        <source>It has {0} bytes.</source>
        <translation>Es hat {0} Bytes.</translation>
    </message>
    <message>
        <source>It has {0} bytes; the limit is {1}.</source>
        <translation>Sie hat {0} Bytes; die Grenze ist {1}.</translation>
    </message>
    <message>
        <source>It has {0} characters.</source>
        <translation>Es sind {0} Zeichen.</translation>
    </message>
    <message>
        <source>It has {0} normalization layers without running means and variances: they were not saved, or the layers are no batch norms.</source>
        <translation>Sie hat {0} Normalisierungsschichten ohne laufende Mittelwerte und Varianzen: Sie wurden nicht gespeichert, oder die Schichten sind keine Batch-Norms.</translation>
    </message>
    <message>
        <source>It has {0} operators such as {1}.</source>
        <translation>Sie enthält {0} Operatoren wie {1}.</translation>
    </message>
    <message>
        <source>It has {0} operators.</source>
        <translation>Sie enthält {0} Operatoren.</translation>
    </message>
    <message>
        <source>It has {0} parts.</source>
        <translation>Sie hat {0} Teile.</translation>
    </message>
    <message>
        <source>It holds objects of {0} in place of a state dict. Nothing of it was run.</source>
        <translation>Sie enthält Objekte von {0} statt eines State-Dicts. Nichts davon wurde ausgeführt.</translation>
    </message>
    <message>
        <source>It holds {0}.</source>
        <translation>Sie enthält {0}.</translation>
    </message>
    <message>
        <source>It is a folder, not a file.</source>
        <translation>Es ist ein Ordner, keine Datei.</translation>
    </message>
    <message>
        <source>It is a folder.</source>
        <translation>Es ist ein Ordner.</translation>
    </message>
    <message>
        <source>It is a link to {0}, which does not exist.</source>
        <translation>Es ist ein Verweis auf {0}, und das gibt es nicht.</translation>
    </message>
    <message>
        <source>It is a tensor that is no layer&apos;s weight.</source>
        <translation>Es ist ein Tensor, der kein Gewicht einer Schicht ist.</translation>
    </message>
    <message>
        <source>It is applied at several places of one image.</source>
        <translation>Sie wird an mehreren Stellen eines Bildes angewendet.</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>Er ist leer.</translation>
    </message>
    <message>
        <source>It is not a .tflite file.</source>
        <translation>Es ist keine .tflite-Datei.</translation>
    </message>
    <message>
        <source>It is the baseline&apos;s (generator kind gdfq).</source>
        <translation>Er ist der des Vergleichsverfahrens (Generatorart gdfq).</translation>
    </message>
    <message>
        <source>It is uncertain in which order the class folders match the model&apos;s classes. They are read in the order {0}, but the float model&apos;s accuracy does not confirm it (top-1 on {1} images: {2}). Rename the folders to the model&apos;s class names, or to numbers of equal length from 0.</source>
        <translation>Es ist unsicher, in welcher Reihenfolge die Klassenordner zu den Klassen des Modells gehören. Sie werden in der Reihenfolge {0} gelesen, doch die Genauigkeit des float-Modells belegt das nicht (Top-1 auf {1} Bildern: {2}). Die Ordner nach den Klassen des Modells oder mit gleich langen Zahlen ab 0 benennen.</translation>
    </message>
    <message>
        <source>It is uncertain in which order the model takes the channels.</source>
        <translation>Es ist unsicher, in welcher Reihenfolge das Modell die Kanäle erwartet.</translation>
    </message>
    <message>
        <source>It is {0}; the folders are called {1}.</source>
        <translation>Sie ist {0}; die Ordner heißen {1}.</translation>
    </message>
    <message>
        <source>It may have been downloaded or copied only in part: get it again.</source>
        <translation>Vielleicht wurde ein Herunterladen oder Kopieren vorzeitig beendet: Datei neu beschaffen.</translation>
    </message>
    <message>
        <source>It may still be active there. Open its folder later to follow it again.</source>
        <translation>Er läuft dort vielleicht noch. Den Ordner später öffnen, um ihm wieder zu folgen.</translation>
    </message>
    <message>
        <source>It quantizes a float tensor.</source>
        <translation>Er quantisiert einen Float-Tensor.</translation>
    </message>
    <message>
        <source>It requires {0}, which holds integers. The float model is what is quantized here.</source>
        <translation>Sie braucht {0}, das ganze Zahlen enthält. Quantisiert wird hier das Float-Modell.</translation>
    </message>
    <message>
        <source>It requires {0}. None of its code was run.</source>
        <translation>Sie verlangt {0}. Nichts davon wurde ausgeführt.</translation>
    </message>
    <message>
        <source>It returns {0} values; the first one&apos;s shape is {1}.</source>
        <translation>Zurück kommen {0} Werte; der erste hat die Form {1}.</translation>
    </message>
    <message>
        <source>It returns {0}, not a torch.nn.Module.</source>
        <translation>Zurück kommt {0}, kein torch.nn.Module.</translation>
    </message>
    <message>
        <source>It returns: {0}.</source>
        <translation>Rückgabe: {0}.</translation>
    </message>
    <message>
        <source>It takes integers, such as pixels as they are.</source>
        <translation>Sie nimmt ganze Zahlen, etwa unveränderte Pixel.</translation>
    </message>
    <message>
        <source>It takes {0} tensors.</source>
        <translation>Es nimmt {0} Tensoren.</translation>
    </message>
    <message>
        <source>It transposes weights.</source>
        <translation>Es transponiert Gewichte.</translation>
    </message>
    <message>
        <source>It turns the shape {0} into {1}; only one row for each image has a form.</source>
        <translation>Er macht aus der Form {0} die Form {1}; nur eine Zeile je Bild lässt sich schreiben.</translation>
    </message>
    <message>
        <source>It uses autocast to {0}.</source>
        <translation>Er verwendet autocast zu {0}.</translation>
    </message>
    <message>
        <source>It uses {0}.</source>
        <translation>Es verwendet {0}.</translation>
    </message>
    <message>
        <source>It was built without torch.distributed.</source>
        <translation>Er wurde ohne torch.distributed gebaut.</translation>
    </message>
    <message>
        <source>It was exported for {0} x {1} pixels.</source>
        <translation>Es wurde für {0} x {1} Pixel exportiert.</translation>
    </message>
    <message>
        <source>It was stopped.</source>
        <translation>Es wurde angehalten.</translation>
    </message>
    <message>
        <source>It would unpack from {0} to {1} bytes.</source>
        <translation>Ausgepackt würden aus {0} Bytes {1}.</translation>
    </message>
    <message>
        <source>Its SHA-256 begins with {0}, not {1}.</source>
        <translation>Die SHA-256-Summe beginnt mit {0}, nicht mit {1}.</translation>
    </message>
    <message>
        <source>Its batch norm is folded into it.</source>
        <translation>Die Batch-Norm ist darin aufgegangen.</translation>
    </message>
    <message>
        <source>Its batch-norm statistics agree with that (typical distance {0}; up to {1} is accepted). The float accuracy on test images tells for sure.</source>
        <translation>Die Batch-Norm-Statistik passt dazu (typischer Abstand {0}; bis {1} wird akzeptiert). Sicherheit gibt erst die float-Genauigkeit auf Testbildern.</translation>
    </message>
    <message>
        <source>Its control flow must not depend on input values. Check the input size as well.</source>
        <translation>Der Rechenweg darf nicht von Eingabewerten abhängen. Auch die Eingabegröße prüfen.</translation>
    </message>
    <message>
        <source>Its exit code is {0}.</source>
        <translation>Der Exit-Code ist {0}.</translation>
    </message>
    <message>
        <source>Its first line must contain the columns file and label.</source>
        <translation>Die erste Zeile muss die Spalten file und label enthalten.</translation>
    </message>
    <message>
        <source>Its format is {0}.</source>
        <translation>Ihr Format ist {0}.</translation>
    </message>
    <message>
        <source>Its format is {0}; this program reads up to {1}.</source>
        <translation>Das Format ist {0}; dieses Programm liest bis {1}.</translation>
    </message>
    <message>
        <source>Its images have their channels last; they are turned.</source>
        <translation>Ihre Bilder haben die Kanäle zuletzt; sie werden umgestellt.</translation>
    </message>
    <message>
        <source>Its input has {0} dimensions, not 4.</source>
        <translation>Ihre Eingabe hat {0} Dimensionen statt 4.</translation>
    </message>
    <message>
        <source>Its input is not quantized.</source>
        <translation>Seine Eingabe ist nicht quantisiert.</translation>
    </message>
    <message>
        <source>Its input is {0} x {1} pixels.</source>
        <translation>Die Eingabe hat {0} x {1} Pixel.</translation>
    </message>
    <message>
        <source>Its inputs have different dimensions.</source>
        <translation>Die Eingaben haben verschieden viele Dimensionen.</translation>
    </message>
    <message>
        <source>Its last operator, {0}, is omitted: logits are needed, not probabilities.</source>
        <translation>Ihr letzter Operator, {0}, entfällt: Gebraucht werden Logits, keine Wahrscheinlichkeiten.</translation>
    </message>
    <message>
        <source>Its layers are: {0}.</source>
        <translation>Die Schichten sind: {0}.</translation>
    </message>
    <message>
        <source>Its metadata has no entry &apos;acq&apos;.</source>
        <translation>Die Metadaten haben keinen Eintrag &apos;acq&apos;.</translation>
    </message>
    <message>
        <source>Its output has the shape {0}; expected is (1, {1}).</source>
        <translation>Die Ausgabe hat die Form {0}; erwartet ist (1, {1}).</translation>
    </message>
    <message>
        <source>Its output is not a feature map.</source>
        <translation>Die Ausgabe ist keine Merkmalskarte.</translation>
    </message>
    <message>
        <source>Its output is {0}.</source>
        <translation>Die Ausgabe ist {0}.</translation>
    </message>
    <message>
        <source>Its outputs have the shape {0}, the quantized model&apos;s {1}.</source>
        <translation>Seine Ausgaben haben die Form {0}, die des quantisierten Modells {1}.</translation>
    </message>
    <message>
        <source>Its outputs were compared with ONNX Runtime&apos;s: they differ by at most {0} of the largest.</source>
        <translation>Ihre Ausgaben wurden mit denen von ONNX Runtime verglichen: Sie weichen um höchstens {0} des größten Werts ab.</translation>
    </message>
    <message>
        <source>Its scheduler was started again, or the run was brought home already.</source>
        <translation>Der Scheduler wurde neu gestartet, oder der Lauf wurde schon zurückgeholt.</translation>
    </message>
    <message>
        <source>Its setting distributed.scheduler.pickle has to be on.</source>
        <translation>Seine Einstellung distributed.scheduler.pickle muss an sein.</translation>
    </message>
    <message>
        <source>Its steps stand in its settings: acq quantize --config RUN</source>
        <translation>Seine Schritte stehen in seinen Einstellungen: acq quantize --config RUN</translation>
    </message>
    <message>
        <source>Its sums can exceed 16,777,216, the largest range of integers in float32.</source>
        <translation>Die Summen können 16.777.216 überschreiten, den größten Bereich ganzer Zahlen in float32.</translation>
    </message>
    <message>
        <source>Its table of contents can&apos;t be read.</source>
        <translation>Das Inhaltsverzeichnis kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Its table of contents is too large.</source>
        <translation>Das Inhaltsverzeichnis ist zu groß.</translation>
    </message>
    <message>
        <source>Its usual images have {0} pixels, mean {1} and standard deviation {2}.</source>
        <translation>Seine üblichen Bilder haben {0} Pixel, Mittelwert {1} und Standardabweichung {2}.</translation>
    </message>
    <message>
        <source>Its usual images have {0} pixels; distance of the batch-norm statistics: {1}.</source>
        <translation>Übliche Bilder haben {0} Pixel; Abstand der Batch-Norm-Statistik: {1}.</translation>
    </message>
    <message>
        <source>Its weights are in {0}.</source>
        <translation>Ihre Gewichte sind in {0}.</translation>
    </message>
    <message>
        <source>Its {0} classes have the numbers 0 to {1}.</source>
        <translation>Seine {0} Klassen haben die Nummern 0 bis {1}.</translation>
    </message>
    <message>
        <source>Its {0} images would need {1} GiB.</source>
        <translation>Die {0} Bilder würden {1} GiB brauchen.</translation>
    </message>
    <message>
        <source>KL, nats</source>
        <translation>KL, nat</translation>
    </message>
    <message>
        <source>Keeps statistics that were measured on drawn images; changes nothing.</source>
        <translation>Hält Statistiken, die auf gezeichneten Bildern gemessen wurden; ändert nichts.</translation>
    </message>
    <message>
        <source>Keras usually pads and normalizes otherwise, so its weights alone don&apos;t give the same result. Convert the model to a PyTorch class, and choose its source: CLASS.py:build with --weights and --trust.</source>
        <translation>Keras füllt Ränder und normalisiert meist anders, seine Gewichte allein ergeben also nicht dasselbe. Das Modell in eine PyTorch-Klasse umwandeln und deren Quelltext wählen: CLASS.py:build mit --weights und --trust.</translation>
    </message>
    <message>
        <source>Labels are what the float model predicts, counted from 0.</source>
        <translation>Die Labels sind die Vorhersagen des Float-Modells, von 0 an gezählt.</translation>
    </message>
    <message>
        <source>Labels count from 0, in the order of the model&apos;s classes.</source>
        <translation>Labels zählen ab 0, in der Reihenfolge der Klassen des Modells.</translation>
    </message>
    <message>
        <source>Let the run finish, or resume it with: acq resume</source>
        <translation>Den Lauf zu Ende gehen lassen oder fortsetzen mit: acq resume</translation>
    </message>
    <message>
        <source>Let the run reach its first checkpoint, or specify a model instead.</source>
        <translation>Den Lauf bis zum ersten Checkpoint laufen lassen oder stattdessen ein Modell angeben.</translation>
    </message>
    <message>
        <source>Limit the number of images.</source>
        <translation>Die Zahl der Bilder begrenzen.</translation>
    </message>
    <message>
        <source>Linear layers are quantized; layer norm, softmax, GELU and products of two tensors are computed in float between them.</source>
        <translation>Lineare Schichten werden quantisiert; Layer-Norm, Softmax, GELU und Produkte zweier Tensoren werden dazwischen in Float berechnet.</translation>
    </message>
    <message>
        <source>LiteRT (.tflite)</source>
        <translation>LiteRT (.tflite)</translation>
    </message>
    <message>
        <source>LiteRT and ONNX Runtime round sums of two tensors differently; {0} % of the outputs are the same in both.</source>
        <translation>LiteRT und ONNX Runtime runden Summen zweier Tensoren verschieden; {0} % der Ausgaben sind in beiden gleich.</translation>
    </message>
    <message>
        <source>LiteRT is not installed, and the format tflite needs it.</source>
        <translation>LiteRT ist nicht installiert, und das Format tflite braucht es.</translation>
    </message>
    <message>
        <source>LiteRT is not installed.</source>
        <translation>LiteRT ist nicht installiert.</translation>
    </message>
    <message>
        <source>Loading must only build the model, not train it.</source>
        <translation>Das Laden darf das Modell nur aufbauen, nicht trainieren.</translation>
    </message>
    <message>
        <source>Loading the model was stopped.</source>
        <translation>Das Laden des Modells wurde angehalten.</translation>
    </message>
    <message>
        <source>Lower the generator&apos;s learning rate, or its largest loss weight.</source>
        <translation>Die Lernrate des Generators oder das größte seiner Verlustgewichte senken.</translation>
    </message>
    <message>
        <source>Lower the learning rate or the largest loss weight.</source>
        <translation>Die Lernrate oder das größte Verlustgewicht senken.</translation>
    </message>
    <message>
        <source>Lower the learning rate, or use more bits.</source>
        <translation>Die Lernrate senken oder mehr Bits verwenden.</translation>
    </message>
    <message>
        <source>Mean and standard deviation don&apos;t fit the model&apos;s channels.</source>
        <translation>Mittelwert und Standardabweichung passen nicht zu den Kanälen des Modells.</translation>
    </message>
    <message>
        <source>Mean and standard deviation were read from the folder&apos;s settings.</source>
        <translation>Mittelwert und Standardabweichung wurden den Einstellungen im Ordner entnommen.</translation>
    </message>
    <message>
        <source>Measuring accuracy on {0} test images takes about {1}; {2} of it come on top of the time that was set.</source>
        <translation>Das Messen der Genauigkeit an {0} Testbildern dauert etwa {1}; davon kommen {2} zur eingestellten Zeit hinzu.</translation>
    </message>
    <message>
        <source>Measuring the sensitivity of each activation at 2 to 8 bits.</source>
        <translation>Die Empfindlichkeit jeder Aktivierung bei 2 bis 8 Bit wird gemessen.</translation>
    </message>
    <message>
        <source>Measuring the sensitivity of each layer at 2 to 8 bits.</source>
        <translation>Die Empfindlichkeit jeder Schicht bei 2 bis 8 Bit wird gemessen.</translation>
    </message>
    <message>
        <source>Memory ran out: the generator batch is {0} instead of {1} from here on.</source>
        <translation>Der Speicher reichte nicht: Der Generator-Batch ist ab hier {0} statt {1}.</translation>
    </message>
    <message>
        <source>Memory ran out: the student batch is {0} instead of {1} from here on.</source>
        <translation>Der Speicher reichte nicht: Der Studenten-Batch ist ab hier {0} statt {1}.</translation>
    </message>
    <message>
        <source>More than {0} bytes were received.</source>
        <translation>Mehr als {0} Bytes kamen an.</translation>
    </message>
    <message>
        <source>More than {0}: {1}</source>
        <translation>Mehr als {0}: {1}</translation>
    </message>
    <message>
        <source>Name a file in it.</source>
        <translation>Eine Datei darin angeben.</translation>
    </message>
    <message>
        <source>Name a module whose output has the shape (batch, channels, height, width).</source>
        <translation>Ein Modul angeben, dessen Ausgabe die Form (batch, channels, height, width) hat.</translation>
    </message>
    <message>
        <source>Name a run folder, its run.json, or a file with a plan.</source>
        <translation>Einen Laufordner, dessen run.json oder eine Datei mit einem Plan angeben.</translation>
    </message>
    <message>
        <source>Name one of them: --output NAME</source>
        <translation>Einen davon nennen: --output NAME</translation>
    </message>
    <message>
        <source>Name the run that it was exported from: acq verify FILE --run RUN</source>
        <translation>Den Lauf angeben, aus dem exportiert wurde: acq verify FILE --run RUN</translation>
    </message>
    <message>
        <source>Name the run that the file was exported from.</source>
        <translation>Den Lauf nennen, aus dem die Datei exportiert wurde.</translation>
    </message>
    <message>
        <source>No bits of activations were allocated: all activations have 8 by the scheme.</source>
        <translation>Es wurden keine Bits von Aktivierungen verteilt: Alle Aktivierungen haben nach dem Schema 8.</translation>
    </message>
    <message>
        <source>No checkpoint can be read; the run starts again from its beginning.</source>
        <translation>Kein Checkpoint kann gelesen werden; der Lauf beginnt von vorn.</translation>
    </message>
    <message>
        <source>No convolution takes the image.</source>
        <translation>Keine Faltung nimmt das Bild auf.</translation>
    </message>
    <message>
        <source>No image was evaluated.</source>
        <translation>Kein Bild wurde ausgewertet.</translation>
    </message>
    <message>
        <source>No image was taken from anywhere: there are no rights of others in them.</source>
        <translation>Kein Bild wurde irgendwo entnommen: Es bestehen keine Rechte anderer daran.</translation>
    </message>
    <message>
        <source>No test image has the label 0, the model&apos;s first class. If the labels count from 1, subtract 1 from each; otherwise the accuracy is wrong.</source>
        <translation>Kein Testbild hat das Label 0, die erste Klasse des Modells. Wenn die Labels ab 1 zählen, von jedem 1 abziehen; sonst ist die Genauigkeit falsch.</translation>
    </message>
    <message>
        <source>No test image has the label {0}, the model&apos;s last class. Check that the labels follow the order of the model&apos;s classes.</source>
        <translation>Kein Testbild hat das Label {0}, die letzte Klasse des Modells. Prüfen, ob die Labels der Reihenfolge der Klassen des Modells folgen.</translation>
    </message>
    <message>
        <source>No test image has this class.</source>
        <translation>Kein Testbild hat diese Klasse.</translation>
    </message>
    <message>
        <source>No worker is connected to the cluster; the run waits for one.</source>
        <translation>Mit dem Cluster ist kein Worker verbunden; der Lauf wartet auf einen.</translation>
    </message>
    <message>
        <source>Nobody is working on this run, so no request would be read.</source>
        <translation>Niemand arbeitet an diesem Lauf, eine Anfrage würde also nicht gelesen.</translation>
    </message>
    <message>
        <source>None of the images could be read.</source>
        <translation>Keines der Bilder ließ sich lesen.</translation>
    </message>
    <message>
        <source>None of the images in the table of labels exists.</source>
        <translation>Keines der Bilder in der Tabelle der Labels ist vorhanden.</translation>
    </message>
    <message>
        <source>Not known, or not clear: {0}.</source>
        <translation>Unbekannt oder nicht eindeutig: {0}.</translation>
    </message>
    <message>
        <source>Not used by the forward pass.</source>
        <translation>Beim Vorwärtsdurchlauf nicht verwendet.</translation>
    </message>
    <message>
        <source>Nothing in this model can contradict that. The float accuracy on test images tells for sure.</source>
        <translation>Nichts in diesem Modell kann dem widersprechen. Sicherheit gibt die Genauigkeit auf Testbildern.</translation>
    </message>
    <message>
        <source>Nothing of it was run.</source>
        <translation>Nichts davon wurde ausgeführt.</translation>
    </message>
    <message>
        <source>ONNX</source>
        <translation>ONNX</translation>
    </message>
    <message>
        <source>ONNX Runtime can&apos;t run this file.</source>
        <translation>ONNX Runtime kann diese Datei nicht ausführen.</translation>
    </message>
    <message>
        <source>ONNX files with opset {0} can&apos;t be written.</source>
        <translation>ONNX-Dateien mit Opset {0} können nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>ONNX for TensorRT</source>
        <translation>ONNX für TensorRT</translation>
    </message>
    <message>
        <source>ONNX, packed</source>
        <translation>ONNX, gepackt</translation>
    </message>
    <message>
        <source>Of this model&apos;s activations only those of functions such as GELU have {0} bits; what layer norms and sums put out keeps 8. Papers count all of them.</source>
        <translation>Von den Aktivierungen dieses Modells haben nur die von Funktionen wie GELU {0} Bit; was Layer-Norm und Summen ausgeben, behält 8. Veröffentlichungen zählen alle.</translation>
    </message>
    <message>
        <source>Of this model&apos;s activations only those of functions such as GELU have {0} bits; what layer norms, attention and sums put out keeps 8. Papers count all of them.</source>
        <translation>Von den Aktivierungen dieses Modells haben nur die von Funktionen wie GELU {0} Bit; was Layer-Norm, Attention und Summen ausgeben, behält 8. Veröffentlichungen zählen alle.</translation>
    </message>
    <message>
        <source>Often a worker has too little memory: give it more (dask worker --memory-limit), or use smaller batches. The run can be resumed from its last checkpoint.</source>
        <translation>Oft hat ein Worker zu wenig Speicher: ihm mehr geben (dask worker --memory-limit) oder kleinere Batches verwenden. Der Lauf kann ab seinem letzten Checkpoint fortgesetzt werden.</translation>
    </message>
    <message>
        <source>Omit one of the two.</source>
        <translation>Eine der beiden weglassen.</translation>
    </message>
    <message>
        <source>Omit the option, or choose the format onnx or onnx-int4.</source>
        <translation>Die Option weglassen oder das Format onnx oder onnx-int4 wählen.</translation>
    </message>
    <message>
        <source>Omit the tag for the usual weights: {0}.</source>
        <translation>Für die üblichen Gewichte den Zusatz weglassen: {0}.</translation>
    </message>
    <message>
        <source>One of them is called {0}.</source>
        <translation>Eine davon heißt {0}.</translation>
    </message>
    <message>
        <source>One step of its sums is worth more than 256 steps of its result.</source>
        <translation>Ein Schritt der Summen ist mehr wert als 256 Schritte des Ergebnisses.</translation>
    </message>
    <message>
        <source>Only images are padded.</source>
        <translation>Nur Bilder erhalten ein Padding.</translation>
    </message>
    <message>
        <source>Only padding with zeros has an exact form.</source>
        <translation>Nur Padding mit Nullen hat eine exakte Form.</translation>
    </message>
    <message>
        <source>Only parts of rows, columns and channels have a form in it.</source>
        <translation>Nur Teile von Zeilen, Spalten und Kanälen lassen sich schreiben.</translation>
    </message>
    <message>
        <source>Only the average of a whole image has an exact form.</source>
        <translation>Nur der Mittelwert eines ganzen Bildes hat eine exakte Form.</translation>
    </message>
    <message>
        <source>Only {0} of this model&apos;s {1} convolutions have a batch norm.</source>
        <translation>Nur {0} der {1} Faltungen dieses Modells haben eine Batch-Norm.</translation>
    </message>
    <message>
        <source>Open another run; the images and models in the folder may still be intact.</source>
        <translation>Einen anderen Lauf öffnen; Bilder und Modelle in dem Ordner können noch unversehrt sein.</translation>
    </message>
    <message>
        <source>Open it as the model.</source>
        <translation>Sie als Modell öffnen.</translation>
    </message>
    <message>
        <source>Open the link in a browser, and download the model file itself.</source>
        <translation>Den Link in einem Browser öffnen und die Modelldatei selbst herunterladen.</translation>
    </message>
    <message>
        <source>Open them in an image viewer: they may be damaged, or have another format than their names say.</source>
        <translation>Die Bilder in einem Bildbetrachter öffnen: Sie sind vielleicht beschädigt oder von anderer Art, als ihr Name sagt.</translation>
    </message>
    <message>
        <source>Open them in an image viewer: they may be damaged.</source>
        <translation>Die Bilder in einem Bildbetrachter öffnen: Sie sind vielleicht beschädigt.</translation>
    </message>
    <message>
        <source>OpenVINO IR (.xml)</source>
        <translation>OpenVINO IR (.xml)</translation>
    </message>
    <message>
        <source>OpenVINO can&apos;t hold this model.</source>
        <translation>OpenVINO kann dieses Modell nicht aufnehmen.</translation>
    </message>
    <message>
        <source>OpenVINO is not installed.</source>
        <translation>OpenVINO ist nicht installiert.</translation>
    </message>
    <message>
        <source>OpenVINO rounds in other places: on average, its outputs differ from the integer reference by {0} and from the float model by {1}; those of the quantized model differ from the float model by {2}.</source>
        <translation>OpenVINO rundet an anderen Stellen: Im Mittel weichen seine Ausgaben von der Ganzzahl-Referenz um {0} ab und vom Float-Modell um {1}; die des quantisierten Modells weichen vom Float-Modell um {2} ab.</translation>
    </message>
    <message>
        <source>Or export it with yolo export model=FILE format=torchscript, and choose that file (it needs --trust).</source>
        <translation>Oder mit yolo export model=FILE format=torchscript exportieren und diese Datei wählen (sie braucht --trust).</translation>
    </message>
    <message>
        <source>Or save the weights alone: torch.save(model.state_dict(), FILE).</source>
        <translation>Oder nur die Gewichte speichern: torch.save(model.state_dict(), FILE).</translation>
    </message>
    <message>
        <source>Other parts of the model use the image as well.</source>
        <translation>Auch andere Teile des Modells verwenden das Bild.</translation>
    </message>
    <message>
        <source>Part of the model computes in reduced precision.</source>
        <translation>Ein Teil des Modells rechnet mit verringerter Genauigkeit.</translation>
    </message>
    <message>
        <source>Permission denied.</source>
        <translation>Dafür fehlt die Berechtigung.</translation>
    </message>
    <message>
        <source>Possible here: {0}.</source>
        <translation>Hier möglich: {0}.</translation>
    </message>
    <message>
        <source>Procedural images skipped: their batch-norm error ({0}) exceeds the limit ({1}).</source>
        <translation>Prozedurale Bilder entfallen: Ihr Batch-Norm-Fehler ({0}) liegt über der Grenze ({1}).</translation>
    </message>
    <message>
        <source>Process {0} of {1} lost its connection: {2}</source>
        <translation>Prozess {0} von {1} hat die Verbindung verloren: {2}</translation>
    </message>
    <message>
        <source>Put both files into one folder.</source>
        <translation>Beide Dateien in einen Ordner legen.</translation>
    </message>
    <message>
        <source>Put it where the workers see it under a path that does not exist here.</source>
        <translation>Dort ablegen, wo die Worker es unter einem Pfad sehen, den es hier nicht gibt.</translation>
    </message>
    <message>
        <source>Put the same model file there, or the run folder where all machines see it.</source>
        <translation>Dieselbe Modelldatei dort ablegen, oder den Laufordner dort, wo alle Rechner ihn sehen.</translation>
    </message>
    <message>
        <source>Put {0} into the same folder.</source>
        <translation>{0} in denselben Ordner legen.</translation>
    </message>
    <message>
        <source>PyTorch program</source>
        <translation>PyTorch-Programm</translation>
    </message>
    <message>
        <source>Quantize the model again, or export it as onnx.</source>
        <translation>Das Modell erneut quantisieren oder als onnx exportieren.</translation>
    </message>
    <message>
        <source>Quantize with fewer bits in the first and last layers, or export it as onnx.</source>
        <translation>Mit weniger Bits in der ersten und letzten Schicht quantisieren oder als onnx exportieren.</translation>
    </message>
    <message>
        <source>Quantize with the deployable scheme (--scheme deployable), or export it as onnx.</source>
        <translation>Im Schema ausführbar quantisieren (--scheme deployable) oder als onnx exportieren.</translation>
    </message>
    <message>
        <source>Raise the centre weight or the centre reach.</source>
        <translation>Das Gewicht des Zentrumsverlusts oder die Reichweite der Zentren erhöhen.</translation>
    </message>
    <message>
        <source>Raise the centre weight, or lower the centre reach.</source>
        <translation>Das Gewicht von Zentrum erhöhen oder die Zentrumsweite senken.</translation>
    </message>
    <message>
        <source>Raise the class weight, or give the warm-up more steps.</source>
        <translation>Das Gewicht von Klasse erhöhen oder dem Aufwärmen mehr Schritte geben.</translation>
    </message>
    <message>
        <source>Raise the pair weight, or lower the class weight.</source>
        <translation>Das Gewicht von Paar erhöhen oder das von Klasse senken.</translation>
    </message>
    <message>
        <source>Raise the weight of eval/train attention.</source>
        <translation>Das Gewicht von Eval/Train Aufmerks. erhöhen.</translation>
    </message>
    <message>
        <source>Read from the arrays {0} and {1}.</source>
        <translation>Aus den Arrays {0} und {1} gelesen.</translation>
    </message>
    <message>
        <source>Read from {0} and {1}.</source>
        <translation>Aus {0} und {1} gelesen.</translation>
    </message>
    <message>
        <source>Refined procedural images stand in for its samples.</source>
        <translation>Verfeinerte prozedurale Bilder ersetzen seine Samples.</translation>
    </message>
    <message>
        <source>Remove that folder, or rename it.</source>
        <translation>Diesen Ordner entfernen oder umbenennen.</translation>
    </message>
    <message>
        <source>Remove the autocast from the model&apos;s forward pass.</source>
        <translation>Das autocast aus dem Vorwärtslauf des Modells entfernen.</translation>
    </message>
    <message>
        <source>Remove the own images; none are needed.</source>
        <translation>Die eigenen Bilder entfernen; es werden keine benötigt.</translation>
    </message>
    <message>
        <source>Rename it after it has finished.</source>
        <translation>Umbenennen ist möglich, wenn er fertig ist.</translation>
    </message>
    <message>
        <source>Replace it in the model&apos;s forward pass, or choose another architecture.</source>
        <translation>Sie im Vorwärtslauf des Modells ersetzen oder eine andere Architektur wählen.</translation>
    </message>
    <message>
        <source>Resize the images, or set the input size that the model was trained with.</source>
        <translation>Die Größe der Bilder ändern oder die Eingabegröße einstellen, mit der das Modell trainiert wurde.</translation>
    </message>
    <message>
        <source>Resume from the last checkpoint with lower learning rates (acq resume RUN --lower-rates), or start again with a lower learning rate or a lower largest loss weight.</source>
        <translation>Ab dem letzten Checkpoint mit kleineren Lernraten fortsetzen (acq resume RUN --lower-rates) oder mit einer kleineren Lernrate oder einem kleineren größten Verlustgewicht neu beginnen.</translation>
    </message>
    <message>
        <source>Resume it (acq sweep {0}), or choose another folder.</source>
        <translation>Sie fortsetzen (acq sweep {0}) oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Resume it from its last checkpoint: torchrun --nproc-per-node N -m acq_engine resume RUN. With torchrun&apos;s --max-restarts it resumes by itself.</source>
        <translation>Vom letzten Checkpoint aus fortsetzen: torchrun --nproc-per-node N -m acq_engine resume RUN. Mit --max-restarts von torchrun setzt er sich selbst fort.</translation>
    </message>
    <message>
        <source>Resume it with: acq resume</source>
        <translation>Fortsetzen mit: acq resume</translation>
    </message>
    <message>
        <source>Run git lfs pull in its repository, or download the file from its web page.</source>
        <translation>git lfs pull in seinem Repository ausführen, oder die Datei von dessen Webseite herunterladen.</translation>
    </message>
    <message>
        <source>Run it on its own to see where that happens.</source>
        <translation>Für sich ausführen, um zu sehen, wo das geschieht.</translation>
    </message>
    <message>
        <source>Run the quantization again with a symmetric activation grid (--act-grid symmetric); with --reuse-generator RUN only calibration and fine-tuning are repeated.</source>
        <translation>Die Quantisierung mit symmetrischem Aktivierungsraster wiederholen (--act-grid symmetric); mit --reuse-generator RUN werden nur Kalibrierung und Feinabstimmung wiederholt.</translation>
    </message>
    <message>
        <source>Run the quantization again with this version.</source>
        <translation>Die Quantisierung mit dieser Version wiederholen.</translation>
    </message>
    <message>
        <source>Run the quantization again.</source>
        <translation>Die Quantisierung noch einmal ausführen.</translation>
    </message>
    <message>
        <source>Samples are learned from statistics of batch norms, of convolutions, or of a transformer&apos;s linear layers; it has {0} of these layers.</source>
        <translation>Samples werden aus Statistiken von Batch-Norms, Faltungen oder den linearen Schichten eines Transformers gelernt; es hat {0} solche Schichten.</translation>
    </message>
    <message>
        <source>Samples are learned from the training statistics stored in batch-norm layers.</source>
        <translation>Samples werden aus der Trainingsstatistik gelernt, die in Batch-Norm-Schichten gespeichert ist.</translation>
    </message>
    <message>
        <source>Samples are square: export it again for a square image, if it takes one.</source>
        <translation>Samples sind quadratisch: für ein quadratisches Bild neu exportieren, falls das Modell eines annimmt.</translation>
    </message>
    <message>
        <source>Samples of one class are nearly identical.</source>
        <translation>Samples einer Klasse sind fast gleich.</translation>
    </message>
    <message>
        <source>Save only the weights, with torch.save(model.state_dict(), FILE) or as .safetensors.</source>
        <translation>Nur die Gewichte speichern, mit torch.save(model.state_dict(), FILE) oder als .safetensors.</translation>
    </message>
    <message>
        <source>Save the images as they are before they are normalized.</source>
        <translation>Die Bilder so speichern, wie sie vor der Normalisierung sind.</translation>
    </message>
    <message>
        <source>Save the state dict as .safetensors, or with torch.save.</source>
        <translation>Das State-Dict als .safetensors oder mit torch.save speichern.</translation>
    </message>
    <message>
        <source>Save the weights alone in fastai: learn.save(NAME, with_opt=False), or torch.save(learn.model.state_dict(), FILE).</source>
        <translation>In fastai nur die Gewichte speichern: learn.save(NAME, with_opt=False) oder torch.save(learn.model.state_dict(), FILE).</translation>
    </message>
    <message>
        <source>Save the weights alone: torch.save(model.state_dict(), FILE).</source>
        <translation>Nur die Gewichte speichern: torch.save(model.state_dict(), FILE).</translation>
    </message>
    <message>
        <source>Save the weights with torch.save(model.state_dict(), FILE) or as .safetensors.</source>
        <translation>Die Gewichte mit torch.save(model.state_dict(), FILE) oder als .safetensors speichern.</translation>
    </message>
    <message>
        <source>Save the whole state: torch.save(model.state_dict(), FILE), not the parameters alone.</source>
        <translation>Den ganzen Zustand speichern: torch.save(model.state_dict(), DATEI), nicht nur die Parameter.</translation>
    </message>
    <message>
        <source>Set a larger input size.</source>
        <translation>Eine größere Eingabegröße einstellen.</translation>
    </message>
    <message>
        <source>Set the channels to {0}, or omit them.</source>
        <translation>Die Kanäle auf {0} setzen oder weglassen.</translation>
    </message>
    <message>
        <source>Set the input size that the model was trained with.</source>
        <translation>Die Eingabegröße einstellen, mit der das Modell trainiert wurde.</translation>
    </message>
    <message>
        <source>Set the number of classes to {0}, or omit it.</source>
        <translation>Die Zahl der Klassen auf {0} stellen oder weglassen.</translation>
    </message>
    <message>
        <source>Set the size that the model was trained with.</source>
        <translation>Die Größe einstellen, mit der das Modell trainiert wurde.</translation>
    </message>
    <message>
        <source>Shows tokens on the image&apos;s grid; the output does not depend on it.</source>
        <translation>Zeigt Tokens auf dem Raster des Bildes; die Ausgabe hängt nicht davon ab.</translation>
    </message>
    <message>
        <source>Similar names: {0}.</source>
        <translation>Ähnliche Namen: {0}.</translation>
    </message>
    <message>
        <source>Something else than reshaping follows it.</source>
        <translation>Auf sie folgt etwas anderes als eine Änderung der Form.</translation>
    </message>
    <message>
        <source>Start at most {0} processes here (torchrun --nproc-per-node {1}), or use the device cpu.</source>
        <translation>Hier höchstens {0} Prozesse starten (torchrun --nproc-per-node {1}) oder das Gerät cpu verwenden.</translation>
    </message>
    <message>
        <source>Start one process, or another build.</source>
        <translation>Einen einzigen Prozess starten oder einen anderen Build verwenden.</translation>
    </message>
    <message>
        <source>Start the cluster again.</source>
        <translation>Den Cluster neu starten.</translation>
    </message>
    <message>
        <source>Start them all with torchrun, and check its address and port.</source>
        <translation>Alle mit torchrun starten und dessen Adresse und Port prüfen.</translation>
    </message>
    <message>
        <source>Start without the plan.</source>
        <translation>Ohne den Plan starten.</translation>
    </message>
    <message>
        <source>Statistics behind {0} convolutions were measured on drawn images, and samples are learned from those instead of the training&apos;s. The eval/train losses have nothing to compare.</source>
        <translation>Hinter {0} Faltungen wurden Statistiken auf gezeichneten Bildern gemessen; Samples werden aus diesen gelernt statt aus denen des Trainings. Die Eval/Train-Verluste haben nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>Statistics behind {0} layers that see tokens were measured on drawn images, and samples are learned from those instead of the training&apos;s. The eval/train losses have nothing to compare.</source>
        <translation>Hinter {0} Schichten, die Tokens sehen, wurden Statistiken auf gezeichneten Bildern gemessen; Samples werden aus diesen gelernt statt aus denen des Trainings. Die Eval/Train-Verluste haben nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>Stays float: only convolutions and linear layers are quantized.</source>
        <translation>Bleibt float: nur Faltungen und lineare Schichten werden quantisiert.</translation>
    </message>
    <message>
        <source>Stays float: there is no layer that it can be folded into.</source>
        <translation>Bleibt float: Es gibt keine Schicht, in die sie eingerechnet werden kann.</translation>
    </message>
    <message>
        <source>Steps take longer than planned: the run is expected to take about {0} instead of {1}. No step is omitted for that.</source>
        <translation>Die Schritte dauern länger als geplant: Der Lauf dauert voraussichtlich etwa {0} statt {1}. Kein Schritt wird deshalb ausgelassen.</translation>
    </message>
    <message>
        <source>Stopped after {0} of {1} passes.</source>
        <translation>Nach {0} von {1} Durchläufen angehalten.</translation>
    </message>
    <message>
        <source>Stopped while the run was planned.</source>
        <translation>Beim Planen des Laufs angehalten.</translation>
    </message>
    <message>
        <source>TensorRT takes activations with zero point 0 only.</source>
        <translation>TensorRT nimmt nur Aktivierungen mit Nullpunkt 0.</translation>
    </message>
    <message>
        <source>TensorRT takes weights with zero point 0 only.</source>
        <translation>TensorRT nimmt nur Gewichte mit Nullpunkt 0.</translation>
    </message>
    <message>
        <source>TensorRT was not run. ONNX Runtime computed most of its file in float: on average, outputs differ from the integer reference by {0} and from the float model by {1}; those of the quantized model differ from the float model by {2}.</source>
        <translation>TensorRT lief nicht. ONNX Runtime hat das meiste seiner Datei in Float gerechnet: Im Mittel weichen die Ausgaben von der Ganzzahl-Referenz um {0} ab und vom Float-Modell um {1}; die des quantisierten Modells weichen vom Float-Modell um {2} ab.</translation>
    </message>
    <message>
        <source>The CIFAR file is damaged.</source>
        <translation>Die CIFAR-Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>The GPU is out of memory.</source>
        <translation>Der Speicher der GPU ist voll.</translation>
    </message>
    <message>
        <source>The ONNX file is damaged or incomplete.</source>
        <translation>Die ONNX-Datei ist beschädigt oder unvollständig.</translation>
    </message>
    <message>
        <source>The ONNX file is too large.</source>
        <translation>Die ONNX-Datei ist zu groß.</translation>
    </message>
    <message>
        <source>The architecture was detected as {0}.</source>
        <translation>Die Architektur wurde als {0} erkannt.</translation>
    </message>
    <message>
        <source>The architecture {0} of config.json is not known here; the weights tell it.</source>
        <translation>Die Architektur {0} aus config.json ist hier nicht bekannt; sie wird an den Gewichten erkannt.</translation>
    </message>
    <message>
        <source>The archive uses a compression that torch never uses.</source>
        <translation>Das Archiv ist auf eine Weise komprimiert, die torch nie verwendet.</translation>
    </message>
    <message>
        <source>The attention map is the attention of all tokens, averaged over them, the heads and the last {0} of {1} attention layers.</source>
        <translation>Die Aufmerksamkeitskarte ist die Aufmerksamkeit aller Tokens, gemittelt über sie, die Köpfe und die letzten {0} von {1} Attention-Schichten.</translation>
    </message>
    <message>
        <source>The attention map is the class token&apos;s attention, averaged over the heads and the last {0} of {1} attention layers.</source>
        <translation>Die Aufmerksamkeitskarte ist die Aufmerksamkeit des Klassen-Tokens, gemittelt über die Köpfe und die letzten {0} von {1} Attention-Schichten.</translation>
    </message>
    <message>
        <source>The average of {0} bits is too low.</source>
        <translation>Das Mittel von {0} Bit ist zu klein.</translation>
    </message>
    <message>
        <source>The built-in sample can&apos;t be read.</source>
        <translation>Das eingebaute Beispiel kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The calibration set can&apos;t be written.</source>
        <translation>Der Kalibrierungssatz kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The change of grid at {0} can&apos;t be written as tflite.</source>
        <translation>Der Wechsel des Rasters bei {0} lässt sich nicht als tflite schreiben.</translation>
    </message>
    <message>
        <source>The change of grid at {0} can&apos;t be written exactly as tflite.</source>
        <translation>Der Wechsel des Rasters bei {0} lässt sich nicht exakt als tflite schreiben.</translation>
    </message>
    <message>
        <source>The channel order of this model can&apos;t be changed.</source>
        <translation>Die Kanalreihenfolge dieses Modells kann nicht geändert werden.</translation>
    </message>
    <message>
        <source>The checkpoint can&apos;t be saved.</source>
        <translation>Der Checkpoint kann nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The checkpoint was written by a newer version of ACQ Studio.</source>
        <translation>Der Checkpoint wurde von einer neueren Version von ACQ Studio geschrieben.</translation>
    </message>
    <message>
        <source>The checksum of {0} differs from the one in {1}.</source>
        <translation>Die Prüfsumme von {0} weicht von der in {1} ab.</translation>
    </message>
    <message>
        <source>The checksum of {0} is wrong.</source>
        <translation>Die Prüfsumme von {0} ist falsch.</translation>
    </message>
    <message>
        <source>The class folders are numbered from 1; they are read in the order {0}, as classes from 0.</source>
        <translation>Die Klassenordner sind ab 1 nummeriert; sie werden in der Reihenfolge {0} gelesen, als Klassen ab 0.</translation>
    </message>
    <message>
        <source>The class folders are read in the order {0}, as set.</source>
        <translation>Die Klassenordner werden in der Reihenfolge {0} gelesen, wie eingestellt.</translation>
    </message>
    <message>
        <source>The class folders are read in the order {0}, in which the float model has the highest accuracy (top-1 on {1} images: {2}).</source>
        <translation>Die Klassenordner werden in der Reihenfolge {0} gelesen, in der das float-Modell die höchste Genauigkeit hat (Top-1 auf {1} Bildern: {2}).</translation>
    </message>
    <message>
        <source>The class folders don&apos;t fit the label order that was set.</source>
        <translation>Die Klassenordner passen nicht zur eingestellten Label-Reihenfolge.</translation>
    </message>
    <message>
        <source>The classes exceed 0 to {0}.</source>
        <translation>Die Klassen liegen nicht alle in 0 bis {0}.</translation>
    </message>
    <message>
        <source>The cluster does not know this run any more. What came home is intact, and the run can be resumed from its last checkpoint here.</source>
        <translation>Der Cluster kennt diesen Lauf nicht mehr. Was zurückgekommen ist, ist unversehrt, und der Lauf kann hier ab seinem letzten Checkpoint fortgesetzt werden.</translation>
    </message>
    <message>
        <source>The cluster does not know this run.</source>
        <translation>Der Cluster kennt diesen Lauf nicht.</translation>
    </message>
    <message>
        <source>The cluster does not respond.</source>
        <translation>Der Cluster antwortet nicht.</translation>
    </message>
    <message>
        <source>The cluster has another version of ACQ Studio.</source>
        <translation>Der Cluster hat eine andere Version von ACQ Studio.</translation>
    </message>
    <message>
        <source>The cluster responds again.</source>
        <translation>Der Cluster antwortet wieder.</translation>
    </message>
    <message>
        <source>The computer is out of memory.</source>
        <translation>Der Arbeitsspeicher reicht nicht.</translation>
    </message>
    <message>
        <source>The connection to {0} is not encrypted, and the cluster does not ask who you are: whoever reaches it can read what is sent and run code there. Use tls:// with certificates unless you trust the network.</source>
        <translation>Die Verbindung zu {0} ist nicht verschlüsselt, und der Cluster fragt nicht, wer zugreift: Wer ihn erreicht, kann mitlesen, was gesendet wird, und dort Code ausführen. tls:// mit Zertifikaten verwenden, außer in einem vertrauenswürdigen Netz.</translation>
    </message>
    <message>
        <source>The details are in the run folder&apos;s log.</source>
        <translation>Einzelheiten stehen im Protokoll im Ordner des Laufs.</translation>
    </message>
    <message>
        <source>The device {0} is not available.</source>
        <translation>Das Gerät {0} ist nicht verfügbar.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>The disk is read-only.</source>
        <translation>Der Datenträger ist schreibgeschützt.</translation>
    </message>
    <message>
        <source>The disk quota is used up.</source>
        <translation>Das Speicherkontingent ist ausgeschöpft.</translation>
    </message>
    <message>
        <source>The download is too large.</source>
        <translation>Die heruntergeladene Datei ist zu groß.</translation>
    </message>
    <message>
        <source>The download was interrupted.</source>
        <translation>Das Herunterladen wurde unterbrochen.</translation>
    </message>
    <message>
        <source>The download was stopped.</source>
        <translation>Das Herunterladen wurde angehalten.</translation>
    </message>
    <message>
        <source>The downloaded file is damaged.</source>
        <translation>Die heruntergeladene Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>The downloaded weights of {0} are damaged.</source>
        <translation>Die heruntergeladenen Gewichte von {0} sind beschädigt.</translation>
    </message>
    <message>
        <source>The export would overwrite its own source.</source>
        <translation>Der Export würde seine eigene Quelle überschreiben.</translation>
    </message>
    <message>
        <source>The exported file did not pass its check. {0}</source>
        <translation>Die exportierte Datei hat ihre Prüfung nicht bestanden. {0}</translation>
    </message>
    <message>
        <source>The exported model can&apos;t be opened in LiteRT.</source>
        <translation>Das exportierte Modell lässt sich in LiteRT nicht öffnen.</translation>
    </message>
    <message>
        <source>The exported model can&apos;t be opened in ONNX Runtime.</source>
        <translation>Das exportierte Modell kann in ONNX Runtime nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>The exported model can&apos;t be opened in OpenVINO.</source>
        <translation>Das exportierte Modell kann in OpenVINO nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>The exported model can&apos;t be run on these images.</source>
        <translation>Das exportierte Modell lässt sich mit diesen Bildern nicht ausführen.</translation>
    </message>
    <message>
        <source>The exported model can&apos;t be run.</source>
        <translation>Das exportierte Modell kann nicht ausgeführt werden.</translation>
    </message>
    <message>
        <source>The exported model could not be written.</source>
        <translation>Das exportierte Modell konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The exported model is not valid ONNX.</source>
        <translation>Das exportierte Modell ist kein gültiges ONNX.</translation>
    </message>
    <message>
        <source>The exported program can&apos;t be loaded.</source>
        <translation>Das exportierte Programm kann nicht geladen werden.</translation>
    </message>
    <message>
        <source>The exported program must take one batch of images.</source>
        <translation>Das exportierte Programm muss einen Batch von Bildern nehmen.</translation>
    </message>
    <message>
        <source>The features of {0} can&apos;t be compared.</source>
        <translation>Die Merkmale von {0} können nicht verglichen werden.</translation>
    </message>
    <message>
        <source>The file also contains averaged weights ({0}); these are used.</source>
        <translation>Die Datei enthält auch gemittelte Gewichte ({0}); diese werden verwendet.</translation>
    </message>
    <message>
        <source>The file belongs to another model.</source>
        <translation>Die Datei gehört zu einem anderen Modell.</translation>
    </message>
    <message>
        <source>The file can&apos;t be read.</source>
        <translation>Die Datei kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The file can&apos;t be written.</source>
        <translation>Die Datei kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The file contains more than weights ({0}); only the weights are read, and none of its code is run.</source>
        <translation>Die Datei enthält mehr als Gewichte ({0}); nur die Gewichte werden gelesen, und nichts von ihrem Code wird ausgeführt.</translation>
    </message>
    <message>
        <source>The file contains more than weights: loading it requires running code.</source>
        <translation>Die Datei enthält mehr als Gewichte: Sie zu laden erfordert, Code auszuführen.</translation>
    </message>
    <message>
        <source>The file contains no weights.</source>
        <translation>Die Datei enthält keine Gewichte.</translation>
    </message>
    <message>
        <source>The file does not exist.</source>
        <translation>Die Datei existiert nicht.</translation>
    </message>
    <message>
        <source>The file does not lie in a run folder, so there is nothing to compare it with.</source>
        <translation>Die Datei liegt in keinem Ordner eines Laufs, daher gibt es nichts zum Vergleichen.</translation>
    </message>
    <message>
        <source>The file holds the model as an object.</source>
        <translation>Die Datei enthält das Modell als Objekt.</translation>
    </message>
    <message>
        <source>The file is damaged.</source>
        <translation>Die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>The file is for images of {0} pixels.</source>
        <translation>Die Datei ist für Bilder von {0} Pixeln.</translation>
    </message>
    <message>
        <source>The file or folder does not exist.</source>
        <translation>Die Datei oder der Ordner ist nicht da.</translation>
    </message>
    <message>
        <source>The file to run: 8-bit integer kernels in ONNX Runtime and elsewhere.</source>
        <translation>Die Datei zum Ausführen: 8-Bit-Ganzzahl-Kernel in ONNX Runtime und anderswo.</translation>
    </message>
    <message>
        <source>The file&apos;s table of contents is missing or too large.</source>
        <translation>Das Inhaltsverzeichnis der Datei fehlt oder ist zu groß.</translation>
    </message>
    <message>
        <source>The file&apos;s table of contents is too large.</source>
        <translation>Das Inhaltsverzeichnis der Datei ist zu groß.</translation>
    </message>
    <message>
        <source>The first batch norm&apos;s statistics belong to images with the mean {0} (pixels from 0 to 1), the last channel brighter than the first. In photographs red is usually brighter than blue.</source>
        <translation>Die Statistik der ersten Batch-Norm gehört zu Bildern mit dem Mittelwert {0} (Pixel von 0 bis 1), der letzte Kanal heller als der erste. In Fotos ist Rot meist heller als Blau.</translation>
    </message>
    <message>
        <source>The first batch norm&apos;s statistics tell what the training&apos;s images were like. With the preprocessing as set, their mean would be {0} and their contrast {1} (pixels from 0 to 1), which is not usual for photographs; with {2}, {3} and {4}.</source>
        <translation>Die Statistik der ersten Batch-Norm zeigt, wie die Bilder des Trainings waren. Mit der eingestellten Vorverarbeitung wäre ihr Mittelwert {0} und ihr Kontrast {1} (Pixel von 0 bis 1), was für Fotos nicht üblich ist; mit {2} wären es {3} und {4}.</translation>
    </message>
    <message>
        <source>The first is {0}.</source>
        <translation>Das erste ist {0}.</translation>
    </message>
    <message>
        <source>The first one would be {0}.</source>
        <translation>Das erste wäre {0}.</translation>
    </message>
    <message>
        <source>The float model predicts the target class in {0} % of the samples that were drawn; only these were taken.</source>
        <translation>Das Float-Modell sagt bei {0} % der gezogenen Samples die Zielklasse voraus; nur diese wurden genommen.</translation>
    </message>
    <message>
        <source>The float model&apos;s top-1 of {0} % is no better than chance. Check its weights, its preprocessing and the labels of the test images.</source>
        <translation>Die Top-1 des Float-Modells von {0} % ist nicht besser als der Zufall. Bitte Gewichte, Vorverarbeitung und Labels der Testbilder prüfen.</translation>
    </message>
    <message>
        <source>The folder already contains this experiment.</source>
        <translation>Der Ordner enthält dieses Experiment schon.</translation>
    </message>
    <message>
        <source>The folder can&apos;t be created.</source>
        <translation>Der Ordner lässt sich nicht anlegen.</translation>
    </message>
    <message>
        <source>The folder can&apos;t be read.</source>
        <translation>Der Ordner kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The folder can&apos;t be written.</source>
        <translation>In den Ordner lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>The folder for the exported files can&apos;t be created.</source>
        <translation>Der Ordner für die exportierten Dateien kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>The folder has no file with weights.</source>
        <translation>Der Ordner enthält keine Datei mit Gewichten.</translation>
    </message>
    <message>
        <source>The folder has several files with weights.</source>
        <translation>Der Ordner enthält mehrere Dateien mit Gewichten.</translation>
    </message>
    <message>
        <source>The folder is not empty.</source>
        <translation>Der Ordner ist nicht leer.</translation>
    </message>
    <message>
        <source>The folder of own images is too large.</source>
        <translation>Der Ordner eigener Bilder ist zu groß.</translation>
    </message>
    <message>
        <source>The folder of the sweep can&apos;t be created.</source>
        <translation>Der Ordner des Sweeps kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>The format acq can&apos;t store an argument of {0}.</source>
        <translation>Das Format acq kann ein Argument von {0} nicht aufnehmen.</translation>
    </message>
    <message>
        <source>The format acq can&apos;t store the operator {0}.</source>
        <translation>Das Format acq kann den Operator {0} nicht aufnehmen.</translation>
    </message>
    <message>
        <source>The format has no form of it that is exact in integers.</source>
        <translation>Das Format hat dafür keine Form, die in ganzen Zahlen exakt ist.</translation>
    </message>
    <message>
        <source>The format has no form of it with these arguments.</source>
        <translation>Das Format hat dafür keine Form mit diesen Argumenten.</translation>
    </message>
    <message>
        <source>The format tflite is written for networks whose last layer gives the class scores.</source>
        <translation>Das Format tflite wird für Netze geschrieben, deren letzte Schicht die Werte der Klassen ergibt.</translation>
    </message>
    <message>
        <source>The format {0} can&apos;t be exported, because it can&apos;t hold: {1}.</source>
        <translation>Das Format {0} kann nicht exportiert werden, weil es dies nicht aufnehmen kann: {1}.</translation>
    </message>
    <message>
        <source>The forward pass must not depend on the image&apos;s values, and must support any batch size.</source>
        <translation>Der Vorwärtsdurchlauf darf nicht von den Werten des Bildes abhängen und muss jede Batch-Größe zulassen.</translation>
    </message>
    <message>
        <source>The generator can&apos;t be reused: that run had another model.</source>
        <translation>Der Generator kann nicht wiederverwendet werden: Jener Lauf hatte ein anderes Modell.</translation>
    </message>
    <message>
        <source>The generator can&apos;t be reused: that run had another preprocessing.</source>
        <translation>Der Generator kann nicht wiederverwendet werden: Jener Lauf hatte eine andere Vorverarbeitung.</translation>
    </message>
    <message>
        <source>The generator can&apos;t be reused: that run had other generator settings.</source>
        <translation>Der Generator kann nicht wiederverwendet werden: Jener Lauf hatte andere Generator-Einstellungen.</translation>
    </message>
    <message>
        <source>The generator can&apos;t be reused: that run has no checkpoint with a fully trained one.</source>
        <translation>Der Generator kann nicht wiederverwendet werden: Jener Lauf hat keinen Checkpoint mit einem fertig trainierten.</translation>
    </message>
    <message>
        <source>The generator can&apos;t be reused: that run left it out.</source>
        <translation>Der Generator kann nicht wiederverwendet werden: Jener Lauf hat ihn ausgelassen.</translation>
    </message>
    <message>
        <source>The generator has {0} of {1} warm-up steps.</source>
        <translation>Der Generator hat {0} von {1} Schritten zum Aufwärmen.</translation>
    </message>
    <message>
        <source>The generator has {0} steps; below {1} it hardly learns {2} classes.</source>
        <translation>Der Generator hat {0} Schritte; unter {1} lernt er {2} Klassen kaum.</translation>
    </message>
    <message>
        <source>The generator is reused from {0}.</source>
        <translation>Der Generator wird wiederverwendet von {0}.</translation>
    </message>
    <message>
        <source>The generator is skipped: it needs about {0} steps to learn {1} classes, and there is time for {2}.</source>
        <translation>Der Generator entfällt: Er braucht etwa {0} Schritte, um {1} Klassen zu lernen, und die Zeit reicht für {2}.</translation>
    </message>
    <message>
        <source>The generator&apos;s losses are unstable.</source>
        <translation>Die Verluste des Generators sind instabil.</translation>
    </message>
    <message>
        <source>The generator&apos;s losses became NaN.</source>
        <translation>Die Verluste des Generators wurden NaN.</translation>
    </message>
    <message>
        <source>The graph&apos;s outputs differ.</source>
        <translation>Die Ausgaben des Graphen weichen ab.</translation>
    </message>
    <message>
        <source>The grid has too many runs.</source>
        <translation>Das Raster hat zu viele Läufe.</translation>
    </message>
    <message>
        <source>The header is longer than the file.</source>
        <translation>Der Kopf ist länger als die Datei.</translation>
    </message>
    <message>
        <source>The images are reused from {0}.</source>
        <translation>Die Bilder werden wiederverwendet von {0}.</translation>
    </message>
    <message>
        <source>The images can&apos;t be reused: that run had another seed.</source>
        <translation>Die Bilder können nicht wiederverwendet werden: Jener Lauf hatte einen anderen Seed.</translation>
    </message>
    <message>
        <source>The images can&apos;t be reused: that run has no checkpoint with finished ones.</source>
        <translation>Die Bilder können nicht wiederverwendet werden: Jener Lauf hat keinen Checkpoint mit fertigen.</translation>
    </message>
    <message>
        <source>The images can&apos;t be saved.</source>
        <translation>Die Bilder können nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The images don&apos;t match the model&apos;s training statistics: at {0}, their mean is off by {1} standard deviations and their spread differs by a factor of {2}. Check mean, standard deviation and input size.</source>
        <translation>Die Bilder passen nicht zur Trainingsstatistik des Modells: Bei {0} liegt ihr Mittelwert um {1} Standardabweichungen daneben, und ihre Streuung weicht um den Faktor {2} ab. Mittelwert, Standardabweichung und Eingabegröße prüfen.</translation>
    </message>
    <message>
        <source>The images have no labels.</source>
        <translation>Die Bilder haben keine Labels.</translation>
    </message>
    <message>
        <source>The images in this folder have no labels.</source>
        <translation>Die Bilder in diesem Ordner haben keine Labels.</translation>
    </message>
    <message>
        <source>The images in {0} are used, and not those in {1}.</source>
        <translation>Verwendet werden die Bilder in {0}, nicht die in {1}.</translation>
    </message>
    <message>
        <source>The images of that run can be reused only where the run has a time: it optimized them in the generator&apos;s place.</source>
        <translation>Die Bilder jenes Laufs können nur wiederverwendet werden, wo der Lauf eine Zeit hat: Er hat sie anstelle des Generators optimiert.</translation>
    </message>
    <message>
        <source>The images of that run can&apos;t be reused with this plan.</source>
        <translation>Die Bilder jenes Laufs können mit diesem Plan nicht wiederverwendet werden.</translation>
    </message>
    <message>
        <source>The images of {0} are found by their names: its own paths or endings are not here.</source>
        <translation>Die Bilder von {0} werden an ihren Namen gefunden: Die Pfade oder Endungen der Tabelle gibt es hier nicht.</translation>
    </message>
    <message>
        <source>The input of {0} is float, and the format tflite holds integers only.</source>
        <translation>Die Eingabe von {0} ist Float, und das Format tflite enthält nur ganze Zahlen.</translation>
    </message>
    <message>
        <source>The input size is not known.</source>
        <translation>Die Eingabegröße ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The input size was assumed to be {0} px; set it if that is wrong.</source>
        <translation>Als Eingabegröße wurden {0} px angenommen; bitte einstellen, wenn das falsch ist.</translation>
    </message>
    <message>
        <source>The labels count from 1; they are read as classes from 0.</source>
        <translation>Die Labels zählen ab 1; sie werden als Klassen ab 0 gelesen.</translation>
    </message>
    <message>
        <source>The last layer has {0} % of all weights, so it gets {1} bits instead of {2}. To choose: bits of the first and last layer (--edge-bits).</source>
        <translation>Die letzte Schicht hat {0} % aller Gewichte, daher bekommt sie {1} Bit statt {2}. Zur Wahl: Bits der ersten und letzten Schicht (--edge-bits).</translation>
    </message>
    <message>
        <source>The last window of an average pool lies in the padding.</source>
        <translation>Das letzte Fenster eines Average-Poolings liegt im Padding.</translation>
    </message>
    <message>
        <source>The last window of an average pool with a divisor of its own extends beyond the edge.</source>
        <translation>Das letzte Fenster eines Average-Poolings mit eigenem Divisor ragt über den Rand hinaus.</translation>
    </message>
    <message>
        <source>The layer {0} can&apos;t be written as tflite.</source>
        <translation>Die Schicht {0} lässt sich nicht als tflite schreiben.</translation>
    </message>
    <message>
        <source>The layers were not all measured.</source>
        <translation>Nicht alle Schichten wurden gemessen.</translation>
    </message>
    <message>
        <source>The limit is {0} bytes.</source>
        <translation>Die Grenze ist {0} Bytes.</translation>
    </message>
    <message>
        <source>The list of weights is missing.</source>
        <translation>Die Liste der Gewichte fehlt.</translation>
    </message>
    <message>
        <source>The log can&apos;t be written.</source>
        <translation>Das Protokoll kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The logits of {0} can&apos;t be computed exactly in the format tflite.</source>
        <translation>Die Logits von {0} lassen sich im Format tflite nicht exakt berechnen.</translation>
    </message>
    <message>
        <source>The losses became NaN, so training was stopped.</source>
        <translation>Die Verluste wurden NaN, daher wurde das Training angehalten.</translation>
    </message>
    <message>
        <source>The minimum is {0} bytes.</source>
        <translation>Das Minimum sind {0} Bytes.</translation>
    </message>
    <message>
        <source>The model can&apos;t be stored in this format.</source>
        <translation>Das Modell lässt sich in diesem Format nicht speichern.</translation>
    </message>
    <message>
        <source>The model can&apos;t be traced to a graph.</source>
        <translation>Das Modell kann nicht in einen Graphen verwandelt werden.</translation>
    </message>
    <message>
        <source>The model can&apos;t process an image of {0} x {1} pixels with {2} channel(s).</source>
        <translation>Das Modell kann kein Bild von {0} x {1} Pixeln mit {2} Kanal/Kanälen verarbeiten.</translation>
    </message>
    <message>
        <source>The model computes weights at run time; this is not supported.</source>
        <translation>Das Modell berechnet Gewichte zur Laufzeit; das wird nicht unterstützt.</translation>
    </message>
    <message>
        <source>The model does not know the names of the test set&apos;s classes. They are taken in alphabetical order, but the float model predicts class {0} for most images of {1} (top-1 on {2} images: {3} %; if each name meant its most frequent prediction: {4} %). Rename the classes to the model&apos;s names, or to numbers from 0.</source>
        <translation>Das Modell kennt die Klassennamen des Testdatensatzes nicht. Sie werden alphabetisch zugeordnet, doch das Float-Modell sagt für die meisten Bilder von {1} die Klasse {0} voraus (Top-1 auf {2} Bildern: {3} %; wenn jeder Name seine häufigste Vorhersage bedeutete: {4} %). Die Klassen nach den Namen des Modells oder mit Zahlen ab 0 benennen.</translation>
    </message>
    <message>
        <source>The model does not know the names of the test set&apos;s classes; they are taken in alphabetical order.</source>
        <translation>Das Modell kennt die Klassennamen des Testdatensatzes nicht; sie werden alphabetisch zugeordnet.</translation>
    </message>
    <message>
        <source>The model does not return a tensor.</source>
        <translation>Das Modell gibt keinen Tensor zurück.</translation>
    </message>
    <message>
        <source>The model does not return logits.</source>
        <translation>Das Modell gibt keine Logits zurück.</translation>
    </message>
    <message>
        <source>The model expects {0} channel(s), but {1} means and {2} standard deviations are given.</source>
        <translation>Das Modell erwartet {0} Kanal/Kanäle; angegeben sind {1} Mittelwerte und {2} Standardabweichungen.</translation>
    </message>
    <message>
        <source>The model file can&apos;t be opened.</source>
        <translation>Die Modelldatei kann nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>The model file is damaged or incomplete.</source>
        <translation>Die Modelldatei ist beschädigt oder unvollständig.</translation>
    </message>
    <message>
        <source>The model file is empty.</source>
        <translation>Die Modelldatei ist leer.</translation>
    </message>
    <message>
        <source>The model file is too large.</source>
        <translation>Die Modelldatei ist zu groß.</translation>
    </message>
    <message>
        <source>The model folder can&apos;t be opened.</source>
        <translation>Der Modellordner kann nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>The model has a pooling layer that inference runtimes can&apos;t compute as torch does.</source>
        <translation>Das Modell hat eine Pooling-Schicht, die Inferenz-Runtimes nicht wie torch berechnen können.</translation>
    </message>
    <message>
        <source>The model has a single output.</source>
        <translation>Das Modell hat eine einzige Ausgabe.</translation>
    </message>
    <message>
        <source>The model has a step that can&apos;t be computed with integers.</source>
        <translation>Das Modell hat einen Schritt, der nicht mit ganzen Zahlen gerechnet werden kann.</translation>
    </message>
    <message>
        <source>The model has no class {0} to watch.</source>
        <translation>Das Modell hat keine Klasse {0}, die beobachtet werden könnte.</translation>
    </message>
    <message>
        <source>The model has no convolution or linear layer that can be quantized.</source>
        <translation>Das Modell hat keine Faltung und keine lineare Schicht, die quantisiert werden kann.</translation>
    </message>
    <message>
        <source>The model has no layer with feature maps larger than one pixel.</source>
        <translation>Das Modell hat keine Schicht mit Merkmalskarten von mehr als einem Pixel.</translation>
    </message>
    <message>
        <source>The model has no layer {0} whose attention can be corrected.</source>
        <translation>Das Modell hat keine Schicht {0}, deren Aufmerksamkeit korrigiert werden kann.</translation>
    </message>
    <message>
        <source>The model has no layer {0}.</source>
        <translation>Das Modell hat keine Schicht {0}.</translation>
    </message>
    <message>
        <source>The model has no output called {0}.</source>
        <translation>Das Modell hat keine Ausgabe namens {0}.</translation>
    </message>
    <message>
        <source>The model has no output {0}.</source>
        <translation>Das Modell hat keine Ausgabe {0}.</translation>
    </message>
    <message>
        <source>The model has no such layer.</source>
        <translation>Das Modell hat keine solche Schicht.</translation>
    </message>
    <message>
        <source>The model has several outputs, and it is not clear which one holds the logits.</source>
        <translation>Das Modell hat mehrere Ausgaben, und es ist nicht klar, welche die Logits enthält.</translation>
    </message>
    <message>
        <source>The model has several outputs. The logits are taken from {0}; not used: {1}. To choose another one: --output.</source>
        <translation>Das Modell hat mehrere Ausgaben. Die Logits stammen aus {0}; nicht verwendet: {1}. Eine andere wählen: --output.</translation>
    </message>
    <message>
        <source>The model has {0} classes, not {1}.</source>
        <translation>Das Modell hat {0} Klassen, nicht {1}.</translation>
    </message>
    <message>
        <source>The model has {0} outputs, and it is not clear which of them are the logits.</source>
        <translation>Das Modell hat {0} Ausgaben, und es ist nicht eindeutig, welche davon die Logits sind.</translation>
    </message>
    <message>
        <source>The model is another one on one of the machines.</source>
        <translation>Das Modell ist auf einem der Rechner ein anderes.</translation>
    </message>
    <message>
        <source>The model is read from the entry {0}.</source>
        <translation>Das Modell stammt aus dem Eintrag {0}.</translation>
    </message>
    <message>
        <source>The model is small, so the preset&apos;s steps stay, and a seed gives the same result everywhere; they take longer here than the {0} min meant for them. To keep to a time: --minutes.</source>
        <translation>Das Modell ist klein, daher bleiben die Schritte der Voreinstellung, und ein Seed ergibt überall dasselbe; sie dauern hier länger als die vorgesehenen {0} Min. Um eine Zeit einzuhalten: --minutes.</translation>
    </message>
    <message>
        <source>The model is too large for the format tflite.</source>
        <translation>Das Modell ist zu groß für das Format tflite.</translation>
    </message>
    <message>
        <source>The model must return one logit per class.</source>
        <translation>Das Modell muss ein Logit je Klasse zurückgeben.</translation>
    </message>
    <message>
        <source>The model must take one batch of images.</source>
        <translation>Das Modell muss einen Batch von Bildern nehmen.</translation>
    </message>
    <message>
        <source>The model normalizes without stored statistics; this is not supported.</source>
        <translation>Das Modell normalisiert ohne gespeicherte Statistik; das wird nicht unterstützt.</translation>
    </message>
    <message>
        <source>The model supports only one batch size.</source>
        <translation>Das Modell unterstützt nur eine einzige Batch-Größe.</translation>
    </message>
    <message>
        <source>The model takes images that are not square.</source>
        <translation>Das Modell nimmt Bilder, die nicht quadratisch sind.</translation>
    </message>
    <message>
        <source>The model takes images with {0} channel(s), not {1}.</source>
        <translation>Das Modell nimmt Bilder mit {0} Kanal/Kanälen, nicht mit {1}.</translation>
    </message>
    <message>
        <source>The model takes no images.</source>
        <translation>Das Modell nimmt keine Bilder.</translation>
    </message>
    <message>
        <source>The model takes the channels in the order blue, green, red, as set; the first layer&apos;s weights were reordered for images in RGB.</source>
        <translation>Das Modell erwartet die Kanäle in der Reihenfolge Blau, Grün, Rot, wie eingestellt; die Gewichte der ersten Schicht wurden für RGB-Bilder umgeordnet.</translation>
    </message>
    <message>
        <source>The model takes {0} channels.</source>
        <translation>Das Modell nimmt {0} Kanäle.</translation>
    </message>
    <message>
        <source>The model takes {0} inputs; it must take one batch of images.</source>
        <translation>Das Modell nimmt {0} Eingaben; es muss einen Batch von Bildern nehmen.</translation>
    </message>
    <message>
        <source>The model uses an operation that can&apos;t be exported.</source>
        <translation>Das Modell verwendet eine Operation, die nicht exportiert werden kann.</translation>
    </message>
    <message>
        <source>The model uses an operation that is not supported: {0}.</source>
        <translation>Das Modell verwendet eine Operation, die nicht unterstützt wird: {0}.</translation>
    </message>
    <message>
        <source>The model&apos;s activations are not finite.</source>
        <translation>Die Aktivierungen des Modells sind nicht endlich.</translation>
    </message>
    <message>
        <source>The model&apos;s description is damaged.</source>
        <translation>Die Beschreibung des Modells ist beschädigt.</translation>
    </message>
    <message>
        <source>The model&apos;s description is too large.</source>
        <translation>Die Beschreibung des Modells ist zu groß.</translation>
    </message>
    <message>
        <source>The model&apos;s graph is damaged.</source>
        <translation>Der Graph des Modells ist beschädigt.</translation>
    </message>
    <message>
        <source>The model&apos;s input is no float tensor.</source>
        <translation>Die Eingabe des Modells ist kein Gleitkommatensor.</translation>
    </message>
    <message>
        <source>The model&apos;s output does not depend on the image.</source>
        <translation>Die Ausgabe des Modells hängt nicht vom Bild ab.</translation>
    </message>
    <message>
        <source>The model&apos;s output is NaN.</source>
        <translation>Die Ausgabe des Modells ist NaN.</translation>
    </message>
    <message>
        <source>The model&apos;s output is not one logit per class.</source>
        <translation>Die Ausgabe des Modells ist nicht ein Logit je Klasse.</translation>
    </message>
    <message>
        <source>The model&apos;s outputs are NaN or infinite.</source>
        <translation>Die Ausgaben des Modells sind NaN oder unendlich.</translation>
    </message>
    <message>
        <source>The model&apos;s structure is damaged.</source>
        <translation>Der Aufbau des Modells ist beschädigt.</translation>
    </message>
    <message>
        <source>The model&apos;s structure is too large.</source>
        <translation>Der Aufbau des Modells ist zu groß.</translation>
    </message>
    <message>
        <source>The model&apos;s structure was written by a newer version of ACQ Studio.</source>
        <translation>Der Aufbau des Modells wurde von einer neueren Version von ACQ Studio geschrieben.</translation>
    </message>
    <message>
        <source>The name is too long.</source>
        <translation>Der Name ist zu lang.</translation>
    </message>
    <message>
        <source>The number of images can&apos;t be used.</source>
        <translation>Die Anzahl der Bilder kann nicht verwendet werden.</translation>
    </message>
    <message>
        <source>The old run can&apos;t be removed.</source>
        <translation>Der alte Lauf kann nicht entfernt werden.</translation>
    </message>
    <message>
        <source>The operator {0} can&apos;t be written as tflite.</source>
        <translation>Der Operator {0} lässt sich nicht als tflite schreiben.</translation>
    </message>
    <message>
        <source>The operator {0} in {1} can&apos;t be written as tflite.</source>
        <translation>Der Operator {0} in {1} lässt sich nicht als tflite schreiben.</translation>
    </message>
    <message>
        <source>The other side names a file that no run has.</source>
        <translation>Die Gegenseite nennt eine Datei, die kein Lauf hat.</translation>
    </message>
    <message>
        <source>The output of the model is not one row of class scores, as tflite is written here.</source>
        <translation>Die Ausgabe des Modells ist nicht eine Zeile mit Werten der Klassen, wie tflite hier geschrieben wird.</translation>
    </message>
    <message>
        <source>The own images can&apos;t be opened.</source>
        <translation>Die eigenen Bilder können nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>The own images can&apos;t be read.</source>
        <translation>Die eigenen Bilder können nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The own images can&apos;t be used.</source>
        <translation>Die eigenen Bilder können nicht verwendet werden.</translation>
    </message>
    <message>
        <source>The own images lie in the folder of the test images: accuracy on images that were used to quantize says little. Choose other images for one of the two.</source>
        <translation>Die eigenen Bilder liegen im Ordner der Testbilder: Genauigkeit auf Bildern, mit denen quantisiert wurde, sagt wenig. Für eines von beiden andere Bilder wählen.</translation>
    </message>
    <message>
        <source>The package distributed is missing.</source>
        <translation>Das Paket distributed fehlt.</translation>
    </message>
    <message>
        <source>The plan can&apos;t be read.</source>
        <translation>Der Plan kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The plan can&apos;t be used.</source>
        <translation>Der Plan kann nicht verwendet werden.</translation>
    </message>
    <message>
        <source>The plan is not valid JSON.</source>
        <translation>Der Plan ist kein gültiges JSON.</translation>
    </message>
    <message>
        <source>The positions that an adaptive maximum pool returns are used.</source>
        <translation>Die Positionen, die ein adaptives Max-Pooling zurückgibt, werden verwendet.</translation>
    </message>
    <message>
        <source>The predictions of the quantized model differ from the float model&apos;s.</source>
        <translation>Die Vorhersagen des quantisierten Modells weichen von denen des float-Modells ab.</translation>
    </message>
    <message>
        <source>The preprocessing is probably not the one of the training: on {0} test images the float model&apos;s accuracy is {1} % as set, and {2} % with {3}.</source>
        <translation>Die Vorverarbeitung ist wahrscheinlich nicht die des Trainings: Auf {0} Testbildern beträgt die float-Genauigkeit {1} % wie eingestellt und {2} % mit {3}.</translation>
    </message>
    <message>
        <source>The preprocessing may not be the one of the training.</source>
        <translation>Die Vorverarbeitung ist vielleicht nicht die des Trainings.</translation>
    </message>
    <message>
        <source>The process that opened the file returned no usable result.</source>
        <translation>Der Prozess, der die Datei öffnete, gab kein brauchbares Ergebnis zurück.</translation>
    </message>
    <message>
        <source>The process that opened {0} ended without a result.</source>
        <translation>Der Prozess, der {0} öffnete, endete ohne Ergebnis.</translation>
    </message>
    <message>
        <source>The processes of the run did not find one another.</source>
        <translation>Die Prozesse des Laufs haben einander nicht gefunden.</translation>
    </message>
    <message>
        <source>The program takes images that are not square.</source>
        <translation>Das Programm nimmt Bilder, die nicht quadratisch sind.</translation>
    </message>
    <message>
        <source>The quantized model can&apos;t be expressed in ONNX.</source>
        <translation>Das quantisierte Modell kann nicht in ONNX ausgedrückt werden.</translation>
    </message>
    <message>
        <source>The quantized model can&apos;t be opened.</source>
        <translation>Das quantisierte Modell kann nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>The quantized model can&apos;t be read.</source>
        <translation>Das quantisierte Modell kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The quantized model can&apos;t be written as an exported program.</source>
        <translation>Das quantisierte Modell kann nicht als exportiertes Programm geschrieben werden.</translation>
    </message>
    <message>
        <source>The quantized model does not fit the run&apos;s settings.</source>
        <translation>Das quantisierte Modell passt nicht zu den Einstellungen des Laufs.</translation>
    </message>
    <message>
        <source>The quantized model has no ranges yet.</source>
        <translation>Das quantisierte Modell hat noch keine Bereiche.</translation>
    </message>
    <message>
        <source>The quantized model is damaged.</source>
        <translation>Das quantisierte Modell ist beschädigt.</translation>
    </message>
    <message>
        <source>The quantized model itself, with bits packed without gaps: for reloading, further training and new exports.</source>
        <translation>Das quantisierte Modell selbst, Bits lückenlos gepackt: zum Laden, Weitertrainieren und erneuten Exportieren.</translation>
    </message>
    <message>
        <source>The quantized model was written by a newer version of ACQ Studio.</source>
        <translation>Das quantisierte Modell wurde von einer neueren Version von ACQ Studio geschrieben.</translation>
    </message>
    <message>
        <source>The quantized model&apos;s top-1 of {0} % is no better than chance. Use more bits or more training steps.</source>
        <translation>Die Top-1 des quantisierten Modells von {0} % ist nicht besser als der Zufall. Mehr Bits oder mehr Trainingsschritte verwenden.</translation>
    </message>
    <message>
        <source>The ratio of the scales is {0}.</source>
        <translation>Das Verhältnis der Skalen ist {0}.</translation>
    </message>
    <message>
        <source>The request can&apos;t be written.</source>
        <translation>Die Anfrage kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The result can&apos;t be written.</source>
        <translation>Das Ergebnis lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>The row of real images compares a second set of them with the first: the smallest distance that samples can reach. Images are used only to measure; no setting was chosen by them.</source>
        <translation>Die Zeile der echten Bilder vergleicht eine zweite Menge von ihnen mit der ersten: der kleinste Abstand, den Samples erreichen können. Bilder dienen nur zum Messen; keine Einstellung wurde nach ihnen gewählt.</translation>
    </message>
    <message>
        <source>The run can&apos;t be brought home.</source>
        <translation>Der Lauf kann nicht zurückgeholt werden.</translation>
    </message>
    <message>
        <source>The run can&apos;t be moved to the trash.</source>
        <translation>Der Lauf kann nicht in den Papierkorb gelegt werden.</translation>
    </message>
    <message>
        <source>The run can&apos;t be read.</source>
        <translation>Der Lauf kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The run can&apos;t be saved.</source>
        <translation>Der Lauf kann nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The run could not be asked to stop: the cluster does not respond.</source>
        <translation>Der Lauf konnte nicht um das Beenden gebeten werden: Der Cluster antwortet nicht.</translation>
    </message>
    <message>
        <source>The run ended without a result.</source>
        <translation>Der Lauf endete ohne Ergebnis.</translation>
    </message>
    <message>
        <source>The run failed with an unexpected error.</source>
        <translation>Der Lauf ist mit einem unerwarteten Fehler fehlgeschlagen.</translation>
    </message>
    <message>
        <source>The run folder can&apos;t be created.</source>
        <translation>Der Ordner des Laufs kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>The run folder can&apos;t be written.</source>
        <translation>In den Ordner des Laufs kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The run folder has no teacher.</source>
        <translation>Der Ordner des Laufs enthält keinen Lehrer.</translation>
    </message>
    <message>
        <source>The run folder was changed, or written by another version. Run the quantization again.</source>
        <translation>Der Ordner des Laufs wurde geändert oder von einer anderen Version geschrieben. Die Quantisierung noch einmal ausführen.</translation>
    </message>
    <message>
        <source>The run has kept no samples.</source>
        <translation>Der Lauf hat keine Samples gespeichert.</translation>
    </message>
    <message>
        <source>The run has no checkpoint, so there is no trained generator.</source>
        <translation>Der Lauf hat keinen Checkpoint, daher gibt es keinen trainierten Generator.</translation>
    </message>
    <message>
        <source>The run has no exported file that can be tried.</source>
        <translation>Der Lauf hat keine exportierte Datei zum Ausprobieren.</translation>
    </message>
    <message>
        <source>The run has no images to verify the export on.</source>
        <translation>Der Lauf hat keine Bilder, mit denen der Export geprüft werden könnte.</translation>
    </message>
    <message>
        <source>The run has no plan.</source>
        <translation>Der Lauf hat keinen Plan.</translation>
    </message>
    <message>
        <source>The run has no plan: memory ran out while its steps were timed.</source>
        <translation>Der Lauf hat keinen Plan: Beim Messen seiner Schritte reichte der Speicher nicht.</translation>
    </message>
    <message>
        <source>The run has no quantized model yet.</source>
        <translation>Der Lauf hat noch kein quantisiertes Modell.</translation>
    </message>
    <message>
        <source>The run is active and can&apos;t be renamed.</source>
        <translation>Der Lauf ist aktiv und kann nicht umbenannt werden.</translation>
    </message>
    <message>
        <source>The run is of an older version.</source>
        <translation>Der Lauf stammt aus einer älteren Version.</translation>
    </message>
    <message>
        <source>The run is over on the cluster.</source>
        <translation>Der Lauf ist auf dem Cluster beendet.</translation>
    </message>
    <message>
        <source>The run takes longer than the {0} min that were set: what can&apos;t be skipped takes about {1}.</source>
        <translation>Der Lauf dauert länger als die eingestellten {0} Min.: Was nicht entfallen kann, dauert etwa {1}.</translation>
    </message>
    <message>
        <source>The run took {0} min; planned were {1} of the {2} min that were set.</source>
        <translation>Der Lauf dauerte {0} Min.; geplant waren {1} der eingestellten {2} Min.</translation>
    </message>
    <message>
        <source>The run waits for one of {0} worker(s).</source>
        <translation>Der Lauf wartet auf einen von {0} Worker(n).</translation>
    </message>
    <message>
        <source>The run waits: the worker {0} has ACQ Studio {1}, and here it is {2}. Install the same version there, and start the worker again.</source>
        <translation>Der Lauf wartet: Der Worker {0} hat ACQ Studio {1}, hier ist es {2}. Dort dieselbe Version installieren und den Worker neu starten.</translation>
    </message>
    <message>
        <source>The run was written by a newer version of ACQ Studio.</source>
        <translation>Der Lauf wurde von einer neueren Version von ACQ Studio geschrieben.</translation>
    </message>
    <message>
        <source>The run&apos;s description can&apos;t be saved.</source>
        <translation>Die Beschreibung des Laufs kann nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The run&apos;s description is damaged.</source>
        <translation>Die Beschreibung des Laufs ist beschädigt.</translation>
    </message>
    <message>
        <source>The run&apos;s events can&apos;t be saved.</source>
        <translation>Die Ereignisse des Laufs können nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The running variances of {0} are above 1e12, so there are no usable statistics to learn samples from. Check the file with the weights.</source>
        <translation>Die laufenden Varianzen von {0} liegen über 1e12; es gibt keine brauchbare Statistik, aus der Samples gelernt werden könnten. Bitte die Datei mit den Gewichten prüfen.</translation>
    </message>
    <message>
        <source>The running variances of {0} are zero, so there are no statistics to learn samples from. Check the file with the weights.</source>
        <translation>Die laufenden Varianzen von {0} sind null; es gibt keine Statistik, aus der Samples gelernt werden könnten. Bitte die Datei mit den Gewichten prüfen.</translation>
    </message>
    <message>
        <source>The saved samples show brightness only, so they can&apos;t be compared.</source>
        <translation>Die gespeicherten Samples zeigen nur Helligkeit und lassen sich nicht vergleichen.</translation>
    </message>
    <message>
        <source>The scale of an input is {0} times that of the sum.</source>
        <translation>Die Skala einer Eingabe ist das {0}-Fache derjenigen der Summe.</translation>
    </message>
    <message>
        <source>The scheduler could not do what it was asked.</source>
        <translation>Der Scheduler konnte eine Anfrage nicht ausführen.</translation>
    </message>
    <message>
        <source>The scheduler could not do what the worker asked.</source>
        <translation>Der Scheduler konnte eine Anfrage des Workers nicht ausführen.</translation>
    </message>
    <message>
        <source>The scheduler does not take runs.</source>
        <translation>Der Scheduler nimmt keine Läufe an.</translation>
    </message>
    <message>
        <source>The server passes on to {0}, which is not protected by TLS.</source>
        <translation>Der Server leitet zu {0} weiter, das nicht durch TLS geschützt ist.</translation>
    </message>
    <message>
        <source>The setting {0} has an invalid value.</source>
        <translation>Die Einstellung {0} hat einen ungültigen Wert.</translation>
    </message>
    <message>
        <source>The settings can&apos;t be read.</source>
        <translation>Die Einstellungen können nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The settings contain a character that can&apos;t be saved.</source>
        <translation>Die Einstellungen enthalten ein Zeichen, das nicht gespeichert werden kann.</translation>
    </message>
    <message>
        <source>The settings file is not valid JSON.</source>
        <translation>Die Einstellungsdatei ist kein gültiges JSON.</translation>
    </message>
    <message>
        <source>The settings were written by a newer version of ACQ Studio.</source>
        <translation>Die Einstellungen wurden von einer neueren Version von ACQ Studio geschrieben.</translation>
    </message>
    <message>
        <source>The smallest ONNX file: weights of up to 4 bits are packed two to a byte; needs opset 21.</source>
        <translation>Die kleinste ONNX-Datei: Gewichte bis 4 Bit sind zu zweit in ein Byte gepackt; braucht Opset 21.</translation>
    </message>
    <message>
        <source>The sum at {0} can&apos;t be written as tflite.</source>
        <translation>Die Summe bei {0} lässt sich nicht als tflite schreiben.</translation>
    </message>
    <message>
        <source>The sweep can&apos;t be read.</source>
        <translation>Der Sweep kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The sweep can&apos;t be saved.</source>
        <translation>Der Sweep kann nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The sweep file is not valid JSON.</source>
        <translation>Die Sweep-Datei ist kein gültiges JSON.</translation>
    </message>
    <message>
        <source>The sweep finds its runs by their names.</source>
        <translation>Der Sweep findet seine Läufe an ihren Namen.</translation>
    </message>
    <message>
        <source>The sweep was written by a newer version of ACQ Studio.</source>
        <translation>Der Sweep wurde von einer neueren Version von ACQ Studio geschrieben.</translation>
    </message>
    <message>
        <source>The system starts no further process or thread.</source>
        <translation>Das System startet keinen weiteren Prozess oder Thread.</translation>
    </message>
    <message>
        <source>The table of contents is invalid.</source>
        <translation>Das Inhaltsverzeichnis ist ungültig.</translation>
    </message>
    <message>
        <source>The table of labels does not say where its images are.</source>
        <translation>Die Tabelle der Labels sagt nicht, wo ihre Bilder liegen.</translation>
    </message>
    <message>
        <source>The table of labels is damaged.</source>
        <translation>Die Tabelle der Labels ist beschädigt.</translation>
    </message>
    <message>
        <source>The table of labels is too large.</source>
        <translation>Die Tabelle der Labels ist zu groß.</translation>
    </message>
    <message>
        <source>The table of labels lacks a column.</source>
        <translation>Der Tabelle der Labels fehlt eine Spalte.</translation>
    </message>
    <message>
        <source>The table of metrics can&apos;t be written.</source>
        <translation>Die Tabelle der Messwerte kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The table of the sweep can&apos;t be written.</source>
        <translation>Die Tabelle des Sweeps kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The table refers to a file outside its folder.</source>
        <translation>Die Tabelle verweist auf eine Datei außerhalb ihres Ordners.</translation>
    </message>
    <message>
        <source>The teacher accuracy on samples is {0} %, so procedural images make up {1} % of the student&apos;s training images.</source>
        <translation>Die Genauigkeit des Lehrers auf den Samples ist {0} %, daher sind {1} % der Trainingsbilder des Schülers prozedural.</translation>
    </message>
    <message>
        <source>The teacher does not recognize the target classes in the samples.</source>
        <translation>Der Lehrer erkennt die Zielklassen in den Samples nicht.</translation>
    </message>
    <message>
        <source>The teacher&apos;s description is damaged.</source>
        <translation>Die Beschreibung des Lehrers ist beschädigt.</translation>
    </message>
    <message>
        <source>The teacher&apos;s description is too large.</source>
        <translation>Die Beschreibung des Lehrers ist zu groß.</translation>
    </message>
    <message>
        <source>The teacher&apos;s description was written by a newer version of ACQ Studio.</source>
        <translation>Die Beschreibung des Lehrers wurde von einer neueren Version von ACQ Studio geschrieben.</translation>
    </message>
    <message>
        <source>The teacher&apos;s weights are not the ones that the run was started with.</source>
        <translation>Die Gewichte des Lehrers sind nicht die, mit denen der Lauf gestartet wurde.</translation>
    </message>
    <message>
        <source>The test set can&apos;t be opened.</source>
        <translation>Die Testbilder können nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>The test set can&apos;t be read.</source>
        <translation>Die Testbilder können nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The test set has no images.</source>
        <translation>Die Testmenge enthält keine Bilder.</translation>
    </message>
    <message>
        <source>The test set has no {0}.</source>
        <translation>Die Testmenge enthält kein {0}.</translation>
    </message>
    <message>
        <source>The test set has {0} classes, the model {1}.</source>
        <translation>Die Testmenge hat {0} Klassen, das Modell {1}.</translation>
    </message>
    <message>
        <source>The test set has {0} images but {1} labels.</source>
        <translation>Die Testmenge hat {0} Bilder, aber {1} Labels.</translation>
    </message>
    <message>
        <source>The test set is damaged.</source>
        <translation>Die Testmenge ist beschädigt.</translation>
    </message>
    <message>
        <source>The test set is in an archive.</source>
        <translation>Der Testdatensatz liegt in einem Archiv.</translation>
    </message>
    <message>
        <source>The test set is too large.</source>
        <translation>Die Testmenge ist zu groß.</translation>
    </message>
    <message>
        <source>The test set would unpack to too much data.</source>
        <translation>Die Testmenge würde ausgepackt zu groß.</translation>
    </message>
    <message>
        <source>The test set&apos;s class names have an unexpected type.</source>
        <translation>Die Klassennamen der Testmenge haben einen unerwarteten Typ.</translation>
    </message>
    <message>
        <source>The test set&apos;s images are no pixels.</source>
        <translation>Die Bilder des Testdatensatzes sind keine Pixel.</translation>
    </message>
    <message>
        <source>The test set&apos;s images can&apos;t be read.</source>
        <translation>Die Bilder der Testmenge lassen sich nicht lesen.</translation>
    </message>
    <message>
        <source>The test set&apos;s images don&apos;t have the model&apos;s input size.</source>
        <translation>Die Bilder der Testmenge haben nicht die Eingabegröße des Modells.</translation>
    </message>
    <message>
        <source>The test set&apos;s images have an unexpected type.</source>
        <translation>Die Bilder der Testmenge haben einen unerwarteten Typ.</translation>
    </message>
    <message>
        <source>The test set&apos;s labels have an unexpected type.</source>
        <translation>Die Labels der Testmenge haben einen unerwarteten Typ.</translation>
    </message>
    <message>
        <source>The top-1 agreement with the quantized model is only {0} %.</source>
        <translation>Die Top-1-Übereinstimmung mit dem quantisierten Modell ist nur {0} %.</translation>
    </message>
    <message>
        <source>The top-1 agreement with the quantized model is {0} %; where it differs, the two classes are as near to each other as float rounding alone moves them.</source>
        <translation>Die Top-1-Übereinstimmung mit dem quantisierten Modell ist {0} %; wo sie abweicht, liegen die beiden Klassen so nah beieinander, wie Float-Rundung allein sie verschiebt.</translation>
    </message>
    <message>
        <source>The training diverged, or the file is damaged.</source>
        <translation>Das Training ist divergiert, oder die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>The training&apos;s images had the mean red {0}, green {1}, blue {2}, as is usual for photographs.</source>
        <translation>Die Bilder des Trainings hatten den Mittelwert Rot {0}, Grün {1}, Blau {2}, wie bei Fotos üblich.</translation>
    </message>
    <message>
        <source>The training&apos;s images had the mean red {0}, green {1}, blue {2}; photographs usually have less blue than red.</source>
        <translation>Die Bilder des Trainings hatten den Mittelwert Rot {0}, Grün {1}, Blau {2}; Fotos haben meist weniger Blau als Rot.</translation>
    </message>
    <message>
        <source>The training&apos;s images had the mean {0} and the contrast {1}.</source>
        <translation>Die Bilder des Trainings hatten den Mittelwert {0} und den Kontrast {1}.</translation>
    </message>
    <message>
        <source>The values of the images lie in 0 to 1, and are read as pixels of 0 to 255.</source>
        <translation>Die Werte der Bilder liegen zwischen 0 und 1 und werden als Pixel von 0 bis 255 gelesen.</translation>
    </message>
    <message>
        <source>The variances {0} contain negative values.</source>
        <translation>Die Varianzen {0} enthalten negative Werte.</translation>
    </message>
    <message>
        <source>The weights also fit: {0}.</source>
        <translation>Die Gewichte passen auch zu: {0}.</translation>
    </message>
    <message>
        <source>The weights are Keras&apos;s, not a PyTorch model&apos;s.</source>
        <translation>Die Gewichte sind die von Keras, nicht die eines PyTorch-Modells.</translation>
    </message>
    <message>
        <source>The weights are read from the entry {0}.</source>
        <translation>Die Gewichte werden aus dem Eintrag {0} gelesen.</translation>
    </message>
    <message>
        <source>The weights are read from {0}.</source>
        <translation>Die Gewichte werden aus {0} gelesen.</translation>
    </message>
    <message>
        <source>The weights are timm&apos;s {0}.</source>
        <translation>Die Gewichte sind die von timm: {0}.</translation>
    </message>
    <message>
        <source>The weights are torchvision&apos;s {0}.</source>
        <translation>Die Gewichte sind die von torchvision: {0}.</translation>
    </message>
    <message>
        <source>The weights can&apos;t be read.</source>
        <translation>Die Gewichte können nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The weights can&apos;t be saved.</source>
        <translation>Die Gewichte können nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The weights don&apos;t fit into {0} bytes.</source>
        <translation>Die Gewichte passen nicht in {0} Bytes.</translation>
    </message>
    <message>
        <source>The weights don&apos;t fit the architecture {0}.</source>
        <translation>Die Gewichte passen nicht zur Architektur {0}.</translation>
    </message>
    <message>
        <source>The weights don&apos;t fit the model&apos;s structure.</source>
        <translation>Die Gewichte passen nicht zum Aufbau des Modells.</translation>
    </message>
    <message>
        <source>The weights don&apos;t fit what {0}() builds.</source>
        <translation>Die Gewichte passen nicht zu dem, was {0}() aufbaut.</translation>
    </message>
    <message>
        <source>The weights have {0} classes, not {1}.</source>
        <translation>Die Gewichte haben {0} Klassen, nicht {1}.</translation>
    </message>
    <message>
        <source>The weights in the run folder are damaged.</source>
        <translation>Die Gewichte im Ordner des Laufs sind beschädigt.</translation>
    </message>
    <message>
        <source>The weights in this file are already quantized.</source>
        <translation>Die Gewichte in dieser Datei sind bereits quantisiert.</translation>
    </message>
    <message>
        <source>The weights match no known architecture.</source>
        <translation>Die Gewichte passen zu keiner bekannten Architektur.</translation>
    </message>
    <message>
        <source>The weights of {0} are not downloaded.</source>
        <translation>Die Gewichte von {0} werden nicht heruntergeladen.</translation>
    </message>
    <message>
        <source>The weights of {0} can&apos;t be downloaded.</source>
        <translation>Die Gewichte von {0} können nicht heruntergeladen werden.</translation>
    </message>
    <message>
        <source>The weights of {0} don&apos;t fit into int8.</source>
        <translation>Die Gewichte von {0} passen nicht in int8.</translation>
    </message>
    <message>
        <source>The weights whose names start with {0} are used; not used: {1}.</source>
        <translation>Verwendet werden die Gewichte, deren Namen mit {0} beginnen; nicht verwendet: {1}.</translation>
    </message>
    <message>
        <source>The weights {0} contain NaN or infinite values.</source>
        <translation>Die Gewichte {0} enthalten NaN oder unendliche Werte.</translation>
    </message>
    <message>
        <source>The weights {0} have an unsupported type.</source>
        <translation>Die Gewichte {0} haben einen nicht unterstützten Typ.</translation>
    </message>
    <message>
        <source>The windows of an adaptive maximum pool from {0} x {1} to {2} x {3} differ in size.</source>
        <translation>Die Fenster eines adaptiven Max-Poolings von {0} x {1} auf {2} x {3} sind unterschiedlich groß.</translation>
    </message>
    <message>
        <source>The worker failed with an internal error.</source>
        <translation>Auf dem Worker ist ein interner Fehler aufgetreten.</translation>
    </message>
    <message>
        <source>The worker {0} ended, and there is no other one. The run waits for a worker, which resumes it from its last checkpoint.</source>
        <translation>Der Worker {0} wurde beendet, und es gibt keinen anderen. Der Lauf wartet auf einen Worker, der ihn am letzten Checkpoint fortsetzt.</translation>
    </message>
    <message>
        <source>The worker {0} ended. Another one resumes the run from its last checkpoint.</source>
        <translation>Der Worker {0} hat geendet. Ein anderer setzt den Lauf ab seinem letzten Checkpoint fort.</translation>
    </message>
    <message>
        <source>The workers that computed the run ended, one after another.</source>
        <translation>Die Worker, die den Lauf rechneten, haben nacheinander geendet.</translation>
    </message>
    <message>
        <source>The {0} batch is {1} instead of {2}: {3} would take about {4} GB of memory, and {5} GB are free.</source>
        <translation>Batch-Größe ({0}): {1} statt {2}; {3} würde etwa {4} GB Speicher brauchen, und {5} GB sind frei.</translation>
    </message>
    <message>
        <source>The {0} batch of {1} needs about {2} GB, more than the {3} GB that are free; it is halved if memory runs out.</source>
        <translation>Die Batch-Größe ({0}) von {1} braucht etwa {2} GB, mehr als die freien {3} GB; sie wird halbiert, wenn der Speicher nicht reicht.</translation>
    </message>
    <message>
        <source>Their SHA-256 is not {0}..., which the hub gives.</source>
        <translation>Ihr SHA-256 ist nicht {0}..., wie der Hub angibt.</translation>
    </message>
    <message>
        <source>Their names are {0}.</source>
        <translation>Die Namen sind {0}.</translation>
    </message>
    <message>
        <source>Their shapes are those of {0}, but the batch-norm statistics contradict that.</source>
        <translation>Ihre Formen sind die von {0}, aber die Batch-Norm-Statistik widerspricht dem.</translation>
    </message>
    <message>
        <source>Their values lie between {0} and {1}; expected is 0 to 255, or 0 to 1.</source>
        <translation>Ihre Werte liegen zwischen {0} und {1}; erwartet wird 0 bis 255 oder 0 bis 1.</translation>
    </message>
    <message>
        <source>There are no images to compare.</source>
        <translation>Es gibt keine Bilder zum Vergleichen.</translation>
    </message>
    <message>
        <source>There are no real images to compare with; specify them with --images PATH.</source>
        <translation>Es gibt keine echten Bilder zum Vergleich; auf der Kommandozeile nennt --images PFAD welche.</translation>
    </message>
    <message>
        <source>There are no samples to calibrate with.</source>
        <translation>Zum Kalibrieren gibt es keine Samples.</translation>
    </message>
    <message>
        <source>There are no test images to compare.</source>
        <translation>Es gibt keine Testbilder zum Vergleichen.</translation>
    </message>
    <message>
        <source>There are no test images to evaluate on.</source>
        <translation>Zum Auswerten gibt es keine Testbilder.</translation>
    </message>
    <message>
        <source>There are several files called {0}.</source>
        <translation>Es gibt mehrere Dateien namens {0}.</translation>
    </message>
    <message>
        <source>There are too few images to compare with.</source>
        <translation>Es gibt zu wenige Bilder zum Vergleich.</translation>
    </message>
    <message>
        <source>There are {0} outputs to compare with, but {1} images.</source>
        <translation>Zum Vergleich gibt es {0} Ausgaben, aber {1} Bilder.</translation>
    </message>
    <message>
        <source>There is a folder of this name already.</source>
        <translation>Ein Ordner dieses Namens besteht schon.</translation>
    </message>
    <message>
        <source>There is no GPU for process {0} of this machine.</source>
        <translation>Für Prozess {0} dieses Rechners gibt es keine GPU.</translation>
    </message>
    <message>
        <source>There is no architecture called {0}.</source>
        <translation>Eine Architektur namens {0} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no built-in sample called {0}.</source>
        <translation>Ein eingebautes Beispiel namens {0} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no exported file to verify.</source>
        <translation>Es gibt keine exportierte Datei zum Prüfen.</translation>
    </message>
    <message>
        <source>There is no format called {0}.</source>
        <translation>Ein Format namens {0} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no run in this folder.</source>
        <translation>In diesem Ordner ist kein Lauf.</translation>
    </message>
    <message>
        <source>There is no setting {0} that can be varied.</source>
        <translation>Eine Einstellung {0}, die verändert werden kann, gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no sweep in this folder.</source>
        <translation>In diesem Ordner ist kein Sweep.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>Der Speicher reicht nicht.</translation>
    </message>
    <message>
        <source>There is one: {0}.</source>
        <translation>Es gibt eines: {0}.</translation>
    </message>
    <message>
        <source>These have another: {0}.</source>
        <translation>Diese haben einen anderen: {0}.</translation>
    </message>
    <message>
        <source>These layers stay in float: {0}.</source>
        <translation>Diese Schichten bleiben float: {0}.</translation>
    </message>
    <message>
        <source>These operations are computed in float: {0}.</source>
        <translation>Diese Operationen werden in float gerechnet: {0}.</translation>
    </message>
    <message>
        <source>They are {0} of shape {1}; expected is int64 of shape (N,).</source>
        <translation>Sie sind {0} der Form {1}; erwartet ist int64 der Form (N,).</translation>
    </message>
    <message>
        <source>They are {0} of shape {1}; expected is uint8 of shape (N, H, W, 3) or (N, H, W).</source>
        <translation>Sie sind {0} der Form {1}; erwartet ist uint8 der Form (N, H, W, 3) oder (N, H, W).</translation>
    </message>
    <message>
        <source>They are {0}.</source>
        <translation>Sie sind {0}.</translation>
    </message>
    <message>
        <source>They have {0} x {1} pixels; the model expects {2} x {3}.</source>
        <translation>Sie haben {0} x {1} Pixel; das Modell erwartet {2} x {3}.</translation>
    </message>
    <message>
        <source>This ONNX file can&apos;t be read as a model.</source>
        <translation>Diese ONNX-Datei kann nicht als Modell gelesen werden.</translation>
    </message>
    <message>
        <source>This ONNX file does not return logits.</source>
        <translation>Diese ONNX-Datei gibt keine Logits aus.</translation>
    </message>
    <message>
        <source>This ONNX file has operators that can&apos;t be read.</source>
        <translation>Diese ONNX-Datei enthält Operatoren, die nicht gelesen werden können.</translation>
    </message>
    <message>
        <source>This ONNX file is quantized already.</source>
        <translation>Diese ONNX-Datei ist bereits quantisiert.</translation>
    </message>
    <message>
        <source>This ONNX file names a file outside of its folder.</source>
        <translation>Diese ONNX-Datei nennt eine Datei außerhalb ihres Ordners.</translation>
    </message>
    <message>
        <source>This ONNX file was not understood: its outputs differ from ONNX Runtime&apos;s.</source>
        <translation>Diese ONNX-Datei wurde nicht verstanden: Ihre Ausgaben weichen von denen von ONNX Runtime ab.</translation>
    </message>
    <message>
        <source>This archive contains no model.</source>
        <translation>Dieses Archiv enthält kein Modell.</translation>
    </message>
    <message>
        <source>This build of torch can&apos;t work on one run with several processes.</source>
        <translation>Dieser Build von torch kann nicht mit mehreren Prozessen an einem Lauf arbeiten.</translation>
    </message>
    <message>
        <source>This can&apos;t be the name of a run.</source>
        <translation>So kann ein Lauf nicht heißen.</translation>
    </message>
    <message>
        <source>This experiment draws new samples, and the run has no generator.</source>
        <translation>Dieses Experiment erzeugt neue Samples, und der Lauf hat keinen Generator.</translation>
    </message>
    <message>
        <source>This file can&apos;t be read as a model.</source>
        <translation>Diese Datei kann nicht als Modell gelesen werden.</translation>
    </message>
    <message>
        <source>This file can&apos;t be read as a test set.</source>
        <translation>Diese Datei kann nicht als Testmenge gelesen werden.</translation>
    </message>
    <message>
        <source>This file has no batch-norm statistics, so the model can&apos;t be quantized without data.</source>
        <translation>Diese Datei hat keine Batch-Norm-Statistiken, deshalb kann das Modell nicht ohne Daten quantisiert werden.</translation>
    </message>
    <message>
        <source>This file has one array, and a test set has two: images and labels.</source>
        <translation>Diese Datei enthält ein Array, ein Testdatensatz hat zwei: Bilder und Labels.</translation>
    </message>
    <message>
        <source>This file holds NumPy arrays, not a PyTorch model.</source>
        <translation>Diese Datei enthält NumPy-Arrays, kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is a Core ML model, not a PyTorch model.</source>
        <translation>Diese Datei ist ein Core-ML-Modell, kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is a Git LFS pointer, not the model itself.</source>
        <translation>Diese Datei ist ein Git-LFS-Zeiger, nicht das Modell selbst.</translation>
    </message>
    <message>
        <source>This file is a Keras model, not a PyTorch model.</source>
        <translation>Diese Datei ist ein Keras-Modell, kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is a Keras or HDF5 file, not a PyTorch model.</source>
        <translation>Diese Datei ist eine Keras- oder HDF5-Datei, kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is a NumPy array, not a PyTorch model.</source>
        <translation>Diese Datei ist ein NumPy-Array, kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is a PDF document, not a PyTorch model.</source>
        <translation>Diese Datei ist ein PDF-Dokument, kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is a TensorFlow Lite model, not a PyTorch model.</source>
        <translation>Diese Datei ist ein TensorFlow-Lite-Modell, kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is a TensorFlow model, not a PyTorch model.</source>
        <translation>Diese Datei ist ein TensorFlow-Modell, kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is a TensorRT engine, not a PyTorch model.</source>
        <translation>Diese Datei ist eine TensorRT-Engine, kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is a compressed archive (7z), not a PyTorch model.</source>
        <translation>Diese Datei ist ein komprimiertes Archiv (7z), kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is a compressed archive (bzip2), not a PyTorch model.</source>
        <translation>Diese Datei ist ein komprimiertes Archiv (bzip2), kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is a compressed archive (gzip), not a PyTorch model.</source>
        <translation>Diese Datei ist ein komprimiertes Archiv (gzip), kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is a compressed archive (rar), not a PyTorch model.</source>
        <translation>Diese Datei ist ein komprimiertes Archiv (rar), kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is a compressed archive (xz), not a PyTorch model.</source>
        <translation>Diese Datei ist ein komprimiertes Archiv (xz), kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is a web page, not a model.</source>
        <translation>Diese Datei ist eine Webseite, kein Modell.</translation>
    </message>
    <message>
        <source>This file is an OpenVINO model, not a PyTorch model.</source>
        <translation>Diese Datei ist ein OpenVINO-Modell, kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is an archive (tar), not a PyTorch model.</source>
        <translation>Diese Datei ist ein Archiv (tar), kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is an archive with files in it, not a PyTorch model.</source>
        <translation>Diese Datei ist ein Archiv mit Dateien darin, kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is an image, not a PyTorch model.</source>
        <translation>Diese Datei ist ein Bild, kein PyTorch-Modell.</translation>
    </message>
    <message>
        <source>This file is not a quantized model of ACQ Studio.</source>
        <translation>Diese Datei ist kein quantisiertes Modell von ACQ Studio.</translation>
    </message>
    <message>
        <source>This file is text, not a model.</source>
        <translation>Diese Datei ist Text, kein Modell.</translation>
    </message>
    <message>
        <source>This file lacks the batch-norm statistics, so the model can&apos;t be quantized without data.</source>
        <translation>Dieser Datei fehlt die Batch-Norm-Statistik; das Modell lässt sich daher nicht ohne Daten quantisieren.</translation>
    </message>
    <message>
        <source>This folder already contains a run.</source>
        <translation>In diesem Ordner ist schon ein Lauf.</translation>
    </message>
    <message>
        <source>This folder already contains a sweep.</source>
        <translation>In diesem Ordner ist schon ein Sweep.</translation>
    </message>
    <message>
        <source>This folder contains no CIFAR test images.</source>
        <translation>Dieser Ordner enthält keine CIFAR-Testbilder.</translation>
    </message>
    <message>
        <source>This format needs opset {0}.</source>
        <translation>Dieses Format braucht Opset {0}.</translation>
    </message>
    <message>
        <source>This generator is not conditioned on attention centres.</source>
        <translation>Diesem Generator werden keine Aufmerksamkeitszentren vorgegeben.</translation>
    </message>
    <message>
        <source>This image can&apos;t be read.</source>
        <translation>Dieses Bild lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>This is not a settings file.</source>
        <translation>Das ist keine Einstellungsdatei.</translation>
    </message>
    <message>
        <source>This is not a sweep file.</source>
        <translation>Das ist keine Sweep-Datei.</translation>
    </message>
    <message>
        <source>This is not the address of a cluster.</source>
        <translation>Das ist keine Adresse eines Clusters.</translation>
    </message>
    <message>
        <source>This is so for images whose pixels lie between {0} and {1} after preprocessing.</source>
        <translation>Das ist so für Bilder, deren Pixel nach der Vorverarbeitung zwischen {0} und {1} liegen.</translation>
    </message>
    <message>
        <source>This is so for random images from 0 to 1 as well as for normally distributed ones.</source>
        <translation>Das gilt für zufällige Bilder von 0 bis 1 ebenso wie für normalverteilte.</translation>
    </message>
    <message>
        <source>This is too large to be sent to a cluster.</source>
        <translation>Das ist zu groß, um es an einen Cluster zu senden.</translation>
    </message>
    <message>
        <source>This model can&apos;t be exported with opset {0}.</source>
        <translation>Dieses Modell kann nicht mit Opset {0} exportiert werden.</translation>
    </message>
    <message>
        <source>This model can&apos;t take {0} channels.</source>
        <translation>Dieses Modell nimmt keine {0} Kanäle.</translation>
    </message>
    <message>
        <source>This model has no batch norm and hardly any other layers that see images, so it can&apos;t be quantized without data.</source>
        <translation>Dieses Modell hat keine Batch-Norm und kaum andere Schichten, die Bilder sehen; daher kann es nicht ohne Daten quantisiert werden.</translation>
    </message>
    <message>
        <source>This model has no batch norm, so it can&apos;t be quantized without data.</source>
        <translation>Dieses Modell hat keine Batch-Norm, daher kann es nicht ohne Daten quantisiert werden.</translation>
    </message>
    <message>
        <source>This model has no batch norm.</source>
        <translation>Dieses Modell hat keine Batch-Norm.</translation>
    </message>
    <message>
        <source>This pickle was not written by torch.save.</source>
        <translation>Dieses Pickle wurde nicht von torch.save geschrieben.</translation>
    </message>
    <message>
        <source>This run has finished; there is nothing to resume.</source>
        <translation>Dieser Lauf ist fertig; es gibt nichts fortzusetzen.</translation>
    </message>
    <message>
        <source>This run is not on a cluster.</source>
        <translation>Dieser Lauf ist nicht auf einem Cluster.</translation>
    </message>
    <message>
        <source>Those of {0} have another.</source>
        <translation>Die von {0} haben einen anderen.</translation>
    </message>
    <message>
        <source>Too many files are open.</source>
        <translation>Zu viele Dateien sind geöffnet.</translation>
    </message>
    <message>
        <source>Training computes in bfloat16.</source>
        <translation>Das Training rechnet in bfloat16.</translation>
    </message>
    <message>
        <source>Training computes in float32: the model has an operator without bfloat16 ({0}).</source>
        <translation>Das Training rechnet in float32: Das Modell hat einen Operator ohne bfloat16 ({0}).</translation>
    </message>
    <message>
        <source>Training computes in float32: torch has no bfloat16 on {0} here.</source>
        <translation>Das Training rechnet in float32: torch hat hier kein bfloat16 auf {0}.</translation>
    </message>
    <message>
        <source>Try again from another network.</source>
        <translation>In einem anderen Netz erneut versuchen.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Unpack it, and choose the file with the weights.</source>
        <translation>Sie entpacken und die Datei mit den Gewichten wählen.</translation>
    </message>
    <message>
        <source>Unpack it, and use the folder.</source>
        <translation>Das Archiv entpacken und den Ordner verwenden.</translation>
    </message>
    <message>
        <source>Update ACQ Studio to open it.</source>
        <translation>Zum Öffnen ACQ Studio aktualisieren.</translation>
    </message>
    <message>
        <source>Update ACQ Studio, or start from the defaults.</source>
        <translation>ACQ Studio aktualisieren oder mit dem Standard beginnen.</translation>
    </message>
    <message>
        <source>Use PNG, JPEG, WebP, BMP, TIFF or GIF files, a folder of them, or an .npz test set.</source>
        <translation>PNG-, JPEG-, WebP-, BMP-, TIFF- oder GIF-Dateien, einen Ordner damit oder eine .npz-Testmenge nehmen.</translation>
    </message>
    <message>
        <source>Use a .safetensors, .pth or .pt file with trained weights.</source>
        <translation>Eine .safetensors-, .pth- oder .pt-Datei mit trainierten Gewichten verwenden.</translation>
    </message>
    <message>
        <source>Use a PNG, JPEG, WebP, BMP, TIFF or GIF file that an image viewer opens.</source>
        <translation>Eine PNG-, JPEG-, WebP-, BMP-, TIFF- oder GIF-Datei nehmen, die ein Bildbetrachter öffnet.</translation>
    </message>
    <message>
        <source>Use a PyTorch model: Keras usually pads and normalizes otherwise, so its weights alone don&apos;t give the same result. A conversion to a PyTorch class with its weights works: CLASS.py:build with --weights and --trust.</source>
        <translation>Ein PyTorch-Modell verwenden: Keras füllt Ränder und normalisiert meist anders, seine Gewichte allein ergeben also nicht dasselbe. Eine Umwandlung in eine PyTorch-Klasse mit ihren Gewichten funktioniert: CLASS.py:build mit --weights und --trust.</translation>
    </message>
    <message>
        <source>Use a file that was exported with the format acq.</source>
        <translation>Eine Datei verwenden, die im Format acq exportiert wurde.</translation>
    </message>
    <message>
        <source>Use a folder with one subfolder of images per class, or an .npz file. {0}</source>
        <translation>Einen Ordner mit einem Unterordner je Klasse oder eine .npz-Datei verwenden. {0}</translation>
    </message>
    <message>
        <source>Use a folder with one subfolder of images per class.</source>
        <translation>Einen Ordner mit einem Unterordner von Bildern je Klasse verwenden.</translation>
    </message>
    <message>
        <source>Use a folder with one subfolder of images per class. To see what a model says of one image, drop it on the window after a run.</source>
        <translation>Einen Ordner mit einem Unterordner je Klasse verwenden. Was ein Modell zu einem Bild sagt, zeigt das Fenster nach einem Lauf, wenn das Bild darauf gezogen wird.</translation>
    </message>
    <message>
        <source>Use a model with two outputs for two classes; a single output can&apos;t be quantized as a classifier.</source>
        <translation>Ein Modell mit zwei Ausgaben für zwei Klassen verwenden; eine einzelne Ausgabe lässt sich nicht als Klassifikator quantisieren.</translation>
    </message>
    <message>
        <source>Use a run or settings with the method acq.</source>
        <translation>Einen Lauf oder Einstellungen mit der Methode acq verwenden.</translation>
    </message>
    <message>
        <source>Use a test set with the classes that the model was trained on.</source>
        <translation>Eine Testmenge mit den Klassen verwenden, mit denen das Modell trainiert wurde.</translation>
    </message>
    <message>
        <source>Use an .npz file with images and labels, a folder with one subfolder of images per class, or a table of files and labels (.csv, .tsv, .txt, .json, .jsonl).</source>
        <translation>Eine .npz-Datei mit Bildern und Labels, einen Ordner mit einem Unterordner je Klasse oder eine Tabelle mit Dateien und Labels (.csv, .tsv, .txt, .json, .jsonl) verwenden.</translation>
    </message>
    <message>
        <source>Use an .npz file with images of that many channels.</source>
        <translation>Eine .npz-Datei mit Bildern mit so vielen Kanälen verwenden.</translation>
    </message>
    <message>
        <source>Use an .npz test set with that many channels.</source>
        <translation>Eine .npz-Testmenge mit so vielen Kanälen nehmen.</translation>
    </message>
    <message>
        <source>Use an earlier checkpoint.</source>
        <translation>Einen früheren Checkpoint verwenden.</translation>
    </message>
    <message>
        <source>Use an image classifier that returns its logits.</source>
        <translation>Einen Bildklassifikator verwenden, der seine Logits zurückgibt.</translation>
    </message>
    <message>
        <source>Use an image classifier.</source>
        <translation>Einen Bildklassifikator verwenden.</translation>
    </message>
    <message>
        <source>Use fewer values, or split it into two sweeps.</source>
        <translation>Weniger Werte verwenden oder zwei Sweeps daraus machen.</translation>
    </message>
    <message>
        <source>Use greyscale or RGB images.</source>
        <translation>Graustufen- oder RGB-Bilder verwenden.</translation>
    </message>
    <message>
        <source>Use its seed, or reuse none: then new images are optimized.</source>
        <translation>Seinen Seed verwenden oder keine wiederverwenden: Dann werden neue Bilder optimiert.</translation>
    </message>
    <message>
        <source>Use letters, digits, spaces, and signs other than {0}</source>
        <translation>Möglich sind Buchstaben, Ziffern, Leerzeichen und andere Zeichen als {0}</translation>
    </message>
    <message>
        <source>Use more bits, allocate them by sensitivity, or fine-tune for more steps.</source>
        <translation>Mehr Bits verwenden, sie nach Empfindlichkeit verteilen oder mehr Schritte feinabstimmen.</translation>
    </message>
    <message>
        <source>Use one folder per class, or add a labels.csv with the columns file and label.</source>
        <translation>Einen Ordner je Klasse verwenden oder eine labels.csv mit den Spalten file und label hinzufügen.</translation>
    </message>
    <message>
        <source>Use one folder per class, or name the folders by class number from 0.</source>
        <translation>Einen Ordner je Klasse verwenden oder die Ordner nach Klassennummern ab 0 benennen.</translation>
    </message>
    <message>
        <source>Use test images.</source>
        <translation>Testbilder nehmen.</translation>
    </message>
    <message>
        <source>Use the PyTorch checkpoint that it was made from: exported models rarely keep batch-norm statistics.</source>
        <translation>Den PyTorch-Checkpoint verwenden, aus dem sie entstand: Exportierte Modelle behalten selten Batch-Norm-Statistiken.</translation>
    </message>
    <message>
        <source>Use the checkpoint that it was exported from.</source>
        <translation>Den Checkpoint verwenden, aus dem sie exportiert wurde.</translation>
    </message>
    <message>
        <source>Use the file as torch.save wrote it.</source>
        <translation>Die Datei so verwenden, wie torch.save sie geschrieben hat.</translation>
    </message>
    <message>
        <source>Use the file with its weights instead.</source>
        <translation>Stattdessen die Datei mit den Gewichten angeben.</translation>
    </message>
    <message>
        <source>Use the float model that it was made from.</source>
        <translation>Das Gleitkommamodell verwenden, aus dem es entstand.</translation>
    </message>
    <message>
        <source>Use the model&apos;s Python source instead: CLASS.py:build with --weights and --trust. Save its weights alone: torch.save(model.state_dict(), FILE).</source>
        <translation>Stattdessen den Python-Quelltext des Modells verwenden: CLASS.py:build mit --weights und --trust. Nur die Gewichte speichern: torch.save(model.state_dict(), FILE).</translation>
    </message>
    <message>
        <source>Use the model&apos;s names, or name all folders by class number from 0.</source>
        <translation>Die Namen des Modells verwenden, oder alle Ordner nach Klassennummern ab 0 benennen.</translation>
    </message>
    <message>
        <source>Use {0} instead.</source>
        <translation>Stattdessen {0} verwenden.</translation>
    </message>
    <message>
        <source>Use {0} or more.</source>
        <translation>{0} oder mehr verwenden.</translation>
    </message>
    <message>
        <source>Wait until it has finished, or choose another folder.</source>
        <translation>Warten, bis es fertig ist, oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Weight bits were allocated by sensitivity, {0} on average: {1} bits.</source>
        <translation>Die Bits der Gewichte wurden nach Empfindlichkeit verteilt, im Mittel {0}: {1} Bit.</translation>
    </message>
    <message>
        <source>Weights of 8 bits with activations of 8 bits need slower kernels in ONNX Runtime, to be exact on every processor: with 7 bits of weights the file takes about half the time, and accuracy hardly differs.</source>
        <translation>Gewichte von 8 Bit mit Aktivierungen von 8 Bit brauchen in ONNX Runtime langsamere Kernel, um auf jedem Prozessor exakt zu sein: Mit 7 Bit für die Gewichte braucht die Datei etwa die halbe Zeit, und die Genauigkeit ist fast gleich.</translation>
    </message>
    <message>
        <source>Weights that are no part of it are not used: {0}.</source>
        <translation>Gewichte, die nicht dazugehören, werden nicht verwendet: {0}.</translation>
    </message>
    <message>
        <source>What TensorRT builds an engine from: int8 with zero point 0, which needs a symmetric activation grid; TensorRT itself is not run here.</source>
        <translation>Woraus TensorRT eine Engine baut: int8 mit Nullpunkt 0, was ein symmetrisches Aktivierungsraster braucht; TensorRT selbst läuft hier nicht.</translation>
    </message>
    <message>
        <source>Which classes do the numbers of the class folders mean?</source>
        <translation>Welche Klassen bedeuten die Nummern der Klassenordner?</translation>
    </message>
    <message>
        <source>With the preprocessing {0} they are numbers; set the one that the model was trained with.</source>
        <translation>Mit der Vorverarbeitung {0} sind es Zahlen; diejenige einstellen, mit der das Modell trainiert wurde.</translation>
    </message>
    <message>
        <source>Write a note in the table of runs instead.</source>
        <translation>Eine Notiz in der Tabelle der Läufe ist immer möglich.</translation>
    </message>
    <message>
        <source>Write it as SETTING=VALUES, such as weight_bits=2,3,4</source>
        <translation>So schreiben: SETTING=VALUES, etwa weight_bits=2,3,4</translation>
    </message>
    <message>
        <source>Write it as low..high or low..high:step, such as 2..4 or 0..1:0.25</source>
        <translation>So schreiben: low..high oder low..high:step, etwa 2..4 oder 0..1:0.25</translation>
    </message>
    <message>
        <source>Write it with numpy.savez_compressed(FILE, images=..., labels=...).</source>
        <translation>Mit numpy.savez_compressed(FILE, images=..., labels=...) schreiben.</translation>
    </message>
    <message>
        <source>Write one that returns the model, or specify another one: {0}:NAME</source>
        <translation>Eine schreiben, die das Modell zurückgibt, oder eine andere angeben: {0}:NAME</translation>
    </message>
    <message>
        <source>Write tcp://HOST:8786, or local:N for N workers here (1 to {0}).</source>
        <translation>tcp://HOST:8786 schreiben, oder local:N für N Worker hier (1 bis {0}).</translation>
    </message>
    <message>
        <source>Write the path of each image into the table, from the folder that the table is in.</source>
        <translation>Den Pfad jedes Bildes in die Tabelle schreiben, ausgehend vom Ordner der Tabelle.</translation>
    </message>
    <message>
        <source>`acq models` lists every architecture.</source>
        <translation>`acq models` listet alle Architekturen auf.</translation>
    </message>
    <message>
        <source>acq resume {0}</source>
        <translation>acq resume {0}</translation>
    </message>
    <message>
        <source>agreement, %</source>
        <translation>Übereinst., %</translation>
    </message>
    <message>
        <source>another class</source>
        <translation>andere Klasse</translation>
    </message>
    <message>
        <source>by chance</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>centre error</source>
        <translation>Zentrumsfehler</translation>
    </message>
    <message>
        <source>centre weight</source>
        <translation>Zentrumsgewicht</translation>
    </message>
    <message>
        <source>class, %</source>
        <translation>Klasse, %</translation>
    </message>
    <message>
        <source>confidence, %</source>
        <translation>Sicherheit, %</translation>
    </message>
    <message>
        <source>diversity</source>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>maps</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>pair weight</source>
        <translation>Paargewicht</translation>
    </message>
    <message>
        <source>r in x</source>
        <translation>r in x</translation>
    </message>
    <message>
        <source>r in y</source>
        <translation>r in y</translation>
    </message>
    <message>
        <source>real images</source>
        <translation>echte Bilder</translation>
    </message>
    <message>
        <source>run.json: {0}</source>
        <translation>run.json: {0}</translation>
    </message>
    <message>
        <source>same class</source>
        <translation>gleiche Klasse</translation>
    </message>
    <message>
        <source>same class and centre</source>
        <translation>gleiche Klasse, gleiches Zentrum</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>Samples</translation>
    </message>
    <message>
        <source>synthetic</source>
        <translation>synthetisch</translation>
    </message>
    <message>
        <source>timm has no model called {0}.</source>
        <translation>timm hat kein Modell namens {0}.</translation>
    </message>
    <message>
        <source>timm has no weights {0} of {1}.</source>
        <translation>timm hat keine Gewichte {0} von {1}.</translation>
    </message>
    <message>
        <source>timm.list_models() lists them.</source>
        <translation>timm.list_models() listet sie auf.</translation>
    </message>
    <message>
        <source>variant</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>with centre loss</source>
        <translation>mit Zentrumsverlust</translation>
    </message>
    <message>
        <source>with consistency</source>
        <translation>mit Konsistenz</translation>
    </message>
    <message>
        <source>with pair loss</source>
        <translation>mit Paarverlust</translation>
    </message>
    <message>
        <source>within-class spread</source>
        <translation>Streuung in der Klasse</translation>
    </message>
    <message>
        <source>without centre loss</source>
        <translation>ohne Zentrumsverlust</translation>
    </message>
    <message>
        <source>without consistency</source>
        <translation>ohne Konsistenz</translation>
    </message>
    <message>
        <source>without pair loss</source>
        <translation>ohne Paarverlust</translation>
    </message>
    <message>
        <source>{0} % of the outputs differ from the integer reference, by at most {1}.</source>
        <translation>{0} % der Ausgaben weichen von der Ganzzahl-Referenz ab, um höchstens {1}.</translation>
    </message>
    <message>
        <source>{0} % of the outputs differ from the quantized model&apos;s.</source>
        <translation>{0} % der Ausgaben weichen von denen des quantisierten Modells ab.</translation>
    </message>
    <message>
        <source>{0} = {1}; at most {2}.</source>
        <translation>{0} = {1}; höchstens {2}.</translation>
    </message>
    <message>
        <source>{0} It is asked again until it does; the run continues there.</source>
        <translation>{0} Er wird gefragt, bis er antwortet; der Lauf geht dort weiter.</translation>
    </message>
    <message>
        <source>{0} The first layer that gives such values is {1}.</source>
        <translation>{0} Die erste Schicht, die solche Werte ausgibt, ist {1}.</translation>
    </message>
    <message>
        <source>{0} These parts are computed in float: {1}.</source>
        <translation>{0} Diese Teile werden in float gerechnet: {1}.</translation>
    </message>
    <message>
        <source>{0} and others</source>
        <translation>{0} und weitere</translation>
    </message>
    <message>
        <source>{0} begins with {1}.</source>
        <translation>{0} beginnt mit {1}.</translation>
    </message>
    <message>
        <source>{0} begins with: {1}</source>
        <translation>{0} beginnt mit: {1}</translation>
    </message>
    <message>
        <source>{0} bytes are not a multiple of the image size.</source>
        <translation>{0} Bytes sind kein Vielfaches der Bildgröße.</translation>
    </message>
    <message>
        <source>{0} bytes of weights are declared, {1} are present.</source>
        <translation>{0} Bytes Gewichte sind angegeben, {1} sind vorhanden.</translation>
    </message>
    <message>
        <source>{0} bytes would become {1}.</source>
        <translation>Aus {0} Bytes würden {1}.</translation>
    </message>
    <message>
        <source>{0} can&apos;t be loaded.</source>
        <translation>{0} kann nicht geladen werden.</translation>
    </message>
    <message>
        <source>{0} can&apos;t be read.</source>
        <translation>{0} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>{0} can&apos;t be written.</source>
        <translation>{0} kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>{0} checkpoint(s) can&apos;t be read; the run goes on from an older one.</source>
        <translation>{0} Checkpoint(s) können nicht gelesen werden; der Lauf wird von einem älteren fortgesetzt.</translation>
    </message>
    <message>
        <source>{0} classes, made by a last linear layer.</source>
        <translation>{0} Klassen, aus einer letzten linearen Schicht.</translation>
    </message>
    <message>
        <source>{0} classes.</source>
        <translation>{0} Klassen.</translation>
    </message>
    <message>
        <source>{0} contains HTML: the link led to a page, such as one to sign in or to confirm a download.</source>
        <translation>{0} enthält HTML: Der Link führte auf eine Seite, etwa zum Anmelden oder zum Bestätigen eines Downloads.</translation>
    </message>
    <message>
        <source>{0} contains files that do not belong to a run.</source>
        <translation>{0} enthält Dateien, die nicht zu einem Lauf gehören.</translation>
    </message>
    <message>
        <source>{0} convolutions of the quantized model use float, {1} of the file.</source>
        <translation>{0} Faltungen des quantisierten Modells rechnen in Gleitkomma, in der Datei {1}.</translation>
    </message>
    <message>
        <source>{0} convolutions take the image.</source>
        <translation>{0} Faltungen nehmen das Bild auf.</translation>
    </message>
    <message>
        <source>{0} declares more values than it contains, or none at all.</source>
        <translation>{0} gibt mehr Werte an, als darin sind, oder gar keine.</translation>
    </message>
    <message>
        <source>{0} declares {1} bytes.</source>
        <translation>{0} gibt {1} Bytes an.</translation>
    </message>
    <message>
        <source>{0} does not exist.</source>
        <translation>{0} existiert nicht.</translation>
    </message>
    <message>
        <source>{0} does not say which image each of its lines is for.</source>
        <translation>{0} sagt nicht, zu welchem Bild jede Zeile gehört.</translation>
    </message>
    <message>
        <source>{0} ends in {1}.</source>
        <translation>{0} endet auf {1}.</translation>
    </message>
    <message>
        <source>{0} event(s) of this run can&apos;t be read and are skipped.</source>
        <translation>{0} Ereignis(se) dieses Laufs können nicht gelesen werden und werden übersprungen.</translation>
    </message>
    <message>
        <source>{0} file(s) could not be read.</source>
        <translation>{0} Datei(en) konnten nicht gelesen werden.</translation>
    </message>
    <message>
        <source>{0} has a duplicate value.</source>
        <translation>{0} hat einen doppelten Wert.</translation>
    </message>
    <message>
        <source>{0} has no function called {1}.</source>
        <translation>{0} hat keine Funktion namens {1}.</translation>
    </message>
    <message>
        <source>{0} has no published weights that can be downloaded by name.</source>
        <translation>Für {0} gibt es keine veröffentlichten Gewichte, die nach Namen heruntergeladen werden können.</translation>
    </message>
    <message>
        <source>{0} has no published weights.</source>
        <translation>Für {0} gibt es keine veröffentlichten Gewichte.</translation>
    </message>
    <message>
        <source>{0} has no values.</source>
        <translation>{0} hat keine Werte.</translation>
    </message>
    <message>
        <source>{0} has none of {1} and the like.</source>
        <translation>{0} enthält weder {1} noch Ähnliches.</translation>
    </message>
    <message>
        <source>{0} has the columns: {1}.</source>
        <translation>{0} hat die Spalten: {1}.</translation>
    </message>
    <message>
        <source>{0} has too many values.</source>
        <translation>{0} hat zu viele Werte.</translation>
    </message>
    <message>
        <source>{0} has {1} bytes.</source>
        <translation>{0} hat {1} Bytes.</translation>
    </message>
    <message>
        <source>{0} holds a whole model, pickled with its code: loading it can run code.</source>
        <translation>{0} enthält ein ganzes Modell, gepickelt mit seinem Code: Beim Laden kann Code ausgeführt werden.</translation>
    </message>
    <message>
        <source>{0} holds no model.</source>
        <translation>{0} enthält kein Modell.</translation>
    </message>
    <message>
        <source>{0} images are optimized directly in its place, {1} steps each.</source>
        <translation>{0} Bilder werden stattdessen direkt optimiert, je {1} Schritte.</translation>
    </message>
    <message>
        <source>{0} images that another run optimized are reused.</source>
        <translation>{0} Bilder, die ein anderer Lauf optimiert hat, werden wiederverwendet.</translation>
    </message>
    <message>
        <source>{0} images were optimized directly, in the generator&apos;s place: the teacher predicts the target class in {1} % of them, and their batch-norm error is {2}. {3} of them only judge the student.</source>
        <translation>{0} Bilder wurden anstelle des Generators direkt optimiert: Der Lehrer erkennt in {1} % davon die Zielklasse, und ihr Batch-Norm-Fehler beträgt {2}. {3} davon dienen nur der Beurteilung des Schülers.</translation>
    </message>
    <message>
        <source>{0} images.</source>
        <translation>{0} Bilder.</translation>
    </message>
    <message>
        <source>{0} images: {1} samples and {2} procedural images.</source>
        <translation>{0} Bilder: {1} Samples und {2} prozedurale Bilder.</translation>
    </message>
    <message>
        <source>{0} is Python source code: loading it can run code.</source>
        <translation>{0} ist Python-Quelltext: Ihn zu laden kann Code ausführen.</translation>
    </message>
    <message>
        <source>{0} is a TorchScript file: loading it can run code.</source>
        <translation>{0} ist eine TorchScript-Datei: Sie zu laden kann Code ausführen.</translation>
    </message>
    <message>
        <source>{0} is a folder.</source>
        <translation>{0} ist ein Ordner.</translation>
    </message>
    <message>
        <source>{0} is an exported program (.pt2): loading it can run code.</source>
        <translation>{0} ist ein exportiertes Programm (.pt2): Es zu laden kann Code ausführen.</translation>
    </message>
    <message>
        <source>{0} is being written by process {1}.</source>
        <translation>{0} wird gerade von Prozess {1} geschrieben.</translation>
    </message>
    <message>
        <source>{0} is duplicated.</source>
        <translation>{0} ist doppelt.</translation>
    </message>
    <message>
        <source>{0} is missing.</source>
        <translation>{0} fehlt.</translation>
    </message>
    <message>
        <source>{0} is not Python source code.</source>
        <translation>{0} ist kein Python-Quelltext.</translation>
    </message>
    <message>
        <source>{0} is not a .safetensors file.</source>
        <translation>{0} ist keine .safetensors-Datei.</translation>
    </message>
    <message>
        <source>{0} is not a mode of a quantized model.</source>
        <translation>{0} ist kein Modus eines quantisierten Modells.</translation>
    </message>
    <message>
        <source>{0} is not a name.</source>
        <translation>{0} ist kein Name.</translation>
    </message>
    <message>
        <source>{0} is not a type.</source>
        <translation>{0} ist kein Typ.</translation>
    </message>
    <message>
        <source>{0} is not an array.</source>
        <translation>{0} ist kein Array.</translation>
    </message>
    <message>
        <source>{0} is not from 1 to {1}.</source>
        <translation>{0} liegt nicht zwischen 1 und {1}.</translation>
    </message>
    <message>
        <source>{0} is not next to {1}.</source>
        <translation>{0} liegt nicht neben {1}.</translation>
    </message>
    <message>
        <source>{0} is not one of ImageNet&apos;s 1,000 classes.</source>
        <translation>{0} ist keine der 1000 Klassen von ImageNet.</translation>
    </message>
    <message>
        <source>{0} is the name of several settings.</source>
        <translation>{0} ist der Name mehrerer Einstellungen.</translation>
    </message>
    <message>
        <source>{0} is too large.</source>
        <translation>{0} ist zu groß.</translation>
    </message>
    <message>
        <source>{0} is unknown.</source>
        <translation>{0} ist nicht bekannt.</translation>
    </message>
    <message>
        <source>{0} is used. They have the same layers, and without batch norm nothing in the file tells them apart; their images are normalized differently.</source>
        <translation>{0} wird verwendet. Sie haben die gleichen Schichten, und ohne Batch-Norm unterscheidet sie nichts in der Datei; ihre Bilder werden verschieden normalisiert.</translation>
    </message>
    <message>
        <source>{0} is used. They have the same layers, with other strides or paddings; the smaller the distance of the batch-norm statistics, the likelier the architecture.</source>
        <translation>{0} wird verwendet. Alle haben dieselben Schichten, mit anderen Schrittweiten oder Rändern; je kleiner der Abstand der Batch-Norm-Statistik, desto wahrscheinlicher die Architektur.</translation>
    </message>
    <message>
        <source>{0} is varied twice.</source>
        <translation>{0} wird zweimal verändert.</translation>
    </message>
    <message>
        <source>{0} kernels have the order height, width, input, output.</source>
        <translation>{0} Kerne haben die Reihenfolge Höhe, Breite, Eingang, Ausgang.</translation>
    </message>
    <message>
        <source>{0} label(s) are outside 0 to {1}.</source>
        <translation>{0} Label(s) liegen außerhalb von 0 bis {1}.</translation>
    </message>
    <message>
        <source>{0} needs Python classes that are not here.</source>
        <translation>{0} braucht Python-Klassen, die hier fehlen.</translation>
    </message>
    <message>
        <source>{0} needs opset {1}.</source>
        <translation>{0} braucht Opset {1}.</translation>
    </message>
    <message>
        <source>{0} needs the package timm, which is not installed.</source>
        <translation>{0} braucht das Paket timm, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>{0} needs {1}, which is not installed here.</source>
        <translation>{0} braucht {1}, das hier nicht installiert ist.</translation>
    </message>
    <message>
        <source>{0} of the own images could not be read and are skipped.</source>
        <translation>{0} der eigenen Bilder konnten nicht gelesen werden und werden übersprungen.</translation>
    </message>
    <message>
        <source>{0} of {1} bytes were received.</source>
        <translation>{0} von {1} Bytes kamen an.</translation>
    </message>
    <message>
        <source>{0} of {1} classes have the model&apos;s names, the others do not.</source>
        <translation>{0} von {1} Klassen heißen wie die des Modells, die anderen nicht.</translation>
    </message>
    <message>
        <source>{0} of {1} procedural images are used: refining one takes {2} s.</source>
        <translation>{0} von {1} prozeduralen Bildern werden verwendet: Eines zu verfeinern dauert {2} s.</translation>
    </message>
    <message>
        <source>{0} only tells where the weights are stored.</source>
        <translation>{0} sagt nur, wo die Gewichte liegen.</translation>
    </message>
    <message>
        <source>{0} own images are used next to the synthetic samples: {1}.</source>
        <translation>{0} eigene Bilder werden neben den synthetischen Samples verwendet: {1}.</translation>
    </message>
    <message>
        <source>{0} procedural images added to the samples: batch-norm error {1}, {2} after refining.</source>
        <translation>{0} prozedurale Bilder kommen zu den Samples: Batch-Norm-Fehler {1}, nach dem Verfeinern {2}.</translation>
    </message>
    <message>
        <source>{0} procedural images used, as there is no generator: batch-norm error {1}, {2} after refining.</source>
        <translation>{0} prozedurale Bilder verwendet, da es keinen Generator gibt: Batch-Norm-Fehler {1}, nach dem Verfeinern {2}.</translation>
    </message>
    <message>
        <source>{0} settings have invalid values.</source>
        <translation>{0} Einstellungen haben ungültige Werte.</translation>
    </message>
    <message>
        <source>{0} steps brought the quantized model nearer to the float model ({1}), so fine-tuning continues.</source>
        <translation>{0} Schritte brachten das quantisierte Modell näher an das float-Modell ({1}); die Feinabstimmung geht weiter.</translation>
    </message>
    <message>
        <source>{0} test images could not be read and are skipped.</source>
        <translation>{0} Testbilder konnten nicht gelesen werden und entfallen.</translation>
    </message>
    <message>
        <source>{0} took longer than {1} seconds to load, so it was stopped.</source>
        <translation>{0} brauchte zum Laden mehr als {1} Sekunden und wurde daher angehalten.</translation>
    </message>
    <message>
        <source>{0} was not checked: loading it can run code. --trust checks it too.</source>
        <translation>{0} wurde nicht geprüft: Es zu laden kann Code ausführen. Mit --trust wird es mitgeprüft.</translation>
    </message>
    <message>
        <source>{0} was not written. {1}</source>
        <translation>{0} wurde nicht geschrieben. {1}</translation>
    </message>
    <message>
        <source>{0} was trained on inputs from -1 to 1. torchvision converts ImageNet&apos;s normalization to that inside the network; here the input is normalized to -1..1 once instead.</source>
        <translation>{0} wurde mit Eingaben von -1 bis 1 trainiert. torchvision rechnet die ImageNet-Normalisierung im Netz selbst darauf um; hier wird die Eingabe stattdessen einmal auf -1..1 normalisiert.</translation>
    </message>
    <message>
        <source>{0} were wanted; the run has no more.</source>
        <translation>{0} waren gewünscht; der Lauf hat nicht mehr.</translation>
    </message>
    <message>
        <source>{0} {1} behind the last layer is computed in float; up to {2} % of the largest output may differ.</source>
        <translation>{0} {1} hinter der letzten Schicht wird in float gerechnet; Abweichungen bis {2} % der größten Ausgabe sind zulässig.</translation>
    </message>
    <message>
        <source>{0} {1} by their shapes, in the order of the file.</source>
        <translation>{0} {1} nach ihren Formen, in der Reihenfolge der Datei.</translation>
    </message>
    <message>
        <source>{0}() in {1} does not return a model.</source>
        <translation>{0}() in {1} gibt kein Modell zurück.</translation>
    </message>
    <message>
        <source>{0}, worker {1}</source>
        <translation>{0}, Worker {1}</translation>
    </message>
    <message>
        <source>{0}: float accuracy {1} % on {2} images.</source>
        <translation>{0}: float-Genauigkeit {1} % auf {2} Bildern.</translation>
    </message>
    <message>
        <source>{0}: input {1}; now {2}.</source>
        <translation>{0}: Eingabe {1}; jetzt {2}.</translation>
    </message>
    <message>
        <source>{0}: its time had no limit, or an earlier version made it.</source>
        <translation>{0}: Seine Zeit war nicht begrenzt, oder eine frühere Version hat ihn erstellt.</translation>
    </message>
    <message>
        <source>{0}: no such file or folder.</source>
        <translation>{0}: es gibt weder Datei noch Ordner dieses Namens.</translation>
    </message>
    <message>
        <source>{0}: no such file.</source>
        <translation>{0}: die Datei ist nicht da.</translation>
    </message>
    <message>
        <source>{0}: over {1} files.</source>
        <translation>{0}: über {1} Dateien.</translation>
    </message>
    <message>
        <source>{0}: {1} is not a range.</source>
        <translation>{0}: {1} ist kein Bereich.</translation>
    </message>
    <message>
        <source>{0}bit_width is {1}, not 2 to 8.</source>
        <translation>{0}bit_width ist {1}, nicht 2 bis 8.</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the message, the details and the versions.</source>
        <translation>Meldung, Einzelheiten und Versionen kopieren.</translation>
    </message>
    <message>
        <source>Details for a bug report</source>
        <translation>Einzelheiten für einen Fehlerbericht</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>Einzelheiten verbergen</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>Einzelheiten zeigen</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
</context>
<context>
    <name>ExperimentDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>Done: {0}</source>
        <translation>Fertig: {0}</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>Experiment</translation>
    </message>
    <message>
        <source>Experiments: {0}</source>
        <translation>Experimente: {0}</translation>
    </message>
    <message>
        <source>Generators to train: {0}, each as long as the run&apos;s own was.</source>
        <translation>Zu trainierende Generatoren: {0}, jeder so lange wie der des Laufs.</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Measured figures</source>
        <translation>Gemessene Werte</translation>
    </message>
    <message>
        <source>Measured on the run&apos;s own generator and on its test images; nothing is trained.</source>
        <translation>Gemessen am Generator des Laufs und an seinen Testbildern; trainiert wird nichts.</translation>
    </message>
    <message>
        <source>Measured on the run&apos;s own generator; nothing is trained.</source>
        <translation>Gemessen am Generator des Laufs; trainiert wird nichts.</translation>
    </message>
    <message>
        <source>Measuring...</source>
        <translation>Messung läuft...</translation>
    </message>
    <message>
        <source>One more generator is trained, as long as the run&apos;s own was.</source>
        <translation>Ein weiterer Generator wird trainiert, so lange wie der des Laufs.</translation>
    </message>
    <message>
        <source>One to {0} weights from 0 to 100, with commas between.</source>
        <translation>Ein bis {0} Gewichte von 0 bis 100, durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Samples</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner anzeigen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Stopping...</source>
        <translation>Wird gestoppt...</translation>
    </message>
    <message>
        <source>Tables as CSV, the plot, and all figures as JSON</source>
        <translation>Tabellen als CSV, das Diagramm und alle Werte als JSON</translation>
    </message>
    <message>
        <source>Train the counterpart without the loss, and compare</source>
        <translation>Das Gegenstück ohne den Verlust trainieren und vergleichen</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights of both losses, with commas between; every combination is trained</source>
        <translation>Gewichte beider Verluste, durch Kommas getrennt; jede Kombination wird trainiert</translation>
    </message>
    <message>
        <source>{0}: step {1} of {2}</source>
        <translation>{0}: Schritt {1} von {2}</translation>
    </message>
</context>
<context>
    <name>Experiments</name>
    <message>
        <source>Attention centres</source>
        <translation>Aufmerksamkeitszentren</translation>
    </message>
    <message>
        <source>Centre against pair loss</source>
        <translation>Zentrums- gegen Paarverlust</translation>
    </message>
    <message>
        <source>Diversity</source>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>Do attention centres match their targets?</source>
        <translation>Liegen Aufmerksamkeitszentren dort, wo sie vorgegeben sind?</translation>
    </message>
    <message>
        <source>Do the consistency penalties make eval and train mode agree?</source>
        <translation>Bringen die Konsistenzverluste Eval- und Train-Modus zur Übereinstimmung?</translation>
    </message>
    <message>
        <source>Does the pair loss keep samples of one class different?</source>
        <translation>Hält der Paarverlust Samples einer Klasse verschieden?</translation>
    </message>
    <message>
        <source>Eval/train consistency</source>
        <translation>Eval/Train-Konsistenz</translation>
    </message>
    <message>
        <source>How do the centre loss and the pair loss trade off?</source>
        <translation>Wie stehen Zentrums- und Paarverlust gegeneinander?</translation>
    </message>
    <message>
        <source>How far are samples from real images in the teacher&apos;s features?</source>
        <translation>Wie weit sind Samples in den Merkmalen des Lehrers von echten Bildern entfernt?</translation>
    </message>
    <message>
        <source>Samples against real images</source>
        <translation>Samples gegen echte Bilder</translation>
    </message>
    <message>
        <source>{0}, {1}; generator: {2} steps, batch {3}; {4} samples, seed {5}; {6}</source>
        <translation>{0}, {1}; Generator: {2} Schritte, Batch {3}; {4} Samples, Seed {5}; {6}</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Cancelling...</source>
        <translation>Wird abgebrochen...</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>Wählen...</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Convolutions</source>
        <translation>Faltungen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Integer reference</source>
        <translation>Ganzzahl-Referenz</translation>
    </message>
    <message>
        <source>Latency, batch 1</source>
        <translation>Latenz, Batch 1</translation>
    </message>
    <message>
        <source>Latency, batch 16</source>
        <translation>Latenz, Batch 16</translation>
    </message>
    <message>
        <source>Matrix products</source>
        <translation>Matrixprodukte</translation>
    </message>
    <message>
        <source>Measured: in ONNX Runtime the file is near the quantized model; TensorRT was not run.</source>
        <translation>Gemessen: In ONNX Runtime ist die Datei nahe am quantisierten Modell; TensorRT lief nicht.</translation>
    </message>
    <message>
        <source>Measured: in OpenVINO the file is near the quantized model.</source>
        <translation>Gemessen: In OpenVINO ist die Datei nahe am quantisierten Modell.</translation>
    </message>
    <message>
        <source>No file was written.</source>
        <translation>Es wurde keine Datei geschrieben.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Quantized model</source>
        <translation>Quantisiertes Modell</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Laufzeitumgebung</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>The file does not reproduce the quantized model.</source>
        <translation>Die Datei rechnet nicht wie das quantisierte Modell.</translation>
    </message>
    <message>
        <source>The file has been written.</source>
        <translation>Die Datei ist geschrieben.</translation>
    </message>
    <message>
        <source>The package for this format is not installed.</source>
        <translation>Das Paket für dieses Format ist nicht installiert.</translation>
    </message>
    <message>
        <source>Top-1 agreement</source>
        <translation>Top-1-Übereinstimmung</translation>
    </message>
    <message>
        <source>Verified: the file is bit-exact in LiteRT&apos;s arithmetic.</source>
        <translation>Verifiziert: Die Datei ist in der Arithmetik von LiteRT bitgenau.</translation>
    </message>
    <message>
        <source>Verified: the file reproduces the quantized model.</source>
        <translation>Verifiziert: Die Datei rechnet wie das quantisierte Modell.</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Writing and verifying the file...</source>
        <translation>Die Datei wird geschrieben und geprüft...</translation>
    </message>
    <message>
        <source>median [10th to 90th percentile]; the files take turns</source>
        <translation>Median [10. bis 90. Perzentil]; die Dateien wechseln sich ab</translation>
    </message>
    <message>
        <source>synthetic samples</source>
        <translation>synthetischen Samples</translation>
    </message>
    <message>
        <source>test images</source>
        <translation>Testbildern</translation>
    </message>
    <message>
        <source>{0}   (float: {1})</source>
        <translation>{0}   (float: {1})</translation>
    </message>
    <message>
        <source>{0}   (float: {1}, ONNX file: {2})</source>
        <translation>{0}   (float: {1}, ONNX-Datei: {2})</translation>
    </message>
    <message>
        <source>{0} % bit-exact on {1}</source>
        <translation>{0} % bitgenau auf {1}</translation>
    </message>
    <message>
        <source>{0} already exists. Replace it?</source>
        <translation>{0} gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>{0} integer, {1} float</source>
        <translation>{0} ganzzahlig, {1} float</translation>
    </message>
    <message>
        <source>{0} was written but not verified.</source>
        <translation>{0} wurde geschrieben, aber nicht verifiziert.</translation>
    </message>
</context>
<context>
    <name>FeatureCanvas</name>
    <message>
        <source>Map of the samples&apos; features</source>
        <translation>Karte der Merkmale der Samples</translation>
    </message>
    <message>
        <source>sample {0}: {1}</source>
        <translation>Sample {0}: {1}</translation>
    </message>
</context>
<context>
    <name>FeatureMapView</name>
    <message>
        <source>Between the samples and as many test images; 0: identical distributions</source>
        <translation>Zwischen den Samples und ebenso vielen Testbildern; 0: gleiche Verteilungen</translation>
    </message>
    <message>
        <source>Between two halves of the test images: the smallest that samples can reach</source>
        <translation>Zwischen zwei Hälften der Testbilder: der kleinste Wert, den Samples erreichen können</translation>
    </message>
    <message>
        <source>Classes to show</source>
        <translation>Gezeigte Klassen</translation>
    </message>
    <message>
        <source>Diversity</source>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>Each synthetic sample appears here as a point; samples with similar teacher features lie close together.</source>
        <translation>Jedes synthetische Sample erscheint hier als Punkt; Samples mit ähnlichen Merkmalen im Lehrer liegen nah beieinander.</translation>
    </message>
    <message>
        <source>Feature map</source>
        <translation>Merkmalskarte</translation>
    </message>
    <message>
        <source>Filled: synthetic samples. Small and hollow: test images; the axes are their first two principal components.</source>
        <translation>Gefüllt: synthetische Samples. Klein und hohl: Testbilder; die Achsen sind deren erste zwei Hauptkomponenten.</translation>
    </message>
    <message>
        <source>Fréchet distance</source>
        <translation>Fréchet-Distanz</translation>
    </message>
    <message>
        <source>Hover over a point to see its sample.</source>
        <translation>Auf einen Punkt zeigen, um sein Sample zu sehen.</translation>
    </message>
    <message>
        <source>Leave the zoom; the wheel zooms, dragging moves the map</source>
        <translation>Den Zoom verlassen; das Mausrad zoomt, Ziehen verschiebt die Karte</translation>
    </message>
    <message>
        <source>Mean distance of a sample&apos;s features from the mean of its class</source>
        <translation>Mittlerer Abstand der Merkmale eines Samples vom Mittel seiner Klasse</translation>
    </message>
    <message>
        <source>PNG image (*.png);;SVG image (*.svg)</source>
        <translation>PNG-Bild (*.png);;SVG-Bild (*.svg)</translation>
    </message>
    <message>
        <source>Save the feature map</source>
        <translation>Merkmalskarte speichern</translation>
    </message>
    <message>
        <source>Save the map as PNG or SVG</source>
        <translation>Die Karte als PNG oder SVG speichern</translation>
    </message>
    <message>
        <source>Save...</source>
        <translation>Speichern...</translation>
    </message>
    <message>
        <source>Share of the samples&apos; variance along the two axes</source>
        <translation>Anteil der Varianz der Samples entlang der beiden Achsen</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Show test images too, as small hollow points; they are used only to measure</source>
        <translation>Auch Testbilder zeigen, als kleine hohle Punkte; sie dienen nur zum Messen</translation>
    </message>
    <message>
        <source>Show the points of chosen classes only</source>
        <translation>Nur Punkte gewählter Klassen zeigen</translation>
    </message>
    <message>
        <source>The axes are the samples&apos; first two principal components. With test images, the axes are theirs, and they are shown too.</source>
        <translation>Die Achsen sind die ersten zwei Hauptkomponenten der Samples. Mit Testbildern sind es deren Hauptkomponenten, und auch sie sind zu sehen.</translation>
    </message>
    <message>
        <source>The map shows only {0} % of the variance: distances on it mean little.</source>
        <translation>Die Karte zeigt nur {0} % der Varianz: Abstände auf ihr sagen wenig.</translation>
    </message>
    <message>
        <source>The sample of the point</source>
        <translation>Das Sample des Punkts</translation>
    </message>
    <message>
        <source>The spread of real images; samples with a much smaller one are too similar</source>
        <translation>Die Streuung wirklicher Bilder; Samples mit viel kleinerer sind einander zu ähnlich</translation>
    </message>
    <message>
        <source>Within a class, the samples spread {0} % as widely as the test images.</source>
        <translation>Innerhalb einer Klasse streuen die Samples {0} % so weit wie die Testbilder.</translation>
    </message>
    <message>
        <source>distance, test images</source>
        <translation>Distanz, Testbilder</translation>
    </message>
    <message>
        <source>pair diversity</source>
        <translation>Vielfalt der Paare</translation>
    </message>
    <message>
        <source>spread, test images</source>
        <translation>Streuung, Testbilder</translation>
    </message>
    <message>
        <source>test images</source>
        <translation>Testbilder</translation>
    </message>
    <message>
        <source>variance explained</source>
        <translation>erklärte Varianz</translation>
    </message>
    <message>
        <source>within-class spread</source>
        <translation>Streuung je Klasse</translation>
    </message>
    <message>
        <source>{0}, step {1}</source>
        <translation>{0}, Schritt {1}</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Back to the default</source>
        <translation>Zurück zum Standard</translation>
    </message>
    <message>
        <source>Default: {0}.</source>
        <translation>Standard: {0}.</translation>
    </message>
    <message>
        <source>Range: {0}.</source>
        <translation>Bereich: {0}.</translation>
    </message>
    <message>
        <source>Reset {0}</source>
        <translation>{0} zurücksetzen</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>above {0}</source>
        <translation>über {0}</translation>
    </message>
    <message>
        <source>above {0}, up to {1}</source>
        <translation>über {0}, bis {1}</translation>
    </message>
    <message>
        <source>at least {0}</source>
        <translation>mindestens {0}</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>up to {0}</source>
        <translation>bis {0}</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} bis {1}</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>Interim result: top-1 on {0} of {1} test images, {2} scheme.</source>
        <translation>Zwischenstand: Top-1 auf {0} von {1} Testbildern, Schema {2}.</translation>
    </message>
    <message>
        <source>Median; 80 % of the repetitions took {0} to {1} ms</source>
        <translation>Median; 80 % der Wiederholungen dauerten {0} bis {1} ms</translation>
    </message>
    <message>
        <source>No test images: accuracy is not measured. Agreement is on {0} synthetic samples.</source>
        <translation>Keine Testbilder: die Genauigkeit wird nicht gemessen. Übereinstimmung auf {0} synthetischen Samples.</translation>
    </message>
    <message>
        <source>Quantized: interim result on {0} of them.</source>
        <translation>Quantisiert: Zwischenstand auf {0} davon.</translation>
    </message>
    <message>
        <source>Top-1 on {0} test images, {1} scheme.</source>
        <translation>Top-1 auf {0} Testbildern, Schema {1}.</translation>
    </message>
    <message>
        <source>agreement</source>
        <translation>Übereinst.</translation>
    </message>
    <message>
        <source>agreement (held-out)</source>
        <translation>Übereinst. (ungesehen)</translation>
    </message>
    <message>
        <source>agreement (test)</source>
        <translation>Übereinst. (Test)</translation>
    </message>
    <message>
        <source>deployable</source>
        <translation>ausführbar</translation>
    </message>
    <message>
        <source>exported</source>
        <translation>exportiert</translation>
    </message>
    <message>
        <source>float</source>
        <translation>float</translation>
    </message>
    <message>
        <source>latency, exported</source>
        <translation>Latenz, Export</translation>
    </message>
    <message>
        <source>latency, float</source>
        <translation>Latenz, float</translation>
    </message>
    <message>
        <source>paper</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>quantized</source>
        <translation>quantisiert</translation>
    </message>
    <message>
        <source>size, exported</source>
        <translation>Größe, Export</translation>
    </message>
    <message>
        <source>size, float</source>
        <translation>Größe, float</translation>
    </message>
</context>
<context>
    <name>FileFeature</name>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Drop a model (.safetensors, .pth, .pt, .pt2, .onnx, .py), test images (a folder, a table of files and labels, .npz), a run folder, or images to try.</source>
        <translation>Ein Modell (.safetensors, .pth, .pt, .pt2, .onnx, .py), Testbilder (Ordner, Tabelle mit Dateien und Labels, .npz), einen Laufordner oder Bilder zum Ausprobieren ablegen.</translation>
    </message>
    <message>
        <source>Drop one file or folder at a time, or a model together with its test images. Nothing was opened.</source>
        <translation>Eine Datei oder ein Ordner auf einmal, oder ein Modell zusammen mit seinen Testbildern. Nichts wurde geöffnet.</translation>
    </message>
    <message>
        <source>Images and labels ({0})</source>
        <translation>Bilder und Labels ({0})</translation>
    </message>
    <message>
        <source>Load settings</source>
        <translation>Einstellungen laden</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>No recent files</source>
        <translation>Keine Dateien</translation>
    </message>
    <message>
        <source>Not every one of these settings has an option. Save settings to a file, and use acq quantize --config FILE.</source>
        <translation>Nicht jede dieser Einstellungen hat eine Option. Die Einstellungen in einer Datei speichern und acq quantize --config DATEI verwenden.</translation>
    </message>
    <message>
        <source>Open a folder of own images</source>
        <translation>Ordner mit eigenen Bildern öffnen</translation>
    </message>
    <message>
        <source>Open a folder of test images</source>
        <translation>Ordner mit Testbildern öffnen</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>Modell öffnen</translation>
    </message>
    <message>
        <source>Open run</source>
        <translation>Lauf öffnen</translation>
    </message>
    <message>
        <source>Open test images</source>
        <translation>Testbilder öffnen</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Save debug package</source>
        <translation>Diagnosepaket speichern</translation>
    </message>
    <message>
        <source>Save settings</source>
        <translation>Einstellungen speichern</translation>
    </message>
    <message>
        <source>Settings (*.json)</source>
        <translation>Einstellungen (*.json)</translation>
    </message>
    <message>
        <source>The command line was copied.</source>
        <translation>Die Kommandozeile wurde kopiert.</translation>
    </message>
    <message>
        <source>The settings can&apos;t be saved.</source>
        <translation>Die Einstellungen können nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>This file can&apos;t be used here.</source>
        <translation>Diese Datei kann hier nicht verwendet werden.</translation>
    </message>
    <message>
        <source>Weights ({0})</source>
        <translation>Gewichte ({0})</translation>
    </message>
    <message>
        <source>Zip files (*.zip)</source>
        <translation>Zip-Dateien (*.zip)</translation>
    </message>
    <message>
        <source>{0} contains: {1}</source>
        <translation>{0} enthält: {1}</translation>
    </message>
</context>
<context>
    <name>FurthestImages</name>
    <message>
        <source>Images on which the two models differ most</source>
        <translation>Bilder, bei denen beide Modelle am weitesten auseinanderliegen</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>Agreement on test images is {0} percentage points lower: the quantized model has fitted the samples.</source>
        <translation>Die Übereinstimmung auf Testbildern ist {0} Prozentpunkte niedriger: Das quantisierte Modell hat sich an die Samples angepasst.</translation>
    </message>
</context>
<context>
    <name>HealthPanel</name>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Is the run healthy, and if not, what to change.</source>
        <translation>Ob der Lauf gut ist, und wenn nicht, was zu ändern ist.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>A sweep runs a grid of settings, one run after another. A table and a plot compare the results.</source>
        <translation>Ein Sweep führt ein Raster von Einstellungen aus, einen Lauf nach dem anderen. Tabelle und Diagramm vergleichen die Ergebnisse.</translation>
    </message>
    <message>
        <source>Any images in the float and in the quantized model of a finished run: the likeliest classes, both attention maps, and where the prediction flips. Drop images or a folder, or take the test images or the run&apos;s samples.</source>
        <translation>Beliebige Bilder im float- und im quantisierten Modell eines beendeten Laufs: die wahrscheinlichsten Klassen, beide Aufmerksamkeitskarten und wo die Vorhersage kippt. Bilder oder einen Ordner ablegen oder die Testbilder oder die Samples des Laufs nehmen.</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Bits, ranges and errors of every quantized layer, known after calibration. Double-click the bits of a layer to change them for the next run.</source>
        <translation>Bits, Bereiche und Fehler jeder quantisierten Schicht, bekannt nach der Kalibrierung. Ein Doppelklick auf die Bits einer Schicht ändert sie für den nächsten Lauf.</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Compare images</source>
        <translation>Bildvergleich</translation>
    </message>
    <message>
        <source>Default: {0}.</source>
        <translation>Standard: {0}.</translation>
    </message>
    <message>
        <source>Drop a file anywhere on the window, or choose the sample model, a recent file, or a published model by name.</source>
        <translation>Eine Datei irgendwo auf dem Fenster ablegen oder das Beispielmodell, eine zuletzt verwendete Datei oder ein veröffentlichtes Modell nach Namen wählen.</translation>
    </message>
    <message>
        <source>Enter enlarges a sample and shows its attention and its history. Samples need not look like photographs: they only have to produce the right statistics in the model.</source>
        <translation>Die Eingabetaste vergrößert ein Sample und zeigt seine Aufmerksamkeit und seinen Verlauf. Samples müssen nicht wie Fotos aussehen: sie müssen nur im Modell die richtige Statistik ergeben.</translation>
    </message>
    <message>
        <source>Enter or a double-click enlarges a sample in Samples. The layer selected here can be used as the attention layer of the next run.</source>
        <translation>Die Eingabetaste oder ein Doppelklick zeigt ein Sample groß unter „Samples“. Die hier gewählte Schicht kann im nächsten Lauf als Aufmerksamkeitsschicht dienen.</translation>
    </message>
    <message>
        <source>Every run in the runs folder, newest first. Open one with all its views, compare up to six, or use its settings for a new run.</source>
        <translation>Jeder Lauf im Ordner der Läufe, der neueste zuerst. Einen mit allen Ansichten öffnen, bis zu sechs vergleichen oder seine Einstellungen für einen neuen Lauf übernehmen.</translation>
    </message>
    <message>
        <source>Feature map</source>
        <translation>Merkmalskarte</translation>
    </message>
    <message>
        <source>Float, quantized and exported model side by side: accuracy, agreement, size and latency, with the images they were measured on.</source>
        <translation>Float, quantisiertes und exportiertes Modell nebeneinander: Genauigkeit, Übereinstimmung, Größe und Latenz, jeweils mit den Bildern, auf denen gemessen wurde.</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Hover over the plot for the values at a step, or use the arrow keys. Drag or press + and - to zoom; a double-click or 0 shows the whole run again. Click a name in the legend to hide its curve.</source>
        <translation>Die Werte bei einem Schritt zeigt der Mauszeiger auf den Kurven oder das Fadenkreuz mit den Pfeiltasten. Ziehen oder + und - zoomen; ein Doppelklick oder 0 zeigt wieder den ganzen Lauf. Ein Klick auf einen Namen in der Legende verbirgt dessen Kurve.</translation>
    </message>
    <message>
        <source>How long the generator and the quantized model are trained. The presets are a good start.</source>
        <translation>Wie lange Generator und quantisiertes Modell trainiert werden. Die Voreinstellungen sind ein guter Anfang.</translation>
    </message>
    <message>
        <source>How many bits weights and activations have. At 4 bits little accuracy is lost; below 4 bits it depends on the other settings.</source>
        <translation>Wie viele Bits Gewichte und Aktivierungen haben. Bei 4 Bit geht wenig Genauigkeit verloren; darunter kommt es auf die anderen Einstellungen an.</translation>
    </message>
    <message>
        <source>How samples are generated that stand in for the training data. Each loss has a weight; 0 disables it.</source>
        <translation>Wie Samples erzeugt werden, die die Trainingsdaten ersetzen. Jeder Verlust hat ein Gewicht; 0 schaltet ihn ab.</translation>
    </message>
    <message>
        <source>Is the run healthy, and if not, what to change. Early in the warm-up nothing is judged; later, a bad value comes with its meaning and what to change.</source>
        <translation>Ob der Lauf gut ist, und wenn nicht, was zu ändern ist. Zu Beginn des Aufwärmens wird nichts beurteilt; später steht bei einem schlechten Wert, was er bedeutet und was zu ändern ist.</translation>
    </message>
    <message>
        <source>Labelled images for measuring accuracy. Quantization never sees them, and works without them.</source>
        <translation>Bilder mit Labels, die die Genauigkeit messen. Die Quantisierung sieht sie nie und geht auch ohne sie.</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>Verluste</translation>
    </message>
    <message>
        <source>Losses of generator and quantized model by step. Thin lines are measured values, bold lines are smoothed; the dashed line is the float model.</source>
        <translation>Verluste von Generator und quantisiertem Modell nach Schritt. Dünne Linien sind Messwerte, kräftige geglättet; die gestrichelte Linie ist das float-Modell.</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Pause waits after the current step. Finish now stops training, then evaluates and exports the model as it is. Cancel saves a checkpoint and stops; the run can be resumed.</source>
        <translation>Pause wartet nach dem laufenden Schritt. Jetzt fertigstellen beendet das Training, wertet das Modell aus und exportiert es, wie es ist. Abbrechen speichert einen Checkpoint und hält an; der Lauf kann fortgesetzt werden.</translation>
    </message>
    <message>
        <source>Pause, finish and cancel act there. The window can be closed: the cluster continues, and the run is found again at the next start. If a worker ends, another one resumes the run from its last checkpoint.</source>
        <translation>Anhalten, Abschließen und Abbrechen wirken dort. Das Fenster kann geschlossen werden: Der Cluster rechnet weiter, und der Lauf wird beim nächsten Start wiedergefunden. Endet ein Worker, setzt ein anderer den Lauf ab seinem letzten Checkpoint fort.</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>Quantisierung</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Range: {0}.</source>
        <translation>Bereich: {0}.</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Runs can be computed on other machines with Dask. Choose the address of the cluster&apos;s scheduler, such as tcp://HOST:8786; model and test images are sent there, and the run folder comes back as it grows.</source>
        <translation>Läufe können mit Dask auf anderen Rechnern gerechnet werden. Die Adresse des Schedulers wählen, etwa tcp://HOST:8786; Modell und Testbilder werden dorthin gesendet, und der Laufordner kommt zurück, während er wächst.</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Samples</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Zeitplan</translation>
    </message>
    <message>
        <source>Start launches a run with the current settings; if it is disabled, the text next to it explains why. The bar shows the phases: preparation, generator warm-up, calibration, fine-tuning, evaluation, export.</source>
        <translation>Start beginnt einen Lauf mit den aktuellen Einstellungen; ist die Schaltfläche grau, sagt der Text daneben, warum. Der Balken zeigt die Phasen: Vorbereitung, Aufwärmen des Generators, Kalibrierung, Feinabstimmung, Auswertung, Export.</translation>
    </message>
    <message>
        <source>Sweeps</source>
        <translation>Sweeps</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>Testbilder</translation>
    </message>
    <message>
        <source>The divergence is the Kullback-Leibler divergence of the two models&apos; probabilities, in nats; 0 means that they are the same. The bars at the bottom are the error of each layer&apos;s output relative to the float output; a layer inherits the errors of all layers before it.</source>
        <translation>Die Divergenz ist die Kullback-Leibler-Divergenz der Wahrscheinlichkeiten beider Modelle, in nat; 0 heißt, dass sie gleich sind. Die Balken unten sind der Fehler der Ausgabe jeder Schicht gegenüber der float-Ausgabe; eine Schicht erbt die Fehler aller Schichten vor ihr.</translation>
    </message>
    <message>
        <source>The meter on the right shows this program&apos;s CPU time (100 % is one core) and memory, and those of a GPU if one is used.</source>
        <translation>Die Anzeige rechts zeigt CPU-Zeit (100 % ist ein Kern) und Speicher dieses Programms und, falls eine GPU verwendet wird, auch deren Auslastung und Speicher.</translation>
    </message>
    <message>
        <source>The model is exported as a file for ONNX Runtime, whose outputs are compared bit by bit with an integer reference.</source>
        <translation>Das Modell wird als Datei für ONNX Runtime exportiert, deren Ausgaben Bit für Bit mit einer Ganzzahl-Referenz verglichen werden.</translation>
    </message>
    <message>
        <source>The run</source>
        <translation>Der Lauf</translation>
    </message>
    <message>
        <source>The same synthetic samples throughout the run. The ring is the target attention centre, the dot the measured one; a marked corner means that the predicted class differs from the target.</source>
        <translation>Dieselben synthetischen Samples den ganzen Lauf hindurch. Der Ring ist das vorgegebene Aufmerksamkeitszentrum, der Punkt das gemessene; eine markierte Ecke heißt, dass die vorhergesagte Klasse von der Zielklasse abweicht.</translation>
    </message>
    <message>
        <source>The samples in the teacher&apos;s feature space, projected on two principal components. Good samples cover the same area as the test images; a class in one narrow spot has collapsed.</source>
        <translation>Die Samples im Merkmalsraum des Lehrers, projiziert auf zwei Hauptkomponenten. Gute Samples bedecken dieselbe Fläche wie die Testbilder; eine Klasse auf engem Fleck ist kollabiert.</translation>
    </message>
    <message>
        <source>The teacher&apos;s attention in eval mode, in train mode, and the difference. If the modes differ, batch-norm statistics mislead the generator.</source>
        <translation>Die Aufmerksamkeit des Lehrers im Eval-Modus, im Train-Modus und die Differenz. Wenn die Modi sich unterscheiden, führt die Batch-Norm-Statistik den Generator in die Irre.</translation>
    </message>
    <message>
        <source>The trained classifier to quantize. The statistics in its batch-norm layers are all that is known about the training data. Where it has none, they are measured on drawn images, which are a lesser guide.</source>
        <translation>Der trainierte Klassifikator, der quantisiert wird. Die Statistik in seinen Batch-Norm-Schichten ist alles, was von den Trainingsdaten bekannt ist. Hat er keine, wird sie auf gezeichneten Bildern gemessen, die ein schwächerer Anhalt sind.</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>Themen</translation>
    </message>
    <message>
        <source>Try it asks the exported file about one image, as a program that uses the file would. After a run, one image dropped anywhere on the window opens it.</source>
        <translation>Ausprobieren fragt die exportierte Datei nach einem Bild, wie es ein Programm täte, das die Datei benutzt. Nach einem Lauf öffnet es sich auch, wenn ein Bild irgendwo auf das Fenster gezogen wird.</translation>
    </message>
    <message>
        <source>Waiting runs, in order. Each has the settings that were current when it was added.</source>
        <translation>Wartende Läufe in ihrer Reihenfolge. Jeder hat die Einstellungen, die beim Hinzufügen galten.</translation>
    </message>
    <message>
        <source>What the run does, line by line. Filter by level or text, and copy the result.</source>
        <translation>Was der Lauf tut, Zeile für Zeile. Nach Stufe oder Text filtern und das Ergebnis kopieren.</translation>
    </message>
    <message>
        <source>Without TLS, whoever reaches the cluster can read what is sent and run code there.</source>
        <translation>Ohne TLS kann jeder, der den Cluster erreicht, mitlesen, was gesendet wird, und dort Code ausführen.</translation>
    </message>
    <message>
        <source>Without test images, predictions of both models are compared on held-out samples and on procedural images, which are drawn by rules. This is agreement, not accuracy: nobody knows the right class of such images.</source>
        <translation>Ohne Testbilder werden die Vorhersagen beider Modelle auf zurückgehaltenen Samples und auf prozeduralen Bildern verglichen, die nach Regeln gezeichnet sind. Das ist Übereinstimmung, keine Genauigkeit: Die richtige Klasse solcher Bilder kennt niemand.</translation>
    </message>
</context>
<context>
    <name>HelpFeature</name>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>Einstellung</translation>
    </message>
</context>
<context>
    <name>HistogramPlot</name>
    <message>
        <source> = {0}</source>
        <translation> = {0}</translation>
    </message>
    <message>
        <source>Hover over a level, or use the arrow keys, to see how many values it represents</source>
        <translation>Auf eine Stufe zeigen oder die Pfeiltasten verwenden, um zu sehen, für wie viele Werte sie steht</translation>
    </message>
    <message>
        <source>level {0}{1}: {2} % of the values</source>
        <translation>Stufe {0}{1}: {2} % der Werte</translation>
    </message>
</context>
<context>
    <name>HistoryFeature</name>
    <message>
        <source>An active run can&apos;t be deleted.</source>
        <translation>Ein aktiver Lauf kann nicht gelöscht werden.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message numerus="yes">
        <source>Move %n run(s) to the trash?</source>
        <translation>
            <numerusform>%n Lauf in den Papierkorb legen?</numerusform>
            <numerusform>%n Läufe in den Papierkorb legen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Name of the run and of its folder:</source>
        <translation>Name des Laufs und seines Ordners:</translation>
    </message>
    <message>
        <source>Rename run</source>
        <translation>Lauf umbenennen</translation>
    </message>
    <message>
        <source>The notes can&apos;t be saved.</source>
        <translation>Die Notizen können nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The tags can&apos;t be saved.</source>
        <translation>Die Schlagwörter können nicht gespeichert werden.</translation>
    </message>
</context>
<context>
    <name>LayerBars</name>
    <message>
        <source>Error of each layer&apos;s output</source>
        <translation>Fehler der Ausgabe jeder Schicht</translation>
    </message>
    <message>
        <source>{0}: {1:.2f} % of the float output&apos;s energy; mean over all images {2:.2f} %</source>
        <translation>{0}: {1:.2f} % der Energie der float-Ausgabe; Mittel über alle Bilder {2:.2f} %</translation>
    </message>
</context>
<context>
    <name>LayerDetail</name>
    <message>
        <source>&amp;Log counts</source>
        <translation>&amp;log. Anzahl</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>Le&amp;vels</source>
        <translation>&amp;Stufen</translation>
    </message>
    <message>
        <source>Logarithmic counts, so that rare values are visible</source>
        <translation>Logarithmische Anzahlen, damit seltene Werte sichtbar sind</translation>
    </message>
    <message>
        <source>Select a layer to see its weights and activations.</source>
        <translation>Eine Schicht wählen, um ihre Gewichte und Aktivierungen zu sehen.</translation>
    </message>
    <message>
        <source>Show the quantization levels; clipped values are hatched</source>
        <translation>Die Quantisierungsstufen zeigen; abgeschnittene Werte sind schraffiert</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>stay float</source>
        <translation>bleiben float</translation>
    </message>
    <message>
        <source>{0} levels per channel; {1} % clipped</source>
        <translation>{0} Stufen je Kanal; {1} % abgeschnitten</translation>
    </message>
    <message>
        <source>{0} levels; not recorded in this run</source>
        <translation>{0} Stufen; in diesem Lauf nicht aufgezeichnet</translation>
    </message>
    <message>
        <source>{0} levels; {1} % clipped</source>
        <translation>{0} Stufen; {1} % abgeschnitten</translation>
    </message>
    <message>
        <source>{0}: weights {1}, {2} bits, {3} to {4}</source>
        <translation>{0}: Gewichte {1}, {2} Bit, {3} bis {4}</translation>
    </message>
    <message>
        <source>{0}; {1} % zeros hidden</source>
        <translation>{0}; {1} % Nullen verborgen</translation>
    </message>
</context>
<context>
    <name>Layers</name>
    <message>
        <source>Bits of the layer&apos;s activations; –: not quantized</source>
        <translation>Bits der Aktivierungen der Schicht; –: nicht quantisiert</translation>
    </message>
    <message>
        <source>Bits of the weights. To change them for the next run: double-click, F2, or keys 2 to 8; Delete reverts</source>
        <translation>Bits der Gewichte. Für den nächsten Lauf ändern: Doppelklick, F2 oder die Tasten 2 bis 8; Entf nimmt sie zurück</translation>
    </message>
    <message>
        <source>Change of the model&apos;s output if only this layer is quantized</source>
        <translation>Änderung der Modellausgabe, wenn nur diese Schicht quantisiert ist</translation>
    </message>
    <message>
        <source>Largest representable weight</source>
        <translation>Größtes darstellbares Gewicht</translation>
    </message>
    <message>
        <source>Quantization step size of the activations</source>
        <translation>Quantisierungsschrittweite der Aktivierungen</translation>
    </message>
    <message>
        <source>Shape of the weights; for a group: number of weights</source>
        <translation>Form der Gewichte; bei einer Gruppe: Zahl der Gewichte</translation>
    </message>
    <message>
        <source>Share of activations outside the quantization range</source>
        <translation>Anteil der Aktivierungen außerhalb des Quantisierungsbereichs</translation>
    </message>
    <message>
        <source>Share of weights more than half a step outside their channel&apos;s range</source>
        <translation>Anteil der Gewichte, die mehr als einen halben Schritt außerhalb des Bereichs ihres Kanals liegen</translation>
    </message>
    <message>
        <source>Smallest representable weight</source>
        <translation>Kleinstes darstellbares Gewicht</translation>
    </message>
    <message>
        <source>Squared error of the quantized weights, relative to their squared norm</source>
        <translation>Quadratischer Fehler der quantisierten Gewichte, bezogen auf ihre quadrierte Norm</translation>
    </message>
    <message>
        <source>The module&apos;s path in the model</source>
        <translation>Der Pfad des Moduls im Modell</translation>
    </message>
    <message>
        <source>What the layer computes</source>
        <translation>Was die Schicht berechnet</translation>
    </message>
    <message>
        <source>act. bits</source>
        <translation>Akt.-Bits</translation>
    </message>
    <message>
        <source>act. clipped</source>
        <translation>Akt. abg.</translation>
    </message>
    <message>
        <source>act. scale</source>
        <translation>Akt.-Skala</translation>
    </message>
    <message>
        <source>bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>max</source>
        <translation>Max.</translation>
    </message>
    <message>
        <source>min</source>
        <translation>Min.</translation>
    </message>
    <message>
        <source>sensitivity</source>
        <translation>Empfindlichkeit</translation>
    </message>
    <message>
        <source>type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>w. clipped</source>
        <translation>Gew. abg.</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>{0} layers</source>
        <translation>{0} Schichten</translation>
    </message>
</context>
<context>
    <name>LayersView</name>
    <message numerus="yes">
        <source>%n layer(s); {0} → {1}, {2} bits on average</source>
        <translation>
            <numerusform>%n Schicht; {0} → {1}, im Mittel {2} Bit</numerusform>
            <numerusform>%n Schichten; {0} → {1}, im Mittel {2} Bit</numerusform>
        </translation>
    </message>
    <message>
        <source>All layers in one list; click a column&apos;s title to sort</source>
        <translation>Alle Schichten in einer Liste; ein Klick auf einen Spaltentitel sortiert sie</translation>
    </message>
    <message>
        <source>Bit allocation...</source>
        <translation>Bitverteilung...</translation>
    </message>
    <message>
        <source>Every quantized layer appears here after calibration, with bits, ranges, errors and histograms.</source>
        <translation>Jede quantisierte Schicht erscheint hier nach der Kalibrierung, mit Bits, Bereichen, Fehlern und Histogrammen.</translation>
    </message>
    <message>
        <source>Find the bits per layer with the smallest error within a size or an average bit width</source>
        <translation>Die Bits je Schicht mit dem kleinsten Fehler für eine Größe oder mittlere Bitzahl finden</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Layers grouped by module</source>
        <translation>Schichten nach Modulen gruppiert</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Part of a layer&apos;s name</source>
        <translation>Teil des Namens einer Schicht</translation>
    </message>
    <message>
        <source>Show layers whose name contains this text</source>
        <translation>Schichten zeigen, deren Name diesen Text enthält</translation>
    </message>
    <message>
        <source>Size of the weights, computed from shapes and bits, without scales and zero points</source>
        <translation>Größe der Gewichte, aus Formen und Bits berechnet, ohne Skalen und Nullpunkte</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>Baum</translation>
    </message>
    <message>
        <source>Tree of the quantized layers</source>
        <translation>Baum der quantisierten Schichten</translation>
    </message>
    <message>
        <source>search layers</source>
        <translation>Schicht suchen</translation>
    </message>
    <message>
        <source>{0}: {1} layers, {2} bits on average. Select one to see its weights and activations.</source>
        <translation>{0}: {1} Schichten, im Mittel {2} Bit. Eine wählen, um ihre Gewichte und Aktivierungen zu sehen.</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Diamond: the best measured value of the first curve so far.
The result of a run is its last value, not its best.</source>
        <translation>Raute: der bisher beste Messwert der ersten Kurve.
Ergebnis eines Laufs ist sein letzter Wert, nicht sein bester.</translation>
    </message>
</context>
<context>
    <name>LegendRow</name>
    <message>
        <source>{0}
Click to hide or show the curve.</source>
        <translation>{0}
Ein Klick verbirgt oder zeigt die Kurve.</translation>
    </message>
    <message>
        <source>{0} % of the weighted total, which the shaded part shows; the curve itself is not weighted.</source>
        <translation>{0} % der gewichteten Summe, wie der schattierte Teil zeigt; die Kurve selbst ist nicht gewichtet.</translation>
    </message>
    <message>
        <source>{0} curve</source>
        <translation>Kurve {0}</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Calibrate</source>
        <translation>Kalibrieren</translation>
    </message>
    <message>
        <source>Checkpoint at step {0}.</source>
        <translation>Checkpoint bei Schritt {0}.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the selected text, or all entries shown</source>
        <translation>Den gewählten Text oder alle gezeigten Einträge kopieren</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>Feinabstimmen</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Information</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Log of the run</source>
        <translation>Protokoll des Laufs</translation>
    </message>
    <message>
        <source>Lowest level shown</source>
        <translation>Niedrigste gezeigte Stufe</translation>
    </message>
    <message>
        <source>Phase: {0}.</source>
        <translation>Phase: {0}.</translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation>Vorbereiten</translation>
    </message>
    <message>
        <source>Run folder {0}, device {1}, seed {2}.</source>
        <translation>Ordner des Laufs {0}, Gerät {1}, Seed {2}.</translation>
    </message>
    <message>
        <source>Scroll to the newest entry</source>
        <translation>Zum neuesten Eintrag scrollen</translation>
    </message>
    <message>
        <source>Show entries of this level and above</source>
        <translation>Einträge ab dieser Stufe zeigen</translation>
    </message>
    <message>
        <source>Show entries that contain this text</source>
        <translation>Einträge zeigen, die diesen Text enthalten</translation>
    </message>
    <message>
        <source>Text that entries must contain</source>
        <translation>Text, den Einträge enthalten müssen</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Aufwärmen</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>What the run does appears here, line by line.</source>
        <translation>Was der Lauf tut, erscheint hier, Zeile für Zeile.</translation>
    </message>
    <message>
        <source>filter</source>
        <translation>filtern</translation>
    </message>
    <message>
        <source>follow</source>
        <translation>folgen</translation>
    </message>
</context>
<context>
    <name>LooksSideBySide</name>
    <message>
        <source>Copy image</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Image (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
    <message>
        <source>Samples and attention</source>
        <translation>Samples und Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Samples with their attention, one row above the other</source>
        <translation>Samples mit ihrer Aufmerksamkeit, eine Zeile über der anderen</translation>
    </message>
    <message>
        <source>Save as image...</source>
        <translation>Als Bild speichern...</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>Testbilder</translation>
    </message>
    <message>
        <source>attention of the float model, spread of centres {0}</source>
        <translation>Aufmerksamkeit des float-Modells, Streuung der Zentren {0}</translation>
    </message>
    <message>
        <source>attention similarity in a class {0}</source>
        <translation>Ähnlichkeit der Attention in einer Klasse {0}</translation>
    </message>
    <message>
        <source>centre error {0}</source>
        <translation>Zentrumsfehler {0}</translation>
    </message>
    <message>
        <source>class match of these {0} %</source>
        <translation>Treffer bei diesen {0} %</translation>
    </message>
    <message>
        <source>none of this class</source>
        <translation>keine dieser Klasse</translation>
    </message>
    <message>
        <source>similarity 0 to 1</source>
        <translation>Ähnlichkeit 0 bis 1</translation>
    </message>
    <message>
        <source>spread of centres {0}</source>
        <translation>Streuung der Zentren {0}</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>Schritt {0}</translation>
    </message>
    <message>
        <source>{0} of {1} shown</source>
        <translation>{0} von {1} gezeigt</translation>
    </message>
</context>
<context>
    <name>LossPlot</name>
    <message>
        <source>Arrow keys move the crosshair from point to point, plus and minus zoom, 0 shows the whole run.</source>
        <translation>Pfeiltasten bewegen das Fadenkreuz von Punkt zu Punkt, Plus und Minus zoomen, 0 zeigt den ganzen Lauf.</translation>
    </message>
    <message>
        <source>best {0} at step {1}</source>
        <translation>Bestwert {0} bei Schritt {1}</translation>
    </message>
    <message>
        <source>float {0}</source>
        <translation>float {0}</translation>
    </message>
    <message>
        <source>last, smoothed</source>
        <translation>zuletzt, geglättet</translation>
    </message>
    <message>
        <source>result: step {0}</source>
        <translation>Ergebnis: Schritt {0}</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>Schritt {0}</translation>
    </message>
    <message>
        <source>{0} curves by step</source>
        <translation>{0}: Kurven nach Schritt</translation>
    </message>
</context>
<context>
    <name>LossesView</name>
    <message>
        <source>A double-click on the plot or the key 0 does the same</source>
        <translation>Ein Doppelklick auf die Kurven oder die Taste 0 tut dasselbe</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Top-1</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All three groups, stacked</source>
        <translation>Alle drei Gruppen übereinander</translation>
    </message>
    <message>
        <source>Axis, smoothing and the visible part of the run</source>
        <translation>Achse, Glättung und der sichtbare Teil des Laufs</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>Kalibrieren</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>Feinabstimmen</translation>
    </message>
    <message>
        <source>Generator</source>
        <translation>Generator</translation>
    </message>
    <message>
        <source>Image (PNG)…</source>
        <translation>Bild (PNG)…</translation>
    </message>
    <message>
        <source>Image (SVG)…</source>
        <translation>Bild (SVG)…</translation>
    </message>
    <message>
        <source>Logarithmic axis</source>
        <translation>Logarithmische Achse</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>Verluste</translation>
    </message>
    <message>
        <source>Losses on a logarithmic axis; values at or below 0 are not shown</source>
        <translation>Verluste auf logarithmischer Achse; Werte bis 0 werden nicht gezeigt</translation>
    </message>
    <message>
        <source>None: as measured</source>
        <translation>Keine: wie gemessen</translation>
    </message>
    <message>
        <source>PNG image (*.png)</source>
        <translation>PNG-Bild (*.png)</translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation>Vorbereiten</translation>
    </message>
    <message>
        <source>SVG image (*.svg)</source>
        <translation>SVG-Bild (*.svg)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Save the curves</source>
        <translation>Kurven speichern</translation>
    </message>
    <message>
        <source>Save the curves as an image (PNG, SVG) or their values as a table (CSV)</source>
        <translation>Die Kurven als Bild (PNG, SVG) oder ihre Werte als Tabelle (CSV) speichern</translation>
    </message>
    <message>
        <source>Save the values</source>
        <translation>Werte speichern</translation>
    </message>
    <message>
        <source>Show the curves of this group</source>
        <translation>Die Kurven dieser Gruppe zeigen</translation>
    </message>
    <message>
        <source>Show the whole run</source>
        <translation>Den ganzen Lauf zeigen</translation>
    </message>
    <message>
        <source>Show {0}</source>
        <translation>{0} zeigen</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Student</source>
        <translation>Schüler</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Table of all values (CSV)…</source>
        <translation>Tabelle aller Werte (CSV)…</translation>
    </message>
    <message>
        <source>The losses of the generator and of the quantized model appear here, step by step, once a run starts.</source>
        <translation>Die Verluste von Generator und quantisiertem Modell erscheinen hier, Schritt für Schritt, sobald ein Lauf beginnt.</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Aufwärmen</translation>
    </message>
    <message>
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <source>{0} points</source>
        <translation>{0} Punkte</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Zuletzt verwendet</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
</context>
<context>
    <name>MarkLegend</name>
    <message>
        <source>Attention centre: the ring is the target, the dot is the measured one.
The line&apos;s colour is their distance; the image is 2 units wide.</source>
        <translation>Aufmerksamkeitszentrum: der Ring ist das vorgegebene, der Punkt das gemessene.
Die Farbe der Linie ist der Abstand; das Bild ist 2 Einheiten breit.</translation>
    </message>
    <message>
        <source>Legend of the attention centres</source>
        <translation>Legende der Aufmerksamkeitszentren</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>target</source>
        <translation>vorgegeben</translation>
    </message>
</context>
<context>
    <name>MatchMatrix</name>
    <message>
        <source>Predictions: rows are the float model&apos;s, columns the quantized model&apos;s</source>
        <translation>Vorhersagen: Zeilen sind die des float-Modells, Spalten die des quantisierten</translation>
    </message>
    <message>
        <source>float {0}, quantized {1}: {2} of {3}</source>
        <translation>float {0}, quantisiert {1}: {2} von {3}</translation>
    </message>
</context>
<context>
    <name>MeasureFeature</name>
    <message>
        <source>Evaluating on the test images...</source>
        <translation>Auf den Testbildern wird ausgewertet...</translation>
    </message>
    <message>
        <source>{0} has been evaluated, but another run is open.</source>
        <translation>{0} ist ausgewertet, aber ein anderer Lauf ist geöffnet.</translation>
    </message>
</context>
<context>
    <name>Meter</name>
    <message>
        <source>CPU time (100 % is one core) and memory of this program; if a run uses a GPU, its utilization and memory</source>
        <translation>CPU-Zeit (100 % ist ein Kern) und Speicher dieses Programms; wenn ein Lauf eine GPU verwendet, deren Auslastung und Speicher</translation>
    </message>
</context>
<context>
    <name>MethodPanel</name>
    <message>
        <source>3  Method</source>
        <translation>3  Methode</translation>
    </message>
    <message>
        <source>Attention-corrected samples: conditioned on class and attention centre.</source>
        <translation>Aufmerksamkeitskorrigierte Samples: nach Klasse und Aufmerksamkeitszentrum.</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>The baseline (ECCV 2020): conditioned on the class only.</source>
        <translation>Das Vergleichsverfahren (ECCV 2020): nur nach Klasse.</translation>
    </message>
    <message>
        <source>Weights of the generator&apos;s losses</source>
        <translation>Gewichte der Verluste des Generators</translation>
    </message>
    <message>
        <source>Weights of the student&apos;s losses</source>
        <translation>Gewichte der Verluste des Schülers</translation>
    </message>
    <message>
        <source>class {0}, BN {1}, centre {2}</source>
        <translation>Klasse {0}, BN {1}, Zentrum {2}</translation>
    </message>
</context>
<context>
    <name>Metrics</name>
    <message>
        <source>BN statistics</source>
        <translation>BN-Statistik</translation>
    </message>
    <message>
        <source>Cosine similarity of attention in eval and train mode.</source>
        <translation>Kosinus-Ähnlichkeit der Aufmerksamkeit im Eval- und im Train-Modus.</translation>
    </message>
    <message>
        <source>Cross-entropy of the student&apos;s output with the target class.</source>
        <translation>Kreuzentropie der Ausgabe des Schülers mit der Zielklasse.</translation>
    </message>
    <message>
        <source>Cross-entropy of the teacher&apos;s output with the target class.</source>
        <translation>Kreuzentropie der Ausgabe des Lehrers mit der Zielklasse.</translation>
    </message>
    <message>
        <source>Difference of the attention maps in eval and train mode.</source>
        <translation>Unterschied der Aufmerksamkeitskarten im Eval- und im Train-Modus.</translation>
    </message>
    <message>
        <source>Difference of the teacher&apos;s outputs in eval and train mode.</source>
        <translation>Unterschied der Ausgaben des Lehrers im Eval- und im Train-Modus.</translation>
    </message>
    <message>
        <source>Distance of the samples&apos; batch-norm statistics from the stored ones.</source>
        <translation>Abstand der Batch-Norm-Statistik der Samples von der gespeicherten.</translation>
    </message>
    <message>
        <source>Distance of the samples&apos; batch-norm statistics in train mode from the stored ones.</source>
        <translation>Abstand der Batch-Norm-Statistik der Samples im Train-Modus von der gespeicherten.</translation>
    </message>
    <message>
        <source>Feature similarity of two samples of one class and centre; lower is more diverse.</source>
        <translation>Ähnlichkeit der Merkmale zweier Samples mit gleicher Klasse und gleichem Zentrum; niedriger ist vielfältiger.</translation>
    </message>
    <message>
        <source>How much the generator&apos;s total loss still fluctuates or rises, relative to the loss.</source>
        <translation>Wie sehr der gesamte Verlust des Generators noch schwankt oder steigt, relativ zum Verlust.</translation>
    </message>
    <message>
        <source>KL divergence of the student&apos;s output from the teacher&apos;s.</source>
        <translation>KL-Divergenz der Ausgabe des Schülers von der des Lehrers.</translation>
    </message>
    <message>
        <source>Mean distance of measured and target attention centre (the image is 2 units wide).</source>
        <translation>Mittlerer Abstand von gemessenem und vorgegebenem Aufmerksamkeitszentrum (das Bild ist 2 Einheiten breit).</translation>
    </message>
    <message>
        <source>Mean distance of the attention maps of two samples of one class (1 - cosine).</source>
        <translation>Mittlerer Abstand der Aufmerksamkeitskarten zweier Samples einer Klasse (1 - Kosinus).</translation>
    </message>
    <message>
        <source>Mean feature distance of two samples of one class (1 - cosine).</source>
        <translation>Mittlerer Abstand der Merkmale zweier Samples einer Klasse (1 - Kosinus).</translation>
    </message>
    <message>
        <source>Relative squared error of intermediate features.</source>
        <translation>Relativer quadratischer Fehler der Merkmale dazwischenliegender Schichten.</translation>
    </message>
    <message>
        <source>Squared distance of measured and target attention centre.</source>
        <translation>Quadrierter Abstand von gemessenem und vorgegebenem Aufmerksamkeitszentrum.</translation>
    </message>
    <message>
        <source>Teacher accuracy on samples: share of samples for which the teacher predicts the target class. After the warm-up on 256 samples that nothing learns from.</source>
        <translation>Genauigkeit des Lehrers auf Samples: Anteil der Samples, für die der Lehrer die Zielklasse vorhersagt. Nach dem Aufwärmen auf 256 Samples, von denen nichts lernt.</translation>
    </message>
    <message>
        <source>Top-1 agreement of quantized and float model on held-out synthetic samples.</source>
        <translation>Top-1-Übereinstimmung von quantisiertem und float-Modell auf synthetischen Samples, die nicht zum Training dienen.</translation>
    </message>
    <message>
        <source>Top-1 agreement of quantized and float model on the test images.</source>
        <translation>Top-1-Übereinstimmung von quantisiertem und float-Modell auf den Testbildern.</translation>
    </message>
    <message>
        <source>Top-1 of the float model on the test images.</source>
        <translation>Top-1 des float-Modells auf den Testbildern.</translation>
    </message>
    <message>
        <source>Top-1 of the quantized model on the test images.</source>
        <translation>Top-1 des quantisierten Modells auf den Testbildern.</translation>
    </message>
    <message>
        <source>Weighted sum of the generator&apos;s losses.</source>
        <translation>Gewichtete Summe der Verluste des Generators.</translation>
    </message>
    <message>
        <source>Weighted sum of the student&apos;s losses.</source>
        <translation>Gewichtete Summe der Verluste des Schülers.</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>agreement (synthetic)</source>
        <translation>Übereinst. (synth.)</translation>
    </message>
    <message>
        <source>agreement (test)</source>
        <translation>Übereinst. (Test)</translation>
    </message>
    <message>
        <source>attention diversity</source>
        <translation>Aufm.-Vielfalt</translation>
    </message>
    <message>
        <source>centre</source>
        <translation>Zentrum</translation>
    </message>
    <message>
        <source>centre error</source>
        <translation>Zentrumsfehler</translation>
    </message>
    <message>
        <source>class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>class match</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>distillation</source>
        <translation>Destillation</translation>
    </message>
    <message>
        <source>diversity</source>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>eval/train</source>
        <translation>Eval/Train</translation>
    </message>
    <message>
        <source>eval/train BN</source>
        <translation>Eval/Train BN</translation>
    </message>
    <message>
        <source>eval/train attention</source>
        <translation>Eval/Train Aufmerks.</translation>
    </message>
    <message>
        <source>eval/train output</source>
        <translation>Eval/Train Ausgabe</translation>
    </message>
    <message>
        <source>features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>float</source>
        <translation>float</translation>
    </message>
    <message>
        <source>generator</source>
        <translation>Generator</translation>
    </message>
    <message>
        <source>health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>loss instability</source>
        <translation>Instabilität</translation>
    </message>
    <message>
        <source>pair</source>
        <translation>Paar</translation>
    </message>
    <message>
        <source>quantized</source>
        <translation>quantisiert</translation>
    </message>
    <message>
        <source>student</source>
        <translation>Schüler</translation>
    </message>
    <message>
        <source>total</source>
        <translation>gesamt</translation>
    </message>
</context>
<context>
    <name>ModelInspection</name>
    <message>
        <source>Choose it again to confirm, or use a weights-only file, such as .safetensors.</source>
        <translation>Noch einmal wählen, um zuzustimmen, oder eine Datei nur mit Gewichten verwenden, etwa .safetensors.</translation>
    </message>
    <message>
        <source>Choose one to continue.</source>
        <translation>Eine wählen, um fortzufahren.</translation>
    </message>
    <message>
        <source>Inspecting the model...</source>
        <translation>Das Modell wird untersucht...</translation>
    </message>
</context>
<context>
    <name>ModelLayersDialog</name>
    <message>
        <source>BN</source>
        <translation>BN</translation>
    </message>
    <message>
        <source>Find a layer</source>
        <translation>Schicht suchen</translation>
    </message>
    <message>
        <source>Input {shape}, {classes} classes. {parameters} parameters, {multiply_adds} multiply-adds, {batch_norms} batch norms, {layers} layers to quantize.</source>
        <translation>Eingabe {shape}, {classes} Klassen. {parameters} Parameter, {multiply_adds} Multiplikationen mit Addition, {batch_norms} Batch-Norm-Schichten, {layers} zu quantisierende Schichten.</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Model layers</source>
        <translation>Schichten des Modells</translation>
    </message>
    <message>
        <source>Possible attention layers, last one first: {0}</source>
        <translation>Mögliche Aufmerksamkeitsschichten, die letzte zuerst: {0}</translation>
    </message>
    <message>
        <source>bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>multiply-adds</source>
        <translation>Mult.-Add.</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Anmerkung</translation>
    </message>
    <message>
        <source>output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>type</source>
        <translation>Typ</translation>
    </message>
</context>
<context>
    <name>ModelPanel</name>
    <message>
        <source>1  Model</source>
        <translation>1  Modell</translation>
    </message>
    <message>
        <source>Choose a file with trained weights.</source>
        <translation>Eine Datei mit trainierten Gewichten wählen.</translation>
    </message>
    <message>
        <source>Downloading weights: {0} MB</source>
        <translation>Gewichte werden heruntergeladen: {0} MB</translation>
    </message>
    <message>
        <source>Downloading weights: {0} of {1} MB</source>
        <translation>Gewichte werden heruntergeladen: {0} von {1} MB</translation>
    </message>
    <message>
        <source>Drop another model here</source>
        <translation>Ein anderes Modell hier ablegen</translation>
    </message>
    <message>
        <source>Fashion sample</source>
        <translation>Beispielmodell: Mode</translation>
    </message>
    <message>
        <source>Images of clothing, input 1 × 32 × 32
{0} parameters, {1} BN layers, {2} classes</source>
        <translation>Bilder von Kleidung, Eingabe 1 × 32 × 32
{0} Parameter, {1} BN-Schichten, {2} Klassen</translation>
    </message>
    <message>
        <source>Inspected when the run starts.</source>
        <translation>Wird beim Start des Laufs untersucht.</translation>
    </message>
    <message>
        <source>Inspecting the model...</source>
        <translation>Das Modell wird untersucht...</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>Bekannte</translation>
    </message>
    <message>
        <source>Known architectures</source>
        <translation>Bekannte Architekturen</translation>
    </message>
    <message>
        <source>Layers...</source>
        <translation>Schichten...</translation>
    </message>
    <message>
        <source>Model summary</source>
        <translation>Zusammenfassung des Modells</translation>
    </message>
    <message>
        <source>Model zoo</source>
        <translation>Modell-Zoo</translation>
    </message>
    <message>
        <source>Open...</source>
        <translation>Öffnen...</translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation>Vorverarbeitung</translation>
    </message>
    <message>
        <source>Recent files, and pretrained classifiers from torchvision and timm.</source>
        <translation>Zuletzt verwendete Dateien und vortrainierte Klassifikatoren aus torchvision und timm.</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>The model&apos;s layers: shapes, parameters, planned bits (Ctrl+M).</source>
        <translation>Die Schichten des Modells: Formen, Parameter, geplante Bits (Strg+M).</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Use the built-in classifier of clothing.</source>
        <translation>Den eingebauten Klassifikator für Kleidung verwenden.</translation>
    </message>
    <message>
        <source>as entered below</source>
        <translation>wie unten angegeben</translation>
    </message>
    <message>
        <source>detect from weights</source>
        <translation>an den Gewichten erkennen</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>kein Modell</translation>
    </message>
    <message>
        <source>the model&apos;s own</source>
        <translation>die des Modells</translation>
    </message>
    <message>
        <source>{0}, input {4}
{1} parameters, {2} BN layers, {3} classes</source>
        <translation>{0}, Eingabe {4}
{1} Parameter, {2} BN-Schichten, {3} Klassen</translation>
    </message>
</context>
<context>
    <name>NextRunFeature</name>
    <message>
        <source>Applied to the next run. Undo reverts it.</source>
        <translation>Für den nächsten Lauf übernommen. Rückgängig nimmt es zurück.</translation>
    </message>
    <message>
        <source>Bits per layer</source>
        <translation>Bits je Schicht</translation>
    </message>
    <message>
        <source>Reset all settings</source>
        <translation>Alle Einstellungen zurücksetzen</translation>
    </message>
    <message>
        <source>Settings can be changed once the run has finished.</source>
        <translation>Einstellungen können geändert werden, wenn der Lauf zu Ende ist.</translation>
    </message>
</context>
<context>
    <name>NumberEdit</name>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>{0}, slider</source>
        <translation>{0}, Schieberegler</translation>
    </message>
</context>
<context>
    <name>OpenQuestions</name>
    <message>
        <source>Choose...</source>
        <translation>Wählen...</translation>
    </message>
    <message>
        <source>Choose: {0}</source>
        <translation>Wählen: {0}</translation>
    </message>
</context>
<context>
    <name>OwnImages</name>
    <message>
        <source>A folder of unlabelled images of any size; it can be dropped here.</source>
        <translation>Ein Ordner mit Bildern beliebiger Größe ohne Klassenangabe; er kann hier abgelegt werden.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Optional: ten or more unlabelled images help calibration and fine-tuning. Not those that measure accuracy.</source>
        <translation>Optional: Zehn oder mehr Bilder ohne Klassenangabe helfen Kalibrierung und Feinabstimmung. Nicht die, auf denen die Genauigkeit gemessen wird.</translation>
    </message>
    <message>
        <source>Own images...</source>
        <translation>Eigene Bilder...</translation>
    </message>
    <message>
        <source>Own images: none, quantized without data</source>
        <translation>Eigene Bilder: keine, ohne Daten quantisiert</translation>
    </message>
    <message>
        <source>Own images: {0}</source>
        <translation>Eigene Bilder: {0}</translation>
    </message>
    <message>
        <source>Quantize without any real image.</source>
        <translation>Ohne jedes echte Bild quantisieren.</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>PaletteDialog</name>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Find an action, a setting or a run</source>
        <translation>Aktion, Einstellung oder Lauf suchen</translation>
    </message>
    <message>
        <source>Not possible now. {0}</source>
        <translation>Jetzt nicht möglich. {0}</translation>
    </message>
    <message>
        <source>Nothing matches.</source>
        <translation>Nichts passt.</translation>
    </message>
    <message>
        <source>Type a few letters, such as: exp, seed, or the name of a run</source>
        <translation>Einige Buchstaben tippen, etwa: exp, seed, oder der Name eines Laufs</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>Fewer settings: {0}</source>
        <translation>Weniger Einstellungen: {0}</translation>
    </message>
    <message>
        <source>More settings: {0}</source>
        <translation>Mehr Einstellungen: {0}</translation>
    </message>
    <message>
        <source>less</source>
        <translation>weniger</translation>
    </message>
    <message>
        <source>more</source>
        <translation>mehr</translation>
    </message>
</context>
<context>
    <name>PhaseBar</name>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>{0}: ended early</source>
        <translation>{0}: vorzeitig beendet</translation>
    </message>
    <message>
        <source>{0}: no effect on the result</source>
        <translation>{0}: ohne Wirkung auf das Ergebnis</translation>
    </message>
    <message>
        <source>{0}: skipped</source>
        <translation>{0}: übersprungen</translation>
    </message>
</context>
<context>
    <name>Phases</name>
    <message>
        <source>Calibrate</source>
        <translation>Kalibrieren</translation>
    </message>
    <message>
        <source>Downloading the model: {0} of {1} MB</source>
        <translation>Modell wird heruntergeladen: {0} von {1} MB</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>Evaluating the float model: image {0} of {1}</source>
        <translation>Float-Modell wird ausgewertet: Bild {0} von {1}</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>Feinabstimmen</translation>
    </message>
    <message>
        <source>Loading the model and the test images</source>
        <translation>Modell und Testbilder werden geladen</translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation>Vorbereiten</translation>
    </message>
    <message>
        <source>Timing a few steps on this machine to plan the run</source>
        <translation>Einige Schritte werden auf diesem Rechner gemessen, um den Lauf zu planen</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Aufwärmen</translation>
    </message>
    <message>
        <source>biases, layer {0} of {1}</source>
        <translation>Bias, Schicht {0} von {1}</translation>
    </message>
    <message>
        <source>downloading the model</source>
        <translation>Modell wird heruntergeladen</translation>
    </message>
    <message>
        <source>exported file, image {0} of {1}</source>
        <translation>exportierte Datei, Bild {0} von {1}</translation>
    </message>
    <message>
        <source>image {0} of {1}</source>
        <translation>Bild {0} von {1}</translation>
    </message>
    <message>
        <source>integer reference, image {0} of {1}</source>
        <translation>Ganzzahl-Referenz, Bild {0} von {1}</translation>
    </message>
    <message>
        <source>interim accuracy, image {0} of {1}</source>
        <translation>Zwischengenauigkeit, Bild {0} von {1}</translation>
    </message>
    <message>
        <source>measuring latency</source>
        <translation>Latenz wird gemessen</translation>
    </message>
    <message>
        <source>measuring sensitivities</source>
        <translation>Empfindlichkeiten werden gemessen</translation>
    </message>
    <message>
        <source>procedural images, {0} of {1}</source>
        <translation>prozedurale Bilder, {0} von {1}</translation>
    </message>
    <message>
        <source>ranges, sample {0} of {1}</source>
        <translation>Bereiche, Sample {0} von {1}</translation>
    </message>
    <message>
        <source>rounding, layer {0} of {1}</source>
        <translation>Rundung, Schicht {0} von {1}</translation>
    </message>
    <message>
        <source>sensitivities, pass {0} of {1}</source>
        <translation>Empfindlichkeiten, Durchgang {0} von {1}</translation>
    </message>
    <message>
        <source>setting ranges from samples</source>
        <translation>Bereiche werden bestimmt</translation>
    </message>
    <message>
        <source>writing the file</source>
        <translation>Datei wird geschrieben</translation>
    </message>
</context>
<context>
    <name>PictureAway</name>
    <message>
        <source>Copy image</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>PNG image (*.png);;SVG image (*.svg)</source>
        <translation>PNG-Bild (*.png);;SVG-Bild (*.svg)</translation>
    </message>
    <message>
        <source>Save image</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>Save image...</source>
        <translation>Bild speichern...</translation>
    </message>
</context>
<context>
    <name>PictureList</name>
    <message>
        <source>Compared images</source>
        <translation>Verglichene Bilder</translation>
    </message>
</context>
<context>
    <name>PictureModel</name>
    <message>
        <source>Flips. {0}</source>
        <translation>Kippt. {0}</translation>
    </message>
    <message>
        <source>{0}. Float: {1} {2:.0f} %. Quantized: {3} {4:.0f} %. Divergence {5:.3f}.</source>
        <translation>{0}. Float: {1} {2:.0f} %. Quantisiert: {3} {4:.0f} %. Divergenz {5:.3f}.</translation>
    </message>
</context>
<context>
    <name>Place</name>
    <message>
        <source>{0} can&apos;t be shown; the log says why.</source>
        <translation>{0} kann nicht gezeigt werden; das Protokoll sagt, warum.</translation>
    </message>
</context>
<context>
    <name>PlaceFeature</name>
    <message>
        <source>A cluster needs Dask, which is not installed: {0}</source>
        <translation>Ein Cluster braucht Dask, das nicht installiert ist: {0}</translation>
    </message>
    <message>
        <source>Workers on this computer are for sweeps on the command line. Start a cluster with acq cluster local, and choose its address here.</source>
        <translation>Worker auf diesem Rechner sind für Sweeps auf der Kommandozeile. Einen Cluster mit acq cluster local starten und hier seine Adresse wählen.</translation>
    </message>
</context>
<context>
    <name>Plot</name>
    <message>
        <source>Reset zoom</source>
        <translation>Zoom zurücksetzen</translation>
    </message>
    <message>
        <source>Show the whole run (double-click or 0)</source>
        <translation>Den ganzen Lauf zeigen (Doppelklick oder 0)</translation>
    </message>
    <message>
        <source>step 0</source>
        <translation>Schritt 0</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>CPU threads</source>
        <translation>CPU-Threads</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>Wählen...</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Notify when a long run finishes</source>
        <translation>Benachrichtigen, wenn ein langer Lauf endet</translation>
    </message>
    <message>
        <source>One thread is kept free for the window. Applies to the next run.</source>
        <translation>Ein Thread bleibt für das Fenster frei. Gilt ab dem nächsten Lauf.</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Programmeinstellungen</translation>
    </message>
    <message>
        <source>Runs folder</source>
        <translation>Ordner der Läufe</translation>
    </message>
    <message>
        <source>Show a desktop notification when a run of more than a minute finishes while another window is active.</source>
        <translation>Eine Desktop-Benachrichtigung zeigen, wenn ein Lauf von mehr als einer Minute endet, während ein anderes Fenster aktiv ist.</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>Systemstandard</translation>
    </message>
    <message>
        <source>Takes effect after a restart.</source>
        <translation>Gilt nach einem Neustart.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>all but one</source>
        <translation>alle außer einem</translation>
    </message>
</context>
<context>
    <name>Presenter</name>
    <message>
        <source>A run is active.</source>
        <translation>Ein Lauf ist aktiv.</translation>
    </message>
    <message>
        <source>Finish now</source>
        <translation>Jetzt fertigstellen</translation>
    </message>
    <message>
        <source>Finishing...</source>
        <translation>Wird fertiggestellt...</translation>
    </message>
    <message>
        <source>Health of {0}</source>
        <translation>Zustand von {0}</translation>
    </message>
    <message>
        <source>Not possible now: {0}</source>
        <translation>Jetzt nicht möglich: {0}</translation>
    </message>
    <message>
        <source>Open run</source>
        <translation>Lauf öffnen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings of the next run</source>
        <translation>Einstellungen des nächsten Laufs</translation>
    </message>
    <message>
        <source>paused, </source>
        <translation>pausiert, </translation>
    </message>
    <message>
        <source>{0} failed: {1} The queue continues.</source>
        <translation>{0} ist fehlgeschlagen: {1} Die Warteschlange läuft weiter.</translation>
    </message>
</context>
<context>
    <name>PresetFeature</name>
    <message>
        <source>Preset {0}</source>
        <translation>Voreinstellung {0}</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>The preset can&apos;t be deleted.</source>
        <translation>Die Voreinstellung kann nicht gelöscht werden.</translation>
    </message>
    <message>
        <source>The preset can&apos;t be read.</source>
        <translation>Die Voreinstellung kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The preset can&apos;t be saved.</source>
        <translation>Die Voreinstellung kann nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The preset is not valid JSON.</source>
        <translation>Die Voreinstellung ist kein gültiges JSON.</translation>
    </message>
    <message>
        <source>The preset needs a name.</source>
        <translation>Die Voreinstellung braucht einen Namen.</translation>
    </message>
    <message>
        <source>The preset was written by a newer version of ACQ Studio.</source>
        <translation>Die Voreinstellung wurde von einer neueren Version von ACQ Studio geschrieben.</translation>
    </message>
    <message>
        <source>This is not a preset.</source>
        <translation>Das ist keine Voreinstellung.</translation>
    </message>
</context>
<context>
    <name>PresetsDialog</name>
    <message>
        <source>A preset called {0} already exists.</source>
        <translation>Eine Voreinstellung namens {0} gibt es schon.</translation>
    </message>
    <message>
        <source>A preset stores bits, method, loss weights and schedule. The model, the test images and the bits set per layer do not change.</source>
        <translation>Eine Voreinstellung enthält Bits, Methode, Verlustgewichte und Zeitplan. Modell, Testbilder und je Schicht eingestellte Bits ändern sich nicht.</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Apply the preset (Enter); Undo reverts it</source>
        <translation>Die Voreinstellung übernehmen (Eingabe); Rückgängig nimmt sie zurück</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Custom presets</source>
        <translation>Eigene Voreinstellungen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the preset (Delete); the current settings do not change</source>
        <translation>Die Voreinstellung löschen (Entf); die aktuellen Einstellungen ändern sich nicht</translation>
    </message>
    <message>
        <source>Enter a name first</source>
        <translation>Zuerst einen Namen eingeben</translation>
    </message>
    <message>
        <source>Import a preset from a file</source>
        <translation>Eine Voreinstellung aus einer Datei importieren</translation>
    </message>
    <message>
        <source>Import preset</source>
        <translation>Voreinstellung importieren</translation>
    </message>
    <message>
        <source>Import...</source>
        <translation>Importieren...</translation>
    </message>
    <message>
        <source>Name of a new preset</source>
        <translation>Name einer neuen Voreinstellung</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Voreinstellungen</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>Voreinstellungen (*.json)</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename the preset (F2)</source>
        <translation>Die Voreinstellung umbenennen (F2)</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Save current settings</source>
        <translation>Aktuelle Einstellungen speichern</translation>
    </message>
    <message>
        <source>Save the current settings under this name</source>
        <translation>Die aktuellen Einstellungen unter diesem Namen speichern</translation>
    </message>
    <message>
        <source>Save the preset to a file for others</source>
        <translation>Die Voreinstellung für andere in eine Datei speichern</translation>
    </message>
    <message>
        <source>Share preset</source>
        <translation>Voreinstellung weitergeben</translation>
    </message>
    <message>
        <source>Share...</source>
        <translation>Weitergeben...</translation>
    </message>
    <message>
        <source>name of a new preset</source>
        <translation>Name einer neuen Voreinstellung</translation>
    </message>
</context>
<context>
    <name>Quality</name>
    <message>
        <source>Accuracy itself can&apos;t be known without test images.</source>
        <translation>Die Genauigkeit selbst lässt sich ohne Testbilder nicht bestimmen.</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>Zu prüfen</translation>
    </message>
    <message>
        <source>Poor</source>
        <translation>Schlecht</translation>
    </message>
    <message>
        <source>Usable</source>
        <translation>Brauchbar</translation>
    </message>
    <message>
        <source>at most {0} % of a layer&apos;s outputs are clipped ({1})</source>
        <translation>höchstens {0} % der Ausgaben einer Schicht werden abgeschnitten ({1})</translation>
    </message>
    <message>
        <source>the exported file did not pass its verification</source>
        <translation>die exportierte Datei hat ihre Verifikation nicht bestanden</translation>
    </message>
    <message>
        <source>the health of the samples is not known</source>
        <translation>der Zustand der Samples ist nicht bekannt</translation>
    </message>
    <message>
        <source>the samples are healthy</source>
        <translation>der Zustand der Samples ist gut</translation>
    </message>
    <message>
        <source>the samples are not healthy ({0})</source>
        <translation>der Zustand der Samples ist nicht gut ({0})</translation>
    </message>
    <message>
        <source>these are too few images to be sure</source>
        <translation>das sind zu wenige Bilder für ein sicheres Urteil</translation>
    </message>
    <message>
        <source>top-1 falls by {0} points</source>
        <translation>Top-1 fällt um {0} Punkte</translation>
    </message>
    <message>
        <source>top-1 falls by {0} points, from {1} % to {2} % on {3} test images</source>
        <translation>Top-1 fällt um {0} Punkte, von {1} % auf {2} % auf {3} Testbildern</translation>
    </message>
    <message>
        <source>top-1 rises by {0} points</source>
        <translation>Top-1 steigt um {0} Punkte</translation>
    </message>
    <message>
        <source>top-1 rises by {0} points, to {1} % on {2} test images</source>
        <translation>Top-1 steigt um {0} Punkte, auf {1} % auf {2} Testbildern</translation>
    </message>
    <message>
        <source>{0} % agreement on samples, no test images</source>
        <translation>{0} % Übereinstimmung auf Samples, keine Testbilder</translation>
    </message>
    <message>
        <source>{0} % of the predictions agree with the float model&apos;s</source>
        <translation>{0} % der Vorhersagen stimmen mit denen des float-Modells überein</translation>
    </message>
    <message>
        <source>{0} % of the predictions agree with the float model&apos;s on {1} samples</source>
        <translation>{0} % der Vorhersagen stimmen auf {1} Samples mit denen des float-Modells überein</translation>
    </message>
</context>
<context>
    <name>QuantizationPanel</name>
    <message>
        <source>2  Quantization</source>
        <translation>2  Quantisierung</translation>
    </message>
    <message>
        <source>W{0} A{1}, first/last {2}</source>
        <translation>W{0} A{1}, erste/letzte {2}</translation>
    </message>
</context>
<context>
    <name>QuestionDialog</name>
    <message>
        <source>A question about your files</source>
        <translation>Eine Frage zu den Dateien</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Use this</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>{0} (used now)</source>
        <translation>{0} (jetzt verwendet)</translation>
    </message>
</context>
<context>
    <name>QuestionFeature</name>
    <message>
        <source>Choice</source>
        <translation>Auswahl</translation>
    </message>
</context>
<context>
    <name>QueueFeature</name>
    <message>
        <source>Added to the queue; {0} waiting.</source>
        <translation>In die Warteschlange gestellt; {0} wartend.</translation>
    </message>
    <message>
        <source>The queue is full; {0} runs were not added.</source>
        <translation>Die Warteschlange ist voll; {0} Läufe wurden nicht aufgenommen.</translation>
    </message>
    <message>
        <source>Use settings</source>
        <translation>Einstellungen übernehmen</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>, paused</source>
        <translation>, angehalten</translation>
    </message>
    <message>
        <source>Add a run with the current settings (Ctrl+Return)</source>
        <translation>Einen Lauf mit den aktuellen Einstellungen anfügen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Beendete entfernen</translation>
    </message>
    <message>
        <source>Let the current run finish, but do not start the next one</source>
        <translation>Den laufenden Lauf zu Ende führen, aber keinen weiteren starten</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Move the selected run down (Ctrl+Down)</source>
        <translation>Den gewählten Lauf nach unten schieben (Strg+Pfeil ab)</translation>
    </message>
    <message>
        <source>Move the selected run up (Ctrl+Up)</source>
        <translation>Den gewählten Lauf nach oben schieben (Strg+Pfeil auf)</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>No finished runs</source>
        <translation>Keine beendeten Läufe</translation>
    </message>
    <message>
        <source>No run is active</source>
        <translation>Kein Lauf ist aktiv</translation>
    </message>
    <message>
        <source>Nothing is waiting, or the queue is already paused</source>
        <translation>Nichts wartet, oder die Warteschlange ist schon angehalten</translation>
    </message>
    <message>
        <source>Nothing is waiting, or the queue is not paused</source>
        <translation>Nichts wartet, oder die Warteschlange ist nicht angehalten</translation>
    </message>
    <message>
        <source>Open run</source>
        <translation>Lauf öffnen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Queued runs appear here: set up a run and choose Add to queue (Ctrl+Return), even while another run is active.</source>
        <translation>Hier stehen wartende Läufe: einen Lauf einstellen und In die Warteschlange wählen (Strg+Eingabe), auch während ein anderer läuft.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove finished runs from the list</source>
        <translation>Beendete Läufe von der Liste entfernen</translation>
    </message>
    <message>
        <source>Remove the selected runs from the list; no files are deleted (Delete)</source>
        <translation>Die gewählten Läufe von der Liste entfernen; keine Datei wird gelöscht (Entf)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Runs in the queue, in order</source>
        <translation>Läufe in der Warteschlange, in ihrer Reihenfolge</translation>
    </message>
    <message>
        <source>Save a checkpoint of the current run, stop it, and pause the queue</source>
        <translation>Einen Checkpoint des laufenden Laufs speichern, ihn und die Warteschlange anhalten</translation>
    </message>
    <message>
        <source>Select a finished run</source>
        <translation>Einen beendeten Lauf wählen</translation>
    </message>
    <message>
        <source>Select a waiting run that is not the last one</source>
        <translation>Einen wartenden Lauf wählen, der nicht der letzte ist</translation>
    </message>
    <message>
        <source>Select a waiting run that is not the next one</source>
        <translation>Einen wartenden Lauf wählen, der nicht der nächste ist</translation>
    </message>
    <message>
        <source>Select one run</source>
        <translation>Einen Lauf wählen</translation>
    </message>
    <message>
        <source>Select runs that are not active</source>
        <translation>Läufe wählen, die nicht aktiv sind</translation>
    </message>
    <message>
        <source>Show the selected run with all its views (Enter)</source>
        <translation>Den gewählten Lauf mit allen Ansichten zeigen (Eingabe)</translation>
    </message>
    <message>
        <source>Start the next run, now or after the current one</source>
        <translation>Den nächsten Lauf starten, jetzt oder nach dem laufenden</translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation>Alles anhalten</translation>
    </message>
    <message>
        <source>Use settings</source>
        <translation>Einstellungen übernehmen</translation>
    </message>
    <message>
        <source>Use the settings of the selected run</source>
        <translation>Die Einstellungen des gewählten Laufs übernehmen</translation>
    </message>
    <message>
        <source>bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>changed settings</source>
        <translation>geänderte Einstellungen</translation>
    </message>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>{0} waiting</source>
        <translation>{0} wartend</translation>
    </message>
    <message>
        <source>■ stopped</source>
        <translation>■ angehalten</translation>
    </message>
    <message>
        <source>▶ running</source>
        <translation>▶ läuft</translation>
    </message>
    <message>
        <source>✓ done</source>
        <translation>✓ fertig</translation>
    </message>
    <message>
        <source>✗ failed</source>
        <translation>✗ fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>Quitter</name>
    <message>
        <source>A checkpoint is saved; the run can be resumed at the next start.</source>
        <translation>Ein Checkpoint wird gespeichert; der Lauf kann beim nächsten Start fortgesetzt werden.</translation>
    </message>
    <message>
        <source>An export that is cancelled leaves no partial file.</source>
        <translation>Ein abgebrochener Export hinterlässt keine unvollständige Datei.</translation>
    </message>
    <message>
        <source>Cancel and quit</source>
        <translation>Abbrechen und beenden</translation>
    </message>
    <message>
        <source>Cancel it and quit?</source>
        <translation>Abbrechen und beenden?</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Or it continues on the cluster and is found again at the next start.</source>
        <translation>Oder er läuft auf dem Cluster weiter und wird beim nächsten Start wiedergefunden.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Quit, the cluster continues</source>
        <translation>Beenden, der Cluster rechnet weiter</translation>
    </message>
    <message>
        <source>Stop run and quit</source>
        <translation>Anhalten und beenden</translation>
    </message>
    <message>
        <source>Stop the run and quit?</source>
        <translation>Den Lauf anhalten und das Programm beenden?</translation>
    </message>
    <message>
        <source>The queue is kept as well ({0} waiting).</source>
        <translation>Auch die Warteschlange bleibt ({0} wartend).</translation>
    </message>
    <message>
        <source>The run is finishing its last step. The window closes when it is done.</source>
        <translation>Der Lauf beendet noch seinen letzten Schritt. Danach schließt das Fenster.</translation>
    </message>
</context>
<context>
    <name>Readiness</name>
    <message>
        <source>Choose a model from {0}.</source>
        <translation>Ein Modell aus {0} wählen.</translation>
    </message>
    <message>
        <source>No model file is selected.</source>
        <translation>Es ist keine Modelldatei gewählt.</translation>
    </message>
    <message>
        <source>The folder of own images does not exist: {0}.</source>
        <translation>Der Ordner eigener Bilder existiert nicht: {0}.</translation>
    </message>
    <message>
        <source>The model file does not exist: {0}.</source>
        <translation>Die Modelldatei existiert nicht: {0}.</translation>
    </message>
    <message>
        <source>The test images do not exist: {0}.</source>
        <translation>Die Testbilder existieren nicht: {0}.</translation>
    </message>
</context>
<context>
    <name>Recording</name>
    <message>
        <source>Animated GIF (*.gif)</source>
        <translation>Animiertes GIF (*.gif)</translation>
    </message>
    <message>
        <source>Animated WebP (*.webp)</source>
        <translation>Animiertes WebP (*.webp)</translation>
    </message>
    <message>
        <source>Save animation</source>
        <translation>Animation speichern</translation>
    </message>
    <message>
        <source>Saving the animation...</source>
        <translation>Animation wird gespeichert...</translation>
    </message>
    <message>
        <source>The animation is written: {0}</source>
        <translation>Die Animation ist geschrieben: {0}</translation>
    </message>
    <message>
        <source>There is nothing to animate yet: a run takes snapshots as it proceeds.</source>
        <translation>Es gibt noch nichts zu animieren: Momentaufnahmen entstehen im Verlauf eines Laufs.</translation>
    </message>
</context>
<context>
    <name>ReportFeature</name>
    <message>
        <source>PDF, printed by Chromium, Chrome or Edge (*.pdf)</source>
        <translation>PDF, gedruckt mit Chromium, Chrome oder Edge (*.pdf)</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>The report is written: {0}</source>
        <translation>Der Bericht ist geschrieben: {0}</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
    <message>
        <source>Writing the report...</source>
        <translation>Der Bericht wird geschrieben...</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source> (ranges overlap)</source>
        <translation> (Bereiche überlappen)</translation>
    </message>
    <message>
        <source>At the end, the run exports the model, runs the file in ONNX Runtime and compares the outputs.</source>
        <translation>Am Ende exportiert der Lauf das Modell, führt die Datei in ONNX Runtime aus und vergleicht die Ausgaben.</translation>
    </message>
    <message>
        <source>Deployable scheme: 8-bit input and quantized additions, as a runtime executes it.</source>
        <translation>Schema ausführbar: 8-Bit-Eingabe und quantisierte Additionen, wie eine Laufzeitumgebung rechnet.</translation>
    </message>
    <message>
        <source>Exported file</source>
        <translation>Exportierte Datei</translation>
    </message>
    <message>
        <source>Fine-tuning did not help: these are the calibrated weights. Divergence from the float model on held-out images: {0} after calibration, {1} after fine-tuning.</source>
        <translation>Die Feinabstimmung half nicht: Dies sind die kalibrierten Gewichte. Divergenz vom float-Modell auf ungesehenen Bildern: {0} nach der Kalibrierung, {1} nach der Feinabstimmung.</translation>
    </message>
    <message>
        <source>Fine-tuning helped and is kept. Divergence from the float model on held-out images: {0} after calibration, {1} after fine-tuning.</source>
        <translation>Die Feinabstimmung half und wird behalten. Divergenz vom float-Modell auf zurückgehaltenen Bildern: {0} nach der Kalibrierung, {1} nach der Feinabstimmung.</translation>
    </message>
    <message>
        <source>Fine-tuning was ended after a trial of {2} steps, as it did not clearly help: these are the calibrated weights. Divergence from the float model on held-out images: {0} after calibration, {1} after the trial.</source>
        <translation>Die Feinabstimmung endete nach einem Versuch von {2} Schritten, weil sie nicht deutlich half: Das sind die kalibrierten Gewichte. Divergenz vom float-Modell auf zurückgehaltenen Bildern: {0} nach der Kalibrierung, {1} nach dem Versuch.</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>Float</translation>
    </message>
    <message>
        <source>Interim result. </source>
        <translation>Zwischenstand. </translation>
    </message>
    <message>
        <source>Measured on {0} test images. {1}</source>
        <translation>Gemessen auf {0} Testbildern. {1}</translation>
    </message>
    <message>
        <source>Not verified</source>
        <translation>Nicht verifiziert</translation>
    </message>
    <message>
        <source>Not verified yet</source>
        <translation>Noch nicht verifiziert</translation>
    </message>
    <message>
        <source>Paper scheme: the same bits in all layers; input and additions in float.</source>
        <translation>Schema Paper: alle Schichten mit gleich vielen Bits; Eingabe und Additionen in float.</translation>
    </message>
    <message>
        <source>Published (ACQ, arXiv 2301.07266, abstract): {0} top-1 for {1} on ImageNet with {2} bits. Recognized by architecture, 1,000 classes, scheme and bits. The paper has float weights, a training schedule and test images of its own, so the difference is not due to the method alone.</source>
        <translation>Veröffentlicht (ACQ, arXiv 2301.07266, Kurzfassung): {0} Top-1 für {1} auf ImageNet mit {2} Bit. Erkannt an Architektur, 1&#x202f;000 Klassen, Schema und Bits. Das Paper hat eigene float-Gewichte, einen eigenen Trainingsplan und eigene Testbilder; der Unterschied kommt also nicht allein von der Methode.</translation>
    </message>
    <message>
        <source>Quantized</source>
        <translation>Quantisiert</translation>
    </message>
    <message>
        <source>Quantized with {0} own images next to the synthetic samples.</source>
        <translation>Mit {0} eigenen Bildern neben den synthetischen Samples quantisiert.</translation>
    </message>
    <message>
        <source>Runtime: {0}.</source>
        <translation>Laufzeitumgebung: {0}.</translation>
    </message>
    <message>
        <source>Top-5: float {0}, quantized {1}.</source>
        <translation>Top-5: float {0}, quantisiert {1}.</translation>
    </message>
    <message>
        <source>Training was ended early: {0}.</source>
        <translation>Das Training wurde vorzeitig beendet: {0}.</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Verifiziert</translation>
    </message>
    <message>
        <source>Without test images, accuracy can&apos;t be measured. Agreement with the float model was measured on {0} {1}. {2}</source>
        <translation>Ohne Testbilder lässt sich die Genauigkeit nicht messen. Die Übereinstimmung mit dem float-Modell wurde auf {0} {1} gemessen. {2}</translation>
    </message>
    <message>
        <source>about {0} of {1} fine-tuning steps</source>
        <translation>etwa {0} von {1} Schritten der Feinabstimmung</translation>
    </message>
    <message>
        <source>about {0} of {1} warm-up steps</source>
        <translation>etwa {0} von {1} Schritten zum Aufwärmen</translation>
    </message>
    <message>
        <source>agreement (held-out)</source>
        <translation>Übereinst. (ungesehen)</translation>
    </message>
    <message>
        <source>agreement (procedural)</source>
        <translation>Übereinstimmung (prozedural)</translation>
    </message>
    <message>
        <source>agreement (test)</source>
        <translation>Übereinst. (Test)</translation>
    </message>
    <message>
        <source>drop, pp</source>
        <translation>Abfall, Pp</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>no fine-tuning</source>
        <translation>keine Feinabstimmung</translation>
    </message>
    <message>
        <source>procedural images</source>
        <translation>prozeduralen Bildern</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>synthetic samples</source>
        <translation>synthetischen Samples</translation>
    </message>
    <message>
        <source>top-1</source>
        <translation>Top-1</translation>
    </message>
    <message>
        <source>{0} of the outputs for {1} are bit-exact with the integer reference.</source>
        <translation>{0} der Ausgaben für {1} stimmen bitgenau mit der Ganzzahl-Referenz überein.</translation>
    </message>
    <message>
        <source>{0} of {1} convolutions use integer kernels.</source>
        <translation>{0} von {1} Faltungen verwenden Ganzzahl-Kernel.</translation>
    </message>
    <message>
        <source>{0} of {1} matrix products use integer kernels.</source>
        <translation>{0} von {1} Matrixprodukten verwenden Ganzzahl-Kernel.</translation>
    </message>
    <message>
        <source>{0} procedural images</source>
        <translation>{0} prozedurale Bilder</translation>
    </message>
    <message>
        <source>{0} synthetic samples</source>
        <translation>{0} synthetische Samples</translation>
    </message>
    <message>
        <source>{0} test images</source>
        <translation>{0} Testbilder</translation>
    </message>
    <message>
        <source>{0} top-1 agreement with the quantized model.</source>
        <translation>{0} Top-1-Übereinstimmung mit dem quantisierten Modell.</translation>
    </message>
    <message>
        <source>{0}× faster</source>
        <translation>{0}× schneller</translation>
    </message>
    <message>
        <source>{0}× slower</source>
        <translation>{0}× langsamer</translation>
    </message>
    <message>
        <source>{0}× smaller</source>
        <translation>{0}× kleiner</translation>
    </message>
</context>
<context>
    <name>ResultsView</name>
    <message>
        <source>Accuracy before and after quantization, size, and the verification of the exported file appear here at the end of a run.</source>
        <translation>Genauigkeit vor und nach der Quantisierung, Größe und die Prüfung der exportierten Datei erscheinen hier am Ende eines Laufs.</translation>
    </message>
    <message>
        <source>Accuracy by class</source>
        <translation>Genauigkeit nach Klasse</translation>
    </message>
    <message>
        <source>Accuracy by class, %</source>
        <translation>Genauigkeit nach Klasse, %</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>Alle Klassen</translation>
    </message>
    <message>
        <source>Confused classes</source>
        <translation>Verwechselte Klassen</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Konfusionsmatrix</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>Als Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy the figures, and on what they were measured, as a table for documents</source>
        <translation>Die Zahlen, und worauf sie gemessen wurden, als Tabelle für Dokumente kopieren</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>Double-click or Enter: compare the images behind a row</source>
        <translation>Doppelklick oder Enter: die Bilder hinter einer Zeile vergleichen</translation>
    </message>
    <message>
        <source>Experiments</source>
        <translation>Experimente</translation>
    </message>
    <message>
        <source>Exported file</source>
        <translation>Exportierte Datei</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>Float</translation>
    </message>
    <message>
        <source>Float and quantized</source>
        <translation>Float und quantisiert</translation>
    </message>
    <message>
        <source>Float: the float32 weights. Exported: the file. 1 kB is 1000 bytes</source>
        <translation>Float: die float32-Gewichte. Exportiert: die Datei. 1 kB sind 1000 Bytes</translation>
    </message>
    <message>
        <source>How far top-1 is below the float model&apos;s, in percentage points</source>
        <translation>Wie weit die Top-1-Genauigkeit unter der des float-Modells liegt, in Prozentpunkten</translation>
    </message>
    <message>
        <source>Images with a correct top-1 prediction, in percent</source>
        <translation>Bilder mit richtiger Top-1-Vorhersage, in Prozent</translation>
    </message>
    <message>
        <source>Images with the same top-1 prediction as the float model, in percent</source>
        <translation>Bilder mit derselben Top-1-Vorhersage wie das float-Modell, in Prozent</translation>
    </message>
    <message>
        <source>Measure what the method&apos;s losses do, on the samples of this run</source>
        <translation>Messen, was die Verluste der Methode bewirken, an den Samples dieses Laufs</translation>
    </message>
    <message>
        <source>Median latency for one image in ONNX Runtime on the machine of the run, in milliseconds; in brackets the 10th to 90th percentile. Both files took turns</source>
        <translation>Mediane Latenz für ein Bild in ONNX Runtime auf dem Rechner des Laufs, in Millisekunden; in Klammern das 10. bis 90. Perzentil. Beide Dateien wechselten sich ab</translation>
    </message>
    <message>
        <source>Model of the confusion matrix</source>
        <translation>Modell der Konfusionsmatrix</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Quantized</source>
        <translation>Quantisiert</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Save a copy of the file</source>
        <translation>Eine Kopie der Datei speichern</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Bericht speichern…</translation>
    </message>
    <message>
        <source>Show the file in its folder</source>
        <translation>Die Datei in ihrem Ordner zeigen</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>Write percentages into the cells, where these are large enough</source>
        <translation>Prozentwerte in die Zellen schreiben, wo diese groß genug sind</translation>
    </message>
    <message>
        <source>Write the run&apos;s report as a web page (HTML) or as PDF</source>
        <translation>Den Bericht des Laufs als Webseite (HTML) oder als PDF schreiben</translation>
    </message>
    <message>
        <source>agreement</source>
        <translation>Übereinst.</translation>
    </message>
    <message>
        <source>change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>Rückgang</translation>
    </message>
    <message>
        <source>float</source>
        <translation>float</translation>
    </message>
    <message>
        <source>float, %</source>
        <translation>float, %</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>vorhergesagt</translation>
    </message>
    <message>
        <source>quantized</source>
        <translation>quantisiert</translation>
    </message>
    <message>
        <source>quantized, %</source>
        <translation>quantisiert, %</translation>
    </message>
    <message>
        <source>rows: true class; columns: predicted class; hover for counts, click for the images, Ctrl and wheel to zoom</source>
        <translation>Zeilen: wahre Klasse; Spalten: vorhergesagte Klasse; darauf zeigen: Anzahlen, Klick: die Bilder, Strg und Rad: vergrößern</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>the {0} of {1} classes with the largest drop</source>
        <translation>die {0} von {1} Klassen mit dem größten Rückgang</translation>
    </message>
    <message>
        <source>top-1</source>
        <translation>Top-1</translation>
    </message>
    <message>
        <source>true class</source>
        <translation>wahre Klasse</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Can&apos;t start. {0}</source>
        <translation>Start nicht möglich. {0}</translation>
    </message>
    <message>
        <source>Done in {0}.</source>
        <translation>Fertig nach {0}.</translation>
    </message>
    <message>
        <source>Done in {0}; fine-tuning did not help, calibrated weights kept.</source>
        <translation>Fertig nach {0}; die Feinabstimmung half nicht, die kalibrierten Gewichte bleiben.</translation>
    </message>
    <message>
        <source>Finishing: no further training; evaluation and export follow.</source>
        <translation>Wird fertiggestellt: kein weiteres Training; Auswertung und Export folgen.</translation>
    </message>
    <message>
        <source>Following a run of another process.</source>
        <translation>Folgt dem Lauf eines anderen Prozesses.</translation>
    </message>
    <message>
        <source>Loading the model; the first time takes a few seconds.</source>
        <translation>Das Modell wird geladen; beim ersten Mal dauert das einige Sekunden.</translation>
    </message>
    <message>
        <source>Paused. Resume at any time.</source>
        <translation>Pausiert. Jederzeit fortsetzbar.</translation>
    </message>
    <message>
        <source>Pausing after this step.</source>
        <translation>Pausiert nach diesem Schritt.</translation>
    </message>
    <message>
        <source>Reading the run...</source>
        <translation>Der Lauf wird gelesen...</translation>
    </message>
    <message>
        <source>Ready. Start quantizes the model; no images are needed.</source>
        <translation>Bereit. Start quantisiert das Modell; Bilder sind nicht nötig.</translation>
    </message>
    <message>
        <source>Run status</source>
        <translation>Stand des Laufs</translation>
    </message>
    <message>
        <source>Saving a checkpoint, then stopping.</source>
        <translation>Ein Checkpoint wird gespeichert, dann wird angehalten.</translation>
    </message>
    <message>
        <source>Stopped; it can be resumed.</source>
        <translation>Gestoppt; er kann fortgesetzt werden.</translation>
    </message>
    <message>
        <source>The cluster prepares the run.</source>
        <translation>Der Cluster bereitet den Lauf vor.</translation>
    </message>
    <message>
        <source>The exported file is verified.</source>
        <translation>Die exportierte Datei ist verifiziert.</translation>
    </message>
    <message>
        <source>The run continues on its cluster. Open it again to follow it.</source>
        <translation>Der Lauf geht auf seinem Cluster weiter. Erneut öffnen, um ihm zu folgen.</translation>
    </message>
    <message>
        <source>The run failed.</source>
        <translation>Der Lauf ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>for {0}</source>
        <translation>seit {0}</translation>
    </message>
    <message>
        <source>{0} On {1}.</source>
        <translation>{0} Auf {1}.</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>noch {0}</translation>
    </message>
</context>
<context>
    <name>RunBars</name>
    <message>
        <source>Accuracy, size and latency of the compared runs</source>
        <translation>Genauigkeit, Größe und Latenz der verglichenen Läufe</translation>
    </message>
    <message>
        <source>agreement</source>
        <translation>Übereinst.</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>quantized top-1</source>
        <translation>Top-1 quantisiert</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
</context>
<context>
    <name>RunCompare</name>
    <message>
        <source>All settings of these runs are the same.</source>
        <translation>Alle Einstellungen dieser Läufe sind gleich.</translation>
    </message>
    <message>
        <source>Class of the samples compared</source>
        <translation>Klasse der verglichenen Samples</translation>
    </message>
    <message>
        <source>Curve compared</source>
        <translation>Verglichene Kurve</translation>
    </message>
    <message>
        <source>Curve to compare</source>
        <translation>Zu vergleichende Kurve</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Curves, figures and settings of the runs</source>
        <translation>Kurven, Zahlen und Einstellungen der Läufe</translation>
    </message>
    <message>
        <source>Figures compared</source>
        <translation>Werte im Vergleich</translation>
    </message>
    <message>
        <source>One curve of every compared run</source>
        <translation>Eine Kurve jedes verglichenen Laufs</translation>
    </message>
    <message>
        <source>Runs compared</source>
        <translation>Läufe im Vergleich</translation>
    </message>
    <message>
        <source>Runs without samples are omitted.</source>
        <translation>Läufe ohne Samples entfallen.</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Samples</translation>
    </message>
    <message>
        <source>Samples in one column have the same class; their noise differs, as seeds or noise dimensions do.</source>
        <translation>Samples einer Spalte haben dieselbe Klasse; ihr Rauschen ist verschieden, da Seeds oder Rauschdimensionen verschieden sind.</translation>
    </message>
    <message>
        <source>Samples in one column have the same noise and class.</source>
        <translation>Samples einer Spalte haben dasselbe Rauschen und dieselbe Klasse.</translation>
    </message>
    <message>
        <source>Samples, attention and attention centres of the runs</source>
        <translation>Samples, Aufmerksamkeit und Aufmerksamkeitszentren der Läufe</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>Unterschiedliche Einstellungen</translation>
    </message>
    <message>
        <source>Settings that differ between the runs</source>
        <translation>Einstellungen, in denen sich die Läufe unterscheiden</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>Was verglichen wird</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>← All runs</source>
        <translation>← Alle Läufe</translation>
    </message>
</context>
<context>
    <name>RunConfig</name>
    <message>
        <source>A folder of unlabelled images, ten or a thousand, of any size. They are used next to the synthetic samples for calibration and fine-tuning; none are needed.</source>
        <translation>Ein Ordner mit Bildern ohne Klassenangabe, zehn oder tausend, beliebig groß. Sie werden neben den synthetischen Samples für Kalibrierung und Feinabstimmung verwendet; es werden keine benötigt.</translation>
    </message>
    <message>
        <source>A standard mean and deviation by name; own: those of the weights or the architecture. An explicit mean and standard deviation take precedence.</source>
        <translation>Übliche Mittelwerte und Abweichungen nach Namen; eigene: die der Gewichte oder der Architektur. Angegebene Mittelwerte und Standardabweichungen gehen vor.</translation>
    </message>
    <message>
        <source>Activation grid</source>
        <translation>Aktivierungsraster</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>Allocates the bits of activations by sensitivity, with this average over all values; empty: as the bit allocation says. Activations that have 8 bits in the deployable scheme anyway keep them.</source>
        <translation>Verteilt die Bits der Aktivierungen nach Empfindlichkeit, mit diesem Mittel über alle Werte; leer: wie die Bitverteilung sagt. Was im Schema ausführbar ohnehin 8 Bit hat, bleibt dabei.</translation>
    </message>
    <message>
        <source>Allocates weight bits to layers by sensitivity, with this average; empty: as the bit allocation says. The first, the last and layers with their own bits keep theirs.</source>
        <translation>Verteilt die Bits der Gewichte nach Empfindlichkeit auf die Schichten, mit diesem Mittel; leer: wie die Bitverteilung sagt. Die erste, die letzte und Schichten mit eigenen Bits bleiben dabei.</translation>
    </message>
    <message>
        <source>Allow a file that can run code: Python source, .pt2, TorchScript. Consent holds for one start of the program, and no settings file can give it.</source>
        <translation>Eine Datei erlauben, die Code ausführen kann: Python-Quelltext, .pt2, TorchScript. Die Erlaubnis gilt für einen Programmstart, und keine Einstellungsdatei kann sie geben.</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Attention layer</source>
        <translation>Aufm.-Schicht</translation>
    </message>
    <message>
        <source>Attention must agree in eval and train mode (consistency penalty). Higher: attention that depends less on the rest of the batch.</source>
        <translation>Die Aufmerksamkeit muss im Eval- und im Train-Modus übereinstimmen (consistency penalty). Höher: sie hängt weniger vom Rest des Batches ab.</translation>
    </message>
    <message>
        <source>Average activation bits</source>
        <translation>Mittlere Bits der Aktivierungen</translation>
    </message>
    <message>
        <source>Average bits</source>
        <translation>Bits im Mittel</translation>
    </message>
    <message>
        <source>BN statistics</source>
        <translation>BN-Statistik</translation>
    </message>
    <message>
        <source>Batch size of a generator step. Larger: more stable batch-norm statistics, but slower.</source>
        <translation>Batch-Größe eines Generatorschritts. Größer: stabilere Batch-Norm-Statistik, aber langsamer.</translation>
    </message>
    <message>
        <source>Batch size of a student step. Larger: more stable, but slower.</source>
        <translation>Batch-Größe eines Schülerschritts. Größer: stabiler, aber langsamer.</translation>
    </message>
    <message>
        <source>Batch-norm statistics must match in train mode as well. Higher: samples that behave alike in both modes.</source>
        <translation>Die Batch-Norm-Statistik muss auch im Train-Modus passen. Höher: Samples, die sich in beiden Modi gleich verhalten.</translation>
    </message>
    <message>
        <source>Bit allocation</source>
        <translation>Bitverteilung</translation>
    </message>
    <message>
        <source>Bits of tensors that are added, concatenated or pooled, such as the skip connections of residual networks; only in the deployable scheme, and at least those of activations. Fewer cost accuracy, and save nothing in a runtime that stores 8 bits.</source>
        <translation>Bits von Tensoren, die addiert, verkettet oder gepoolt werden, wie die Skip-Verbindungen von Residualnetzen; nur im Schema ausführbar, und mindestens die der Aktivierungen. Weniger kosten Genauigkeit und sparen nichts in einer Laufzeitumgebung, die 8 Bits speichert.</translation>
    </message>
    <message>
        <source>Bits of the first activation function&apos;s output. Empty: 8 in the deployable scheme where a depthwise convolution reads it, which suffers most from few; else as the other activations.</source>
        <translation>Bits der Ausgabe der ersten Aktivierungsfunktion. Leer: 8 im Schema ausführbar, wo eine Depthwise-Faltung sie liest, die unter wenigen am meisten leidet; sonst wie die anderen Aktivierungen.</translation>
    </message>
    <message>
        <source>Bits of the first and last layer&apos;s weights. Empty: 8 in the deployable scheme, but a last layer with over a tenth of all weights has the others&apos; bits, at least 4; in the paper scheme as the others.</source>
        <translation>Bits der Gewichte von erster und letzter Schicht. Leer: 8 im Schema ausführbar, aber eine letzte Schicht mit mehr als einem Zehntel aller Gewichte hat die Bits der anderen, mindestens 4; im Schema Paper wie die anderen.</translation>
    </message>
    <message>
        <source>Bits per activation. Accuracy suffers from these first.</source>
        <translation>Bits je Aktivierung. Unter ihnen leidet die Genauigkeit zuerst.</translation>
    </message>
    <message>
        <source>Bits per layer</source>
        <translation>Bits je Schicht</translation>
    </message>
    <message>
        <source>Bits per weight; fewer cost accuracy. With 8-bit activations, 7 bits run twice as fast as 8 and are hardly less accurate.</source>
        <translation>Bits je Gewicht; weniger kosten Genauigkeit. Mit 8-Bit-Aktivierungen laufen 7 Bit doppelt so schnell wie 8 und sind kaum ungenauer.</translation>
    </message>
    <message>
        <source>CPU threads</source>
        <translation>CPU-Threads</translation>
    </message>
    <message>
        <source>CPU threads of this run. Empty: as in the preferences; the command line uses torch&apos;s default.</source>
        <translation>CPU-Threads dieses Laufs. Leer: wie in den Programmeinstellungen; die Befehlszeile verwendet den Standard von torch.</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA-Graphen</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>Captures each kind of training step as a CUDA graph and replays it: faster on NVIDIA GPUs, unused elsewhere. Replayed steps are first compared with plain ones; where they differ, or can&apos;t be captured, the run continues without, and the log says so.</source>
        <translation>Nimmt jede Art von Trainingsschritt als CUDA-Graph auf und wiederholt ihn: auf NVIDIA-GPUs schneller, anderswo ungenutzt. Wiederholte Schritte werden zuerst mit gewöhnlichen verglichen; wo sie abweichen oder nicht aufgenommen werden können, geht der Lauf ohne sie weiter, und das Protokoll sagt es.</translation>
    </message>
    <message>
        <source>Centre reach</source>
        <translation>Zentrumsweite</translation>
    </message>
    <message>
        <source>Centre sharpness</source>
        <translation>Zentrumsschärfe</translation>
    </message>
    <message>
        <source>Channel order</source>
        <translation>Kanalreihenfolge</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Channels of the generator&apos;s first stage. Wider is more expressive and slower.</source>
        <translation>Kanäle der ersten Stufe des Generators. Breiter ist ausdrucksstärker und langsamer.</translation>
    </message>
    <message>
        <source>Channels of the model&apos;s input image, for a model from Python source or TorchScript. Empty: found by trying what its convolutions take.</source>
        <translation>Kanäle des Eingabebilds, für ein Modell aus Python-Quelltext oder TorchScript. Leer: durch Versuche mit dem ermittelt, was die Faltungen annehmen.</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>Checkpoint alle</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>Checkpoints</translation>
    </message>
    <message>
        <source>Class of folders named by numbers: their number, from 0 or from 1, or their place in the order of text (0, 1, 10), as in torchvision&apos;s ImageFolder. auto takes the order with the highest float accuracy.</source>
        <translation>Klasse von Ordnern mit Nummern als Namen: ihre Nummer, ab 0 oder ab 1, oder ihr Platz in der Reihenfolge von Text (0, 1, 10) wie in ImageFolder von torchvision. auto nimmt die Reihenfolge mit der höchsten float-Genauigkeit.</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Classes to watch</source>
        <translation>Beobachtete Klassen</translation>
    </message>
    <message>
        <source>Compute the eval/train losses once every this many generator steps, scaled up accordingly. Higher: faster and noisier.</source>
        <translation>Die Eval/Train-Verluste nur alle so viele Generatorschritte berechnen, entsprechend hochskaliert. Höher: schneller und unruhiger.</translation>
    </message>
    <message>
        <source>Decay of the exponential moving average of the student&apos;s weights, which becomes the result. 0: no average; 0.99 averages over about a hundred steps.</source>
        <translation>Abklingfaktor des exponentiellen gleitenden Mittels der Gewichte des Schülers, das zum Ergebnis wird. 0: kein Mittel; 0.99 mittelt über etwa hundert Schritte.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Dimensions of the generator&apos;s noise input. More allow more diverse samples.</source>
        <translation>Dimensionen des Rauschens am Eingang des Generators. Mehr erlauben vielfältigere Samples.</translation>
    </message>
    <message>
        <source>Divides each channel after subtracting the mean. It must match the training, or accuracy suffers.</source>
        <translation>Teilt jeden Kanal nach Abzug des Mittelwerts. Muss zum Training passen, sonst leidet die Genauigkeit.</translation>
    </message>
    <message>
        <source>During fine-tuning, one generator step every this many student steps. 0: the generator does not change.</source>
        <translation>Bei der Feinabstimmung ein Generatorschritt nach je so vielen Schülerschritten. 0: der Generator bleibt unverändert.</translation>
    </message>
    <message>
        <source>Evaluate on the test images of the built-in sample model. Off: it is treated like a model without test images.</source>
        <translation>Auf den Testbildern des eingebauten Beispielmodells auswerten. Aus: es gilt als Modell ohne Testbilder.</translation>
    </message>
    <message>
        <source>Exponent of the attention map before its centroid is computed. Higher follows the peak more closely.</source>
        <translation>Exponent der Aufmerksamkeitskarte, bevor ihr Schwerpunkt berechnet wird. Höher folgt der Spitze enger.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Fine-tuning</source>
        <translation>Feinabstimmung</translation>
    </message>
    <message>
        <source>Fine-tuning also learns the step sizes of weights and activations. Off: they keep their calibrated values.</source>
        <translation>Die Feinabstimmung lernt auch die Schrittweiten von Gewichten und Aktivierungen. Aus: sie behalten die kalibrierten Werte.</translation>
    </message>
    <message>
        <source>Fine-tuning of a few hundred steps ends after this many if they brought the quantized model no nearer to the float model on held-out images; the calibrated weights are kept. 0: never.</source>
        <translation>Eine Feinabstimmung von einigen hundert Schritten endet nach so vielen, wenn sie das quantisierte Modell auf zurückgehaltenen Bildern nicht näher an das float-Modell brachten; die kalibrierten Gewichte bleiben. 0: nie.</translation>
    </message>
    <message>
        <source>First and last</source>
        <translation>Erste und letzte</translation>
    </message>
    <message>
        <source>First and last layer</source>
        <translation>Erste, letzte Schicht</translation>
    </message>
    <message>
        <source>First layer&apos;s output</source>
        <translation>Ausgabe der ersten Schicht</translation>
    </message>
    <message>
        <source>Flips</source>
        <translation>Spiegelungen</translation>
    </message>
    <message>
        <source>Flips half of the student&apos;s samples horizontally. Disable it if left and right matter, as for digits.</source>
        <translation>Spiegelt die Hälfte der Samples des Schülers horizontal. Ausschalten, wenn links und rechts etwas bedeuten, wie bei Ziffern.</translation>
    </message>
    <message>
        <source>For a model from Python source, .pt2 or TorchScript with several outputs: name or position (from 0) of the logits. Empty: the one called logits, or the one made by the last linear layer.</source>
        <translation>Für ein Modell aus Python-Quelltext, .pt2 oder TorchScript mit mehreren Ausgaben: Name oder Position (ab 0) der Logits. Leer: die namens logits, oder die der letzten linearen Schicht.</translation>
    </message>
    <message>
        <source>For a model from Python source: the checkpoint with its trained weights. Empty: the function loads them itself.</source>
        <translation>Für ein Modell aus Python-Quelltext: der Checkpoint mit den trainierten Gewichten. Leer: die Funktion lädt sie selbst.</translation>
    </message>
    <message>
        <source>Generator</source>
        <translation>Generator</translation>
    </message>
    <message>
        <source>Generator LR</source>
        <translation>Lernrate Generator</translation>
    </message>
    <message>
        <source>Generator batch</source>
        <translation>Generator-Batch</translation>
    </message>
    <message>
        <source>Generator steps</source>
        <translation>Generatorschritte</translation>
    </message>
    <message>
        <source>Generator warm-up</source>
        <translation>Generator aufwärmen</translation>
    </message>
    <message>
        <source>Hard-sample replay</source>
        <translation>Hard-Sample-Replay</translation>
    </message>
    <message>
        <source>Height and width of the model&apos;s input image. Empty: the usual size of the weights or the architecture.</source>
        <translation>Höhe und Breite des Eingabebildes. Leer: die übliche Größe der Gewichte oder der Architektur.</translation>
    </message>
    <message>
        <source>How far from the middle target centres may lie. 1 is the edge of the image.</source>
        <translation>Wie weit Zielzentren von der Mitte liegen dürfen. 1 ist der Rand des Bildes.</translation>
    </message>
    <message>
        <source>How much time to spend. Sets steps and batch sizes; each can be changed afterwards.</source>
        <translation>Wie viel Zeit aufgewendet wird. Stellt Schritte und Batch-Größen ein; jede kann danach geändert werden.</translation>
    </message>
    <message>
        <source>How the weight range is chosen: mse by the smallest squared error, minmax by the smallest and largest value. mse is better at few bits; at 8 bits they hardly differ.</source>
        <translation>Wie der Bereich der Gewichte gewählt wird: mse nach dem kleinsten quadratischen Fehler, minmax nach kleinstem und größtem Wert. mse ist bei wenigen Bits besser; bei 8 Bit ist kaum ein Unterschied.</translation>
    </message>
    <message>
        <source>If the generator is trained during fine-tuning, the student draws from this many of its latest samples. Smaller: fresher samples, less diversity.</source>
        <translation>Wenn der Generator bei der Feinabstimmung weiterlernt, zieht der Schüler aus so vielen seiner neuesten Samples. Kleiner: frischere Samples, weniger Vielfalt.</translation>
    </message>
    <message>
        <source>Input size</source>
        <translation>Eingabegröße</translation>
    </message>
    <message>
        <source>Keeps the class loss from demanding full confidence. Higher: less confident samples.</source>
        <translation>Hält den Klassenverlust davon ab, volle Konfidenz zu verlangen. Höher: weniger sichere Samples.</translation>
    </message>
    <message>
        <source>LR schedule</source>
        <translation>Lernratenverlauf</translation>
    </message>
    <message>
        <source>Label order</source>
        <translation>Label-Reihenfolge</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>Label-Glättung</translation>
    </message>
    <message>
        <source>Labelled images: a folder with one subfolder per class, a table of files and labels, or an .npz file. Used only to measure accuracy.</source>
        <translation>Bilder mit Labels: ein Ordner mit einem Unterordner je Klasse, eine Tabelle mit Dateien und Labels oder eine .npz-Datei. Nur zur Messung der Genauigkeit verwendet.</translation>
    </message>
    <message>
        <source>Learn scales</source>
        <translation>Skalen lernen</translation>
    </message>
    <message>
        <source>Learning rate of the generator (Adam). Lower it if its losses are unstable.</source>
        <translation>Lernrate des Generators (Adam). Senken, wenn seine Verluste instabil sind.</translation>
    </message>
    <message>
        <source>Learning rate of the scales: the largest relative change in one step. 0: the scales keep their calibrated values.</source>
        <translation>Lernrate der Skalen: die größte relative Änderung in einem Schritt. 0: die Skalen behalten die kalibrierten Werte.</translation>
    </message>
    <message>
        <source>Learning rate of the student: the largest change of a weight in one step, relative to its quantization step size; with sgd the usual learning rate. Lower it if accuracy falls during fine-tuning.</source>
        <translation>Lernrate des Schülers: die größte Änderung eines Gewichts in einem Schritt, relativ zu seiner Quantisierungsschrittweite; bei sgd die übliche Lernrate. Senken, wenn bei der Feinabstimmung die Genauigkeit fällt.</translation>
    </message>
    <message>
        <source>Log every</source>
        <translation>Messwerte alle</translation>
    </message>
    <message>
        <source>Max. BN error</source>
        <translation>Max. BN-Fehler</translation>
    </message>
    <message>
        <source>Max. images</source>
        <translation>Max. Bilder</translation>
    </message>
    <message>
        <source>Max. own images</source>
        <translation>Max. eigene Bilder</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittelwert</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Minutes that a run may take: steps and batch sizes are planned for it on this machine, never more than the preset&apos;s. Empty: the preset&apos;s time (fast 5, balanced 20, accurate 60); no limit for custom.</source>
        <translation>Minuten, die ein Lauf dauern darf: Schritte und Batch-Größen werden auf diesem Rechner dafür geplant, nie mehr als die der Voreinstellung. Leer: die Zeit der Voreinstellung (schnell 5, ausgewogen 20, genau 60); eigene Werte sind nicht begrenzt.</translation>
    </message>
    <message>
        <source>Mixup</source>
        <translation>Mixup</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the model in the built-in samples, torchvision or timm. Not needed for a file.</source>
        <translation>Name des Modells in den eingebauten Beispielen, in torchvision oder timm. Eine Datei braucht keinen.</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>Number format of training (generator, procedural images, and a student with at most 4-bit activations); evaluation always uses float32. auto: bfloat16 where the processor multiplies it natively, which is faster.</source>
        <translation>Zahlenformat des Trainings (Generator, prozedurale Bilder und ein Schüler mit höchstens 4-Bit-Aktivierungen); ausgewertet wird immer in float32. auto: bfloat16, wo der Prozessor es nativ multipliziert; das ist schneller.</translation>
    </message>
    <message>
        <source>Number of checkpoints to keep. Older ones are deleted once a new one is complete.</source>
        <translation>Zahl der Checkpoints, die bleiben. Ältere werden gelöscht, sobald ein neuer vollständig ist.</translation>
    </message>
    <message>
        <source>Number of classes of the model. Empty: read from the weights.</source>
        <translation>Zahl der Klassen des Modells. Leer: aus den Gewichten gelesen.</translation>
    </message>
    <message>
        <source>Number of images to use. Empty: all.</source>
        <translation>Zahl der verwendeten Bilder. Leer: alle.</translation>
    </message>
    <message>
        <source>Number of own images to use, spread over the folder. More take more time and memory.</source>
        <translation>Anzahl der verwendeten eigenen Bilder, über den Ordner verteilt. Mehr brauchen mehr Zeit und Speicher.</translation>
    </message>
    <message>
        <source>Numbers of the classes whose samples the snapshots show, with commas between, such as 0, 7, 12; at most 20. Empty: all, or ten drawn at random where there are more than ten.</source>
        <translation>Nummern der Klassen, deren Samples die Snapshots zeigen, durch Kommas getrennt, etwa 0, 7, 12; höchstens 20. Leer: alle, oder zehn zufällige, wo es mehr als zehn gibt.</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>Order of the colours in the training&apos;s images: bgr for a model trained with images of OpenCV or Caffe. Images are read as RGB; the first layer&apos;s weights are reordered.</source>
        <translation>Reihenfolge der Farben in den Bildern des Trainings: bgr für ein Modell, das mit Bildern von OpenCV oder Caffe trainiert wurde. Bilder werden als RGB gelesen; die Gewichte der ersten Schicht werden umgeordnet.</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Own images</source>
        <translation>Eigene Bilder</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Rechengenauigkeit</translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation>Vorverarbeitung</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Voreinstellung</translation>
    </message>
    <message>
        <source>Procedural images</source>
        <translation>Prozedurale Bilder</translation>
    </message>
    <message>
        <source>Procedural images are skipped if their batch-norm error exceeds this. The model was then trained on a different kind of images.</source>
        <translation>Prozedurale Bilder entfallen, wenn ihr Batch-Norm-Fehler darüber liegt. Das Modell wurde dann mit einer anderen Art von Bildern trainiert.</translation>
    </message>
    <message>
        <source>Reuse generator of</source>
        <translation>Generator aus Lauf</translation>
    </message>
    <message>
        <source>Reuse the trained generator and the procedural images of this run instead of training from scratch. It must have the same model and generator settings.</source>
        <translation>Den trainierten Generator und die prozeduralen Bilder dieses Laufs wiederverwenden statt neu zu trainieren. Er muss dasselbe Modell und dieselben Generator-Einstellungen haben.</translation>
    </message>
    <message>
        <source>Rounding</source>
        <translation>Rundung</translation>
    </message>
    <message>
        <source>Sample pool</source>
        <translation>Sample-Vorrat</translation>
    </message>
    <message>
        <source>Sample&apos;s images</source>
        <translation>Bilder des Beispiels</translation>
    </message>
    <message>
        <source>Samples must match the batch-norm statistics of the training data. Higher: more natural samples.</source>
        <translation>Samples müssen die Batch-Norm-Statistik der Trainingsdaten ergeben. Höher: natürlichere Samples.</translation>
    </message>
    <message>
        <source>Scale LR</source>
        <translation>Lernrate Skalen</translation>
    </message>
    <message>
        <source>Schedule of the student&apos;s learning rates. cosine: smoothly to a hundredth; step: to a tenth after each quarter of the steps.</source>
        <translation>Verlauf der Lernraten des Schülers. Kosinus: gleichmäßig auf ein Hundertstel; stufenweise: auf ein Zehntel nach jedem Viertel der Schritte.</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Seed of the random numbers. The same seed on the same machine gives the same result.</source>
        <translation>Startwert der Zufallszahlen. Derselbe Seed auf demselben Rechner gibt dasselbe Ergebnis.</translation>
    </message>
    <message>
        <source>Share of the student&apos;s training images that are procedural (drawn shapes) instead of generated. They make the data more diverse.</source>
        <translation>Anteil der Trainingsbilder des Schülers, die prozedural (gezeichnete Formen) statt generiert sind. Sie machen die Daten vielfältiger.</translation>
    </message>
    <message>
        <source>Skip connections</source>
        <translation>Skip-Verbindungen</translation>
    </message>
    <message>
        <source>Snapshot every</source>
        <translation>Snapshot alle</translation>
    </message>
    <message>
        <source>Softens the outputs of teacher and student before comparing them. Higher: the other classes count for more.</source>
        <translation>Macht die Ausgaben von Lehrer und Schüler vor dem Vergleich weicher. Höher: die anderen Klassen zählen mehr.</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>Standardabw.</translation>
    </message>
    <message>
        <source>Steps between two checkpoints. After a crash, the steps since the last one are repeated.</source>
        <translation>Schritte zwischen zwei Checkpoints. Nach einem Absturz werden die Schritte seit dem letzten wiederholt.</translation>
    </message>
    <message>
        <source>Steps between two points of the curves. Fewer steps give finer curves and a larger file.</source>
        <translation>Schritte zwischen zwei Punkten der Kurven. Weniger geben feinere Kurven und eine größere Datei.</translation>
    </message>
    <message>
        <source>Steps between two snapshots of the samples. All are kept in the run folder, so small values need more disk space.</source>
        <translation>Schritte zwischen zwei Snapshots der Samples. Alle bleiben im Ordner des Laufs; kleine Werte brauchen mehr Platz.</translation>
    </message>
    <message>
        <source>Steps that train only the generator; more give better samples, until the curves flatten. 0: none, so procedural images stand in for samples.</source>
        <translation>Schritte, die nur den Generator trainieren; mehr ergeben bessere Samples, bis die Kurven flach werden. 0: keine, prozedurale Bilder treten an die Stelle der Samples.</translation>
    </message>
    <message>
        <source>Steps that train the quantized model. More recover accuracy, until its curve flattens.</source>
        <translation>Schritte, in denen das quantisierte Modell lernt. Mehr gewinnen Genauigkeit zurück, bis seine Kurve abflacht.</translation>
    </message>
    <message>
        <source>Student LR</source>
        <translation>Lernrate Schüler</translation>
    </message>
    <message>
        <source>Student batch</source>
        <translation>Schüler-Batch</translation>
    </message>
    <message>
        <source>Subtracted from each channel after scaling pixels to 0..1. It must match the training, or accuracy suffers.</source>
        <translation>Wird von jedem Kanal abgezogen, nachdem Pixel auf 0..1 skaliert sind. Muss zum Training passen, sonst leidet die Genauigkeit.</translation>
    </message>
    <message>
        <source>Synthetic samples for calibrating the activation ranges. More are safer, and cost little time.</source>
        <translation>Synthetische Samples zum Kalibrieren der Aktivierungsbereiche. Mehr sind sicherer und kosten wenig Zeit.</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>Testbilder</translation>
    </message>
    <message>
        <source>The architecture of the weights. Empty: detected from the names and shapes in the file.</source>
        <translation>Die Architektur der Gewichte. Leer: an Namen und Formen in der Datei erkannt.</translation>
    </message>
    <message>
        <source>The attention centre must match its target (attention centre matching loss). Higher: more varied positions.</source>
        <translation>Das Aufmerksamkeitszentrum muss seinem Ziel entsprechen (attention centre matching loss). Höher: vielfältigere Positionen.</translation>
    </message>
    <message>
        <source>The checkpoint with the trained weights. A file that can run code is opened only with consent.</source>
        <translation>Der Checkpoint mit den trainierten Gewichten. Eine Datei, die Code ausführen kann, wird nur mit Zustimmung geöffnet.</translation>
    </message>
    <message>
        <source>The layer whose attention is corrected. Empty: the last one before pooling.</source>
        <translation>Die Schicht, deren Aufmerksamkeit korrigiert wird. Leer: die letzte vor dem Pooling.</translation>
    </message>
    <message>
        <source>The student must predict the target class. Useful only if the teacher does so too: see class match in Health.</source>
        <translation>Der Schüler muss die Zielklasse vorhersagen. Nur nützlich, wenn auch der Lehrer das tut: siehe Treffer unter Zustand.</translation>
    </message>
    <message>
        <source>The student&apos;s intermediate features must match the teacher&apos;s. Higher: inner layers stay close as well, not only the output.</source>
        <translation>Die inneren Merkmale des Schülers müssen denen des Lehrers entsprechen. Höher: auch innere Schichten bleiben nah, nicht nur die Ausgabe.</translation>
    </message>
    <message>
        <source>The student&apos;s outputs must match the teacher&apos;s. This is its main loss; the others are relative to it.</source>
        <translation>Die Ausgaben des Schülers müssen denen des Lehrers entsprechen. Das ist sein Hauptverlust; die anderen stehen im Verhältnis dazu.</translation>
    </message>
    <message>
        <source>The teacher must predict the target class. Higher: more confident, less diverse samples.</source>
        <translation>Der Lehrer muss die Zielklasse vorhersagen. Höher: sicherere, weniger vielfältige Samples.</translation>
    </message>
    <message>
        <source>The teacher&apos;s outputs must agree in eval and train mode. Higher: outputs that depend less on the rest of the batch.</source>
        <translation>Die Ausgaben des Lehrers müssen im Eval- und im Train-Modus übereinstimmen. Höher: sie hängen weniger vom Rest des Batches ab.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Train on each batch a second time, its pixels shifted this far in the adversarial direction, where student and teacher disagree more; 1 is the contrast of an image. 0: each batch once.</source>
        <translation>Auf jedem Batch ein zweites Mal trainieren, seine Pixel so weit in die adversarielle Richtung verschoben, in der Schüler und Lehrer stärker abweichen; 1 ist der Kontrast eines Bildes. 0: jeder Batch einmal.</translation>
    </message>
    <message>
        <source>Trains the student on blends of two samples as well. It then also learns from what lies between samples.</source>
        <translation>Trainiert den Schüler auch mit Mischungen zweier Samples. So lernt er auch von dem, was zwischen Samples liegt.</translation>
    </message>
    <message>
        <source>Trial</source>
        <translation>Probe</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>Vertrauen</translation>
    </message>
    <message>
        <source>Two samples of the same class and centre must differ (pair loss). Higher: more diversity.</source>
        <translation>Zwei Samples mit gleicher Klasse und gleichem Zentrum müssen sich unterscheiden (Paar-Verlust). Höher: mehr Vielfalt.</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Aufwärmen</translation>
    </message>
    <message>
        <source>Weight EMA</source>
        <translation>Gewichts-EMA</translation>
    </message>
    <message>
        <source>Weight bits of individual layers, by name. Other layers use the common setting.</source>
        <translation>Gewichtsbits einzelner Schichten nach Namen. Für andere Schichten gilt die gemeinsame Einstellung.</translation>
    </message>
    <message>
        <source>Weight range</source>
        <translation>Gewichtsbereich</translation>
    </message>
    <message>
        <source>Weight scales</source>
        <translation>Skalen der Gewichte</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights and activations</source>
        <translation>Gewichte und Aktivierungen</translation>
    </message>
    <message>
        <source>Where the model comes from. A checkpoint is a local file; the others are chosen by name.</source>
        <translation>Woher das Modell kommt. Ein Checkpoint ist eine lokale Datei; die anderen werden nach Namen gewählt.</translation>
    </message>
    <message>
        <source>Where to compute. auto: the fastest device available.</source>
        <translation>Wo gerechnet wird. auto: das schnellste vorhandene Gerät.</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>accurate</source>
        <translation>genau</translation>
    </message>
    <message>
        <source>acq</source>
        <translation>acq</translation>
    </message>
    <message>
        <source>acq: attention-corrected samples. gdfq: the baseline (ECCV 2020).</source>
        <translation>acq: aufmerksamkeitskorrigierte Samples. gdfq: das Vergleichsverfahren (ECCV 2020).</translation>
    </message>
    <message>
        <source>adamw</source>
        <translation>adamw</translation>
    </message>
    <message>
        <source>adamw, or the baseline&apos;s sgd with Nesterov momentum. Each needs its own learning rate.</source>
        <translation>adamw, oder sgd mit Nesterov-Moment wie im Vergleichsverfahren. Jeder braucht seine eigene Lernrate.</translation>
    </message>
    <message>
        <source>asymmetric</source>
        <translation>asymmetrisch</translation>
    </message>
    <message>
        <source>asymmetric: a zero point fits the 256 levels of 8-bit activations to their range. symmetric: they have none, as TensorRT and some other accelerators require; values that are never negative then have 7 bits.</source>
        <translation>asymmetrisch: Ein Nullpunkt passt die 256 Stufen von 8-Bit-Aktivierungen ihrem Bereich an. symmetrisch: Sie haben keinen, wie TensorRT und manche anderen Beschleuniger es verlangen; Werte, die nie negativ sind, haben dann 7 Bit.</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>ausgewogen</translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation>bfloat16</translation>
    </message>
    <message>
        <source>bgr</source>
        <translation>bgr</translation>
    </message>
    <message>
        <source>bits</source>
        <translation>Bit</translation>
    </message>
    <message>
        <source>centre</source>
        <translation>Zentrum</translation>
    </message>
    <message>
        <source>centre: conditioned on class and attention centre. gdfq: on the class only.</source>
        <translation>Zentrum: nach Klasse und Aufmerksamkeitszentrum. gdfq: nur nach Klasse.</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>channel: one for each output channel. tensor: one for the whole layer, for accelerators that take no others; it costs accuracy, most of all in depthwise convolutions.</source>
        <translation>Kanal: eine für jeden Ausgabekanal. Tensor: eine für die ganze Schicht, für Beschleuniger, die nichts anderes annehmen; das kostet Genauigkeit, am meisten bei Depthwise-Faltungen.</translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation>checkpoint</translation>
    </message>
    <message>
        <source>cifar10</source>
        <translation>cifar10</translation>
    </message>
    <message>
        <source>cifar100</source>
        <translation>cifar100</translation>
    </message>
    <message>
        <source>class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>Kosinus</translation>
    </message>
    <message>
        <source>cpu</source>
        <translation>cpu</translation>
    </message>
    <message>
        <source>cuda</source>
        <translation>cuda</translation>
    </message>
    <message>
        <source>custom</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>deployable</source>
        <translation>ausführbar</translation>
    </message>
    <message>
        <source>deployable: what a runtime executes, with 8-bit input and quantized additions. paper: what papers report, with the same bits in every layer, input and additions in float.</source>
        <translation>ausführbar: wie eine Laufzeitumgebung rechnet, mit 8-Bit-Eingabe und quantisierten Additionen. Paper: wie in Veröffentlichungen, mit gleich vielen Bits in jeder Schicht, Eingabe und Additionen in float.</translation>
    </message>
    <message>
        <source>distillation</source>
        <translation>Destillation</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>equal: each layer and activation has the bits above. sensitivity: these are averages, and what suffers most from few bits gets more; far better for networks of depthwise convolutions, and no larger, but measuring takes minutes for large models.</source>
        <translation>gleich: Jede Schicht und Aktivierung hat die Bits von oben. Empfindlichkeit: Diese sind Mittelwerte, und was unter wenigen Bits am meisten leidet, bekommt mehr; bei Netzen aus Depthwise-Faltungen weit besser und nicht größer, aber das Messen dauert bei großen Modellen Minuten.</translation>
    </message>
    <message>
        <source>eval/train BN</source>
        <translation>Eval/Train BN</translation>
    </message>
    <message>
        <source>eval/train attention</source>
        <translation>Eval/Train Aufmerks.</translation>
    </message>
    <message>
        <source>eval/train every</source>
        <translation>Eval/Train alle</translation>
    </message>
    <message>
        <source>eval/train output</source>
        <translation>Eval/Train Ausgabe</translation>
    </message>
    <message>
        <source>fast</source>
        <translation>schnell</translation>
    </message>
    <message>
        <source>features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>float32</source>
        <translation>float32</translation>
    </message>
    <message>
        <source>gdfq</source>
        <translation>gdfq</translation>
    </message>
    <message>
        <source>gptq</source>
        <translation>gptq</translation>
    </message>
    <message>
        <source>imagenet</source>
        <translation>imagenet</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>min</source>
        <translation>Min.</translation>
    </message>
    <message>
        <source>minmax</source>
        <translation>minmax</translation>
    </message>
    <message>
        <source>mps</source>
        <translation>mps</translation>
    </message>
    <message>
        <source>mse</source>
        <translation>mse</translation>
    </message>
    <message>
        <source>nearest</source>
        <translation>nächste Stufe</translation>
    </message>
    <message>
        <source>nearest: each weight is rounded to the nearest level. gptq: layer by layer, compensating the error in the layer&apos;s output; takes longer, and is far better at few bits.</source>
        <translation>nächste Stufe: jedes Gewicht wird zur nächsten Stufe gerundet. gptq: Schicht für Schicht mit Ausgleich des Fehlers in der Ausgabe der Schicht; dauert länger und ist bei wenigen Bits viel besser.</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>Nummern</translation>
    </message>
    <message>
        <source>numbers_from_1</source>
        <translation>Nummern ab 1</translation>
    </message>
    <message>
        <source>own</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>pair</source>
        <translation>Paar</translation>
    </message>
    <message>
        <source>paper</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>rgb</source>
        <translation>rgb</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>Samples</translation>
    </message>
    <message>
        <source>sensitivity</source>
        <translation>Empfindlichkeit</translation>
    </message>
    <message>
        <source>sgd</source>
        <translation>sgd</translation>
    </message>
    <message>
        <source>step</source>
        <translation>stufenweise</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>student class</source>
        <translation>Schüler-Klasse</translation>
    </message>
    <message>
        <source>symmetric</source>
        <translation>symmetrisch</translation>
    </message>
    <message>
        <source>tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>text_from_1</source>
        <translation>Text ab 1</translation>
    </message>
    <message>
        <source>timm</source>
        <translation>timm</translation>
    </message>
    <message>
        <source>torchvision</source>
        <translation>torchvision</translation>
    </message>
</context>
<context>
    <name>RunFeature</name>
    <message>
        <source>Another run can be opened once this one has finished.</source>
        <translation>Ein anderer Lauf kann geöffnet werden, wenn dieser zu Ende ist.</translation>
    </message>
    <message>
        <source>Asked. The run takes it in after its current step.</source>
        <translation>Gefragt. Der Lauf nimmt es nach dem laufenden Schritt auf.</translation>
    </message>
</context>
<context>
    <name>RunSettings</name>
    <message>
        <source>Must be a number</source>
        <translation>Muss eine Zahl sein</translation>
    </message>
    <message>
        <source>Must be an integer</source>
        <translation>Muss eine ganze Zahl sein</translation>
    </message>
    <message>
        <source>Must be {0}.</source>
        <translation>Erlaubt: {0}.</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>Bits of weights and activations</source>
        <translation>Bits von Gewichten und Aktivierungen</translation>
    </message>
    <message>
        <source>Double-click or press F2 to edit notes</source>
        <translation>Doppelklick oder F2, um Notizen zu bearbeiten</translation>
    </message>
    <message>
        <source>Double-click or press F2 to edit tags, separated by commas</source>
        <translation>Doppelklick oder F2, um Schlagwörter zu bearbeiten, mit Kommas dazwischen</translation>
    </message>
    <message>
        <source>How far top-1 is below the float model&apos;s, in percentage points</source>
        <translation>Wie weit die Top-1-Genauigkeit unter der des float-Modells liegt, in Prozentpunkten</translation>
    </message>
    <message>
        <source>Images with the same top-1 prediction as the float model</source>
        <translation>Bilder mit derselben Top-1-Vorhersage wie das float-Modell</translation>
    </message>
    <message>
        <source>Median latency for one image, of the exported file on the machine of the run; in brackets the 10th to 90th percentile</source>
        <translation>Mediane Latenz der exportierten Datei für ein Bild auf dem Rechner des Laufs; in Klammern das 10. bis 90. Perzentil</translation>
    </message>
    <message>
        <source>Size of the exported file</source>
        <translation>Größe der exportierten Datei</translation>
    </message>
    <message>
        <source>Top-1 of the float model on the test images</source>
        <translation>Top-1 des float-Modells auf den Testbildern</translation>
    </message>
    <message>
        <source>Top-1 of the quantized model on the same images</source>
        <translation>Top-1 des quantisierten Modells auf denselben Bildern</translation>
    </message>
    <message>
        <source>W/A</source>
        <translation>W/A</translation>
    </message>
    <message>
        <source>agreement</source>
        <translation>Übereinst.</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>Rückgang</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>float</source>
        <translation>float</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>not in a sweep</source>
        <translation>in keinem Sweep</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>nicht gestartet</translation>
    </message>
    <message>
        <source>notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>quantized</source>
        <translation>quantisiert</translation>
    </message>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>started</source>
        <translation>gestartet</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>unknown model</source>
        <translation>unbekanntes Modell</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>nicht lesbar</translation>
    </message>
</context>
<context>
    <name>RunsView</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>Als Tabelle kopieren</translation>
    </message>
    <message>
        <source>Curves, results and settings of the selected runs</source>
        <translation>Kurven, Ergebnisse und Einstellungen der gewählten Läufe</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Every run is listed here with its accuracy and size; it can be opened, compared or repeated.</source>
        <translation>Jeder Lauf steht hier mit Genauigkeit und Größe; er lässt sich öffnen, vergleichen oder wiederholen.</translation>
    </message>
    <message>
        <source>Group by model</source>
        <translation>Nach Modell gruppieren</translation>
    </message>
    <message>
        <source>Group by sweep</source>
        <translation>Nach Sweep gruppieren</translation>
    </message>
    <message>
        <source>Group runs by model or sweep, and choose columns</source>
        <translation>Läufe nach Modell oder Sweep gruppieren und Spalten wählen</translation>
    </message>
    <message>
        <source>Move the selected runs to the trash</source>
        <translation>Die gewählten Läufe in den Papierkorb legen</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>Only runs with this tag</source>
        <translation>Nur Läufe mit diesem Schlagwort</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Rename...</source>
        <translation>Umbenennen...</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Save as CSV...</source>
        <translation>Als CSV speichern...</translation>
    </message>
    <message>
        <source>Select 2 to 6 runs to compare them</source>
        <translation>Zum Vergleichen 2 bis 6 Läufe wählen</translation>
    </message>
    <message>
        <source>Select one run to open it</source>
        <translation>Zum Öffnen einen Lauf wählen</translation>
    </message>
    <message>
        <source>Select one run to use its settings</source>
        <translation>Einen Lauf wählen, um seine Einstellungen zu verwenden</translation>
    </message>
    <message>
        <source>Select runs to delete them</source>
        <translation>Zum Löschen Läufe wählen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show only runs with this tag; tags are edited in the last column</source>
        <translation>Nur Läufe mit diesem Schlagwort zeigen; Schlagwörter stehen in der letzten Spalte</translation>
    </message>
    <message>
        <source>Show runs that contain all of these words in name, model, state, notes or tags</source>
        <translation>Läufe zeigen, die alle diese Wörter enthalten: in Name, Modell, Stand, Notizen oder Schlagwörtern</translation>
    </message>
    <message>
        <source>Show the run with all its views</source>
        <translation>Den Lauf mit allen Ansichten zeigen</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Table of all runs</source>
        <translation>Tabelle aller Läufe</translation>
    </message>
    <message>
        <source>Table of runs</source>
        <translation>Tabelle der Läufe</translation>
    </message>
    <message>
        <source>Text that runs must contain</source>
        <translation>Text, den Läufe enthalten müssen</translation>
    </message>
    <message>
        <source>Use settings</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Use the run&apos;s settings for a new run</source>
        <translation>Die Einstellungen des Laufs für einen neuen übernehmen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>all tags</source>
        <translation>alle Schlagwörter</translation>
    </message>
    <message>
        <source>search runs</source>
        <translation>Läufe suchen</translation>
    </message>
    <message numerus="yes">
        <source>{0} of %n run(s)</source>
        <translation>
            <numerusform>{0} von %n Lauf</numerusform>
            <numerusform>{0} von %n Läufen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SampleFacts</name>
    <message>
        <source>  probability of {0}</source>
        <translation>  Wahrscheinlichkeit von {0}</translation>
    </message>
    <message>
        <source>Attention similarity</source>
        <translation>Ähnlichkeit der Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Measured centre</source>
        <translation>Gemessenes Zentrum</translation>
    </message>
    <message>
        <source>Student prediction</source>
        <translation>Vorhersage Schüler</translation>
    </message>
    <message>
        <source>Target centre</source>
        <translation>Zielzentrum</translation>
    </message>
    <message>
        <source>Target class</source>
        <translation>Zielklasse</translation>
    </message>
    <message>
        <source>Teacher prediction</source>
        <translation>Vorhersage Lehrer</translation>
    </message>
    <message>
        <source>class {0}</source>
        <translation>Klasse {0}</translation>
    </message>
    <message>
        <source>distance {0}</source>
        <translation>Abstand {0}</translation>
    </message>
    <message>
        <source>student {0}</source>
        <translation>Schüler {0}</translation>
    </message>
    <message>
        <source>teacher {0}</source>
        <translation>Lehrer {0}</translation>
    </message>
</context>
<context>
    <name>SampleGrid</name>
    <message>
        <source>Grid of synthetic samples</source>
        <translation>Raster der synthetischen Samples</translation>
    </message>
</context>
<context>
    <name>SampleLarge</name>
    <message>
        <source>Attention in eval mode minus attention in train mode</source>
        <translation>Aufmerksamkeit im Eval-Modus minus Aufmerksamkeit im Train-Modus</translation>
    </message>
    <message>
        <source>Back to the grid (Esc)</source>
        <translation>Zurück zum Raster (Esc)</translation>
    </message>
    <message>
        <source>Diff.</source>
        <translation>Diff.</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>Enlarged sample</source>
        <translation>Ein Sample, vergrößert</translation>
    </message>
    <message>
        <source>Eval</source>
        <translation>Eval</translation>
    </message>
    <message>
        <source>Next sample (→)</source>
        <translation>Nächstes Sample (→)</translation>
    </message>
    <message>
        <source>Opacity of the attention map over the sample</source>
        <translation>Deckkraft der Aufmerksamkeitskarte über dem Sample</translation>
    </message>
    <message>
        <source>Opacity of the attention map, percent</source>
        <translation>Deckkraft der Aufmerksamkeitskarte in Prozent</translation>
    </message>
    <message>
        <source>Previous sample (←)</source>
        <translation>Voriges Sample (←)</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Sample</translation>
    </message>
    <message>
        <source>Sample {0} of {1}</source>
        <translation>Sample {0} von {1}</translation>
    </message>
    <message>
        <source>Scrub through the sample&apos;s history (Page Up, Page Down, Home, End); at the right end, the view follows the run</source>
        <translation>Durch den Verlauf des Samples fahren (Bild auf, Bild ab, Pos1, Ende); am rechten Ende folgt es dem Lauf</translation>
    </message>
    <message>
        <source>Step of the history</source>
        <translation>Schritt des Verlaufs</translation>
    </message>
    <message>
        <source>The sample alone</source>
        <translation>Nur das Sample</translation>
    </message>
    <message>
        <source>The teacher&apos;s attention in eval mode</source>
        <translation>Aufmerksamkeit des Lehrers im Eval-Modus</translation>
    </message>
    <message>
        <source>The teacher&apos;s attention in train mode</source>
        <translation>Aufmerksamkeit des Lehrers im Train-Modus</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Train</translation>
    </message>
    <message>
        <source>history</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>no attention at this step</source>
        <translation>keine Aufmerksamkeit bei diesem Schritt</translation>
    </message>
    <message>
        <source>opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>Schritt {0}</translation>
    </message>
    <message>
        <source>{0} (key {1})</source>
        <translation>{0} (Taste {1})</translation>
    </message>
    <message>
        <source>← All samples</source>
        <translation>← Alle Samples</translation>
    </message>
</context>
<context>
    <name>SamplesView</name>
    <message>
        <source>Centre error</source>
        <translation>Zentrum</translation>
    </message>
    <message>
        <source>Classes shown</source>
        <translation>Gezeigte Klassen</translation>
    </message>
    <message>
        <source>Click or Enter: enlarge. Ctrl+click: select.</source>
        <translation>Klick oder Eingabe: vergrößern. Strg+Klick: auswählen.</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Disagreement</source>
        <translation>Uneinig</translation>
    </message>
    <message>
        <source>Draw the attention centres on the samples</source>
        <translation>Die Aufmerksamkeitszentren auf die Samples zeichnen</translation>
    </message>
    <message>
        <source>Marked corner: the class that teacher or student predicts differs from the target</source>
        <translation>Markierte Ecke: Lehrer oder Schüler sagt eine andere Klasse als die Zielklasse vorher</translation>
    </message>
    <message>
        <source>Order of the samples</source>
        <translation>Reihenfolge der Samples</translation>
    </message>
    <message>
        <source>Order of the samples; largest error or lowest confidence first</source>
        <translation>Reihenfolge der Samples; größter Fehler oder kleinste Konfidenz zuerst</translation>
    </message>
    <message>
        <source>PNG image (*.png)</source>
        <translation>PNG-Bild (*.png)</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Samples</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Save the grid as an image (PNG)</source>
        <translation>Das Raster als Bild speichern (PNG)</translation>
    </message>
    <message>
        <source>Save the samples</source>
        <translation>Samples speichern</translation>
    </message>
    <message>
        <source>Show the samples of chosen classes only</source>
        <translation>Nur Samples gewählter Klassen zeigen</translation>
    </message>
    <message>
        <source>Synthetic samples appear here. Ring: target attention centre; dot: measured one.</source>
        <translation>Synthetische Samples erscheinen hier. Ring: vorgegebenes Aufmerksamkeitszentrum; Punkt: gemessenes.</translation>
    </message>
    <message>
        <source>Unsorted</source>
        <translation>Folge</translation>
    </message>
    <message>
        <source>markers</source>
        <translation>Marker</translation>
    </message>
    <message>
        <source>prediction ≠ target</source>
        <translation>Vorhersage ≠ Ziel</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>Schritt {0}</translation>
    </message>
</context>
<context>
    <name>SchedulePanel</name>
    <message>
        <source>4  Schedule</source>
        <translation>4  Zeitplan</translation>
    </message>
    <message>
        <source>Accurate</source>
        <translation>Genau</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Custom presets...</source>
        <translation>Eigene Voreinstellungen...</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>For a first try; planned for 5 min.</source>
        <translation>Für einen ersten Versuch; für 5 Min. geplant.</translation>
    </message>
    <message>
        <source>Most of the accuracy; planned for 20 min.</source>
        <translation>Der größte Teil der Genauigkeit; für 20 Min. geplant.</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Voreinstellung</translation>
    </message>
    <message>
        <source>Save all settings except model and test images under a name, or apply saved ones</source>
        <translation>Alle Einstellungen außer Modell und Testbildern unter einem Namen speichern oder gespeicherte übernehmen</translation>
    </message>
    <message>
        <source>The highest accuracy; planned for 60 min.</source>
        <translation>Die höchste Genauigkeit; für 60 Min. geplant.</translation>
    </message>
    <message>
        <source>accurate</source>
        <translation>genau</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>ausgewogen</translation>
    </message>
    <message>
        <source>custom</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>fast</source>
        <translation>schnell</translation>
    </message>
    <message>
        <source>{0}, {1} + {2} steps</source>
        <translation>{0}, {1} + {2} Schritte</translation>
    </message>
</context>
<context>
    <name>SearchTable</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save as CSV...</source>
        <translation>Als CSV speichern...</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Text that rows must contain</source>
        <translation>Text, den Zeilen enthalten müssen</translation>
    </message>
    <message>
        <source>search classes</source>
        <translation>Klassen suchen</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie tut</translation>
    </message>
</context>
<context>
    <name>SpanBox</name>
    <message>
        <source>Points in the moving average</source>
        <translation>Punkte im gleitenden Mittel</translation>
    </message>
    <message>
        <source>Points in the moving average of the bold curves; 1: as measured</source>
        <translation>Punkte im gleitenden Mittel der kräftigen Kurven; 1: wie gemessen</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>glätten</translation>
    </message>
</context>
<context>
    <name>StartupPrompts</name>
    <message numerus="yes">
        <source>%n run(s) from the last session wait in the queue.</source>
        <translation>
            <numerusform>%n Lauf der letzten Sitzung wartet in der Warteschlange.</numerusform>
            <numerusform>%n Läufe der letzten Sitzung warten in der Warteschlange.</numerusform>
        </translation>
    </message>
    <message>
        <source>Follow it</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Resume with lower learning rates</source>
        <translation>Mit kleineren Lernraten fortsetzen</translation>
    </message>
    <message>
        <source>Show queue</source>
        <translation>Warteschlange zeigen</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>Bericht zeigen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>The last checkpoint of {0} is from before its losses became NaN.</source>
        <translation>Der letzte Checkpoint von {0} stammt aus der Zeit, bevor die Verluste NaN wurden.</translation>
    </message>
    <message>
        <source>The run {0} was interrupted before its first checkpoint. Resuming starts it from scratch.</source>
        <translation>Der Lauf {0} wurde vor seinem ersten Checkpoint unterbrochen. Fortsetzen beginnt ihn von vorn.</translation>
    </message>
    <message>
        <source>The run {0} was interrupted. The last checkpoint is intact.</source>
        <translation>Der Lauf {0} wurde unterbrochen. Der letzte Checkpoint ist unversehrt.</translation>
    </message>
    <message>
        <source>The run {0} was left on its cluster.</source>
        <translation>Der Lauf {0} ist auf seinem Cluster geblieben.</translation>
    </message>
</context>
<context>
    <name>SweepChart</name>
    <message>
        <source>Metric of the sweep&apos;s runs by a varied setting</source>
        <translation>Metrik der Läufe des Sweeps nach einer veränderten Einstellung</translation>
    </message>
    <message>
        <source>Results appear here as runs finish.</source>
        <translation>Ergebnisse erscheinen hier, sobald Läufe enden.</translation>
    </message>
    <message>
        <source>float {0}</source>
        <translation>float {0}</translation>
    </message>
    <message>
        <source>pp</source>
        <translation>Prozentpunkte</translation>
    </message>
</context>
<context>
    <name>SweepDialog</name>
    <message>
        <source>A value can&apos;t be used.</source>
        <translation>Ein Wert lässt sich nicht verwenden.</translation>
    </message>
    <message>
        <source>Ablation</source>
        <translation>Ablation</translation>
    </message>
    <message>
        <source>About {0} each, judged by the last planned run: {1}.</source>
        <translation>Je etwa {0}, nach dem letzten geplanten Lauf: {1}.</translation>
    </message>
    <message>
        <source>Can&apos;t start. {0}</source>
        <translation>Start nicht möglich. {0}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Comma-separated values; 2..5 means 2, 3, 4, 5, and 0..1:0.25 means steps of 0.25</source>
        <translation>Werte mit Kommas dazwischen; 2..5 heißt 2, 3, 4, 5, und 0..1:0.25 heißt Schritte von 0.25</translation>
    </message>
    <message>
        <source>Create the sweep&apos;s folder and add its runs to the queue</source>
        <translation>Den Ordner des Sweeps anlegen und seine Läufe in die Warteschlange stellen</translation>
    </message>
    <message>
        <source>Every combination of values is one run; all other settings are the current ones. The runs are queued, one after another.</source>
        <translation>Jede Kombination der Werte ist ein Lauf; alle anderen Einstellungen sind die aktuellen. Die Läufe kommen in die Warteschlange, einer nach dem anderen.</translation>
    </message>
    <message>
        <source>Load a sweep from a file</source>
        <translation>Einen Sweep aus einer Datei laden</translation>
    </message>
    <message>
        <source>Load sweep</source>
        <translation>Sweep laden</translation>
    </message>
    <message>
        <source>Load...</source>
        <translation>Laden...</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the sweep</source>
        <translation>Name des Sweeps</translation>
    </message>
    <message>
        <source>Run it on the command line: acq sweep FILE</source>
        <translation>Auf der Befehlszeile ausführen: acq sweep FILE</translation>
    </message>
    <message>
        <source>Runs of the sweep</source>
        <translation>Läufe des Sweeps</translation>
    </message>
    <message>
        <source>Save as file...</source>
        <translation>Als Datei speichern...</translation>
    </message>
    <message>
        <source>Save sweep</source>
        <translation>Sweep speichern</translation>
    </message>
    <message>
        <source>Save the sweep to a file; acq sweep FILE runs it on the command line</source>
        <translation>Den Sweep in eine Datei speichern; acq sweep FILE führt ihn auf der Befehlszeile aus</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Setting {0}</source>
        <translation>Einstellung {0}</translation>
    </message>
    <message>
        <source>Start sweep</source>
        <translation>Sweep starten</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Sweep</translation>
    </message>
    <message>
        <source>Sweeps (*.json)</source>
        <translation>Sweeps (*.json)</translation>
    </message>
    <message>
        <source>The name of the sweep&apos;s folder</source>
        <translation>Der Name des Ordners des Sweeps</translation>
    </message>
    <message>
        <source>The setting to vary; type part of its name to find it</source>
        <translation>Die Einstellung, die verändert wird; zum Finden einen Teil des Namens eingeben</translation>
    </message>
    <message>
        <source>The sweep needs a name.</source>
        <translation>Der Sweep braucht einen Namen.</translation>
    </message>
    <message>
        <source>The sweep varies more than three settings.</source>
        <translation>Der Sweep verändert mehr als drei Einstellungen.</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Values of setting {0}</source>
        <translation>Werte der Einstellung {0}</translation>
    </message>
    <message>
        <source>Vary</source>
        <translation>Verändern</translation>
    </message>
    <message>
        <source>With and without each of the method&apos;s losses: attention centre matching, pair and consistency; eight runs</source>
        <translation>Mit und ohne jeden der Verluste des Verfahrens: Zentren der Attention, Paare und Konsistenz; acht Läufe</translation>
    </message>
    <message>
        <source>and</source>
        <translation>und</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>{0} runs.</source>
        <translation>{0} Läufe.</translation>
    </message>
    <message>
        <source>{0}: must be {1}.</source>
        <translation>{0} geht nicht; erlaubt: {1}.</translation>
    </message>
</context>
<context>
    <name>SweepFeature</name>
    <message>
        <source>All runs of this sweep are done.</source>
        <translation>Alle Läufe dieses Sweeps sind fertig.</translation>
    </message>
    <message>
        <source>Run it on the command line: acq sweep FILE</source>
        <translation>Auf der Befehlszeile ausführen: acq sweep FILE</translation>
    </message>
    <message>
        <source>The sweep varies more than three settings.</source>
        <translation>Der Sweep verändert mehr als drei Einstellungen.</translation>
    </message>
    <message>
        <source>The unfinished runs of this sweep are in the queue already.</source>
        <translation>Die unfertigen Läufe dieses Sweeps sind schon in der Warteschlange.</translation>
    </message>
</context>
<context>
    <name>Sweeps</name>
    <message>
        <source>agreement</source>
        <translation>Übereinst.</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>Rückgang</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>quantized top-1</source>
        <translation>Top-1 quantisiert</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>■ interrupted</source>
        <translation>■ unterbrochen</translation>
    </message>
    <message>
        <source>■ stopped</source>
        <translation>■ angehalten</translation>
    </message>
    <message>
        <source>▶ running</source>
        <translation>▶ läuft</translation>
    </message>
    <message>
        <source>✓ done</source>
        <translation>✓ fertig</translation>
    </message>
    <message>
        <source>✗ failed</source>
        <translation>✗ fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>SweepsView</name>
    <message>
        <source>A sweep runs a grid of settings, such as 2, 3 and 4 bits, and compares the results here.</source>
        <translation>Ein Sweep führt ein Raster von Einstellungen aus, etwa 2, 3 und 4 Bit, und vergleicht hier die Ergebnisse.</translation>
    </message>
    <message>
        <source>Add the {0} runs that are not done to the queue</source>
        <translation>Die {0} nicht fertigen Läufe in die Warteschlange stellen</translation>
    </message>
    <message>
        <source>Every run is done or active</source>
        <translation>Jeder Lauf ist fertig oder aktiv</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>Metric shown in the plot</source>
        <translation>Metrik des Diagramms</translation>
    </message>
    <message>
        <source>New sweep...</source>
        <translation>Neuer Sweep...</translation>
    </message>
    <message>
        <source>New...</source>
        <translation>Neu...</translation>
    </message>
    <message>
        <source>Open run</source>
        <translation>Lauf öffnen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Run a grid of settings, one run after another (Ctrl+Shift+W)</source>
        <translation>Ein Raster von Einstellungen ausführen, einen Lauf nach dem anderen (Strg+Umschalt+W)</translation>
    </message>
    <message>
        <source>Runs of the sweep</source>
        <translation>Läufe des Sweeps</translation>
    </message>
    <message>
        <source>Save plot</source>
        <translation>Diagramm speichern</translation>
    </message>
    <message>
        <source>Save plot...</source>
        <translation>Diagramm speichern...</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>Tabelle speichern</translation>
    </message>
    <message>
        <source>Save table...</source>
        <translation>Tabelle speichern...</translation>
    </message>
    <message>
        <source>Save the plot as PNG or SVG</source>
        <translation>Das Diagramm als PNG oder SVG speichern</translation>
    </message>
    <message>
        <source>Save the table as CSV</source>
        <translation>Die Tabelle als CSV speichern</translation>
    </message>
    <message>
        <source>Select a run that has started</source>
        <translation>Einen gestarteten Lauf wählen</translation>
    </message>
    <message>
        <source>Set up another sweep (Ctrl+Shift+W)</source>
        <translation>Einen weiteren Sweep einstellen (Strg+Umschalt+W)</translation>
    </message>
    <message>
        <source>Setting on the x-axis</source>
        <translation>Einstellung auf der x-Achse</translation>
    </message>
    <message>
        <source>Setting on the x-axis; the others become lines</source>
        <translation>Einstellung auf der x-Achse; die anderen werden Linien</translation>
    </message>
    <message>
        <source>Show the folder of the sweep</source>
        <translation>Den Ordner des Sweeps zeigen</translation>
    </message>
    <message>
        <source>Show the selected run with all its views (Enter)</source>
        <translation>Den gewählten Lauf mit allen Ansichten zeigen (Eingabe)</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Sweep</translation>
    </message>
    <message>
        <source>Sweep to show</source>
        <translation>Gezeigter Sweep</translation>
    </message>
    <message>
        <source>Sweeps</source>
        <translation>Sweeps</translation>
    </message>
    <message>
        <source>over</source>
        <translation>über</translation>
    </message>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>{0} of {1} runs done</source>
        <translation>{0} von {1} Läufen fertig</translation>
    </message>
</context>
<context>
    <name>TableAway</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save as CSV...</source>
        <translation>Als CSV speichern...</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>Tabelle speichern</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
</context>
<context>
    <name>TestImagesLook</name>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n Klasse</numerusform>
            <numerusform>%n Klassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Inspecting the images...</source>
        <translation>Die Bilder werden untersucht...</translation>
    </message>
    <message>
        <source>Some can&apos;t be read; they are skipped.</source>
        <translation>Einige lassen sich nicht lesen; sie werden ausgelassen.</translation>
    </message>
    <message>
        <source>Some of the test images: {0}</source>
        <translation>Einige der Testbilder: {0}</translation>
    </message>
    <message>
        <source>The images are checked once a model is open that can be quantized.</source>
        <translation>Die Bilder werden geprüft, sobald ein Modell geöffnet ist, das sich quantisieren lässt.</translation>
    </message>
</context>
<context>
    <name>TestImagesPanel</name>
    <message>
        <source>5  Test images</source>
        <translation>5  Testbilder</translation>
    </message>
    <message>
        <source>A folder with one subfolder of images per class.</source>
        <translation>Ein Ordner mit einem Unterordner von Bildern je Klasse.</translation>
    </message>
    <message>
        <source>An .npz file with images and labels, a table of files and labels, or MNIST&apos;s or CIFAR&apos;s own files.</source>
        <translation>Eine .npz-Datei mit Bildern und Labels, eine Tabelle mit Dateien und Labels oder die eigenen Dateien von MNIST oder CIFAR.</translation>
    </message>
    <message>
        <source>File...</source>
        <translation>Datei...</translation>
    </message>
    <message>
        <source>Folder...</source>
        <translation>Ordner...</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Remove the test images.</source>
        <translation>Die Testbilder entfernen.</translation>
    </message>
    <message>
        <source>Used only to measure accuracy; quantization never sees them.</source>
        <translation>Nur zum Messen der Genauigkeit; die Quantisierung sieht sie nie.</translation>
    </message>
    <message>
        <source>none: accuracy is not measured</source>
        <translation>keine: Genauigkeit wird nicht gemessen</translation>
    </message>
    <message>
        <source>the sample&apos;s own, 2,000</source>
        <translation>die des Beispiels, 2&#x202f;000</translation>
    </message>
</context>
<context>
    <name>TextField</name>
    <message>
        <source>Must be numbers separated by commas.</source>
        <translation>Müssen Zahlen mit Kommas dazwischen sein.</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
</context>
<context>
    <name>Themes</name>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
</context>
<context>
    <name>TimeBar</name>
    <message>
        <source>Losses, samples, attention and feature map at one step of the run</source>
        <translation>Verluste, Samples, Aufmerksamkeit und Merkmalskarte bei einem Schritt des Laufs</translation>
    </message>
    <message>
        <source>Play the run</source>
        <translation>Lauf abspielen</translation>
    </message>
    <message>
        <source>Play the run from here, or from its beginning</source>
        <translation>Den Lauf von hier oder von Anfang an abspielen</translation>
    </message>
    <message>
        <source>Save animation...</source>
        <translation>Animation speichern...</translation>
    </message>
    <message>
        <source>Save the whole run as an animated image (GIF or WebP)</source>
        <translation>Den ganzen Lauf als animiertes Bild speichern (GIF oder WebP)</translation>
    </message>
    <message>
        <source>Step of the run that all views show</source>
        <translation>Schritt des Laufs, den alle Ansichten zeigen</translation>
    </message>
    <message>
        <source>step {0} (newest)</source>
        <translation>Schritt {0} (neuester)</translation>
    </message>
    <message>
        <source>step {0} of {1}</source>
        <translation>Schritt {0} von {1}</translation>
    </message>
</context>
<context>
    <name>TimeEstimate</name>
    <message>
        <source>For that, {0} and {1} steps become {2} and {3}.</source>
        <translation>Dafür werden aus {0} und {1} Schritten {2} und {3}.</translation>
    </message>
    <message>
        <source>How long it takes is measured when the run begins.</source>
        <translation>Wie lange es dauert, wird zu Beginn des Laufs gemessen.</translation>
    </message>
    <message>
        <source>It is meant to take about {0} min, which is measured when it begins.</source>
        <translation>Vorgesehen sind etwa {0} min; gemessen wird es zu Beginn.</translation>
    </message>
    <message>
        <source>It takes about a minute, judged by the last planned run.</source>
        <translation>Es dauert etwa eine Minute, nach dem letzten geplanten Lauf geschätzt.</translation>
    </message>
    <message>
        <source>It takes about {0} h, judged by the last planned run.</source>
        <translation>Es dauert etwa {0} Std., nach dem letzten geplanten Lauf geschätzt.</translation>
    </message>
    <message>
        <source>It takes about {0} min, judged by the last planned run.</source>
        <translation>Es dauert etwa {0} Min., nach dem letzten geplanten Lauf geschätzt.</translation>
    </message>
    <message>
        <source>{0} images are optimized in {1} steps, as the generator would have no time to learn; {2} fine-tuning steps.</source>
        <translation>{0} Bilder werden in {1} Schritten optimiert, da der Generator keine Zeit zum Lernen hätte; {2} Schritte Feinabstimmung.</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>A small classifier of clothing is already selected. To use another model, drop its file anywhere on the window.</source>
        <translation>Ein kleiner Klassifikator für Kleidung ist schon gewählt. Für ein anderes Modell dessen Datei irgendwo auf dem Fenster ablegen.</translation>
    </message>
    <message>
        <source>After a run, this exports the quantized model and verifies the file. The Help menu shows this tour again.</source>
        <translation>Nach einem Lauf exportiert dies das quantisierte Modell und prüft die Datei. Im Menü Hilfe steht dieser Rundgang wieder bereit.</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Ein Modell wählen</translation>
    </message>
    <message>
        <source>Each line has a mark, a value and a small curve. When one is bad, it says what to change.</source>
        <translation>Jede Zeile hat ein Zeichen, einen Wert und eine kleine Kurve. Ist eine schlecht, sagt sie, was zu ändern ist.</translation>
    </message>
    <message>
        <source>Export the result</source>
        <translation>Das Ergebnis exportieren</translation>
    </message>
    <message>
        <source>Five steps</source>
        <translation>Fünf Schritte</translation>
    </message>
    <message>
        <source>Go through them from top to bottom. The defaults suit a first run; F1 explains the focused item.</source>
        <translation>Von oben nach unten durchgehen. Der Standard passt für einen ersten Lauf; F1 erklärt, was den Fokus hat.</translation>
    </message>
    <message>
        <source>Is it going well?</source>
        <translation>Läuft es gut?</translation>
    </message>
    <message>
        <source>Losses, samples and attention appear here during the run. Ctrl and a number show the other pages.</source>
        <translation>Verluste, Samples und Aufmerksamkeit erscheinen hier während des Laufs. Strg und eine Ziffer zeigen die anderen Seiten.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>The bright button is always the next sensible step; now it starts a run (F5). No images are needed.</source>
        <translation>Die helle Schaltfläche ist immer der nächste sinnvolle Schritt; jetzt startet sie einen Lauf (F5). Bilder sind nicht nötig.</translation>
    </message>
    <message>
        <source>Watch it learn</source>
        <translation>Beim Lernen zusehen</translation>
    </message>
</context>
<context>
    <name>TourCard</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>End the tour (Esc); the Help menu shows it again.</source>
        <translation>Den Rundgang beenden (Esc); er steht wieder im Menü Hilfe.</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>Triptych</name>
    <message>
        <source>Drag across an attention map, or press the left or right arrow key, to wipe from the float to the quantized model; Esc shows both again</source>
        <translation>Über eine Attention-Karte ziehen, oder die linke oder rechte Pfeiltaste drücken, um vom float- zum quantisierten Modell zu wischen; Esc zeigt wieder beide</translation>
    </message>
    <message>
        <source>The image, and the attention of the float and of the quantized model</source>
        <translation>Das Bild und die Aufmerksamkeit des float- und des quantisierten Modells</translation>
    </message>
    <message>
        <source>attention, float</source>
        <translation>Aufmerksamkeit, float</translation>
    </message>
    <message>
        <source>attention, quantized</source>
        <translation>Aufmerksamkeit, quantisiert</translation>
    </message>
    <message>
        <source>float | quantized</source>
        <translation>float | quantisiert</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>not available</source>
        <translation>nicht vorhanden</translation>
    </message>
</context>
<context>
    <name>TryDialog</name>
    <message>
        <source>Asking...</source>
        <translation>Wird gefragt...</translation>
    </message>
    <message>
        <source>Choose image...</source>
        <translation>Bild wählen...</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Drop an image here</source>
        <translation>Ein Bild hierher ziehen</translation>
    </message>
    <message>
        <source>Predicted by {0} in {1}, in {2:.1f} ms. The image is shown at the size of the model&apos;s input.</source>
        <translation>Vorhergesagt von {0} in {1}, in {2:.1f} ms. Das Bild ist in der Größe der Modelleingabe gezeigt.</translation>
    </message>
    <message>
        <source>The prediction comes from the exported file itself, not from the program&apos;s own models.</source>
        <translation>Die Vorhersage kommt von der exportierten Datei selbst, nicht von den Modellen des Programms.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>What does {0} predict?</source>
        <translation>Was sagt {0} vorher?</translation>
    </message>
    <message>
        <source>class {0}</source>
        <translation>Klasse {0}</translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Compare images</source>
        <translation>Bildvergleich</translation>
    </message>
    <message>
        <source>Feature map</source>
        <translation>Merkmalskarte</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>Verluste</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Samples</translation>
    </message>
    <message>
        <source>Sweeps</source>
        <translation>Sweeps</translation>
    </message>
</context>
<context>
    <name>WithoutTestImages</name>
    <message>
        <source>95 % confidence interval</source>
        <translation>95-%-Konfidenzintervall</translation>
    </message>
    <message>
        <source>Agreement by class</source>
        <translation>Übereinstimmung nach Klasse</translation>
    </message>
    <message>
        <source>Agreement by class of the float model, %</source>
        <translation>Übereinstimmung nach Klasse des float-Modells, %</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>Alle Klassen</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>Alle Schichten</translation>
    </message>
    <message>
        <source>All {0} predictions are the same; the images whose probabilities differ most come first</source>
        <translation>Alle {0} Vorhersagen sind gleich; die Bilder mit den verschiedensten Wahrscheinlichkeiten stehen vorn</translation>
    </message>
    <message>
        <source>Both models on the run&apos;s last samples, with attention and the layer at which they part</source>
        <translation>Beide Modelle auf den letzten Samples des Laufs, mit Attention und der Schicht, an der sie auseinandergehen</translation>
    </message>
    <message>
        <source>Compare on samples</source>
        <translation>Auf Samples vergleichen</translation>
    </message>
    <message>
        <source>Different predictions</source>
        <translation>Verschiedene Vorhersagen</translation>
    </message>
    <message>
        <source>Divergence, mean</source>
        <translation>Divergenz, Mittel</translation>
    </message>
    <message>
        <source>Float / quantized; how sure each model is</source>
        <translation>Float / quantisiert; wie sicher jedes Modell ist</translation>
    </message>
    <message>
        <source>Float against quantized</source>
        <translation>Float gegen quantisiert</translation>
    </message>
    <message>
        <source>Fresh images drawn by rules, such as gradients and shapes, not of the model&apos;s kind</source>
        <translation>Frische, nach Regeln gezeichnete Bilder, etwa Verläufe und Formen, nicht von der Art des Modells</translation>
    </message>
    <message>
        <source>Held-out samples of this run, of the kind that the model was quantized with</source>
        <translation>Zurückgehaltene Samples dieses Laufs, von der Art, mit der das Modell quantisiert wurde</translation>
    </message>
    <message>
        <source>Held-out: the quantized model did not learn from them</source>
        <translation>Zurückgehalten: Das quantisierte Modell lernte nicht aus ihnen</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Images for which both models predict the same class</source>
        <translation>Bilder, für die beide Modelle dieselbe Klasse vorhersagen</translation>
    </message>
    <message>
        <source>Images that differ most</source>
        <translation>Bilder mit den größten Unterschieden</translation>
    </message>
    <message>
        <source>Images whose predictions are shown</source>
        <translation>Bilder, deren Vorhersagen gezeigt werden</translation>
    </message>
    <message>
        <source>Images with different predictions: {0} of {1}; those that differ most come first</source>
        <translation>Bilder mit verschiedenen Vorhersagen: {0} von {1}; die mit den größten Unterschieden stehen vorn</translation>
    </message>
    <message>
        <source>KL divergence of the quantized from the float model&apos;s probabilities, in nats; 0 is equal</source>
        <translation>KL-Divergenz der Wahrscheinlichkeiten des quantisierten von denen des float-Modells, in Nats; 0 ist gleich</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Neither column is accuracy: the right class of these images is not known. Samples are made with the float model&apos;s own statistics, procedural images are drawn by rules and belong to no class. Held-out means that the quantized model did not learn from these images.</source>
        <translation>Keine der beiden Spalten ist Genauigkeit: Die richtige Klasse dieser Bilder ist nicht bekannt. Samples entstehen mit den Statistiken des float-Modells selbst, prozedurale Bilder sind nach Regeln gezeichnet und gehören zu keiner Klasse. Zurückgehalten heißt, dass das quantisierte Modell nicht aus diesen Bildern lernte.</translation>
    </message>
    <message>
        <source>Predictions on held-out samples of the run</source>
        <translation>Vorhersagen auf zurückgehaltenen Samples des Laufs</translation>
    </message>
    <message>
        <source>Predictions on images drawn by rules</source>
        <translation>Vorhersagen auf nach Regeln gezeichneten Bildern</translation>
    </message>
    <message>
        <source>Probability of the prediction, mean</source>
        <translation>Wahrscheinlichkeit der Vorhersage, Mittel</translation>
    </message>
    <message>
        <source>Procedural images</source>
        <translation>Prozedurale Bilder</translation>
    </message>
    <message>
        <source>Ranges and histograms of every layer</source>
        <translation>Bereiche und Histogramme jeder Schicht</translation>
    </message>
    <message>
        <source>Same top-1 prediction</source>
        <translation>Dieselbe Top-1-Vorhersage</translation>
    </message>
    <message>
        <source>Synthetic samples</source>
        <translation>Synthetische Samples</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>The {0} of {1} predicted classes with the least agreement.</source>
        <translation>Die {0} von {1} vorhergesagten Klassen mit der geringsten Übereinstimmung.</translation>
    </message>
    <message>
        <source>Where agreement on many more images of this kind is likely to be (Wilson&apos;s interval)</source>
        <translation>Wo die Übereinstimmung auf sehr viel mehr Bildern dieser Art wahrscheinlich liegt (Intervall nach Wilson)</translation>
    </message>
    <message>
        <source>Without test images: predictions of both models</source>
        <translation>Ohne Testbilder: Vorhersagen beider Modelle</translation>
    </message>
    <message>
        <source>act. bits</source>
        <translation>Akt.-Bits</translation>
    </message>
    <message>
        <source>class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>float</source>
        <translation>float</translation>
    </message>
    <message>
        <source>float predicts it</source>
        <translation>float sagt sie vorher</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>outputs clipped, %</source>
        <translation>Ausgaben abgeschnitten, %</translation>
    </message>
    <message>
        <source>procedural images</source>
        <translation>prozedurale Bilder</translation>
    </message>
    <message>
        <source>quantized</source>
        <translation>quantisiert</translation>
    </message>
    <message>
        <source>quantized predicts it</source>
        <translation>quantisiert sagt sie vorher</translation>
    </message>
    <message>
        <source>rows: predicted by the float model; columns: predicted by the quantized model; percent of a row</source>
        <translation>Zeilen: Vorhersage des float-Modells; Spalten: Vorhersage des quantisierten; Prozent einer Zeile</translation>
    </message>
    <message>
        <source>same, %</source>
        <translation>gleich, %</translation>
    </message>
    <message>
        <source>search layers</source>
        <translation>Schichten suchen</translation>
    </message>
    <message>
        <source>synthetic samples</source>
        <translation>synthetische Samples</translation>
    </message>
    <message>
        <source>weight bits</source>
        <translation>Gewichts-Bits</translation>
    </message>
    <message>
        <source>weight error, %</source>
        <translation>Gewichtsfehler, %</translation>
    </message>
    <message>
        <source>weights clipped, %</source>
        <translation>Gewichte abgeschnitten, %</translation>
    </message>
</context>
</TS>
