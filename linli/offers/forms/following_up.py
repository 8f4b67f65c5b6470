"""What somebody gives who lets themselves be asked later, and what they answer."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.addresses import read_address
from linli.kernel.refusals import Refused
from linli.offers.actions.following_up import Answer
from linli.offers.forms.booking import TONGUES
from linli.offers.models import FollowUp, Training

_YES_NO = (("yes", _("Yes")), ("no", _("No")))


class LeaveForm(forms.Form):
    """How to ask."""

    channel = forms.ChoiceField(
        label=_("How shall we ask?"),
        choices=[("sms", _("By text message")), ("email", _("By e-mail"))],
        widget=forms.RadioSelect,
    )
    address = forms.CharField(
        label=_("Mobile number or e-mail address"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    language = forms.ChoiceField(
        label=_("Language of our messages"), choices=TONGUES, required=False
    )

    def clean(self) -> dict[str, Any]:
        """See that the address is one."""
        given: dict[str, Any] = super().clean() or {}
        if "channel" in given and "address" in given:
            try:
                given["address"] = read_address(given["channel"], given["address"])
            except Refused as refused:
                self.add_error("address", str(refused.sentence))
        return given


class AnswerForm(forms.Form):
    """Has who came work now, through whom, and did the course help?"""

    employed = forms.IntegerField(label=_("How many of you have work now?"), min_value=0)
    through = forms.ChoiceField(
        label=_("With whom?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("These employers ordered the course."),
    )
    helped = forms.ChoiceField(
        label=_("Did the course help?"),
        choices=_YES_NO,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("This is counted for the course, not kept with you. You may leave it out."),
    )

    def __init__(self, *args: Any, follow_up: FollowUp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if follow_up.booking.size == 1:
            self.fields["employed"] = forms.ChoiceField(
                label=_("Do you still have work?")
                if follow_up.answered
                else _("Do you have work?"),
                choices=_YES_NO,
                widget=forms.RadioSelect,
            )
        else:
            cast("forms.IntegerField", self.fields["employed"]).max_value = follow_up.booking.size
        orders = follow_up.booking.session.offer.trainings.select_related("organization")
        self._orders: dict[str, Training] = {one.code: one for one in orders}
        if self._orders:
            named = [(code, one.organization.name) for code, one in self._orders.items()]
            field = cast("forms.ChoiceField", self.fields["through"])
            field.choices = [*named, ("", _("somebody else, or nobody"))]
        else:
            del self.fields["through"]

    def said(self) -> Answer:
        """Return the answer."""
        given = self.cleaned_data
        employed = {"yes": 1, "no": 0}.get(given["employed"], given["employed"])
        training = self._orders.get(given.get("through", "")) if employed else None
        helped = {"yes": True, "no": False}.get(given["helped"])
        return Answer(employed=int(employed), training=training, helped=helped)
