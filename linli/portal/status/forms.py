"""What the administrator announces."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from linli.kernel.announcing import LONGEST, Announcement

_MOMENT = "%Y-%m-%dT%H:%M"


class AnnouncementForm(forms.Form):
    """Words, from when, until when."""

    words = forms.CharField(
        label=_("What will be"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Tonight from ten the pages rest for an hour: we renew the machine."),
    )
    begins_at = forms.DateTimeField(label=_("Begins at"), widget=forms.DateTimeInput({"type": "datetime-local"}, _MOMENT))  # fmt: skip
    ends_at = forms.DateTimeField(label=_("Ends at"), widget=forms.DateTimeInput({"type": "datetime-local"}, _MOMENT))  # fmt: skip

    def said(self) -> Announcement:
        """Return what is to be told. Only when it is valid."""
        given: dict[str, Any] = self.cleaned_data
        return Announcement(given["words"], given["begins_at"], given["ends_at"])


def filled(told: Announcement | None, at: datetime) -> dict[str, Any]:
    """Return what the form begins with."""
    if told is None:
        return {"begins_at": localtime(at)}
    return {
        "words": told.words,
        "begins_at": localtime(told.begins_at),
        "ends_at": localtime(told.ends_at),
    }
