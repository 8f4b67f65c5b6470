"""What somebody gives who asks: one form a page, each with as little as will do. Only words are needed."""

import re
import unicodedata
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from linli.cases.actions.draft_photos import MOST_PHOTOS
from linli.directory.models import Area, Location
from linli.kernel.uploads import ACCEPT
from linli.ui.languages import LANGUAGES, PREPARED

MOST_WORDS = 4000
UNKNOWN = "unknown"
TONGUES = [(one.tag, one.own_name) for one in (*LANGUAGES, *PREPARED)]
_NUMBER = re.compile(r"\+?\d{6,15}")


class WordsForm(forms.Form):
    """What it is about, in one's own words."""

    words = forms.CharField(
        label=_("Write it as you would say it"),
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        max_length=MOST_WORDS,
        help_text=_("Any language. You need not give a name or a number of any paper."),
        error_messages={"required": _("Write a few words, so that somebody can help.")},
    )


class TopicForm(forms.Form):
    """Which topic fits; none is an answer too."""

    topic = forms.ChoiceField(
        label=_("Which of these fits?"), widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["topic"])
        field.choices = [(code, code) for code in (*codes, UNKNOWN)]


class PlaceForm(forms.Form):
    """Where it is: chosen from a list or said in words, never taken from a device."""

    area = forms.ModelChoiceField(
        label=_("Part of town"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=_("The whole town, or I do not know"),
    )
    location = forms.ModelChoiceField(
        label=_("Station or hall, if it happened there"),
        queryset=Location.objects.none(),
        required=False,
        to_field_name="code",
        empty_label=_("None of these"),
    )
    place = forms.CharField(
        label=_("Street, building or landmark"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Not where you live, unless that is where it happened."),
    )

    def __init__(self, *args: Any, areas: Any, locations: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for name, found in (("area", areas), ("location", locations)):
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = found


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Files chosen together."""

    widget = _Several

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ANN401
        """Return the files, each looked at as a single one would be."""
        several = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(several) > MOST_PHOTOS:
            raise forms.ValidationError(_("Up to three files can be kept. Remove one first."))
        return [super(SeveralFilesField, self).clean(one, initial) for one in several if one]


class MoreForm(forms.Form):
    """What shows it, and what should come of it."""

    photos = SeveralFilesField(
        label=_("Photos or papers"),
        required=False,
        help_text=_(
            "Up to three: photos (JPEG, PNG, WebP) or PDF. Where and when a photo was taken is"
            " removed before it is kept. Leave faces and other people's papers out."
        ),
        widget=_Several(attrs={"accept": ACCEPT}),
    )
    wish = forms.CharField(
        label=_("What would you like to come of it?"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        max_length=1000,
        required=False,
    )


class AnswerForm(forms.Form):
    """How the answer may come, in which language, and who may read what."""

    CHANNELS = (
        ("none", _("I look it up with my code and leave no address")),
        ("email", _("By e-mail")),
        ("sms", _("By text message")),
        ("station", _("A station tells me when I come by with my slip")),
    )

    channel = forms.ChoiceField(
        label=_("How shall the answer reach you?"),
        choices=CHANNELS,
        widget=forms.RadioSelect,
        initial="none",
        required=False,
    )
    email = forms.EmailField(label=_("E-mail address"), required=False, max_length=200)
    station = forms.ChoiceField(
        label=_("Which station?"),
        required=False,
        help_text=_("Its window sees your code and how far it is, and nothing of what you wrote."),
    )
    sms = forms.CharField(
        label=_("Mobile number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    reply_language = forms.ChoiceField(
        label=_("Language of the answer"),
        choices=TONGUES,
        required=False,
        help_text=_("It is kept with this request alone and goes with it."),
    )
    pass_on = forms.BooleanField(
        label=_("If another unit is competent, it may be passed on to that unit"), required=False
    )
    show_contact = forms.BooleanField(
        label=_("The unit that answers may see how to reach me"), required=False
    )
    public = forms.BooleanField(
        label=_("The public list may show topic, part of town and state, without my words"),
        required=False,
    )

    def __init__(self, *args: Any, stations: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not stations:
            ways = [one for one in self.CHANNELS if one[0] != "station"]
            cast("forms.ChoiceField", self.fields["channel"]).choices = ways
            del self.fields["station"]
            return
        several = [("", _("Choose")), *stations.items()] if len(stations) > 1 else stations.items()
        cast("forms.ChoiceField", self.fields["station"]).choices = list(several)

    def clean_sms(self) -> str:
        """Return the number in plain digits, however it was typed."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["sms"])
        plain = re.sub(r"[\s\-().]", "", typed)
        if plain and not _NUMBER.fullmatch(plain):
            raise forms.ValidationError(_("Write the number in digits."))
        return plain

    def clean(self) -> dict[str, Any]:
        """See that the way that was chosen leads somewhere."""
        given: dict[str, Any] = super().clean() or {}
        missing = {
            "email": _("Write the e-mail address, or choose another way."),
            "sms": _("Write the number, or choose another way."),
            "station": _("Choose the station, or another way."),
        }
        way = given.get("channel")
        if way in missing and not given.get(way) and way not in self.errors:
            self.add_error(way, missing[way])
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
