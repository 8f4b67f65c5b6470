"""What the month view and the simulator of the waiting list are asked; it lives in the address."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.offers.models import Offer

MOST_GROUPS, MOST_DAYS = 40, 60
_NUMBERS = re.compile(r"[0-9]{1,2}([,，、 ]+[0-9]{1,2})*")


class MonthForm(forms.Form):
    """A month and a kind. What is not understood is this month, and every kind."""

    month = forms.CharField(
        label=_("Month"), required=False, widget=forms.DateInput({"type": "month"})
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *Offer.KINDS]
    )

    def __init__(self, data: Any, today: date) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__({"kind": data.get("kind", ""), "month": data.get("month", "")})
        self._today = today

    @property
    def first(self) -> date:
        """The first day of the month that is asked for."""
        said = re.fullmatch(r"(2[01][0-9]{2})-(0[1-9]|1[0-2])", self.data["month"], re.ASCII)
        return date(int(said[1]), int(said[2]), 1) if said else self._today.replace(day=1)

    @property
    def kind_asked(self) -> str:
        """The kind that is asked for, or "" for every one."""
        return self.data["kind"] if self.data["kind"] in dict(Offer.KINDS) else ""


class NumbersField(forms.CharField):
    """Small numbers with commas between them."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(max_length=4 * most, **options)
        self.most = most

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as Django has it
        """Return the numbers."""
        said = super().clean(value)
        if not _NUMBERS.fullmatch(said):
            raise forms.ValidationError(_("Write small numbers with commas between them: 3, 1, 2"))
        numbers = [int(one) for one in re.findall("[0-9]+", said)]
        if len(numbers) > self.most:
            raise forms.ValidationError(
                _("At most %(number)s numbers can be tried."), params={"number": self.most}
            )
        return numbers


class WaitingForm(forms.Form):
    """A full session, who waits, what comes back, and how often a group may be overtaken."""

    places = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=60)
    groups = NumbersField(
        label=_("Groups that wait, the first first"),
        help_text=_("For how many people each: 4, 1, 2"),
        most=MOST_GROUPS,
    )
    freed = NumbersField(
        label=_("Places that come back, day by day"),
        help_text=_("How many are cancelled on each day: 1, 0, 2"),
        most=MOST_DAYS,
    )
    passes = forms.IntegerField(
        label=_("How often a group may be overtaken"), min_value=0, max_value=20
    )
    days = forms.IntegerField(
        label=_("For how many days it may be overtaken"), min_value=0, max_value=60
    )

    def clean_groups(self) -> list[int]:
        """Refuse groups that never fit."""
        sizes: list[int] = self.cleaned_data["groups"]
        places = self.cleaned_data.get("places", 60)
        if not all(1 <= size <= places for size in sizes):
            raise forms.ValidationError(_("Each group is of one person at least, and fits in."))
        return sizes
