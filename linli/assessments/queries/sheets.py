"""One filled sheet as it is shown: every question with what was answered, what it rests on and what it earned."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from linli.assessments.models import Sheet
from linli.assessments.rules.instruments import SCALE, SHARE, UNSCORED, YES_NO, Form, Item, said
from linli.assessments.rules.scoring import NO, POINT, SKIPPED, YES, Earned, Scorer
from linli.facts.models import Evidence
from linli.kernel.text import Words

_VALUES: dict[str, Words] = {
    YES: pgettext_lazy("answer", "Yes"),
    NO: pgettext_lazy("answer", "No"),
    SKIPPED: _("Does not apply"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and its answer; `value` is "" where there is none, `fact` the code of the fact that it is."""

    item: Item
    text: str
    value: Words
    note: str = ""
    fact: str = ""
    evidence: Sequence[Evidence] = ()
    earned: Earned | None = None

    @property
    def points(self) -> str:
        """How many points it earned, with no noughts at the end."""
        return points(self.earned.earned) if self.earned else ""


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a sheet."""

    title: str
    answers: Sequence[Answer]


def points(tenthousandths: int) -> str:
    """Return points as people write them: 2.5, never 2.50."""
    whole, rest = divmod(tenthousandths, POINT)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".") if rest else str(whole)


def sheet_parts(sheet: Sheet, form: Form | None = None) -> list[Part]:
    """Return a sheet in the reader's language, for `assessments/_sheet.html`. One query, of its evidence."""
    backing: dict[str, list[Evidence]] = defaultdict(list)
    for one in sheet.backings.select_related("evidence"):
        backing[one.item].append(one.evidence)
    return answer_parts(form or sheet.assessment.edition.form, sheet.answers, backing)


def answer_parts(
    form: Form,
    answers: Mapping[str, Mapping[str, Any]],
    backing: Mapping[str, Sequence[Evidence]],
) -> list[Part]:
    """Return answers in the reader's language, section by section. No query."""
    language = get_language() or ""
    earned = {one.item: one for one in Scorer(form).score(answers).items}
    return [
        Part(
            said(section.title, language),
            [
                _answer(item, answers.get(item.key, {}), earned.get(item.key), backing, language)
                for item in section.items
            ],
        )
        for section in form.sections
    ]


def _answer(
    item: Item,
    given: Mapping[str, Any],
    earned: Earned | None,
    backing: Mapping[str, Sequence[Evidence]],
    language: str,
) -> Answer:
    return Answer(
        item=item,
        text=said(item.text, language),
        value=value_words(item, given.get("v")),
        note=str(given.get("n", "")),
        fact=str(given.get("f", "")),
        evidence=backing.get(item.key, ()),
        earned=None if item.kind in UNSCORED else earned,
    )


def value_words(item: Item, value: object) -> Words:
    """Return an answer as people read it."""
    if value is None:
        return ""
    if value == SKIPPED or item.kind == YES_NO:
        return _VALUES.get(str(value), str(value))
    if item.kind == SCALE:
        return f"{value} / {item.top}"
    return f"{value} %" if item.kind == SHARE else str(value)
