"""The files that a run needs, named by the hash of their content: what is there already is not sent again. No Dask.

A path that exists here travels; one that does not is taken as it is, for files that lie on the workers. A folder
travels as a tar archive that is the same whenever its content is.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from acq_engine.errors import ConfigError, StorageError
from acq_engine.files import storage_errors
from acq_engine.settings import RunConfig

PATHS = (("model", "path"), ("model", "weights"), ("test_set", "path"), ("generator", "start"), ("pictures", "path"))
MOST_BYTES = 64 << 30
_WITHOUT = {"generator": ("samples", "attention", "arrays")}  # of a run whose generator is reused


@dataclass(frozen=True)
class Parcel:
    """One of a run's files or folders.

    Attributes:
        setting: "model.path" and the like.
        path: Where it is at home.
        digest: SHA-256 of the file, or of the archive.
        packed: Whether it is an archive: a folder, or a file with what belongs beside it.
    """

    setting: str
    path: Path
    digest: str
    packed: bool

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {"setting": self.setting, "path": str(self.path), "digest": self.digest, "packed": self.packed}

    @classmethod
    def of(cls, data: dict[str, Any]) -> Parcel:
        """Of plain data."""
        return cls(str(data["setting"]), Path(data["path"]), str(data["digest"]), bool(data["packed"]))

    @contextmanager
    def stream(self) -> Iterator[IO[bytes]]:
        """Its content, to be read from the beginning."""
        if not self.packed:
            with storage_errors("The file can't be read.", self.path), self.path.open("rb") as file:
                yield file
            return
        with TemporaryFile() as file:
            _pack(self.setting.split(".", maxsplit=1)[0], self.path, file)
            file.seek(0)
            yield file


def parcels(config: RunConfig) -> list[Parcel]:
    """What of the settings' paths travels; those that don't exist here are left out.

    Raises:
        ConfigError: one is too large, or a table of images that lie somewhere else.
        StorageError: one can't be read.
    """
    from acq_engine.test_sets.tables import is_table  # knows images: too much to import for those who only ask

    made = []
    for section, name in PATHS:
        path = getattr(getattr(config, section), name)
        if path is None or not Path(path).exists():
            continue
        path = Path(path).absolute()
        if section == "test_set" and is_table(path):
            raise ConfigError("A table of test images can't be sent to a cluster.", cause=str(path),
                              hint="Give the folder of the images, or put both where the workers see them.")
        packed = path.is_dir() or (section == "test_set" and path.suffix.lower() != ".npz")
        parcel = Parcel(f"{section}.{name}", path, "", packed)
        with parcel.stream() as file:
            made.append(Parcel(parcel.setting, path, _digest(file, path), packed))
    return made


def unpack(parcel: Parcel, archive: Path, folder: Path) -> Path:
    """Put a parcel that has arrived where it can be used.

    Args:
        parcel: What it is.
        archive: The file that arrived; it is checked against the hash.
        folder: A new folder for it.

    Returns:
        The path that takes the place of the one at home.

    Raises:
        StorageError: it is not what was sent, or the disk refuses.
    """
    with storage_errors("A file of the run can't be put in place.", folder):
        with archive.open("rb") as file:
            if _digest(file, archive) != parcel.digest:
                raise StorageError("A file of the run arrived damaged.", cause=parcel.path.name)
        folder.mkdir(parents=True)
        target = folder / parcel.path.name
        if parcel.packed:
            with tarfile.open(archive) as tar:
                tar.extractall(folder, filter="data")
        else:
            archive.replace(target)
    return target


def _pack(section: str, path: Path, file: IO[bytes]) -> None:
    """Without times and owners, which are not content."""
    from acq_engine.test_sets.loading import beside

    with storage_errors("The folder can't be read.", path), tarfile.open(fileobj=file, mode="w") as tar:
        for one in [path, *(beside(path) if section == "test_set" else ())]:
            if one.is_file():
                _add(tar, one, one.name)
        if path.is_dir():
            for one in sorted(path.rglob("*")):
                inside = one.relative_to(path)
                if one.is_file() and inside.parts[0] not in _WITHOUT.get(section, ()):
                    _add(tar, one, f"{path.name}/{inside.as_posix()}")


def _add(tar: tarfile.TarFile, path: Path, name: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = path.stat().st_size
    with path.open("rb") as file:
        tar.addfile(entry, file)


def _digest(file: IO[bytes], path: Path) -> str:
    digest, size = hashlib.sha256(), 0
    while piece := file.read(1 << 20):
        size += len(piece)
        if size > MOST_BYTES:
            raise ConfigError("This is too large to be sent to a cluster.", cause=str(path),
                              hint="Put it where the workers see it under a path that does not exist here.")
        digest.update(piece)
    return digest.hexdigest()
