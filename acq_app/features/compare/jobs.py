"""The jobs behind Compare images and Try it: read pictures, run the networks."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from acq_app.dialogs.try_it import Answer
from acq_app.run.jobs import Emit, Job
from acq_app.views.compare.rows import Comparison
from acq_engine.control import RunControl
from acq_engine.errors import AcqError, DataError, StorageError
from acq_engine.settings import TestSetConfig

if TYPE_CHECKING:
    from acq_engine.evaluation.side_by_side_pictures import BothNetworks
    from acq_engine.models import LoadedModel

Kind = Literal["files", "test", "samples"]
PIXELS = 16_000_000  # of all pictures that are compared at once: 300 of 224 x 224
MOST = 1000
RUNNABLE = (".onnx", ".safetensors", ".tflite", ".xml")  # a .pt2 file could run code


@dataclass
class Pictures:
    """What is to be compared."""

    names: list[str]
    images: NDArray[np.uint8]  # (N, H, W, C), as the model takes them
    labels: NDArray[np.int64] | None = None
    class_names: tuple[str, ...] = ()
    in_all: int = 0
    unread: tuple[str, ...] = ()


def most_pictures(loaded: LoadedModel) -> int:
    """How many pictures of the model's size are compared at once."""
    _, height, width = loaded.input_shape
    return int(max(20, min(MOST, PIXELS // (height * width))))


@dataclass
class CompareJob(Job):
    """Run both networks of a finished run on pictures. `stage`, `done` and `total` say how far it is.

    `cell` restricts test images to one true class, and says where the view begins: a cell of the confusion matrix.
    Without a `test_set` they are the run's own. `cache` holds the networks of the run that was compared last: building
    them takes longer than running them.
    """

    run_dir: Path
    kind: Kind
    paths: tuple[Path, ...] = ()
    test_set: TestSetConfig | None = None
    cache: dict[Path, tuple[int, BothNetworks]] = field(default_factory=dict)
    cell: tuple[int, int] | None = None
    control: RunControl = field(default_factory=RunControl)
    stage: Literal["", "read", "compare"] = ""
    done: int = 0
    total: int = 0

    def run(self, emit: Emit) -> Comparison | None:
        """What was found; None when it was stopped before there was anything.

        Raises:
            StorageError: the run has no quantized model.
            DataError: there are no pictures that can be read.
        """
        del emit
        networks = self._networks()
        if self._stopped():
            return None
        found = {"files": self._of_files, "test": self._of_test_set, "samples": self._of_samples}[self.kind](
            networks.loaded)
        if self._stopped():
            return None
        pairs = networks.compare(found.images, progress=self._told("compare"), stop=self._stopped)
        count = len(pairs.divergence)
        from acq_engine.models.loaded import match_channels

        images = found.images[:count]
        if images.shape[3] not in (1, 3):  # other sensors than cameras: what can be shown is how bright it is
            images = images.mean(3, keepdims=True).astype(np.uint8)
        return Comparison(
            source=self.kind, names=tuple(found.names[:count]), images=match_channels(images, 3),
            labels=None if found.labels is None else found.labels[:count],
            class_names=found.class_names or networks.loaded.class_names,
            float_classes=pairs.float_classes, float_shares=pairs.float_shares,
            quantized_classes=pairs.quantized_classes, quantized_shares=pairs.quantized_shares,
            divergence=pairs.divergence, layer=pairs.layer, float_maps=pairs.float_maps,
            quantized_maps=pairs.quantized_maps, layers=pairs.layers, errors=pairs.errors,
            in_all=max(found.in_all, count), unread=found.unread, cell=self.cell,
        )

    def cancel(self) -> None:
        """Stop soon; what was compared by then is shown."""
        self.control.cancel()

    def _stopped(self) -> bool:
        return self.control.cancel_requested

    def _told(self, stage: Literal["read", "compare"]) -> Callable[[int, int], None]:
        def told(done: int, total: int) -> None:
            self.stage, self.done, self.total = stage, done, total

        return told

    def _networks(self) -> BothNetworks:
        from acq_engine.evaluation.side_by_side_pictures import BothNetworks

        stamp = _changed(self.run_dir / "student.safetensors")
        known = self.cache.get(self.run_dir)
        if known is not None and known[0] == stamp:
            return known[1]
        networks = BothNetworks.of_run(self.run_dir)
        self.cache.clear()
        self.cache[self.run_dir] = (stamp, networks)
        return networks

    # --- where pictures come from --------------------------------------------------------------------

    def _of_files(self, loaded: LoadedModel) -> Pictures:
        """Pictures that were dropped; a labelled test set among them brings its labels."""
        if len(self.paths) == 1 and (labelled := self._labelled(self.paths[0], loaded)) is not None:
            return labelled
        files = picture_files(self.paths)
        if not files:
            raise DataError("There are no images to compare.", cause=", ".join(path.name for path in self.paths[:5]),
                            hint="Use PNG, JPEG, WebP, BMP, TIFF or GIF files, a folder of them, or an .npz test set.")
        from acq_engine.test_sets.images import UnreadableImageError, read_image
        from acq_engine.test_sets.test_set import spread

        if loaded.input_shape[0] not in (1, 3):
            raise DataError(f"Images have 1 or 3 channels; this model expects {loaded.input_shape[0]}.",
                            hint="Use an .npz test set with that many channels.")
        taken = [files[place] for place in spread(len(files), most_pictures(loaded))]
        names, images, unread, told = [], [], [], self._told("read")
        for number, path in enumerate(taken, 1):
            if self._stopped():
                break
            try:
                images.append(read_image(path, loaded))
                names.append(path.name)
            except UnreadableImageError:
                unread.append(path.name)
            told(number, len(taken))
        if not images:
            raise DataError("None of the images could be read.", cause=", ".join(unread[:5]),
                            hint="Open them in an image viewer: they may be damaged, or have another format than their "
                                 "names say.")
        return Pictures(names, np.stack(images), in_all=len(files), unread=tuple(unread))

    def _labelled(self, path: Path, loaded: LoadedModel) -> Pictures | None:
        """A test set in a file or folder; None for pictures without labels that fit the model."""
        if path.suffix.lower() != ".npz" and not path.is_dir():
            return None
        try:
            return self._read(TestSetConfig(path=path), loaded)
        except AcqError:
            if path.suffix.lower() == ".npz":
                raise
            return None

    def _of_test_set(self, loaded: LoadedModel) -> Pictures:
        from acq_engine.store import RunStore

        found = self._read(self.test_set or RunStore.open(self.run_dir).config.test_set, loaded)
        if found is None:
            raise DataError("There are no test images to compare.", hint="Choose test images in step 5, or drop images "
                                                                         "here.")
        return found

    def _read(self, config: TestSetConfig, loaded: LoadedModel) -> Pictures | None:
        from acq_engine.test_sets.loading import load_test_set

        # A folder's pictures are read one by one: no more than are shown. An .npz file is read whole in any case.
        limit = config.limit
        if config.path is not None and Path(config.path).is_dir() and self.cell is None:
            limit = min(limit or most_pictures(loaded), most_pictures(loaded))
        found = load_test_set(config.model_copy(update={"limit": limit}), loaded, progress=self._told("read"),
                              stop=self._stopped)
        if found is None:
            return None
        wanted = np.arange(len(found))
        if self.cell is not None:
            wanted = np.flatnonzero(found.labels == self.cell[0])
            if not len(wanted):
                raise DataError("No test image has this class.", hint="Click on a row of a class that occurs.")
            found = replace(found, images=found.images[wanted], labels=found.labels[wanted])
        part, places = found.some(most_pictures(loaded))
        names = [f"{place + 1}" for place in wanted[places]]
        return Pictures(names, part.images, part.labels, part.class_names, len(found))

    def _of_samples(self, loaded: LoadedModel) -> Pictures:
        """The samples of the run's last snapshot, as they were saved: with 8 bits a channel."""
        from acq_engine.events import SamplesReady
        from acq_engine.models.loaded import match_channels
        from acq_engine.store import RunStore

        samples: SamplesReady | None = None
        for event in RunStore.open(self.run_dir).events():
            if isinstance(event, SamplesReady):
                samples = event
        if samples is None or not len(samples.images):
            raise StorageError("The run has kept no samples.", cause=str(self.run_dir),
                               hint="Drop images here, or choose test images in step 5.")
        if loaded.input_shape[0] not in (1, 3):
            raise DataError("The saved samples show brightness only, so they can't be compared.",
                            cause=f"The model takes {loaded.input_shape[0]} channels.", hint="Use test images.")
        images = match_channels(samples.images, loaded.input_shape[0])
        return Pictures([f"{number + 1}" for number in range(len(images))], images, samples.labels)


def picture_files(paths: Sequence[Path]) -> list[Path]:
    """The pictures among files and in folders, by name; hidden ones are left out."""
    from acq_engine.test_sets.images import EXTENSIONS

    def is_picture(path: Path) -> bool:
        return path.suffix.lower() in EXTENSIONS and not path.name.startswith(".")

    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            for root, folders, files in os.walk(path):
                folders.sort()
                found += [Path(root) / name for name in sorted(files) if is_picture(Path(name))]
        elif is_picture(path):
            found.append(path)
    return found


def exported_file(run_dir: Path, latest: Path | None = None) -> Path | None:
    """The exported file that answers: `latest` if it can, else one of the run folder, ONNX first; None without one."""
    from acq_engine.export import FORMATS

    there = [] if latest is None else [latest if latest.is_absolute() else run_dir / latest]
    there += [run_dir / entry.file_name for entry in FORMATS.values()]
    return next((path for path in there if path.suffix in RUNNABLE and path.is_file()), None)


@dataclass
class TryJob(Job):
    """Ask a run's exported file about one picture. `cache` keeps the opened file for the next one."""

    run_dir: Path
    picture: Path
    file: Path | None
    cache: dict[Path, tuple[int, LoadedModel, Callable[[Any], Any], str]] = field(default_factory=dict)

    def run(self, emit: Emit) -> Answer:
        """What it says.

        Raises:
            DataError: the picture can't be read.
            StorageError: the run has no exported file.
            VerificationError: the file can't be run.
        """
        del emit
        from acq_engine.models.loaded import match_channels
        from acq_engine.test_sets.images import UnreadableImageError, read_image

        file, loaded, predict, runtime = self._opened()
        if loaded.input_shape[0] not in (1, 3):
            raise DataError(f"Images have 1 or 3 channels; this model expects {loaded.input_shape[0]}.")
        try:
            pixels = read_image(self.picture, loaded)
        except UnreadableImageError as error:
            raise DataError("This image can't be read.", cause=f"{self.picture.name}: {error}",
                            hint="Use a PNG, JPEG, WebP, BMP, TIFF or GIF file that an image viewer opens.") from error
        x = loaded.to_model_input(pixels[None].copy())
        started = perf_counter()
        logits = predict(x)[0]
        seconds = perf_counter() - started
        shares, classes = logits.float().softmax(0).topk(min(5, loaded.num_classes))
        names = loaded.class_names
        answers = tuple((names[label] if names else "", label, share)
                        for label, share in zip(classes.tolist(), shares.tolist(), strict=True))
        return Answer(self.picture.name, match_channels(pixels[None], 3)[0], answers, file.name, runtime,
                      1000 * seconds)

    def _opened(self) -> tuple[Path, LoadedModel, Callable[[Any], Any], str]:
        file = self.file
        if file is None:
            raise StorageError("The run has no exported file that can be tried.", cause=str(self.run_dir),
                               hint="Export the model as ONNX or as an ACQ checkpoint first.")
        stamp = _changed(file)
        known = self.cache.get(file)
        if known is None or known[0] != stamp:
            from acq_engine.export.verify.proof import predictor, runtime_of
            from acq_engine.models import load_teacher

            name = runtime_of(file)
            known = (stamp, load_teacher(self.run_dir), predictor(file), name)
            self.cache.clear()
            self.cache[file] = known
        return file, known[1], known[2], known[3]


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
