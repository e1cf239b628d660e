"""What training scripts pickle beside the weights, such as settings and loss functions: read as if it were nothing.

Every class that a pickle names is replaced by one that does nothing, so none of its code is run. What could not be a
part of a training's record is not replaced: a file that asks for it is refused.
"""

from __future__ import annotations

import sys
from typing import Any

from acq_engine.models.weights import listed

_OF_PYTHON = frozenset({
    "collections", "copyreg", "dataclasses", "datetime", "decimal", "enum", "fractions", "pathlib", "typing", "uuid",
})
"""Modules of Python's own whose classes hold values; functools.partial and the like are named one by one."""

_SINGLE = frozenset({"functools.partial", "types.SimpleNamespace", "builtins.slice", "builtins.range",
                     "builtins.frozenset"})
_OF_TORCH = ("torch.nn.", "torch.optim.", "torch.utils.data.", "torch.distributions.", "torch.ao.nn.", "torch.amp.")


class StandIn:
    """Takes the place of an object that is not needed. Whatever is done to it, it does nothing."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        pass

    def __new__(cls, *_args: Any, **_kwargs: Any) -> StandIn:
        return super().__new__(cls)

    def __setstate__(self, _state: Any) -> None:
        pass

    def __setitem__(self, _key: Any, _value: Any) -> None:
        pass

    def append(self, _value: Any) -> None:
        """As a list's."""

    def extend(self, _values: Any) -> None:
        """As a list's."""

    def add(self, _value: Any) -> None:
        """As a set's."""


def may_stand_in(module: str, name: str) -> bool:
    """Whether a class or function is of the kind that trainings record, and may be replaced."""
    root = module.partition(".")[0]
    if f"{module}.{name}" in _SINGLE:
        return True
    if "." in name or not name.lstrip("_")[:1].isupper():  # methods and functions, which no object is an instance of
        return root in ("copyreg", "copy_reg")
    if root == "torch":
        return f"{module}.".startswith(_OF_TORCH)
    return root in _OF_PYTHON or root == "__main__" or root not in sys.stdlib_module_names


def packages_of(names: list[str]) -> list[str]:
    """The packages that objects come from."""
    return list(dict.fromkeys(name.partition(".")[0] for name in names))


def not_read_note(names: list[str]) -> str:
    """What of a file was left out."""
    return (f"The file contains more than weights ({listed(names, 3)}); only the weights are read, and none of its "
            "code is run.")


def hint_of(names: list[str]) -> str:
    """How to get at the weights, for the program that wrote the file."""
    packages = packages_of(names)
    if {"fastai", "fastcore"} & set(packages):
        return ("Save the weights alone in fastai: learn.save(NAME, with_opt=False), or "
                "torch.save(learn.model.state_dict(), FILE).")
    if "ultralytics" in packages:
        return "Or export it with yolo export model=FILE format=torchscript, and choose that file (it needs --trust)."
    return "Or save the weights alone: torch.save(model.state_dict(), FILE)."
