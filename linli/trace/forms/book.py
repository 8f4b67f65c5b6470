"""What a shop did, in three fields; and a table of many such."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.text import Words
from linli.trace.models import BookLine, Lot, Operator, Premises
from linli.trace.queries.book_words import left_words, line_words, lot_words
from linli.trace.queries.shop_book import in_hand, opened, partners_of
from linli.trace.queries.shop_shelf import Shelf, Typed, Written, Wrong
from linli.trace.rules.shop.deeds import MADE, MOVED, RECEIVED, SOLD, THROWN

FIELDS: Final = ("what", "how_much", "who")
_NAMED: Final = (MADE, RECEIVED)  # of these the goods may be new


@dataclass(frozen=True, slots=True)
class Asked:
    """How one kind of deed is asked for: its title, and the labels of the three fields."""

    title: Words
    what: Words
    who: Words
    hint: Words = ""


ASKED: Final[Mapping[str, Asked]] = {
    MADE: Asked(
        pgettext_lazy("goods", "Made"), _("What was made?"), _("Out of which lots?"), _("What you took in and used up. None, if nothing of it has a code.")
    ),
    RECEIVED: Asked(
        _("Taken in"), _("Which goods?"), _("From which business?"), _("Its name or its code. The business alone, never a person.")
    ),
    SOLD: Asked(
        _("Sold on"), _("Which lot?"), _("To which business?"), _("Leave it empty when it was sold over the counter: of buyers nothing is asked and nothing is kept.")
    ),
    MOVED: Asked(pgettext_lazy("goods", "Moved"), _("Which lot?"), _("To which premises?")),
    THROWN: Asked(_("Thrown away"), _("Which lot?"), ""),
}  # fmt: skip


class DeedForm(forms.Form):
    """One deed of one kind."""

    def __init__(
        self,
        data: Any,  # noqa: ANN401 - a QueryDict or None
        *,
        kind: str,
        operator: Operator,
        at: datetime,
        line: BookLine | None = None,
    ) -> None:
        super().__init__(data, initial=_said_before(line))
        self.kind, self.operator, self.at = kind, operator, at
        self.places = list(operator.premises.open().order_by("id"))
        lots = [] if kind == RECEIVED else _lots_of(operator, line)
        asked = ASKED[kind]
        self.fields["what"] = self._what(asked, lots)
        self.fields["how_much"] = forms.CharField(
            label=_("How much?"),
            max_length=40,
            help_text=_("For example 2.5, 500 g or 3 boxes. Without a unit it is kilograms, or what the lot is counted in."),
            widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        )  # fmt: skip
        if kind != THROWN:
            self.fields["who"] = self._who(asked, lots)
        self._add_details()

    def details(self) -> Sequence[forms.BoundField]:
        """Return what only some need."""
        return [field for field in self if field.name not in FIELDS]

    def main(self) -> Sequence[forms.BoundField]:
        """Return the three fields."""
        return [field for field in self if field.name in FIELDS]

    def details_wrong(self) -> bool:
        """Say whether something is wrong with these."""
        return any(field.errors for field in self.details())

    def suggestions(self) -> Mapping[str, Sequence[str]]:
        """Return by field what was typed before, to be chosen from."""
        named = self.operator.products.filter(ended_on=None).values_list("name", flat=True)
        found = {"what": list(named[:200])} if self.kind in _NAMED else {}
        return found | (
            {"who": partners_of(self.operator)} if self.kind in (RECEIVED, SOLD) else {}
        )

    def clean(self) -> dict[str, Any]:
        """Understand the three fields, each for itself."""
        given = super().clean() or {}
        if self.errors or not self.places:
            return given
        who = given.get("who", "")
        typed = Typed(
            given["what"], given["how_much"], who if isinstance(who, str) else " ".join(who)
        )
        shelf = Shelf(self.operator, self._place(given), moment(given.get("on"), self.at))
        try:
            given["deed"] = shelf.read(self.kind, typed)
        except Wrong as wrong:
            self.add_error(FIELDS[wrong.field], str(wrong.words))
        return given

    def deed(self) -> Written:
        """Return the deed, once it is valid."""
        given = self.cleaned_data
        read: Written = given["deed"]
        return replace(read, number=given.get("number", ""), best_before=given.get("best_before"))

    def _what(self, asked: Asked, lots: list[tuple[str, str]]) -> forms.Field:
        if self.kind not in _NAMED:
            return forms.ChoiceField(label=str(asked.what), choices=[("", "—"), *lots])
        return forms.CharField(
            label=str(asked.what),
            max_length=200,
            help_text=_("The code on its label, or a name. A new name makes a new product."),
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "dir": "auto", "list": "known_what"}
            ),
        )

    def _who(self, asked: Asked, lots: list[tuple[str, str]]) -> forms.Field:
        if self.kind == MADE:
            return forms.MultipleChoiceField(
                label=str(asked.who), choices=lots, required=False, help_text=str(asked.hint),
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        if self.kind == MOVED:
            return forms.ChoiceField(
                label=str(asked.who), choices=[(one.code, one.name) for one in self.places]
            )
        return forms.CharField(
            label=str(asked.who),
            max_length=120,
            required=self.kind == RECEIVED,
            help_text=str(asked.hint),
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "dir": "auto", "list": "known_who"}
            ),
        )

    def _add_details(self) -> None:
        if len(self.places) > 1:
            named = [(one.code, one.name) for one in self.places]
            self.fields["place"] = forms.ChoiceField(label=_("At which premises?"), choices=named)
        self.fields["on"] = day_field()
        if self.kind in _NAMED:
            self.fields["best_before"] = forms.DateField(
                label=_("Best before"),
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}),
            )
            self.fields["number"] = forms.CharField(
                label=_("Lot number"), max_length=20, required=False,
                help_text=_("What is printed on it. Without one the day is its number."),
            )  # fmt: skip

    def _place(self, given: Mapping[str, Any]) -> Premises:
        code = given.get("place")
        return next((one for one in self.places if one.code == code), self.places[0])


def day_field() -> forms.DateField:
    """Return the field for another day than today."""
    return forms.DateField(
        label=_("On which day?"),
        required=False,
        help_text=_("Leave it empty for today."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


def moment(on: date | None, at: datetime) -> datetime:
    """Return when it happened: now, or at this hour of another day, so that two deeds of a day stay two."""
    if on is None or on == localdate(at):
        return at
    local = localtime(at)
    return local.replace(year=on.year, month=on.month, day=on.day)


def _lots_of(operator: Operator, line: BookLine | None) -> list[tuple[str, str]]:
    """Return the lots in hand to choose from, and those of the line that is corrected."""
    hand = in_hand(operator)
    begun = opened(operator, [lot.pk for lot, _left in hand])
    found = {
        lot.code: lot_words(lot, left_words(left, opened=lot.pk in begun)) for lot, left in hand
    }
    for lot in _lots_in(line) if line else ():
        found.setdefault(lot.code, lot_words(lot))
    return list(found.items())


def _lots_in(line: BookLine) -> list[Lot]:
    rows = BookLine.objects.filter(event=line.event_id).select_related("lot__product")
    return [one.lot for one in rows.order_by("id")]


def _said_before(line: BookLine | None) -> dict[str, Any]:
    """Return the three fields of a line that is corrected."""
    if line is None:
        return {}
    who: Any = line.partner
    if line.kind == MADE:
        who = [lot.code for lot in _lots_in(line) if lot.pk != line.lot_id]
    elif line.kind == MOVED and line.place:
        who = line.place.code
    place = {"place": line.premises.code}
    return place | {"what": line.lot.code, "how_much": line_words(line), "who": who}
