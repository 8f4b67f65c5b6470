"""What is asked before the demo is filled anew."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ResetForm(forms.Form):
    """One box that says yes."""

    sure = forms.BooleanField(
        label=_("I want everything that was entered to go"),
        error_messages={"required": _("Confirm that everything may go.")},
    )
