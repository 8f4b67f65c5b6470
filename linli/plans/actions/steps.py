"""The record of every change in the ledger. Written inside the transaction of the change."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from linli.kernel.actors import Actor
from linli.kernel.signed import signed
from linli.plans.models import Step

Facts = dict[str, Any]


def note(
    *,
    by: Actor,
    at: datetime,
    subject: str,
    verb: str,
    was: Facts | None = None,
    becomes: Facts | None = None,
) -> None:
    """Write down one change: `subject` is the code of what changed.

    Refuses: nothing; who calls has asked already.
    """
    Step.objects.create(
        subject=subject,
        verb=verb,
        was=_plain(was or {}),
        becomes=_plain(becomes or {}),
        **signed(by, at),
    )


def note_each(
    *, by: Actor, at: datetime, verb: str, changes: Iterable[tuple[str, Facts, Facts]]
) -> None:
    """Write down many changes of one kind at once: (subject, was, becomes).

    Refuses: nothing; who calls has asked already.
    """
    Step.objects.bulk_create(
        Step(
            subject=subject,
            verb=verb,
            was=_plain(was),
            becomes=_plain(becomes),
            **signed(by, at),
        )
        for subject, was, becomes in changes
    )


def _plain(values: Facts) -> Facts:
    return {name: _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:  # noqa: ANN401 - whatever a field can hold
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):  # datetimes too
        return value.isoformat()
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, list | tuple):
        return [_value(inner) for inner in value]
    return value
