"""What the public asks of the funds; it lives in the address."""

from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.funds.queries.published_funds import Asked, keepers_of_funds, places_of_funds

_DAY = forms.DateInput(attrs={"type": "date"})
_MONTH = timedelta(days=30)


class FundFilterForm(forms.Form):
    """Words, place, unit. What is not understood narrows nothing."""

    words = forms.CharField(label=_("Words in it"), required=False, max_length=60)
    area = forms.ChoiceField(label=_("Place"), required=False)
    unit = forms.ChoiceField(label=pgettext_lazy("a fund", "Kept by"), required=False)

    def __init__(self, data: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(data)
        areas = [(one.code, one.name) for one in places_of_funds()]
        units = [(one.code, one.name) for one in keepers_of_funds()]
        for name, choices in (("area", areas), ("unit", units)):
            cast("forms.ChoiceField", self.fields[name]).choices = [("", _("all")), *choices]

    @property
    def asked(self) -> Asked:
        """What is asked for."""
        self.is_valid()
        given = self.cleaned_data
        return Asked(
            words=given.get("words", "").replace("\0", ""),
            area=given.get("area", ""),
            unit=given.get("unit", ""),
        )


class TwoDaysForm(forms.Form):
    """Two days whose publications are compared; without one of them, a month ago and today."""

    then = forms.DateField(label=_("What was said on"), required=False, widget=_DAY)
    now = forms.DateField(label=_("and what is said on"), required=False, widget=_DAY)

    def __init__(self, data: Any, at: datetime) -> None:  # noqa: ANN401 - a QueryDict
        today = localdate(at)
        shown = data.copy()
        for name, day in (("now", today), ("then", today - _MONTH)):
            shown[name] = data.get(name) or day.isoformat()
        super().__init__(shown)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """See that the one day is before the other, and none is still to come."""
        given = super().clean() or {}
        then, now = given.get("then"), given.get("now")
        if now and now > self.today:
            self.add_error("now", _("This day is still to come."))
        elif then and now and then >= now:
            self.add_error("then", _("This day is not before the other."))
        return given

    @property
    def days(self) -> tuple[date, date]:
        """The two days, once they are valid."""
        return self.cleaned_data["then"], self.cleaned_data["now"]
