"""Rules of priority areas, and what goes by them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.facts.models import Indicator
from linli.funds.actions.priorities import PriorityDraft
from linli.funds.forms.aims import IndicatorField
from linli.funds.forms.funds import choose
from linli.funds.models import Fund, Programme
from linli.kernel.actors import Actor, Role

_SHARES = {"kind": "rate", "official_only": True, "public": True}


class RuleForm(forms.Form):
    """One new rule, with the document that it comes from."""

    name = forms.CharField(label=_("Name"), max_length=120)
    indicator = IndicatorField(
        Indicator.objects.none(), label=_("Official share"), to_field_name="code",
        help_text=_("Public shares from official statistics, of a county or larger."),
    )  # fmt: skip
    threshold = forms.DecimalField(
        label=_("At least, %"), min_value=0, max_value=100, decimal_places=6, max_digits=9
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Kept by"), to_field_name="code")
    source = forms.CharField(label=_("Which document says so"), max_length=200)
    words = forms.CharField(
        label=_("In which words"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Where to look"), help_text="https://…", required=False, max_length=500
    )

    def __init__(self, data: Any, *, by: Actor) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        units = Unit.objects.working().order_by("name")
        own = units.filter(name=by.unit)
        choose(self, "unit", own if by.role == Role.OFFICER else units, _("Choose"))
        choose(self, "indicator", Indicator.objects.filter(**_SHARES), _("Choose"))
        if unit := own.first():
            self.initial["unit"] = unit.code

    def draft(self) -> PriorityDraft:
        """Return the rule as typed. Only of a form that is valid."""
        return PriorityDraft(**self.cleaned_data)


class CriterionForm(forms.Form):
    """Which fund or programme line goes by a rule."""

    fund = forms.ModelChoiceField(
        Fund.objects.none(), label=_("Fund"), to_field_name="code", required=False
    )
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme line"), to_field_name="code", required=False
    )

    def __init__(self, data: Any, *, by: Actor) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        choose(self, "fund", _own(Fund.objects.order_by("name"), by), _("None"))
        choose(self, "programme", _own(Programme.objects.order_by("name"), by), _("None"))

    def clean(self) -> dict[str, Any]:
        """Take one of both."""
        given = super().clean() or {}
        if bool(given.get("fund")) == bool(given.get("programme")):
            self.add_error(None, _("Choose a fund or a programme line."))
        return given

    def of(self) -> Fund | Programme:
        """Return what goes by the rule. Only of a form that is valid."""
        found: Fund | Programme = self.cleaned_data["fund"] or self.cleaned_data["programme"]
        return found


def _own(rows: QuerySet[Any], by: Actor) -> QuerySet[Any]:
    return rows.filter(unit__name=by.unit) if by.role == Role.OFFICER else rows
