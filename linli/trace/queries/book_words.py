"""Lines, lots and events of a book put into words: what happened, to how much of what, between whom."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from linli.kernel.text import Words
from linli.trace.models import BookLine, Event, Lot
from linli.trace.queries.lots import by_uris
from linli.trace.queries.places import premises_by_uris
from linli.trace.rules.codes import lot_codes
from linli.trace.rules.epcis.corrections import declaration
from linli.trace.rules.shop.amounts import PIECE, Amount, shown
from linli.trace.rules.shop.deeds import Goods, said_by

_SIGNS: Final = {"KGM": "kg", "GRM": "g", "TNE": "t", "LTR": "l", "MLT": "ml"}
KIND_STATES: Final = {
    "made": "done", "received": "note", "sold": "brand", "moved": "plain", "thrown": "soon", "used": "plain",
}  # fmt: skip
_HAPPENED: Final[Mapping[str, Words]] = {
    "made": pgettext_lazy("goods", "Made"),
    "received": gettext_lazy("Taken in"),
    "sold": gettext_lazy("Sold on"),
    "counter": gettext_lazy("Sold over the counter"),
    "moved": pgettext_lazy("goods", "Moved"),
    "thrown": gettext_lazy("Thrown away"),
}
STATE_WORDS: Final[Mapping[str, Words]] = {
    "suspended": gettext_lazy("its permit is suspended"),
    "withdrawn": gettext_lazy("its permit was withdrawn"),
    "expired": gettext_lazy("its permit has run out"),
    "none": gettext_lazy("it has no permit"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words: what happened, when, where, and rows of what else it says."""

    title: Words
    at: datetime | None
    rows: tuple[tuple[Words, str], ...]
    digest: str
    body: str


def amount_words(amount: Amount | None) -> str:
    """Return an amount as people write it, "" for none."""
    if amount is None:
        return ""
    number = shown(amount.value)
    if amount.unit in ("", PIECE):
        return ngettext("%(n)s piece", "%(n)s pieces", _count(amount.value)) % {"n": number}
    return f"{number} {_SIGNS.get(amount.unit, amount.unit)}"


def left_words(amount: Amount | None, *, opened: bool) -> str:
    """Return what is left of a lot; of one that was opened it is at most so much."""
    words = amount_words(amount)
    return _("at most %(amount)s") % {"amount": words} if words and opened else words


def lot_words(lot: Lot, left: str = "") -> str:
    """Return a lot as a line to choose: what it is, its number, what is left, its code."""
    parts = (lot.product.name, lot.number, left, lot_codes.printed(lot.code))
    return " · ".join(part for part in parts if part)


def line_words(line: BookLine) -> str:
    """Return how much, of a line."""
    return amount_words(Amount(line.amount, line.unit_code)) if line.amount is not None else ""


def told(event: Event) -> Told:
    """Return an event in words, out of what was told and nothing else. Two queries."""
    body = json.loads(event.body)
    said = said_by(body)
    lots = by_uris(one.name for one in (*said.goods, *said.used))
    ends = (said.place, said.source, said.destination)
    places = {
        uri: f"{one.name} ({one.operator.name})" for uri, one in premises_by_uris(ends).items()
    }
    rows: list[tuple[Words, str]] = [
        (_("Goods"), _listed(said.goods, lots)),
        (_("Made out of"), _listed(said.used, lots)),
        (_("Where"), places.get(said.place, said.place)),
        (_("From whom"), "" if said.source == said.place else places.get(said.source, said.source)),
        (_("To whom"), "" if said.destination == said.place else places.get(said.destination, said.destination)),
        (_("Other business"), said.partner),
    ]  # fmt: skip
    wrong = declaration(body)
    if wrong is not None:
        rows.append((_("Declared wrong"), wrong.at))
    return Told(
        _HAPPENED.get(said.kind, said.kind),
        parse_datetime(said.at),
        tuple(row for row in rows if row[1]),
        event.digest,
        json.dumps(body, ensure_ascii=False, indent=2),
    )


def warning_words(kind: str, name: str, state: str) -> str:
    """Return what a warning says."""
    why = STATE_WORDS.get(state, state)
    said = {
        "permit": _("%(name)s worked on that day although %(why)s. The office that supervises it was told."),
        "partner": _("Of %(name)s we know that %(why)s. The office was told. Ask for the paper before you go on."),
        "recalled": _("%(name)s is recalled. Do not sell it, and keep it apart."),
        "too_much": _("More of %(name)s has gone than came in, by your book. Look whether something was left out."),
        "too_old": _("%(name)s was sold after the day that it is best before."),
    }  # fmt: skip
    return said[kind] % {"name": name, "why": why}


def _listed(goods: Sequence[Goods], lots: Mapping[str, Lot]) -> str:
    return "; ".join(_one(one, lots.get(one.name)) for one in goods)


def _one(goods: Goods, lot: Lot | None) -> str:
    parts = (lot_words(lot) if lot else goods.name, amount_words(goods.amount))
    return " – ".join(part for part in parts if part)


def _count(value: Decimal) -> int:
    return int(value) if value == value.to_integral_value() else 2
