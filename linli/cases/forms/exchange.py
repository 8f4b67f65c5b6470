"""What is given to exchange cases with other cities: the person's leave, a city's key, a unit's answer."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.cases.actions.partners import PartnerDraft
from linli.cases.models import Partner
from linli.cases.models.reasons import DECLINES, FIELDS, PURPOSES
from linli.cases.rules import reasons

_DAYS = ((7, _("one week")), (30, _("one month")), (90, _("three months")))


class ReferForm(forms.Form):
    """Which unit of which other city may read what, and for how long."""

    partner = forms.ModelChoiceField(
        label=_("Which city?"), queryset=Partner.objects.none(), empty_label=None
    )
    unit_name = forms.CharField(
        label=_("Which unit there?"),
        max_length=120,
        help_text=_(
            "Its full name. Only this unit can read it; when there is none of that name, it is sent back."
        ),
    )
    fields_given = forms.MultipleChoiceField(
        label=_("What may it read?"),
        choices=[one for one in FIELDS if one[0] != reasons.PASSING_ON],
        widget=forms.CheckboxSelectMultiple,
        initial=["words", "place"],
    )
    days = forms.TypedChoiceField(
        label=_("For how long?"), choices=_DAYS, coerce=int, widget=forms.RadioSelect, initial=30
    )

    def __init__(self, *args: Any, partners: QuerySet[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Partner]", self.fields["partner"]).queryset = partners


class PartnerForm(forms.Form):
    """Another city, and its key as two people compared it."""

    name = forms.CharField(label=_("Place"), max_length=120)
    origin = forms.URLField(
        label=_("Address"),
        max_length=200,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
        help_text=_("Where the other city's portal is, such as https://linli.example."),
    )
    key = forms.CharField(
        label=_("Public key"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("The other city finds it on this page of its own console."),
    )
    fingerprint = forms.CharField(
        label=_("Fingerprint, as it was read to you"),
        max_length=80,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}),
        help_text=_(
            "Call the other city at a number that you know, and type the forty digits that they read to you."
        ),
    )

    def draft(self) -> PartnerDraft:
        """Return what was given."""
        return PartnerDraft(**self.cleaned_data)


class PurposeForm(forms.Form):
    """What one opens a case from another city for."""

    purpose = forms.ChoiceField(
        label=_("What for?"),
        choices=[one for one in PURPOSES if one[0] in reasons.PURPOSES],
        initial="handle",
    )


class SendBackForm(forms.Form):
    """Why a case goes back."""

    kind = forms.ChoiceField(label=_("Why does it go back?"), choices=DECLINES)
    words = forms.CharField(
        label=_("In words, for the person"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class DoneForm(forms.Form):
    """What came of it."""

    words = forms.CharField(
        label=_("What came of it, for the person"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
