"""What a setting is: its value's bounds, and what a panel and the command line need to show it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic.fields import FieldInfo

FEWEST_BITS, MOST_BITS = 2, 8
Bits = Annotated[int, Field(ge=FEWEST_BITS, le=MOST_BITS)]


def setting(
    default: Any,
    title: str,
    help: str,  # noqa: A002 - the word that users and argparse know
    *,
    unit: str = "",
    step: float | None = None,
    advanced: bool = False,
    flag: str | None = None,
    old_flags: tuple[str, ...] = (),
    value_names: dict[str, str] | None = None,
    **bounds: Any,
) -> Any:
    """A field with what a panel and the command line need to show it.

    Args:
        default: The default value.
        title: The label in the window.
        help: Two sentences: what it does, and which way to turn it or what leaving it empty means.
        unit: Shown behind the number.
        step: How far one click of a spin box goes.
        advanced: Shown only under "more".
        flag: The command line's option, such as "--weight-bits"; None for no option.
        old_flags: Options that meant the same in earlier versions; they work, and no help shows them.
        value_names: How stored values are shown and typed, such as {"A": "paper"}; both are read everywhere.
        bounds: ge, le, gt, lt as in pydantic.
    """
    extra: dict[str, Any] = {"unit": unit, "step": step, "advanced": advanced, "flag": flag,
                             "old_flags": list(old_flags), "value_names": value_names or {}}
    return Field(default, title=title, description=help, json_schema_extra=extra, **bounds)


def names_of_values(info: FieldInfo) -> dict[str, str]:
    """How a setting's stored values are shown and typed, where that differs."""
    extra = info.json_schema_extra
    names = extra.get("value_names") if isinstance(extra, dict) else None
    return {str(stored): str(name) for stored, name in names.items()} if isinstance(names, dict) else {}


def old_flags_of(info: FieldInfo) -> tuple[str, ...]:
    """A setting's options of earlier versions."""
    extra = info.json_schema_extra
    flags = extra.get("old_flags") if isinstance(extra, dict) else None
    return tuple(str(flag) for flag in flags) if isinstance(flags, list) else ()


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_assignment=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _as_stored(cls, value: Any, info: ValidationInfo) -> Any:
        """A value that was typed as it is shown, as it is stored."""
        if not isinstance(value, str) or info.field_name not in cls.model_fields:
            return value
        names = names_of_values(cls.model_fields[info.field_name])
        return next((stored for stored, name in names.items() if name == value), value)
