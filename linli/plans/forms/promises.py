"""What everybody may ask of the promises: words, place, unit, lamp, year. It stands in the address."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words
from linli.plans.forms.ledger import QuickSelect
from linli.plans.models import Task


class PromiseFilterForm(forms.Form):
    """The filters of the promises. What cannot be is left out, so that old links keep working."""

    words = forms.CharField(label=_("Search words"), required=False, max_length=100)
    area = forms.ChoiceField(label=_("Place"), required=False, widget=QuickSelect)
    unit = forms.ChoiceField(label=_("Unit"), required=False, widget=QuickSelect)
    year = forms.ChoiceField(label=_("Due in"), required=False)
    # Chosen by the lamps above the list; kept here while the rest is changed.
    lamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, place: str) -> None:
        super().__init__(data)
        published = Task.objects.published().filter(promised_at__isnull=False).order_by()
        places = published.values_list(
            "measure__programme__area", "measure__programme__area__name"
        ).distinct()
        units = published.filter(lead__isnull=False).values_list("lead__name", flat=True)
        years = published.filter(due_on__isnull=False).dates("due_on", "year", order="DESC")
        self._choices(
            "area", [(code, name) for code, name in places.order_by("measure__programme__area")]
        )
        self._choices("unit", [(name, name) for name in units.distinct().order_by("lead__name")])
        self._choices("year", [(str(day.year), str(day.year)) for day in years])
        if place:
            del self.fields["area"]

    def _choices(self, name: str, choices: list[tuple[str, Words]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so above
        field.choices = [("", _("All")), *choices]
