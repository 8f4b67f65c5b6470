"""What is given at the window and in an emergency: a code and a passphrase; a code and a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.choosing import words
from linli.kernel.models import BreakGlass

_CODE: dict[str, Any] = {"autocomplete": "off", "dir": "ltr", "autocapitalize": "characters"}


class EmergencyForm(forms.Form):
    """Which case must be seen without leave, why, and for how long."""

    code = forms.CharField(
        label=_("Code of the case"), max_length=20, widget=forms.TextInput(attrs=_CODE)
    )
    reason = words(
        _("What danger is there"),
        hint=_("The second person reads it, and later the one whose case it is."),
    )
    hours = forms.IntegerField(
        label=_("For how many hours"), min_value=1, max_value=BreakGlass.MOST_HOURS, initial=2
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, prefix="glass")
