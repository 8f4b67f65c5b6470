"""What narrows the list of coming offers; it lives in the address."""

from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.offers.models import Offer
from linli.offers.queries.coming import Asked, areas_on_offer

_WEEKS = 10


class ComingForm(forms.Form):
    """Words, kind, area, week. What is not understood narrows nothing."""

    words = forms.CharField(label=_("Words in it"), required=False, max_length=60)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *Offer.KINDS]
    )
    area = forms.ChoiceField(label=_("Place"), required=False)
    week = forms.ChoiceField(label=_("Week"), required=False)

    def __init__(self, data: Any, at: datetime) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(data)
        areas = [(area.code, area.name) for area in areas_on_offer()]
        monday = localdate(at) - timedelta(days=localdate(at).weekday())
        mondays = [monday + timedelta(weeks=number) for number in range(_WEEKS)]
        weeks = [
            (one.isoformat(), f"{one:%m-%d} – {one + timedelta(days=6):%m-%d}") for one in mondays
        ]
        for name, choices in (("area", areas), ("week", weeks)):
            field = cast("forms.ChoiceField", self.fields[name])
            field.choices = [("", _("all")), *choices]

    @property
    def asked(self) -> Asked:
        """What is asked for."""
        self.is_valid()
        given = self.cleaned_data
        week = given.get("week")
        return Asked(
            kind=given.get("kind", ""),
            area=given.get("area", ""),
            week=date.fromisoformat(week) if week else None,
            words=given.get("words", "").replace("\0", ""),
        )
