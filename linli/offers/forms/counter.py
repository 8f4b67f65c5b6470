"""What a clerk asks for who stands at the window or is on the telephone: as little as they want to leave."""

from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from linli.offers.forms.booking import LeftForm
from linli.offers.models import Offer, Session


class FindForm(forms.Form):
    """Which sessions to show. It lives in the address."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *Offer.KINDS], required=False
    )
    words = forms.CharField(
        label=_("Title"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"data-search": True, "autocomplete": "off"}),
    )


class CounterForm(LeftForm):
    """The same as online, on one page, and the door: at the window, or by telephone."""

    door = forms.ChoiceField(
        label=_("They are"),
        choices=[("station", _("at the window")), ("phone", _("on the telephone"))],
        widget=forms.RadioSelect,
        initial="station",
    )
    size = forms.IntegerField(label=_("How many people come?"), min_value=1, initial=1)
    wait = forms.BooleanField(
        label=_("If there is no place left: put them on the waiting list"), required=False
    )

    field_order = ("door", "size", "wait")

    def __init__(self, data: Any = None, *, session: Session) -> None:  # noqa: ANN401
        super().__init__(data)
        most = min(session.most_together, session.capacity)
        size = cast("forms.IntegerField", self.fields["size"])
        size.validators.append(MaxValueValidator(most))
        size.widget.attrs["max"] = most

    def wanted(self) -> dict[str, Any]:
        """Return what was asked for, by the names of the action."""
        given = self.cleaned_data
        names = ("size", "door", "name", "note", "reply_language", "wait")
        way = given["channel"]
        contact = (way, given[way]) if way in {"email", "sms"} else None
        return {name: given[name] for name in names} | {"contact": contact}
