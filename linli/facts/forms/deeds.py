"""Single facts: a new one, and what is to become of an earlier one."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area
from linli.facts.actions.wrongs import WRONGS
from linli.facts.models import Fact
from linli.facts.rules.periods import Period, of_typed
from linli.facts.rules.statements import Statement
from linli.facts.rules.typed import typed


class SaidForm(forms.Form):
    """What a fact rests on: a file, or words that somebody outside said."""

    source = forms.CharField(label=_("Who says so"), max_length=200)
    words = forms.CharField(
        label=_("In which words"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    address = forms.CharField(
        label=_("Where to look"), help_text="https://…", required=False, max_length=500
    )
    file = forms.FileField(label=_("Or the file that shows it"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a fact that rests on nothing."""
        cleaned = super().clean() or {}
        if not cleaned.get("words") and not cleaned.get("file") and "file" not in self.errors:
            self.add_error("words", _("Give the words, or a file."))
        return cleaned

    def clean_value(self) -> Statement | None:
        """Read the value as people write it, its firmness included."""
        text: str = self.cleaned_data["value"]
        cell = typed(text) if text else None
        if cell and cell.wrong:
            raise forms.ValidationError(str(WRONGS[cell.wrong]), code=cell.wrong)
        return cell.statement if cell else None


class RecordForm(SaidForm):
    """One new fact of an indicator."""

    value = forms.CharField(
        label=_("Value"), help_text=_("1,240 · almost 300 · ≥ 95"), max_length=60
    )
    area = forms.CharField(label=_("Place"), help_text=_("Its code or its name."), max_length=60)
    period = forms.CharField(
        label=_("Period"), help_text="2019 · 2019-03 · 2016/2020", max_length=40
    )
    status = forms.ChoiceField(label=_("How sure it is"), choices=Fact.STATUSES[:3])
    field_order = ("value", "area", "period", "status")

    def clean_area(self) -> Area:
        """Find the place by code or name."""
        text: str = self.cleaned_data["area"]
        found = Area.objects.filter(Q(code=text) | Q(name=text)).distinct()[:2]
        if len(found) != 1:
            wrong = "ambiguous_area" if found else "unknown_area"
            raise forms.ValidationError(str(WRONGS[wrong]), code=wrong)
        return found[0]

    def clean_period(self) -> Period:
        """Read the period as people write it."""
        period = of_typed(self.cleaned_data["period"])
        if period is None:
            raise forms.ValidationError(str(WRONGS["unknown_period"]), code="unknown_period")
        return period


class DeedForm(SaidForm):
    """What is to become of a fact: another value, a higher status, or nothing any more."""

    deed = forms.ChoiceField(
        label=_("What to do"),
        choices=[
            ("correct", _("Correct the value")),
            ("raise", _("Raise the status, the value stays")),
            ("withdraw", _("Withdraw it")),
        ],
    )
    value = forms.CharField(label=_("The right value"), required=False, max_length=60)
    status = forms.ChoiceField(label=_("How sure it is"), choices=Fact.STATUSES[:3])
    reason = forms.CharField(label=_("Why"), max_length=300)
    field_order = ("deed", "value", "status", "reason")

    def clean(self) -> dict[str, Any]:
        """Refuse a correction without a value."""
        cleaned = super().clean()
        if cleaned.get("deed") == "correct" and not cleaned.get("value") and not self.errors:
            self.add_error("value", _("Say what is right instead."))
        return cleaned
