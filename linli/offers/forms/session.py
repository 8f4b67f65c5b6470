"""What an organizer gives a session: where, when, for how many, how it is booked."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Location
from linli.offers.actions.amending import SessionChange
from linli.offers.actions.offering import SessionDraft
from linli.offers.forms.dates import DAY, MOMENT, TIME, DatesField, moment, when
from linli.offers.forms.offer import choose
from linli.offers.models import Offer, Session
from linli.offers.rules import meetings
from linli.ui.languages import LANGUAGES, PREPARED

_TONGUES = [(one.tag, one.own_name) for one in (*LANGUAGES, *PREPARED)]
_WEEKDAYS = (
    (0, _("Mon")), (1, _("Tue")), (2, _("Wed")), (3, _("Thu")), (4, _("Fri")), (5, _("Sat")), (6, _("Sun")),
)  # fmt: skip


class PlaceForm(forms.Form):
    """Where a session is, in which languages, how it is booked."""

    location = forms.ModelChoiceField(
        Location.objects.none(), label=_("Where"), to_field_name="code", required=False
    )
    room = forms.CharField(label=_("Room"), max_length=60, required=False)
    online = forms.URLField(label=_("Online at"), required=False, assume_scheme="https")
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=_TONGUES, required=False, widget=forms.CheckboxSelectMultiple
    )
    interpreter = forms.BooleanField(label=_("Interpreter on request"), required=False)
    most_together = forms.IntegerField(
        label=_("People in one booking, at most"), min_value=1, max_value=60, initial=4
    )
    booking_from = moment(_("Booking begins"))
    booking_until = moment(_("Booking ends"))
    floor_web = forms.IntegerField(label=_("Kept for online"), min_value=0, initial=0)
    floor_phone = forms.IntegerField(label=_("Kept for the telephone"), min_value=0, initial=0)
    floor_station = forms.IntegerField(label=_("Kept for stations"), min_value=0, initial=0)
    floors_until = moment(_("Kept until"), required=False)

    PARTS: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (_("Where"), ("location", "room", "online", "languages", "interpreter")),
        (_("How it is booked"), ("most_together", "booking_from", "booking_until")),
        (
            _("Places kept for a door"),
            ("floor_web", "floor_phone", "floor_station", "floors_until"),
        ),
    )

    def __init__(self, data: Any = None, *, offer: Offer, initial: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, initial=initial)
        here = Location.objects.open_to_all().filter(area__code__startswith=offer.area_id[:4])
        choose(self, "location", here.order_by("name"), _("Online, or told later"))

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in their groups."""
        return [(title, [self[name] for name in names]) for title, names in self.PARTS]

    @property
    def said(self) -> dict[str, Any]:
        """What was given, by the names of the actions."""
        names = PlaceForm.base_fields
        given = {name: self.cleaned_data[name] for name in names}
        return given | {"languages": tuple(given["languages"])}

    def change(self) -> SessionChange:
        """Return what was given for a session that stands."""
        return SessionChange(**self.said)


