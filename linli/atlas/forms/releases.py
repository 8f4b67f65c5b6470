"""A new product of the release gate, and why a release stays inside."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.atlas.actions.products import ProductDraft
from linli.atlas.models import Product
from linli.atlas.queries.counting import releasable
from linli.directory.models import Area
from linli.facts.models import Indicator


class ProductForm(forms.ModelForm[Product]):
    """One new product. The action looks at it again, and says no in its own words."""

    scope = forms.ModelChoiceField(
        label=_("Inside"), queryset=Area.objects.filter(level__in=["province", "city"])
    )
    figures = forms.MultipleChoiceField(
        label=_("Figures about people"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each gets a public twin that holds what was released, and nothing else."),
    )

    class Meta:
        model = Product
        fields = (
            "name", "name_hant", "name_en", "code", "scope", "level", "length", "begins_on", "wait_days",
            "threshold", "variance",
        )  # fmt: skip
        widgets = {"begins_on": forms.DateInput(attrs={"type": "date"})}
        help_texts = {
            "code": _("How addresses name it, for ever: training-by-county."),
            "begins_on": _("A month begins on its first day, a quarter in January, April, July or October."),
            "wait_days": _("Until then records of the period may still come in."),
            "threshold": _("Ten at least. Fewer are kept back, and nobody too."),
            "variance": _("How far the noise scatters: 0.5 to 4. It is never more than three either way."),
        }  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        titles = {one.code: one.shown_name for one in Indicator.objects.filter(about_people=True)}
        self.fields["figures"].choices = [  # type: ignore[attr-defined]
            (code, titles.get(code, figure.title)) for code, figure in releasable().items()
        ]

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in words of ours."""

    def validate_constraints(self) -> None:
        """Leave it to the action, which says it in words of ours."""

    def draft(self) -> ProductDraft:
        """Return what was typed, for the action."""
        given = dict(self.cleaned_data)
        begins_on: date = given.pop("begins_on")
        return ProductDraft(
            scope=given.pop("scope").code,
            figures=tuple(given.pop("figures")),
            begins_on=begins_on,
            **given,
        )


class RefusalForm(forms.Form):
    """Why a release stays inside."""

    reason = forms.CharField(
        label=_("Why it stays inside"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
