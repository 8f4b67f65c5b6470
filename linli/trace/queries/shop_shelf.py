"""What an operator may mean by what it types: its lots, its products, the businesses it deals with.

Read once for a form or for a whole table, in a few queries, and asked for every row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.kernel.codes import read_code
from linli.kernel.refusals import Refused
from linli.kernel.text import Words
from linli.kernel.traits import refuse_traits
from linli.trace.models import Lot, Operator, Premises, Product
from linli.trace.queries.lots import by_codes, find
from linli.trace.rules.codes import lot_codes
from linli.trace.rules.shop import amounts
from linli.trace.rules.shop.amounts import Amount
from linli.trace.rules.shop.deeds import MADE, MOVED, RECEIVED, SOLD
from linli.trace.rules.shop.separators import listed, speaks_of_a_person

WHAT, HOW_MUCH, WHO = 0, 1, 2  # the three fields, and columns of a table
_NO_NUMBER: Final = _("Say how much, as a number: 2.5, 500 g, 3 boxes.")
AMOUNT_WORDS: Final[dict[str, Words]] = {
    "number": _NO_NUMBER,
    "unit": _("This unit is not known. Write kg, g, t, l, ml or pieces."),
    "small": _("This is less than a thousandth. Write it in a smaller unit."),
}


class Wrong(Exception):
    """A field that cannot be understood: which of the three, and why."""

    def __init__(self, field: int, words: Words) -> None:
        super().__init__(str(words))
        self.field = field
        self.words = words


@dataclass(frozen=True, slots=True)
class Written:
    """One deed as it was understood; without a `lot` a new one is opened of `product`, or of one named so.

    `begins`: the lot has its name from this deed on, although it is known: what stands for a deed that was wrong.
    """

    kind: str
    premises: Premises
    at: datetime
    amount: Amount
    lot: Lot | None = None
    product: Product | None = None
    name: str = ""
    used: tuple[Lot, ...] = ()
    partner: str = ""
    other: Premises | None = None
    number: str = ""
    best_before: date | None = None
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """The three fields as they were typed."""

    what: str
    how_much: str
    who: str = ""


class Shelf:
    """What an operator may mean, from premises of its own at one time."""

    def __init__(self, operator: Operator, premises: Premises, at: datetime) -> None:
        self.operator, self.premises, self.at = operator, premises, at
        self._products = {one.name: one for one in operator.products.filter(ended_on=None)}
        self._own = {one.name: one for one in operator.premises.open()}
        self._lots: dict[str, Lot | None] = {}
        self._partners: dict[str, tuple[str, Premises | None]] = {}

    def read(self, kind: str, typed: Typed, at: datetime | None = None) -> Written:
        """Return the deed that three fields tell. Raises Wrong for the first that cannot be understood."""
        what = " ".join(typed.what.split())
        lot = self._lot(what)
        if lot is None and kind not in (MADE, RECEIVED):
            raise Wrong(WHAT, _("No lot of this code is known. Look at the label."))
        if lot is None and (not what or len(what) > 120 or looks_like_a_code(what)):
            raise Wrong(WHAT, _("Say which goods: the code on the label, or a name."))
        if lot is not None and kind == MADE and lot.premises.operator_id != self.operator.pk:
            raise Wrong(WHAT, _("This lot was made by somebody else."))
        amount = self._amount(typed.how_much, lot, what)
        partner, other, used = self._ends(kind, typed.who)
        return Written(
            kind, self.premises, at or self.at, amount, lot,
            self._products.get(what), "" if lot else what, used, partner, other,
        )  # fmt: skip

    def know(self, texts: Iterable[str]) -> None:
        """Look up the lots that these texts name by our own codes, in one query: for the rows of a table."""
        codes = {text: code for text in texts if (code := _own_code(text))}
        found = {lot.code: lot for lot in by_codes(codes.values())}
        self._lots |= {text: found.get(code) for text, code in codes.items()}

    def _ends(self, kind: str, who: str) -> tuple[str, Premises | None, tuple[Lot, ...]]:
        """Return the partner, its premises or where to, and the lots that were used up."""
        plain = " ".join(who.split())
        if kind == MADE:
            return "", None, self._used(plain)
        if kind == MOVED:
            return "", self._moved_to(plain), ()
        if kind == RECEIVED and not plain:
            raise Wrong(WHO, _("Say which business it came from."))
        if kind in (RECEIVED, SOLD) and plain:
            partner, other = self._partner(plain)
            return partner, other, ()
        return "", None, ()

    def _lot(self, what: str) -> Lot | None:
        if what not in self._lots:
            self._lots[what] = find(what) if looks_like_a_code(what) else None
        return self._lots[what]

    def _amount(self, text: str, lot: Lot | None, what: str) -> Amount:
        usual = lot.unit_code if lot and lot.unit_code else amounts.KILOGRAM
        try:
            return amounts.read(text, usual)
        except ValueError as wrong:
            raise Wrong(HOW_MUCH, AMOUNT_WORDS[str(wrong)]) from None

    def _used(self, who: str) -> tuple[Lot, ...]:
        found = []
        for one in listed(who):
            lot = self._lot(one)
            if lot is None:
                raise Wrong(WHO, _("No lot of this code is known: %(code)s") % {"code": one})
            found.append(lot)
        return tuple(dict.fromkeys(found))

    def _moved_to(self, who: str) -> Premises:
        found = self._own.get(who) or next(
            (one for one in self._own.values() if one.code == read_code(who)), None
        )
        if found is None or found == self.premises:
            raise Wrong(WHO, _("Say to which other premises of yours."))
        return found

    def _partner(self, who: str) -> tuple[str, Premises | None]:
        """Return a business by its code or its name, with its premises where it has just one place entered here."""
        if who not in self._partners:
            if len(who) > 120:
                raise Wrong(WHO, _("At most 120 characters."))
            _no_person(who)
            self._partners[who] = self._known(who)
        return self._partners[who]

    @staticmethod
    def _known(who: str) -> tuple[str, Premises | None]:
        places = Premises.objects.open().select_related("operator__unit")
        code = read_code(who)
        if code:
            found = list(places.filter(code=code)) or list(places.filter(operator__code=code)[:2])
            if not found:
                raise Wrong(WHO, _("No business of this code is known."))
        else:
            found = list(places.filter(operator__name=who)[:2]) or list(places.filter(name=who)[:2])
        name = found[0].operator.name if found else who
        return name, found[0] if len(found) == 1 else None


def looks_like_a_code(text: str) -> bool:
    """Say whether a text is meant as a code: ours, an address, or mostly digits."""
    if text.startswith(("http://", "https://", "(", "/", "urn:")):
        return True
    if _own_code(text):
        return True
    return len(text) >= 8 and sum(one.isdigit() for one in text) * 2 > len(text)


def _own_code(text: str) -> str:
    """Return the code of ours in a text, "" for none."""
    try:
        return lot_codes.read(text)
    except ValueError:
        return ""


def _no_person(who: str) -> None:
    """Refuse what speaks of a person where a business is asked for."""
    try:
        refuse_traits((), (), who)
    except Refused:
        raise Wrong(WHO, _ONLY_A_BUSINESS) from None
    if speaks_of_a_person(who):
        raise Wrong(WHO, _ONLY_A_BUSINESS)


_ONLY_A_BUSINESS: Final = _(
    "The name of the business alone: no telephone number, no number of a person."
)
