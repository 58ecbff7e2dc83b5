"""What follows from a frozen value alone, worked out once: values live from build to build, and most never change."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar


class Keeps(Protocol):
    """A value with room for what follows from it."""

    @property
    def kept(self) -> dict[object, Any]: ...


K = TypeVar("K", bound=Keeps)
R = TypeVar("R")


def kept(function: Callable[[K], R]) -> Callable[[K], R]:
    """A pure function of one value, which is asked once for each."""

    @wraps(function)
    def look(value: K) -> R:
        found = value.kept
        if function not in found:
            found[function] = function(value)
        result: R = found[function]
        return result

    return look


def kept_with(function: Callable[[K, Any], R]) -> Callable[[K, Any], R]:
    """The same for a function that has a second argument, which is nearly always what it was the last time."""

    @wraps(function)
    def look(value: K, argument: Any) -> R:
        found = value.kept.get(function)
        if found is None or found[0] != argument:
            found = value.kept[function] = (argument, function(value, argument))
        result: R = found[1]
        return result

    return look
