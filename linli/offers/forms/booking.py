"""What somebody gives who books: how many come, and what they want to leave. Only the number is needed."""

from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from linli.kernel.addresses import read_address
from linli.kernel.refusals import Refused
from linli.offers.models import Session
from linli.ui.languages import LANGUAGES, PREPARED

TONGUES = [(one.tag, one.own_name) for one in (*LANGUAGES, *PREPARED)]
MOST_NAME, MOST_NOTE = 60, 300  # characters: what was begun travels in a cookie


class PeopleForm(forms.Form):
    """For how many, and whether to wait."""

    size = forms.IntegerField(
        label=_("How many people come?"),
        min_value=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    wait = forms.BooleanField(
        label=_("If there is no place left: put me on the waiting list"), required=False
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = min(session.most_together, session.capacity)
        size = cast("forms.IntegerField", self.fields["size"])
        size.validators.append(MaxValueValidator(most))
        size.widget.attrs["max"] = most
        if session.way == Session.DRAW:
            del self.fields["wait"]


class LeftForm(forms.Form):
    """What to leave. All of it may stay open."""

    CHANNELS = (
        ("none", _("I look it up with my code and leave no address")),
        ("email", _("By e-mail")),
        ("sms", _("By text message")),
    )

    name = forms.CharField(
        label=_("What shall we call you at the door?"),
        max_length=MOST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Any name will do. Without one your code is asked for."),
    )
    channel = forms.ChoiceField(
        label=_("How shall we tell you when something changes?"),
        choices=CHANNELS,
        widget=forms.RadioSelect,
        initial="none",
        required=False,
        help_text=_("When it is moved or called off, or a place comes free for you."),
    )
    email = forms.EmailField(label=_("E-mail address"), required=False, max_length=200)
    sms = forms.CharField(
        label=_("Mobile number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    note = forms.CharField(
        label=_("What should we prepare?"),
        max_length=MOST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("An interpreter, a meal, a way in without steps. It is kept with this booking alone."),
    )  # fmt: skip
    reply_language = forms.ChoiceField(
        label=_("Language of our messages"),
        choices=TONGUES,
        required=False,
        help_text=_("It is kept with this booking alone and goes with it."),
    )

    def clean(self) -> dict[str, Any]:
        """See that the way that was chosen leads somewhere."""
        given: dict[str, Any] = super().clean() or {}
        way = given.get("channel")
        if way in {"email", "sms"} and way not in self.errors:
            try:
                given[way] = read_address(way, given.get(way) or "")
            except Refused as refused:
                self.add_error(way, str(refused.sentence))
        return given


class HeldForm(forms.Form):
    """What somebody holds: a code and its passphrase."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=20,
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
