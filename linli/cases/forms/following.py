"""What somebody gives who follows their case: more words, an objection, leave to read, a grade."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.asking import SeveralFilesField
from linli.cases.models import Rating
from linli.cases.models.reasons import FIELDS
from linli.directory.models import Unit
from linli.kernel.uploads import ACCEPT

_DAYS = ((7, _("one week")), (30, _("one month")), (90, _("three months")))


class AddForm(forms.Form):
    """More to an open case."""

    words = forms.CharField(
        label=_("What would you like to add?"),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        max_length=4000,
        help_text=_("It changes no promised day."),
    )
    photos = SeveralFilesField(
        label=_("Photos or papers"),
        required=False,
        help_text=_("Up to three: photos (JPEG, PNG, WebP) or PDF."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].widget.attrs["accept"] = ACCEPT


class ObjectForm(forms.Form):
    """Why an answer solves nothing."""

    words = forms.CharField(
        label=_("What is not solved?"),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        max_length=4000,
    )


class GrantForm(forms.Form):
    """Which unit may read what, and for how long."""

    unit = forms.ModelChoiceField(
        label=_("Which unit?"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        empty_label=_("Choose a unit"),
    )
    fields_given = forms.MultipleChoiceField(
        label=_("What may it read?"),
        choices=FIELDS[:-1],
        widget=forms.CheckboxSelectMultiple,
        initial=["words", "place", "photos"],
    )
    days = forms.TypedChoiceField(
        label=_("For how long?"), choices=_DAYS, coerce=int, widget=forms.RadioSelect, initial=30
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units


class RatingForm(forms.Form):
    """One grade of five, and whether it was solved. Nobody can tell whose it was."""

    grade = forms.TypedChoiceField(
        label=_("How satisfied are you with how it was handled?"),
        choices=Rating.GRADES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five.")},
    )
    solved = forms.ChoiceField(
        label=_("Was it solved?"),
        choices=Rating.SOLVED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes, partly or no.")},
    )
