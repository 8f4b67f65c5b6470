"""A service at one place: its window, and hours of its own with their exceptions."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.directory.forms import rows
from linli.directory.forms.places import HoursRow, hours_said, schedules_of
from linli.directory.forms.wordings import Wordings
from linli.directory.rules.drafts import OfferDraft


class OfferEditForm(forms.Form):
    """What is said of a service at one place in single fields."""

    window = forms.CharField(label=_("Window"), max_length=40, required=False)
    description = forms.CharField(label=_("Remark"), max_length=240, required=False)


@dataclass(frozen=True, slots=True)
class OfferForms:
    """The form of an offer with its hours; without hours it keeps those of the place."""

    offer: OfferEditForm
    hours: rows.Rows
    before: OfferDraft

    @classmethod
    def of(cls, data: QueryDict | None, before: OfferDraft, words: Wordings) -> "OfferForms":
        """Return the forms as sent, or filled with what is known."""
        if data and (more := data.get("more")):
            data = rows.with_more(data, more)
        shown = {"window": before.window, "description": before.description}
        hours = [hours_said(one) for one in before.schedules]
        return cls(
            OfferEditForm(data, initial=shown),
            rows.rows(HoursRow, "hours", data, hours, words=words),
            before,
        )

    @property
    def parts(self) -> tuple[rows.Rows, ...]:
        """All rows, as they stand on the page."""
        return (self.hours,)

    def are_valid(self) -> bool:
        """Say whether all of them are filled as they should be; each is looked at."""
        return all([self.offer.is_valid(), self.hours.is_valid()])

    def draft(self, today: date) -> OfferDraft:
        """Return the offer as typed; hours that name no first day hold from `today`."""
        return OfferDraft(
            service=self.before.service,
            location=self.before.location,
            schedules=schedules_of(self.hours, today),
            **self.offer.cleaned_data,
        )
