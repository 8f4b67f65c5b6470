"""How an operator comes in, and what it enters of its products."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.trace.actions.goods import ProductDraft


class PhraseForm(forms.Form):
    """What a business holds: its code and its passphrase."""

    code = forms.CharField(
        label=_("The code of the business"),
        max_length=20,
        help_text=_("It stands on the slip, and on your public page."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "dir": "ltr", "autocapitalize": "characters"}
        ),
    )
    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "inputmode": "numeric"}),
        help_text=_("Sixteen digits. Spaces make no difference."),
    )


class ProductForm(forms.Form):
    """One product. A GTIN is for who owns one; everybody else gets codes of ours."""

    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    gtin = forms.CharField(
        label=_("GTIN"),
        max_length=20,
        required=False,
        help_text=_("The digits under your bar code, if GS1 gave you one. Without it every lot gets a code of ours."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    owned = forms.BooleanField(
        label=_("GS1 gave this number to this business itself"), required=False
    )

    def draft(self) -> ProductDraft:
        """Return the product, once it is valid."""
        given = self.cleaned_data
        names = {"en": given["name_en"]} if given["name_en"] else {}
        return ProductDraft(given["name"], names, given["gtin"], owned=given["owned"])


class LabelsForm(forms.Form):
    """How many labels of a lot."""

    n = forms.IntegerField(label=_("How many labels"), min_value=1, max_value=200, initial=12)


class FindOperatorForm(forms.Form):
    """For which business somebody came to the window."""

    words = forms.CharField(
        label=_("Name or code of the business"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class LotFilters(forms.Form):
    """Which lots."""

    words = forms.CharField(
        label=_("Lot, product or business"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def given(self) -> dict[str, Any]:
        """Return what was asked, nothing where it cannot be."""
        return self.cleaned_data if self.is_valid() else {}
