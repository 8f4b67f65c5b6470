"""A place as its keeper writes it: where it is, hours, holidays, languages by weekday, phones and ways in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.forms import rows
from linli.directory.forms.units import AreaField
from linli.directory.forms.wordings import Wordings, choose
from linli.directory.models import Area, LanguageHours, Location, Organization
from linli.directory.queries import area_named
from linli.directory.rules.access import WAYS
from linli.directory.rules.drafts import LanguageDraft, LocationDraft, ScheduleDraft
from linli.directory.rules.hours import DAYS, rule_fault, weekdays_of, weekly
from linli.directory.rules.languages import KNOWN, is_tag

DAY: dict[str, Any] = {
    "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    "input_formats": ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"],
}
HOUR: dict[str, Any] = {
    "widget": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    "input_formats": ["%H:%M", "%H:%M:%S"],
}
DAYS_OFF = (("closed", pgettext_lazy("hours", "closed")), ("open", pgettext_lazy("hours", "open")))
OFTEN = (
    ("week", _("every week")),
    ("1", _("first of the month")),
    ("2", _("second of the month")),
    ("3", _("third of the month")),
    ("4", _("fourth of the month")),
    ("-1", _("last of the month")),
    ("once", _("only on the first day")),
    ("rule", _("by a rule")),
)


class PlaceForm(forms.Form):
    """What is said of a place in single fields. seen: when it was last modified."""

    name = forms.CharField(label=_("Name"), max_length=120)
    other_names = forms.CharField(
        label=_("Also called"), required=False, help_text=_("With commas between.")
    )
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Run by"), to_field_name="uuid", empty_label=None
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Location.KINDS)
    area = AreaField(label=_("Place"), max_length=60)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    transport = forms.CharField(label=_("How to get there"), max_length=200, required=False)
    description = forms.CharField(
        label=_("What the place is"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    access = forms.MultipleChoiceField(
        label=_("Ways in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tile_row = forms.IntegerField(
        label=_("Row on the map"), min_value=0, max_value=99, required=False
    )
    tile_column = forms.IntegerField(
        label=_("Column on the map"), min_value=0, max_value=99, required=False
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None,
        initial: dict[str, Any],
        keeps: QuerySet[Organization],
        words: Wordings,
    ) -> None:
        super().__init__(data, initial=initial)
        choose(self.fields["access"], [(way, words.ways_in.get(way, way)) for way in WAYS])
        organization = self.fields["organization"]
        assert isinstance(organization, forms.ModelChoiceField)  # noqa: S101 - declared so above
        organization.queryset = keeps

    def clean(self) -> dict[str, Any]:
        """Refuse half a square of the map."""
        cleaned = super().clean() or {}
        if (cleaned.get("tile_row") is None) != (cleaned.get("tile_column") is None):
            self.add_error("tile_column", _("Give row and column, or neither."))
        return cleaned


class HoursRow(rows.Row):
    """Hours of some weekdays."""

    days = forms.MultipleChoiceField(
        label=_("On these days"), required=False, widget=forms.CheckboxSelectMultiple
    )
    often = forms.ChoiceField(label=_("How often"), choices=OFTEN, initial="week")
    opens_at = forms.TimeField(label=_("Opens"), **HOUR)
    closes_at = forms.TimeField(label=_("Closes"), **HOUR)
    # Its first choice, as a browser sends it: a row that nobody touched says nothing.
    days_off = forms.ChoiceField(
        label=_("On public holidays"), choices=DAYS_OFF, initial=DAYS_OFF[0][0]
    )
    starts_on = forms.DateField(label=_("From"), required=False, **DAY)
    valid_until = forms.DateField(label=_("Until before"), required=False, **DAY)
    rrule = forms.CharField(label=_("Rule"), required=False, max_length=200)
    note = forms.CharField(label=_("Remark"), required=False, max_length=240)

    def __init__(self, *given: Any, words: Wordings, **named: Any) -> None:
        super().__init__(*given, **named)
        choose(self.fields["days"], words.week)

    def clean(self) -> dict[str, Any]:
        """Refuse hours without days, and a rule that is none."""
        cleaned = super().clean() or {}
        often, days = cleaned.get("often"), cleaned.get("days") or []
        if often == "rule" and rule_fault(cleaned.get("rrule", "")):
            self.add_error("rrule", _("The opening days are no rule that we can read."))
        elif often == "once" and not cleaned.get("starts_on"):
            self.add_error("starts_on", _("Say on which day."))
        elif often not in {"rule", "once"} and not days:
            self.add_error("days", _("Choose at least one day."))
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("It closes before it opens."))
        return cleaned


class SpeaksRow(forms.Form):
    """One language in one way on some weekdays."""

    language = forms.ChoiceField(label=_("Language"))
    mode = forms.ChoiceField(
        label=_("Way"), choices=LanguageHours.MODES, initial=LanguageHours.MODES[0][0]
    )
    days = forms.MultipleChoiceField(label=_("On these days"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *given: Any, words: Wordings, **named: Any) -> None:
        super().__init__(*given, **named)
        kept = (self.initial or {}).get("language", "")
        tags = (*KNOWN, kept) if is_tag(kept) and kept not in KNOWN else KNOWN
        spoken = [(tag, words.languages.get(tag, tag)) for tag in tags]
        choose(self.fields["language"], [("", "—"), *spoken])
        choose(self.fields["days"], words.week)


@dataclass(frozen=True, slots=True)
class PlaceForms:
    """The form of a place with all its rows."""

    place: PlaceForm
    hours: rows.Rows
    speaks: rows.Rows
    phones: rows.Rows

    @classmethod
    def of(
        cls, data: QueryDict | None, draft: LocationDraft | None, seen: str, keeps: QuerySet[Organization],
        words: Wordings,
    ) -> "PlaceForms":  # fmt: skip
        """Return the forms as sent, or filled with a draft, or empty."""
        if data and (more := data.get("more")):
            data = rows.with_more(data, more)
        return cls(
            PlaceForm(data, _shown(draft, seen) if draft else {}, keeps, words),
            rows.rows(HoursRow, "hours", data, [hours_said(s) for s in draft.schedules] if draft else (), words=words),
            rows.rows(SpeaksRow, "speaks", data, _speaks(draft.languages) if draft else (), words=words),
            rows.rows(rows.PhoneRow, "phones", data, rows.said_of(draft.phones) if draft else ()),
        )  # fmt: skip

    @property
    def parts(self) -> tuple[rows.Rows, ...]:
        """All rows, as they stand on the page."""
        return (self.hours, self.speaks, self.phones)

    def are_valid(self) -> bool:
        """Say whether all of them are filled as they should be; each is looked at."""
        return all([self.place.is_valid(), *(part.is_valid() for part in self.parts)])

    def draft(self, today: date) -> LocationDraft:
        """Return the place as typed; hours that name no first day hold from `today`."""
        given = dict(self.place.cleaned_data)
        row, column = given.pop("tile_row"), given.pop("tile_column")
        given.pop("seen")
        names = re.split(r"[、,，;；]", given.pop("other_names"))
        return LocationDraft(
            **given
            | {
                "organization": given["organization"].uuid,
                "area": given["area"].code,
                "access": tuple(given["access"]),
            },
            other_names=tuple(name.strip() for name in names if name.strip()),
            tile=None if row is None else (row, column),
            schedules=schedules_of(self.hours, today),
            languages=_languages(self.speaks.kept()),
            phones=rows.phones(self.phones),
        )


def _shown(draft: LocationDraft, seen: str) -> dict[str, Any]:
    row, column = draft.tile or (None, None)
    name = Area.objects.filter(code=draft.area).values_list("name", flat=True).first() or ""
    plain = ("name", "organization", "kind", "address", "transport", "description")
    return {name: getattr(draft, name) for name in plain} | {
        # By its name where one place alone bears it.
        "area": name if area_named(name) else draft.area,
        "other_names": "、".join(draft.other_names),
        "access": list(draft.access),
        "tile_row": row,
        "tile_column": column,
        "seen": seen,
    }


def hours_said(schedule: ScheduleDraft) -> dict[str, Any]:
    """Return hours as the first values of a row: by weekday where the rule is one that rows can say."""
    shown: dict[str, Any] = {
        name: getattr(schedule, name)
        for name in (
            "uuid",
            "opens_at",
            "closes_at",
            "days_off",
            "starts_on",
            "valid_until",
            "note",
        )
    }
    week = weekdays_of(schedule.rrule)
    monthly = _MONTHLY.fullmatch(schedule.rrule)
    if week is not None:
        return shown | {"often": "week", "days": [str(day) for day in week]}
    if monthly:
        return shown | {"often": monthly[1], "days": [str(DAYS.index(monthly[2]))]}
    if schedule.rrule == ONCE:
        return shown | {"often": "once"}
    return shown | {"often": "rule", "rrule": schedule.rrule}


ONCE = "FREQ=DAILY;COUNT=1"
_MONTHLY = re.compile(r"FREQ=MONTHLY;BYDAY=([1-4]|-1)(MO|TU|WE|TH|FR|SA|SU)")


def schedules_of(hours: rows.Rows, today: date) -> tuple[ScheduleDraft, ...]:
    """Return hours as typed; those that name no first day hold from `today`."""
    return tuple(_schedule(one, today) for one in hours.kept())


def _schedule(row: Mapping[str, Any], today: date) -> ScheduleDraft:
    often = row["often"]
    days = sorted(int(day) for day in row["days"])
    if often == "rule":
        rrule = row["rrule"]
    elif often == "once":
        rrule = ONCE
    elif often == "week":
        rrule = weekly(days)
    else:
        rrule = "FREQ=MONTHLY;BYDAY=" + ",".join(f"{often}{DAYS[day]}" for day in days)
    opens_at: time = row["opens_at"]
    return ScheduleDraft(
        uuid=row["uuid"], rrule=rrule, opens_at=opens_at, closes_at=row["closes_at"],
        starts_on=row["starts_on"] or today, valid_until=row["valid_until"],
        days_off=row["days_off"], note=row["note"],
    )  # fmt: skip


def _speaks(languages: Iterable[LanguageDraft]) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], list[str]] = {}
    for one in languages:
        found.setdefault((one.language, one.mode), []).append(str(one.weekday))
    return [
        {"language": language, "mode": mode, "days": days}
        for (language, mode), days in found.items()
    ]


def _languages(spoken: Iterable[Mapping[str, Any]]) -> tuple[LanguageDraft, ...]:
    said = (
        LanguageDraft(language=row["language"], weekday=int(day), mode=row["mode"])
        for row in spoken
        for day in row["days"]
    )
    return tuple(dict.fromkeys(said))
