"""What a setting is: its value's bounds, and what a panel and the command line need to show it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

FEWEST_BITS = 2
Bits = Annotated[int, Field(ge=FEWEST_BITS, le=8)]


def setting(
    default: Any,
    title: str,
    help: str,  # noqa: A002 - the word that users and argparse know
    *,
    unit: str = "",
    step: float | None = None,
    advanced: bool = False,
    flag: str | None = None,
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
        bounds: ge, le, gt, lt as in pydantic.
    """
    extra: dict[str, Any] = {"unit": unit, "step": step, "advanced": advanced, "flag": flag}
    return Field(default, title=title, description=help, json_schema_extra=extra, **bounds)


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_assignment=True, allow_inf_nan=False)
