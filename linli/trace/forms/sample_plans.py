"""What a plan of samples is: how many of what, in which places, who takes them, who tests them."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.forms.units import area_codes
from linli.directory.models import Area, Unit
from linli.kernel.clock import now
from linli.trace.actions.sample_plans import MOST, PlanDraft
from linli.trace.forms.lab_samples import among, day_field, moment_field, units_field
from linli.trace.models import Method, Premises, SamplePlan


class PlanForm(forms.Form):
    """One draw of samples."""

    name = forms.CharField(label=_("Name"), max_length=120)
    what = forms.ChoiceField(label=_("What is drawn"), choices=SamplePlan.WHATS)
    places = forms.CharField(
        label=_("Places"),
        max_length=400,
        help_text=_("By name or code, as many as wanted, none within another. Each gives samples in proportion."),
    )  # fmt: skip
    activities = forms.MultipleChoiceField(
        label=_("Only premises that do this"),
        choices=Premises.ACTIVITIES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All where none is ticked."),
    )
    total = forms.IntegerField(
        label=pgettext_lazy("samples", "How many"), min_value=1, max_value=MOST
    )
    method = forms.ModelChoiceField(Method.objects.none(), label=_("Method of the laboratory"))
    unit = units_field(_("Unit that takes the samples"))
    laboratory = units_field(_("Laboratory"))
    closes_at = moment_field(_("The list closes"))
    since = day_field(_("Lots made since"))
    until = day_field(
        _("Last day for taking them"),
        help_text=_(
            "The day after, once all are taken or left out, everybody sees what was drawn."
        ),
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - a QueryDict
        today = localdate(now())
        later = localtime(now()) + timedelta(hours=2)
        begun = {
            "closes_at": f"{later.replace(minute=0):%Y-%m-%dT%H:%M}",
            "since": today - timedelta(days=90),
            "until": today + timedelta(days=30),
        }
        super().__init__(data, initial=begun)
        units = Unit.objects.working().order_by("name")
        among(self, "unit", units)
        among(self, "laboratory", units)
        among(self, "method", Method.objects.filter(ended_on=None))

    def clean_places(self) -> list[Area]:
        """Return the places that were named."""
        codes = area_codes(self.cleaned_data["places"])
        if not codes:
            raise ValidationError(_("Say in which places; none within another."))
        return list(Area.objects.filter(code__in=codes))

    def draft(self) -> PlanDraft:
        """Return what was given."""
        given = dict(self.cleaned_data)
        return PlanDraft(areas=given.pop("places"), **given)
