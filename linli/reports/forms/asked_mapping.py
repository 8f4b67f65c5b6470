"""What the cells of a sheet mean: a line for the sheet, for each column and row with empty cells, and for one cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from linli.facts.rules.periods import of_iso, of_typed, shown
from linli.kernel.text import Words
from linli.reports.models import FormSaying
from linli.reports.rules import mapping
from linli.reports.rules.grid import Sheet, reference, spot_of
from linli.reports.rules.mapping import FIELDS, Saying
from linli.reports.rules.suggesting import suggested

_LABELS: dict[str, Words] = dict(FormSaying.FIELDS)
_OWN_AREA = _("the place of the unit itself")
_NOT_ASKED = _("not asked")


@dataclass(frozen=True, slots=True)
class Names:
    """What an officer may write: names of indicators and areas with their codes, and the form's own period."""

    indicators: Mapping[str, str]
    areas: Mapping[str, str]
    own: str

    def shown(self, field: str, value: str) -> str:
        """Return a kept word as it is typed: a name, a period."""
        if field == mapping.INDICATOR:
            return str(_NOT_ASKED) if value == mapping.NOT_ASKED else _name(self.indicators, value)
        if field == mapping.AREA:
            return str(_OWN_AREA) if value == mapping.OWN else _name(self.areas, value)
        return mapping.from_own_back(value, self.own) if field == mapping.PERIOD else value

    def kept(self, field: str, text: str) -> str:
        """Return what is kept of a typed word. Raises ValidationError for one that nobody knows."""
        if not text or field == mapping.SCALE:
            return text
        if field == mapping.PERIOD:
            return self._period(text)
        if field == mapping.INDICATOR:
            if text in {str(_NOT_ASKED), mapping.NOT_ASKED}:
                return mapping.NOT_ASKED
            return _code(self.indicators, text, _("There is no such indicator."))
        if text in {str(_OWN_AREA), mapping.OWN}:
            return mapping.OWN
        return text if text.isdecimal() else _code(self.areas, text, _("There is no such place."))

    def words(self, field: str) -> list[str]:
        """Return what is offered while somebody types."""
        if field == mapping.INDICATOR:
            return [str(_NOT_ASKED), *self.indicators]
        return [str(_OWN_AREA), *self.areas] if field == mapping.AREA else []

    def _period(self, text: str) -> str:
        period = of_typed(text)
        if period is None:
            raise forms.ValidationError(_("Say for which period: 2025, 2025-06."))
        own = of_iso(self.own)
        return mapping.OWN if period == own else mapping.from_own(shown(period), self.own)


class MappingForm(forms.Form):
    """What a sheet's cells mean. seen: the newest saying that its officer looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**53)
    cell = forms.CharField(label=_("One cell"), help_text="C7", required=False, max_length=8)

    def __init__(
        self, *given: Any, number: int, sheet: Sheet, said: Mapping[Saying, str], seen: int, names: Names
    ) -> None:  # fmt: skip
        super().__init__(*given)
        self.initial["seen"] = seen
        self.number, self.sheet, self.names = number, sheet, names
        of_sheet = {one for one in said if one[0].split(":")[0] == mapping.place(number)}
        self.suggests = not of_sheet
        start = said if of_sheet else suggested(number, sheet, names.own, names.indicators, names.areas)  # fmt: skip
        self.places = dict(self._places())
        for place in [*self.places, "cell"]:
            for field in FIELDS:
                value = names.shown(field, start.get((place, field), ""))
                where = self.places[place][0] if place in self.places else _("One cell")
                self.fields[f"{place}-{field}"] = _field(field, value, where)

    def lines(self) -> Iterator[tuple[str, Words, list[BoundField]]]:
        """Yield the lines: the name of the place, its head, its fields."""
        for place, (name, head) in self.places.items():
            yield name, head, [self[f"{place}-{field}"] for field in FIELDS]

    def cell_line(self) -> list[BoundField]:
        """Return the fields of one cell."""
        return [self["cell"], *(self[f"cell-{field}"] for field in FIELDS)]

    def offered(self) -> list[tuple[str, list[str]]]:
        """Return the words that are offered, by field."""
        return [(field, self.names.words(field)) for field in FIELDS[:2]]

    def clean(self) -> dict[str, Any]:
        """Read every word as its code."""
        cleaned = super().clean() or {}
        self.given: dict[Saying, str] = {}
        for place in self.places:
            self._read(cleaned, place, place)
        if name := cleaned.get("cell", ""):
            spot = spot_of(name)
            if spot is None or spot not in set(self.sheet.empty()):
                self.add_error("cell", _("This sheet has no such empty cell."))
            else:
                self._read(cleaned, "cell", mapping.place(self.number, row=spot[0], column=spot[1]))
        return cleaned

    def _read(self, cleaned: dict[str, Any], prefix: str, place: str) -> None:
        for field in FIELDS:
            name = f"{prefix}-{field}"
            try:
                self.given[place, field] = self.names.kept(field, cleaned.get(name, ""))
            except forms.ValidationError as error:
                self.add_error(name, error)

    def _places(self) -> Iterator[tuple[str, tuple[str, Words]]]:
        empty = list(self.sheet.empty())
        yield mapping.place(self.number), ("", _("The whole sheet"))
        for column in sorted({column for _row, column in empty}):
            letters = reference((1, column))[:-1]
            yield (
                mapping.place(self.number, column=column),
                (letters, self.sheet.column_words(column)),
            )
        for row in sorted({row for row, _column in empty}):
            yield mapping.place(self.number, row=row), (str(row), self.sheet.row_words(row))


def _field(field: str, value: str, where: Words) -> forms.Field:
    label = ": ".join(str(said) for said in (where, _LABELS[field]) if said)
    words = {"aria-label": label}
    if field == mapping.SCALE:
        choices = [("", "—"), *FormSaying.SCALES.items()]
        widget = forms.Select(attrs=words)
        return forms.ChoiceField(label=label, required=False, choices=choices, initial=value, widget=widget)  # fmt: skip
    if field != mapping.PERIOD:
        words |= {"list": f"known-{field}", "autocomplete": "off"}
    typed = forms.TextInput(attrs=words)
    return forms.CharField(label=label, required=False, max_length=80, initial=value, widget=typed)


def _name(names: Mapping[str, str], code: str) -> str:
    return next((name for name, of in names.items() if of == code), code)


def _code(names: Mapping[str, str], text: str, wrong: Words) -> str:
    if text in names:
        return names[text]
    if text in names.values():
        return text
    raise forms.ValidationError(str(wrong))