class SessionForm(PlaceForm):
    """A new session: the same, and when people meet, for how many, in which way places are given."""

    first_on = forms.DateField(label=_("First meeting on"), widget=DAY)
    begins = forms.TimeField(label=_("From"), widget=TIME)
    ends = forms.TimeField(label=_("to"), widget=TIME)
    more_on = DatesField(
        label=_("Further days"), required=False, help_text=_("One day a line, such as 2026-12-01.")
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Every week on"),
        choices=_WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    every = forms.ChoiceField(
        label=_("How often"),
        choices=[("1", _("every week")), ("2", _("every second week"))],
        required=False,
    )
    times = forms.IntegerField(
        label=_("How many meetings in all"), min_value=1, max_value=meetings.MOST, required=False
    )
    rrule = forms.CharField(
        label=_("Or a rule of your own"),
        max_length=200,
        required=False,
        help_text=_("RFC 5545, with an end, such as FREQ=MONTHLY;BYDAY=1SA;COUNT=6."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    skipped = DatesField(
        label=_("Days left out"), required=False, help_text=_("Holidays, for example. One a line.")
    )
    capacity = forms.IntegerField(
        label=_("How many places"), min_value=1, max_value=100_000, initial=20
    )
    way = forms.ChoiceField(
        label=_("How places are given"),
        choices=Session.WAYS,
        widget=forms.RadioSelect,
        initial="first",
    )

    PARTS = (
        (_("When"), ("first_on", "begins", "ends", "more_on")),
        (_("Repeats"), ("weekdays", "every", "times", "rrule", "skipped")),
        (_("How many places"), ("capacity", "way")),
        *PlaceForm.PARTS,
    )

    def clean(self) -> dict[str, Any]:
        """Work out the meetings from the days, and say what is wrong with them beside the field."""
        given = super().clean() or {}
        if {"first_on", "begins", "ends"} <= given.keys() and not self.errors:
            try:
                given["days"] = self._days(given)
            except ValueError:
                self.add_error(
                    "rrule" if given["rrule"] else "times",
                    _("Say how often, and when it ends; 200 meetings at most."),
                )
        return given

    def draft(self) -> SessionDraft:
        """Return what was given."""
        given = self.cleaned_data
        hours = meetings.Hours(given["begins"], given["ends"])
        planned = [meetings.meeting_on(day, hours) for day in given["days"]]
        left_out = {meetings.meeting_on(day, hours)[0] for day in given["skipped"]}
        return SessionDraft(
            **self.said,
            meetings=[(make_aware(begins), make_aware(ends)) for begins, ends in planned],
            skipped=frozenset(make_aware(one) for one, _end in planned if one in left_out),
            rrule=given["rule"],
            capacity=given["capacity"],
            way=given["way"],
        )

    def _days(self, given: dict[str, Any]) -> list[date]:
        first, rule = given["first_on"], given["rrule"].upper().removeprefix("RRULE:")
        if not rule and given["weekdays"]:
            every, times = int(given["every"] or 1), given["times"] or 0
            rule = meetings.weekly(given["weekdays"], every=every, times=times)
        given["rule"] = rule
        named = meetings.days_named(rule, first) if rule else [first]
        days = meetings.days_of_dates([*named, *given["more_on"]])
        if not days or len(days) > meetings.MOST:
            raise ValueError(rule)
        return days


class MoveForm(forms.Form):
    """The new time of one meeting."""

    day = forms.DateField(label=_("Day"), widget=DAY)
    begins = forms.TimeField(label=_("From"), widget=TIME)
    ends = forms.TimeField(label=_("to"), widget=TIME)

    def times(self) -> tuple[datetime, datetime]:
        """Return beginning and end."""
        given = self.cleaned_data
        hours = meetings.Hours(given["begins"], given["ends"])
        begins, ends = meetings.meeting_on(given["day"], hours)
        return make_aware(begins), make_aware(ends)


class ResizeForm(forms.Form):
    """How many places there are."""

    capacity = forms.IntegerField(label=_("How many places"), min_value=1, max_value=100_000)


class CallOffForm(forms.Form):
    """Why a session does not take place: everybody who booked reads it."""

    why = forms.CharField(label=_("Why"), max_length=240)


def given_session(session: Session) -> dict[str, Any]:
    """Return what a session says, as its form shows it."""
    names = PlaceForm.base_fields.keys() - {"location"}
    given = {name: getattr(session, name) for name in names}
    for name in ("booking_from", "booking_until", "floors_until"):
        given[name] = when(given[name])
    return given | {"location": session.location.code if session.location else ""}


def first_given(at: datetime) -> dict[str, Any]:
    """Return what a new session begins with: booking is open from now on, for two weeks."""
    hour = localtime(at).replace(minute=0, second=0, microsecond=0)
    return {
        "booking_from": f"{hour:{MOMENT}}",
        "booking_until": f"{hour + timedelta(days=14):{MOMENT}}",
    }
