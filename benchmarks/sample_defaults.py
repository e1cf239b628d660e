"""What the defaults do on the built-in sample: accuracy, agreement, health and time, one line a seed.

    python -m benchmarks.sample_defaults                       seeds 0, 1, 2
    python -m benchmarks.sample_defaults --set losses.centre=4 --set schedule.trial_steps=0   the defaults before

Test images only measure.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from acq_engine.evaluation.machine import machine
from acq_engine.events import Evaluated, FineTuned, StepMetrics
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.settings import RunConfig

HEALTH = ("class", "centre_error", "diversity", "modes", "attention")


def config_of(seed: int, changes: list[str]) -> RunConfig:
    """The defaults with a seed, on one thread, and with some settings changed ("section.name=value")."""
    data: dict[str, Any] = RunConfig(seed=seed, threads=1, device="cpu").model_dump(mode="json", by_alias=True)
    for change in changes:
        path, _, value = change.partition("=")
        section, _, name = path.partition(".")
        data[section][name] = json.loads(value)
    return RunConfig.from_data(data)


def measured(config: RunConfig, folder: Path) -> dict[str, Any]:
    """Run it; the figures of its end."""
    found: dict[str, Any] = {"seed": config.seed}
    began = time.monotonic()
    for event in QuantizationRun.create(config, folder).events():
        if isinstance(event, StepMetrics):
            found |= {name: event.values[f"health/{name}"] for name in HEALTH if f"health/{name}" in event.values}
        elif isinstance(event, FineTuned):
            found["fine-tuning"] = "kept" if event.kept else f"ended after {event.tried}" if event.tried else "undone"
            found |= {"before": event.before, "after": event.after}
        elif isinstance(event, Evaluated) and event.final:
            found[event.subject] = event.top1
            found["agreement"] = event.agreement if event.subject == "student" else found.get("agreement")
    return found | {"seconds": time.monotonic() - began}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="0,1,2")
    parser.add_argument("--set", action="append", default=[], metavar="SECTION.NAME=JSON", dest="changes")
    arguments = parser.parse_args()
    rows = []
    print(f"{machine('cpu')}, one thread; {', '.join(arguments.changes) or 'defaults'}")
    for seed in (int(part) for part in arguments.seeds.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measured(config_of(seed, arguments.changes), Path(folder) / "run"))
        print("  ".join(f"{key} {value:.4g}" if isinstance(value, float) else f"{key} {value}"
                        for key, value in rows[-1].items()), flush=True)
    tops = [row["student"] for row in rows]
    spread = f" ± {statistics.stdev(tops):.2f}" if len(tops) > 1 else ""
    print(f"quantized: {statistics.fmean(tops):.2f}{spread} %")


if __name__ == "__main__":
    main()
