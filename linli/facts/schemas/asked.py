"""What may be asked of an indicator's figures, in the address: a place, and what was known on a day."""

from dataclasses import dataclass
from datetime import datetime, time

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.timezone import get_current_timezone, make_aware
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, AreaQuerySet
from linli.facts.models import Fact, Indicator
from linli.kernel.refusals import Refused


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures are wanted: of an area with all inside it ("" for all), as known at `when`."""

    area: str = ""
    when: datetime | None = None


class IndicatorFilterForm(forms.Form):
    """The filters of the list of indicators."""

    words = forms.CharField(label=_("Search words"), required=False, max_length=100)
    area = forms.ChoiceField()  # its choices are known in `__init__`

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        spoken_of = Fact.objects.filter(indicator__public=True).values("area")
        self.fields["area"] = _places(Area.objects.filter(code__in=spoken_of))


class SeriesForm(forms.Form):
    """The filters of an indicator's page."""

    area = forms.ChoiceField()  # its choices are known in `__init__`
    as_of = forms.DateField(
        label=_("As known at the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, data: QueryDict, indicator: Indicator) -> None:
        super().__init__(data)
        given = data.get("area", "")[:12].replace("\0", "")
        spoken_of = Fact.objects.filter(indicator=indicator).values("area")
        self.fields["area"] = _places(Area.objects.filter(Q(code__in=spoken_of) | Q(code=given)))

    def asked(self) -> Asked:
        """Return what was asked.

        Refuses: not_a_question when a place or a day cannot be read.
        """
        if not self.is_valid():
            said = " ".join(str(error) for errors in self.errors.values() for error in errors)
            raise Refused("not_a_question", said)
        day = self.cleaned_data["as_of"]
        # The day's last moment here: what was said on 1 June was said until it ended.
        when = day and make_aware(datetime.combine(day, time.max), get_current_timezone())
        return Asked(self.cleaned_data["area"], when)


def _places(areas: AreaQuerySet) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Place"),
        required=False,
        choices=[("", _("All places")), *areas.values_list("code", "name")],
        error_messages={"invalid_choice": _("No place here has this code.")},
    )
