"""What the console's forms of cases choose from: reasons, fields, languages, in words; and how a choice is set."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.cases.models import reasons
from linli.cases.rules.reasons import PASSING_ON
from linli.kernel.text import Words
from linli.ui.languages import LANGUAGES as KNOWN
from linli.ui.languages import PREPARED

LANGUAGES: tuple[tuple[str, Words], ...] = tuple(
    (language.tag, language.own_name) for language in (*KNOWN, *PREPARED)
)
# What another unit may be given to read; the tick to pass a case on is the person's alone.
READABLE = tuple(field for field in reasons.FIELDS if field[0] != PASSING_ON)
# A unit types why it hands on; a case that gets another topic goes to its unit by itself.
HAND_OVERS = tuple(kind for kind in reasons.HAND_OVERS if kind[0] != "assigned")


def choose(form: forms.BaseForm, name: str, among: QuerySet[Any], first: Words = "") -> None:
    """Let a field choose among these rows; `first` stands for none of them."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - a field of that kind is named
    # In the language of the page, so that no reader finds a row of hyphens.
    field.empty_label = str(first or (_("Choose") if field.required else _("None")))
    field.queryset = among


def choose_fields(form: forms.BaseForm, name: str, held: Iterable[str]) -> None:
    """Let a field choose among what the own unit may read: nobody passes on more than that."""
    field = form.fields[name]
    assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
    field.choices = [one for one in READABLE if one[0] in set(held)]


def words(label: Any, *, rows: int = 3, most: int = 2000, hint: Any = "") -> forms.CharField:  # noqa: ANN401 - translated when shown
    """Return a field for words of this house."""
    area = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, max_length=most, widget=area, help_text=hint)
