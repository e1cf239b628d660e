"""What a worker is told of a run: its settings, and where each path of home is on the worker. No Dask."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from acq_engine.cluster.parcels import PATHS, Parcel
from acq_engine.events import RunPlan
from acq_engine.settings import RunConfig
from acq_engine.store.serialization import from_plain, to_plain


@dataclass(frozen=True)
class Ticket:
    """A run that was handed in.

    Attributes:
        name: For people: its folder's name at home.
        config: With home's paths; consent to run a model's code is in it, since the user has just given it.
        parcels: What of these paths travelled.
        plan: Of another run, to be followed; None makes one where the run has a time.
        kept: Settings that no plan may change.
        lower_rates: Resume with lower learning rates.
    """

    name: str
    config: RunConfig
    parcels: tuple[Parcel, ...] = ()
    plan: RunPlan | None = None
    kept: tuple[str, ...] = ()
    lower_rates: bool = False

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "name": self.name, "settings": json.loads(self.config.to_json()), "trust": self.config.model.trust,
            "parcels": [one.data() for one in self.parcels], "plan": to_plain(self.plan), "kept": list(self.kept),
            "lower_rates": self.lower_rates,
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Ticket:
        """Of plain data; a run's model may run code only where the ticket says so."""
        plain = json.loads(json.dumps(data))  # tuples on the way are lists again
        settings = plain["settings"]
        settings["model"]["trust"] = bool(plain["trust"])
        return cls(str(plain["name"]), RunConfig.from_data(settings, consent=True),
                   tuple(map(Parcel.of, plain["parcels"])), from_plain(RunPlan | None, plain["plan"]),
                   tuple(plain["kept"]), bool(plain["lower_rates"]))


def with_paths(config: RunConfig, there: Mapping[str, Path]) -> RunConfig:
    """Settings with other paths, by the settings' names ("model.path")."""
    changed = config.model_copy(deep=True)
    for section, name in PATHS:
        if f"{section}.{name}" in there:
            setattr(getattr(changed, section), name, there[f"{section}.{name}"])
    return changed


def description_with_paths(text: bytes, paths: Mapping[str, str]) -> bytes:
    """A run.json in which paths of one side are those of the other; what is no run.json stays as it is."""
    try:
        data = json.loads(text)
        for section, name in PATHS:
            found = data["settings"].get(section, {}).get(name)
            if found in paths:
                data["settings"][section][name] = paths[found]
    except (ValueError, KeyError, TypeError, AttributeError):
        return text
    return (json.dumps(data, indent=2) + "\n").encode()


def with_whole_paths(config: RunConfig) -> RunConfig:
    """Paths that mean the same from any folder."""
    return with_paths(config, {
        f"{section}.{name}": Path(path).absolute() for section, name in PATHS
        if (path := getattr(getattr(config, section), name)) is not None})
