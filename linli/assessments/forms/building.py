"""What is given of one part of an instrument: a section's title, a question, a section in another language."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.queries.question_words import EVIDENCE, FIELDS, KINDS, own_language
from linli.assessments.rules.instruments import (
    HEAVIEST,
    HIGHEST,
    LONGEST_GUIDANCE,
    LONGEST_TEXT,
    Form,
    Item,
    Section,
    Texts,
    number,
)
from linli.facts.models import Indicator
from linli.kernel.text import Words


def text_field(tag: str, label: Words, *, most: int, rows: int, required: bool) -> forms.CharField:
    """Return a field for a text in a language, written in its direction."""
    language = own_language(tag)
    attrs = {"rows": rows, "lang": language.tag, "dir": language.direction}
    named = f"{label} · {language.own_name}"
    area = forms.Textarea(attrs=attrs)
    return forms.CharField(label=named, max_length=most, required=required, widget=area)


class _Worded(forms.Form):
    """Texts in the first language of a form, and in a second beside it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, languages: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first, self.second = languages

    def _words(self, name: str, label: Words, most: int, *, rows: int, required: bool) -> None:
        self.fields[name] = text_field(self.first, label, most=most, rows=rows, required=required)
        if self.second:
            self.fields[f"{name}_second"] = text_field(
                self.second, label, most=most, rows=rows, required=False
            )

    def _given(self, name: str, before: Texts) -> dict[str, str]:
        texts = {**before, self.first: self.cleaned_data[name]}
        if self.second:
            texts[self.second] = self.cleaned_data[f"{name}_second"]
        return texts

    def _shown(self, name: str, texts: Texts) -> dict[str, str]:
        return {name: texts.get(self.first, ""), f"{name}_second": texts.get(self.second, "")}


class SectionForm(_Worded):
    """A section's title."""

    def __init__(self, *args: Any, section: Section | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before: Texts = section.title if section else {}
        self._words("title", _("Title"), 200, rows=2, required=True)
        self.initial = {**self._shown("title", self.before), **self.initial}

    def title(self) -> dict[str, str]:
        """Return the title in all its languages."""
        return self._given("title", self.before)


class ItemForm(_Worded):
    """One question. What its kind does not need is left out when it is kept."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[*KINDS.items()])
    section = forms.ChoiceField(label=pgettext_lazy("of an instrument", "Section"))
    weight = forms.IntegerField(
        label=pgettext_lazy("of a question", "Points"), min_value=0, max_value=HEAVIEST, initial=0, required=False,
        help_text=_("Words and photos earn none."),
    )  # fmt: skip
    veto = forms.BooleanField(
        label=_("Veto: whoever earns nothing here reaches no level"), required=False
    )
    may_skip = forms.BooleanField(
        label=_("“Does not apply” is an answer, and takes it out of the sum"), required=False
    )
    evidence = forms.ChoiceField(label=_("Evidence"), choices=[*EVIDENCE.items()])
    top = forms.IntegerField(
        label=_("Highest grade"),
        min_value=1,
        max_value=HIGHEST,
        required=False,
        help_text=_("For grades."),
    )
    nought = forms.CharField(label=_("Earns nothing at"), max_length=20, required=False)
    full = forms.CharField(
        label=_("Earns everything at"), max_length=20, required=False,
        help_text=_("For numbers, shares and figures; the less the better where it is lower."),
    )  # fmt: skip
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(), label=_("Filled by the indicator"), to_field_name="code",
        required=False, help_text=_("The newest figure of the unit's place stands there at once."),
    )  # fmt: skip

    def __init__(self, *args: Any, of: Form, item: Item | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item or Item("", "yes_no", {})
        self._words("text", FIELDS["text"], LONGEST_TEXT, rows=3, required=True)
        self._words("guidance", FIELDS["guidance"], LONGEST_GUIDANCE, rows=4, required=False)
        section, indicator = self.fields["section"], self.fields["indicator"]
        assert isinstance(section, forms.ChoiceField)  # noqa: S101 - named above
        assert isinstance(indicator, forms.ModelChoiceField)  # noqa: S101 - named above
        section.choices = [
            (one.key, f"{n}. {one.title.get(self.first, '')[:60] or one.key}")
            for n, one in enumerate(of.sections, 1)
        ]
        indicator.queryset = Indicator.objects.public().order_by("name")
        indicator.empty_label = pgettext_lazy("a choice", "None")
        if item:
            plain = {name: getattr(item, name) for name in _PLAIN}
            texts = self._shown("text", item.text) | self._shown("guidance", item.guidance)
            self.initial = {**plain, **texts, "top": item.top or None, **self.initial}
        texts_first = [name for name in self.fields if name.startswith(("text", "guidance"))]
        self.order_fields(["kind", *texts_first, "section"])

    def clean_nought(self) -> str:
        """Take a number."""
        return self._number("nought")

    def clean_full(self) -> str:
        """Take a number."""
        return self._number("full")

    def _number(self, name: str) -> str:
        said = str(self.cleaned_data[name]).replace("，", "").replace(",", "").strip()
        if said and number(said) is None:
            raise forms.ValidationError(_("This is no number."))
        return said

    def made(self) -> Item:
        """Return the question."""
        given = self.cleaned_data
        return Item(
            key=self.item.key,
            kind=given["kind"],
            text=self._given("text", self.item.text),
            guidance=self._given("guidance", self.item.guidance),
            weight=given["weight"] or 0,
            veto=given["veto"],
            may_skip=given["may_skip"],
            evidence=given["evidence"],
            top=given["top"] or 0,
            nought=given["nought"],
            full=given["full"],
            indicator=given["indicator"].code if given["indicator"] else "",
        )


_PLAIN = ("kind", "weight", "veto", "may_skip", "evidence", "nought", "full", "indicator")


class TranslationForm(forms.Form):
    """One section in one language, beside what the first one says."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, section: Section, languages: tuple[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.section, (self.first, self.tag) = section, languages
        self._add("title", section.title, section.key, 200)
        for item in section.items:
            self._add("text", item.text, item.key, LONGEST_TEXT)
            if item.guidance.get(self.first) or item.guidance.get(self.tag):
                self._add("guidance", item.guidance, item.key, LONGEST_GUIDANCE)

    def _add(self, name: str, texts: Texts, key: str, most: int) -> None:
        field = text_field(self.tag, FIELDS[name], most=most, rows=2, required=False)
        field.initial = texts.get(self.tag, "")
        self.fields[f"{name}-{key}"] = field

    def rows(self) -> list[tuple[str, forms.BoundField]]:
        """Return what the first language says, with the field for the other one."""
        texts = {self.section.key: {"title": self.section.title}} | {
            one.key: {"text": one.text, "guidance": one.guidance} for one in self.section.items
        }
        names = [name.partition("-") for name in self.fields if "-" in name]
        return [
            (texts[key][name].get(self.first, ""), self[f"{name}-{key}"])
            for name, _dash, key in names
        ]

    def said(self) -> dict[str, tuple[str, str]]:
        """Return text and guidance by key."""
        given = self.cleaned_data
        title = {self.section.key: (given[f"title-{self.section.key}"], "")}
        return title | {
            one.key: (given[f"text-{one.key}"], given.get(f"guidance-{one.key}", ""))
            for one in self.section.items
        }
