"""What a neighbour tells, and what the organizer of volunteers writes down."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Location
from linli.kernel.addresses import read_address
from linli.kernel.refusals import Refused
from linli.offers.actions.pairing import LONGEST_NAME, LONGEST_NOTE, Asked
from linli.offers.forms.offer import choose
from linli.offers.models import Neighbour, Offer
from linli.offers.rules.pairing import PARTS, TIMES
from linli.offers.rules.retention import PAIRED_AT_MOST

DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))  # fmt: skip
PARTS_OF_DAY = (_("morning"), _("afternoon"), _("evening"))


def times_in_words(times: Collection[int]) -> list[str]:
    """Return times of the week in words."""
    return [f"{DAYS[time // PARTS]} {PARTS_OF_DAY[time % PARTS]}" for time in sorted(times)]


class JoinForm(forms.Form):
    """Whether one wants help or gives it, where, when; and what the other learns after both have said yes."""

    side = forms.ChoiceField(
        label=_("What would you like?"), choices=Neighbour.SIDES, widget=forms.RadioSelect
    )
    location = forms.ModelChoiceField(
        Location.objects.none(),
        label=_("At which station could you meet?"),
        to_field_name="code",
    )
    times = forms.TypedMultipleChoiceField(
        label=_("When do you have time?"),
        coerce=int,
        choices=[(time, f"{time}") for time in TIMES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose when you have time.")},
    )
    name = forms.CharField(
        label=_("What may the other call you?"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Any name will do. The other sees it only after both of you have said yes."),
    )
    channel = forms.ChoiceField(
        label=_("How may the other reach you?"),
        choices=[("sms", _("By telephone")), ("email", _("By e-mail"))],
        widget=forms.RadioSelect,
        initial="sms",
    )
    reach = forms.CharField(
        label=_("Number or address"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    note = forms.CharField(
        label=_("What should the other know?"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, locations: "QuerySet[Location]", side: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "location", locations)
        self.fields["side"].initial = side or None

    def clean(self) -> dict[str, Any]:
        """See that the address leads somewhere."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("reach") and given.get("channel"):
            try:
                given["reach"] = read_address(given["channel"], given["reach"])
            except Refused as refused:
                self.add_error("reach", str(refused.sentence))
        return given

    def asked(self) -> Asked:
        """Return what was told, once it is valid."""
        given = self.cleaned_data
        return Asked(
            side=given["side"],
            location=given["location"],
            times=given["times"],
            name=given["name"],
            contact=(given["channel"], given["reach"]),
            note=given["note"],
        )

    def week(self) -> list[tuple[Any, list[tuple[str, str, bool]]]]:
        """Return the times as a week to tick: a day a line, its parts with value, words, and whether ticked."""
        ticked = {str(one) for one in self["times"].value() or ()}
        return [
            (
                day,
                [
                    (str(row * PARTS + part), f"{day} {words}", str(row * PARTS + part) in ticked)
                    for part, words in enumerate(PARTS_OF_DAY)
                ],
            )
            for row, day in enumerate(DAYS)
        ]


class PairingForm(forms.Form):
    """Under which offer neighbours may find each other."""

    offer = forms.ModelChoiceField(Offer.objects.none(), label=_("Offer"), to_field_name="code")
    kept_days = forms.IntegerField(
        label=_("Kept for so many days"), min_value=7, max_value=PAIRED_AT_MOST, initial=90
    )

    def __init__(self, *args: Any, offers: "QuerySet[Offer]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "offer", offers)


class HoursForm(forms.Form):
    """How long each of the people of a booking gave."""

    booking = forms.CharField(max_length=9)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=6000)
