"""What fills a sheet before anybody types: the newest facts of the items' indicators, and evidence at hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from linli.assessments.models import Assessment
from linli.assessments.rules.filling import plain
from linli.assessments.rules.instruments import MEASURED, Form
from linli.directory.models import Area, Unit
from linli.facts.models import Evidence, Fact
from linli.facts.queries.released import value_said

_MOST = 60  # of evidence at hand: who looks for more says a word of it


@dataclass(frozen=True, slots=True)
class FromFact:
    """One item's value as it is known already, with the fact that says so."""

    value: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Working:
    """A sheet as it stands: answers and ids of evidence by item, and whether it waits to be handed in."""

    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    backing: Mapping[str, list[int]] = field(default_factory=dict)
    kept: bool = False

    @property
    def proven(self) -> set[str]:
        """Items with evidence or a fact under them."""
        facts = {key for key, given in self.answers.items() if given.get("f")}
        return facts | {key for key, pieces in self.backing.items() if pieces}


def from_facts(form: Form, area: Area) -> dict[str, FromFact]:
    """Return what facts about a place say of the items of a form, by item: one query.

    Only exact values that everybody may see fill an item: "almost 300" is no answer, and nothing
    hidden comes to light through a sheet. Of several periods the last one counts.
    """
    asked = {one.key: one.indicator for one in form.items() if one.kind in MEASURED}
    codes = {code for code in asked.values() if code}
    if not codes:
        return {}
    facts = Fact.objects.current().filter(
        indicator__code__in=codes, indicator__public=True, area=area, bound="exact"
    )
    in_order = facts.select_related("indicator", "evidence").order_by("period_until", "at", "id")
    newest = {
        fact.indicator.code: FromFact(plain(value), fact)
        for fact in in_order
        if (value := value_said(fact)) is not None
    }
    return {key: newest[code] for key, code in asked.items() if code in newest}


def working(assessment: Assessment) -> Working:
    """Return a task's sheet as it stands: its draft, else the last sheet that was handed in, else nothing."""
    if draft := getattr(assessment, "draft", None):
        return Working(draft.answers, draft.backing, kept=True)
    last = assessment.sheets.order_by("number").last()
    if last is None:
        return Working()
    backing: dict[str, list[int]] = {}
    for item, evidence in last.backings.values_list("item", "evidence"):
        backing.setdefault(item, []).append(evidence)
    return Working(last.answers, backing)


def at_hand(unit: Unit, *, words: str = "") -> QuerySet[Evidence]:
    """Return evidence that a unit brought before, for a plan, a figure, another scheme: newest first."""
    found = Evidence.objects.filter(Q(source=unit.name) | Q(by_unit=unit.name))
    for word in words.split():
        found = found.filter(Q(file_name__icontains=word) | Q(words__icontains=word))
    return found.order_by("-at", "-id")[:_MOST]


def may_use(unit: Unit, evidence: Evidence) -> bool:
    """Say whether a unit may put this evidence under an answer: it brought it, or a public figure rests on it."""
    if unit.name in (evidence.source, evidence.by_unit):
        return True
    return evidence.facts.filter(indicator__public=True).exists()
