"""What is given of an instrument as a whole: which to list, a new one, a file of it, its languages and levels."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.models import Instrument
from linli.assessments.queries.question_words import own_language
from linli.assessments.rules.instruments import Form, Level
from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role
from linli.kernel.text import Words
from linli.ui.languages import DEFAULT, LANGUAGES, PREPARED

LARGEST = 5 * 1024 * 1024
SPARE = 2  # empty rows below the levels that there are
_ALL: tuple[str, Words] = ("", _("All"))
_STATES = (
    ("draft", _("With a draft")),
    ("adopted", _("Adopted")),
    ("closed", _("Closed")),
)
_OFFERED = [(one.code, f"{one.own_name} ({one.code})") for one in (*LANGUAGES, *PREPARED)]


class InstrumentsForm(forms.Form):
    """Which instruments to show. It lives in the address; what makes no sense is left out."""

    use = forms.ChoiceField(label=_("For"), choices=[_ALL, *Instrument.USES], required=False)
    state = forms.ChoiceField(label=_("State"), choices=[_ALL, *_STATES], required=False)
    words = forms.CharField(label=_("Name"), max_length=60, required=False)

    def __init__(self, asked: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        self.fields["words"].widget.attrs.update({"data-search": True, "autocomplete": "off"})
        self.is_valid()

    def found(self, instruments: QuerySet[Instrument]) -> QuerySet[Instrument]:
        """Return those that were asked for."""
        given = self.cleaned_data
        if words := given.get("words", "").replace("\0", "").strip():
            instruments = instruments.filter(name__icontains=words)
        if use := given.get("use"):
            instruments = instruments.filter(use=use)
        if state := given.get("state"):
            closed = {"closed_on__isnull": state != "closed"}
            instruments = instruments.filter(**closed)
            if state != "closed":
                no_draft = state == "adopted"
                drafts = Instrument.objects.filter(editions__adopted_at=None)
                mine = drafts.values("pk")
                instruments = (
                    instruments.exclude(pk__in=mine)
                    if no_draft
                    else instruments.filter(pk__in=mine)
                )
        return instruments


class InstrumentFile(forms.FileField):
    """A file that holds an instrument."""

    widget = forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.json"})

    def validate(self, value: Any) -> None:  # noqa: ANN401 - an uploaded file
        super().validate(value)
        if value and value.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB."))


class NewInstrumentForm(forms.Form):
    """A new instrument, empty or out of a file."""

    name = forms.CharField(label=_("Name"), max_length=120)
    use = forms.ChoiceField(label=_("For"), choices=Instrument.USES)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Kept by"), to_field_name="code", empty_label=None
    )
    language = forms.ChoiceField(
        label=_("First language"),
        choices=_OFFERED,
        initial=DEFAULT,
        help_text=_("Its words are those that hold."),
    )
    file = InstrumentFile(
        label=_("A file of it"),
        required=False,
        help_text=_("XLSX or JSON, as an instrument gives it. Its languages hold then."),
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(closed_on=None)
        if by.role == Role.OFFICER:
            units = units.filter(name=by.unit)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)  # noqa: S101 - named above
        unit.queryset = units.order_by("name")
        self.initial.setdefault(
            "unit", units.filter(name=by.unit).values_list("code", flat=True).first()
        )


class BringForm(forms.Form):
    """A file that takes the place of a draft."""

    file = InstrumentFile(
        label=_("File"),
        help_text=_("XLSX or JSON, as this page gives it. It takes the place of the whole draft."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class LanguageForm(forms.Form):
    """Another language."""

    tag = forms.RegexField(
        r"^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$",
        label=_("Another language"),
        max_length=30,
        widget=forms.TextInput(attrs={"list": "languages", "autocomplete": "off", "dir": "ltr"}),
        help_text=_("By its tag: zh-hant, ug, bo, mn-mong, en."),
    )
    offered = _OFFERED


class LevelsForm(forms.Form):
    """The levels, low to high, each with its name in the first language and one beside it."""

    def __init__(self, *args: Any, form: Form, second: str, **kwargs: Any) -> None:
        self.of, self.second = form, second
        self.count = len(form.levels) + SPARE
        super().__init__(*args, **kwargs)
        first = form.languages[0]
        rows = [*form.levels, *[None] * SPARE]
        for n, level in enumerate(rows):
            title = level.title if level else {}
            self._text(f"key_{n}", _("Code"), level.key if level else "", 20)
            self._text(f"title_{n}", own_language(first).own_name, title.get(first, ""), 200)
            if second:
                self._text(f"second_{n}", own_language(second).own_name, title.get(second, ""), 200)
            self.fields[f"at_{n}"] = forms.DecimalField(
                label=pgettext_lazy("of a level", "Reached at, in percent"),
                min_value=0,
                max_value=100,
                decimal_places=2,
                required=False,
                initial=f"{level.at / 100:g}" if level else None,
            )

    def _text(self, name: str, label: Words, initial: str, most: int) -> None:
        self.fields[name] = forms.CharField(
            label=str(label), initial=initial, max_length=most, required=False
        )

    def rows(self) -> list[list[forms.BoundField]]:
        """Return the fields, a list for each level."""
        names = ("key", "title", "second", "at") if self.second else ("key", "title", "at")
        return [[self[f"{name}_{n}"] for name in names] for n in range(self.count)]

    def levels(self) -> list[Level]:
        """Return the levels that were given: a row without a code and a name is none."""
        found, first = [], self.of.languages[0]
        before = {one.key: one.title for one in self.of.levels}
        for n in range(self.count):
            key, words = self.cleaned_data[f"key_{n}"], self.cleaned_data[f"title_{n}"]
            if not key and not words:
                continue
            title = {**before.get(key, {}), first: words}
            if self.second:
                title[self.second] = self.cleaned_data[f"second_{n}"]
            found.append(Level(key, title, int((self.cleaned_data[f"at_{n}"] or 0) * 100)))
        return found
