"""Days and moments in the console's forms of offers, as every browser's own control writes them."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

MOMENT = "%Y-%m-%dT%H:%M"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def moment(label: Any, *, required: bool = True) -> forms.DateTimeField:  # noqa: ANN401 - translated when shown
    """Return a field for a day and an hour of this place."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, required=required, widget=widget)


def when(at: datetime | None) -> str:
    """Return a moment as the browser's control reads it."""
    return f"{localtime(at):{MOMENT}}" if at else ""


class DatesField(forms.CharField):
    """Days, one a line."""

    widget = forms.Textarea

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Write days from left to right, in every language."""
        return super().widget_attrs(widget) | {"rows": 3, "dir": "ltr"}

    def clean(self, value: Any) -> list[date]:  # noqa: ANN401 - as Django types it
        """Return the days, or say which line is none."""
        days = []
        for line in super().clean(value).replace(",", "\n").split():
            try:
                days.append(date.fromisoformat(line))
            except ValueError:
                raise forms.ValidationError(
                    _("This is no day: %(line)s"), params={"line": line}
                ) from None
        return days
