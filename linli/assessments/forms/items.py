"""Questions as fields: whichever kinds an edition asks, of some of its items, with the answers that stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.assessments.queries.answers import LONGEST_NOTE
from linli.assessments.queries.filling import FromFact
from linli.assessments.queries.item_words import Text, shown
from linli.assessments.rules.filling import plain
from linli.assessments.rules.instruments import (
    MEASURED,
    NEEDED,
    NONE,
    PHOTO,
    SCALE,
    TEXT,
    YES_NO,
    Item,
    number,
)
from linli.assessments.rules.scoring import NO, SKIPPED, YES
from linli.facts.models import Evidence
from linli.kernel.text import Words

MOST_RADIOS: Final = 10  # a longer scale is typed
_SKIP: tuple[str, Words] = (SKIPPED, _("does not apply"))
Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the items before they are asked: values from facts, evidence under answers."""

    facts: Mapping[str, FromFact] = field(default_factory=dict)
    evidence: Mapping[str, Sequence[Evidence]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One item as a page shows it."""

    item: Item
    text: Text
    guidance: Text
    value: forms.BoundField
    note: forms.BoundField
    skip: forms.BoundField | None
    known: FromFact | None
    evidence: Sequence[Evidence]

    @property
    def takes_evidence(self) -> bool:
        """Whether evidence is asked for here, or was given."""
        return self.item.evidence != NONE or self.item.kind == PHOTO or bool(self.evidence)

    @property
    def lacks_evidence(self) -> bool:
        """Whether evidence is needed, and none stands here."""
        return self.item.evidence == NEEDED and not self.evidence and self.known is None

    @property
    def several(self) -> bool:
        """Whether one of several answers is chosen."""
        return isinstance(self.value.field, forms.ChoiceField)


class ItemsForm(forms.Form):
    """Some items of an edition. Nothing must be answered here: a sheet is kept part by part."""

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401
        *,
        items: Sequence[Item],
        answers: Answers,
        known: Known | None = None,
    ) -> None:
        super().__init__(data)
        self.items, self.known = items, known or Known()
        for item in items:
            self._ask(item, answers.get(item.key, {}))

    def _ask(self, item: Item, given: Mapping[str, Any]) -> None:
        value = given.get("v")
        if value is None and item.key in self.known.facts:
            value = self.known.facts[item.key].value
        asked, typed = _field(item), item.may_skip and not _chosen(item)
        self.fields[f"v_{item.key}"] = asked
        self.initial[f"v_{item.key}"] = "" if typed and value == SKIPPED else value
        if typed:
            self.fields[f"s_{item.key}"] = forms.BooleanField(label=str(_SKIP[1]), required=False)
            self.initial[f"s_{item.key}"] = value == SKIPPED
        self.fields[f"n_{item.key}"] = forms.CharField(
            label=_("Note"),
            required=False,
            max_length=LONGEST_NOTE,
            widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        )
        self.initial[f"n_{item.key}"] = given.get("n", "")

    @property
    def questions(self) -> list[Question]:
        """The items as a page shows them."""
        return [
            Question(
                item,
                shown(item.text),
                shown(item.guidance),
                self[f"v_{item.key}"],
                self[f"n_{item.key}"],
                self[f"s_{item.key}"] if f"s_{item.key}" in self.fields else None,
                self.known.facts.get(item.key),
                self.known.evidence.get(item.key, ()),
            )
            for item in self.items
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a note without an answer: it would be kept nowhere."""
        given = super().clean() or self.cleaned_data
        for item in self.items:
            key = item.key
            nothing = given.get(f"v_{key}") in (None, "") and not given.get(f"s_{key}")
            if nothing and given.get(f"n_{key}", "").strip() and f"v_{key}" not in self.errors:
                self.add_error(f"v_{key}", _("Answer the question too, or take the note away."))
        return given

    def answers(self) -> dict[str, dict[str, Any]]:
        """Return what was answered, by item, without what is no answer. A note alone is none."""
        found: dict[str, dict[str, Any]] = {}
        for item in self.right:
            value: Any = self.cleaned_data.get(f"v_{item.key}")
            if self.cleaned_data.get(f"s_{item.key}"):
                value = SKIPPED
            if value in (None, ""):
                continue
            found[item.key] = {"v": value}
            if note := self.cleaned_data.get(f"n_{item.key}", "").strip():
                found[item.key]["n"] = note
        return found

    @property
    def right(self) -> list[Item]:
        """The items whose answers can be kept; what was typed wrongly is asked again."""
        names = ("v_", "n_", "s_")
        return [one for one in self.items if not any(f"{n}{one.key}" in self.errors for n in names)]


class NumberField(forms.CharField):
    """A number as people write it: 1,200 and 1200, with a percent sign or without."""

    def to_python(self, value: Any) -> str:  # noqa: ANN401
        """Return it as sheets hold it."""
        text = (
            (super().to_python(value) or "")
            .replace(",", "")
            .replace("，", "")
            .rstrip("%％")
            .strip()
        )
        if not text:
            return ""
        if (found := number(text)) is None:
            raise ValidationError(_("Write a number, such as 12 or 3.5."))
        return plain(found)


class GradeField(forms.TypedChoiceField):
    """One grade of a scale."""

    def __init__(self, *, top: int, skip: bool) -> None:
        grades: list[tuple[int | str, Words]] = [(n, str(n)) for n in range(top + 1)]
        super().__init__(
            choices=[*grades, _SKIP] if skip else grades,
            coerce=lambda value: value if value == SKIPPED else int(value),
            empty_value="",
            required=False,
            widget=forms.RadioSelect,
        )


def _chosen(item: Item) -> bool:
    return item.kind == YES_NO or (item.kind == SCALE and item.top <= MOST_RADIOS)


def _field(item: Item) -> forms.Field:
    if item.kind == YES_NO:
        choices: list[tuple[str, Words]] = [(YES, _("yes")), (NO, _("no"))]
        choices += [_SKIP] if item.may_skip else []
        return forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect)
    if _chosen(item):
        return GradeField(top=item.top, skip=item.may_skip)
    if item.kind == SCALE:
        return forms.IntegerField(min_value=0, max_value=item.top, required=False)
    if item.kind in MEASURED:
        entry = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"})
        return NumberField(max_length=24, required=False, widget=entry)
    rows = {"rows": 4 if item.kind == TEXT else 2, "dir": "auto"}
    return forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs=rows))
