"""A figure about people leaves the house as `Released`, or not at all: PRIVACY 9 as a type. Pure.

`Raw` is what our records hold. It can be computed with and cannot be said: whoever prints, formats or serialises it
meets `NotReleased`. `Released` is what templates, interfaces, exports and reports take; it says why it may be said.
"""

from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, NoReturn, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Ground = Literal["nobody", "published", "gate"]
_KEY: Final = object()


class NotReleased(Exception):
    """Somebody tried to say a count of people that has not passed the gate."""


class Raw(Generic[T_co]):
    """A count of people as our records hold it: never said."""

    __slots__ = ("_value",)

    def __init__(self, value: T_co) -> None:
        """Hold `value`."""
        self._value = value

    def inside(self) -> T_co:
        """Return the count itself, for whoever computes with it. Nothing that shows calls this."""
        return self._value

    def _refuse(self, *_given: Any) -> NoReturn:
        raise NotReleased("a count of people has not passed the release gate")

    __str__ = __repr__ = __format__ = __int__ = __float__ = __index__ = __bool__ = _refuse
    __reduce_ex__ = _refuse


@dataclass(frozen=True, slots=True)
class Released(Generic[T_co]):
    """A figure that may be said.

    value: None where the gate keeps the cell back. ground: "nobody" when it counts no people, "published" when an
    official source has published it as it is, "gate" when it passed the release gate. decision: the code of the release or of the
    evidence. low, high: what a reader may conclude of a cell kept back, None where there is no limit.
    """

    value: T_co | None
    ground: Ground
    decision: str
    low: T_co | None = None
    high: T_co | None = None
    key: Any = None

    def __post_init__(self) -> None:
        """Refuse whoever makes one past the three ways below."""
        if self.key is not _KEY:
            raise NotReleased(
                "a figure is released by the gate, by its publisher, or because it counts nobody"
            )


def spoken(figure: Released[T]) -> T | None:
    """Return what is said of a figure, None where it is kept back: whatever prints one asks here.

    Raises NotReleased for whatever is not `Released`: a bare number, or a count that never passed the gate.
    """
    if not isinstance(figure, Released):
        raise NotReleased("only what is released is said")
    return figure.value


def of_things(value: T | None) -> Released[T]:
    """Return a figure that counts no people, or one that was withdrawn and says nothing (None)."""
    return Released(value, "nobody", "", key=_KEY)


def as_published(value: T, source: str) -> Released[T]:
    """Return a figure about people as an official source has published it. source: the evidence's name, never empty."""
    if not source:
        raise NotReleased("a published figure names its publisher")
    return Released(value, "published", source, key=_KEY)


def through_gate(
    value: T | None, decision: str, *, low: T | None = None, high: T | None = None
) -> Released[T]:
    """Return a figure of a release (its code), None for a cell kept back."""
    if not decision:
        raise NotReleased("a released figure names its release")
    return Released(value, "gate", decision, low, high, key=_KEY)
