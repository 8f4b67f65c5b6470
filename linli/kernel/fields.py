"""A column for sealed values. It takes nothing else, answers no search, and shows nothing by itself:
what is in it opens by a call that somebody makes, holding the subject's key.
"""

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Lookup

from linli.kernel.sealing import Key, Place, Sealed, Value

if TYPE_CHECKING:
    Binary = models.BinaryField[Sealed | None, Sealed | None]
else:
    Binary = models.BinaryField


class SealedField(Binary):
    """One sealed value, or nothing. Clear text is refused on the way into the database.

    Equal values look different when sealed, so that no filter can find them: only `isnull` is answered.
    """

    def get_prep_value(self, value: object) -> object:
        """Return the value for the database. Raises TypeError for what is not sealed."""
        if value is None or isinstance(value, Sealed):
            return super().get_prep_value(value)
        raise TypeError(f"{self.model.__name__}.{self.name} takes sealed values only")

    def from_db_value(self, value: bytes | None, *_: object) -> Sealed | None:
        """Return what the database keeps, still sealed."""
        return None if value is None else Sealed(value)

    def to_python(self, value: object) -> Sealed | None:
        """Return what a dump holds, still sealed."""
        held = super().to_python(value)
        return None if held is None else Sealed(held)

    def get_lookup(self, lookup_name: str) -> "type[Lookup[Any]] | None":
        """Return the lookup `isnull`. Raises FieldError for every other."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: it cannot be searched")
        return super().get_lookup(lookup_name)


class Row(Protocol):
    """A row that may hold sealed values: it has a code before it is saved."""

    code: Any
    _meta: ClassVar[Any]


def seal(row: Row, key: Key, **values: Value) -> None:
    """Put the values, sealed, into these fields of the row; the caller saves it."""
    for name, value in values.items():
        setattr(row, name, key.seal(value, _place(row, name)))


def unseal(row: Row, key: Key, name: str) -> Value:
    """Return what this field of the row holds, None when nothing. Raises Misplaced."""
    sealed = getattr(row, name)
    return None if sealed is None else key.open(sealed, _place(row, name))


def unseal_text(row: Row, key: Key, name: str) -> str:
    """Return the text that this field of the row holds, "" when nothing. Raises Misplaced."""
    sealed = getattr(row, name)
    return "" if sealed is None else key.open_text(sealed, _place(row, name))


def _place(row: Row, name: str) -> Place:
    field = row._meta.get_field(name)  # noqa: SLF001 - Django's public name for a model's make-up
    if not isinstance(field, SealedField):
        raise TypeError(f"{name} is not a sealed field")
    if not row.code:
        raise ValueError("a row is sealed under its code, which it does not have yet")
    return Place(row._meta.db_table, str(row.code), name)  # noqa: SLF001
