"""What is sent from the door: marks with the device's own names, a number of walk-ins."""

from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.kernel.codes import read_code
from linli.offers.actions.attending import Mark

_LONGEST: Final = 64  # characters of a mark's name
_MOST: Final = 60


class OneForm(forms.Form):
    """One mark: a code, and how many came. `name` is the page's own name for it: sent twice, it is one."""

    code = forms.CharField(
        label=_("Booking code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "dir": "ltr", "autocapitalize": "characters"}
        ),
    )
    came = forms.IntegerField(
        label=_("How many came"),
        min_value=1,
        max_value=_MOST,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    name = forms.CharField(max_length=_LONGEST, widget=forms.HiddenInput)

    def mark(self) -> Mark:
        """Return what was given."""
        given = self.cleaned_data
        return Mark(given["name"], read_code(given["code"]) or given["code"], given["came"])


class WalkInsForm(forms.Form):
    """How many came without a booking."""

    came = forms.IntegerField(
        label=_("Came without a booking"),
        min_value=0,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def marks_sent(sent: QueryDict) -> list[Mark]:
    """Return the marks of a form, one or many: `name`, `code` and `came` as often as there are marks.

    What is no number is nobody; what is no code stays as it was typed, and is handed back so.
    """
    names, codes, numbers = (sent.getlist(field) for field in ("name", "code", "came"))
    return [
        Mark(name[:_LONGEST], read_code(code) or code[:20], int(came))
        for name, code, came in zip(names, codes, numbers, strict=False)
        if code.strip() and came.isascii() and came.isdigit() and len(came) < 6
    ]
