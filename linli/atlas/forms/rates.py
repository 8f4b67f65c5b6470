"""A new rate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.atlas.actions.rates import RateDraft
from linli.atlas.models import Rate
from linli.atlas.rules.rates import COUNTABLE
from linli.facts.models import Indicator, IndicatorQuerySet


def countable() -> IndicatorQuerySet:
    """Return the indicators that a rate may be made of."""
    return Indicator.objects.public().filter(kind__in=COUNTABLE, official_only=False)


class SideField(forms.ModelChoiceField[Indicator]):
    """One side of a rate, by its name in the reader's language and its code."""

    def label_from_instance(self, one: Indicator) -> str:
        """Return the choice's words."""
        return f"{one.shown_name} ({one.shown_unit}) {one.code}"


class RateForm(forms.ModelForm[Rate]):
    """One new rate. The action looks at it again, and says no in its own words."""

    numerator = SideField(label=_("What is counted"), queryset=Indicator.objects.none())
    denominator = SideField(
        label=_("Over what"),
        queryset=Indicator.objects.none(),
        help_text=_("A rate is shown only where both are known of the same place over the same period."),
    )  # fmt: skip

    class Meta:
        model = Rate
        fields = (
            "name", "name_hant", "name_en", "code", "numerator", "denominator", "per", "digits", "definition",
        )  # fmt: skip
        widgets = {"definition": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "code": _("How tables and addresses name it, for ever: training.per_thousand."),
            "definition": _("What is set against what, and what it tells. Who reads it should know what it does not tell."),
        }  # fmt: skip

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        for side in ("numerator", "denominator"):
            self.fields[side].queryset = countable()  # type: ignore[attr-defined]

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in words of ours."""

    def validate_constraints(self) -> None:
        """Leave it to the action, which says it in words of ours."""

    def draft(self) -> RateDraft:
        """Return what was typed, for the action."""
        return RateDraft(**self.cleaned_data)
