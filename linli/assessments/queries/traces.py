"""A score traced to each answer: what every source said of every item, side by side, and what it rests on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linli.assessments.models import Backing, Candidacy, Sheet
from linli.assessments.queries.agreement import agreement_of
from linli.assessments.queries.scores import counting
from linli.assessments.queries.sheets import Answer, answer_parts
from linli.assessments.queries.stage_words import SOURCES
from linli.assessments.rules.instruments import Item
from linli.assessments.rules.reliability import Agreement
from linli.assessments.rules.scoring import Scorer
from linli.assessments.rules.stages import SOURCES as ORDER
from linli.facts.models import Evidence
from linli.kernel.text import Words


@dataclass(frozen=True, slots=True)
class Column:
    """One sheet that counts: which source, whose, the share that it earned, and whether it was one of two blind ones."""

    source: Words
    sheet: Sheet
    share: int
    twice: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One item: what each sheet answered, how far assessors of the round agree on it, whether these differ."""

    item: Item
    text: str
    answers: Sequence[Answer]
    agreement: Agreement | None
    differs: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """The sheets of one candidate side by side, section by section."""

    columns: Sequence[Column]
    sections: Sequence[tuple[str, Sequence[Row]]]

    @property
    def differing(self) -> int:
        """On how many items the sources differ."""
        return sum(row.differs for _title, rows in self.sections for row in rows)


def trace(candidacy: Candidacy, *, only: str = "") -> Trace:
    """Return what each source said of a candidate, item by item. Three queries. `only`: one source's sheets alone."""
    round_ = candidacy.round
    form, scorer = round_.edition.form, Scorer(round_.edition.form)
    sheets = [
        sheet
        for sheet in counting(round_, [candidacy]).get(candidacy.pk, [])
        if only in ("", sheet.assessment.kind)
    ]
    sheets.sort(key=lambda one: (ORDER.index(one.assessment.kind), one.assessment_id))
    firsts = {one.assessment.first_id for one in sheets}
    columns = [
        Column(
            SOURCES[sheet.assessment.kind],
            sheet,
            scorer.score(sheet.answers).share,
            bool(sheet.assessment.first_id) or sheet.assessment_id in firsts,
        )
        for sheet in sheets
    ]
    backing = _backing(sheets)
    parts = [answer_parts(form, sheet.answers, backing[sheet.pk]) for sheet in sheets]
    agreed: Mapping[str, Agreement] = {} if only else agreement_of(round_).round.items
    sections = [
        (
            told[0].title,
            [_row(answers, agreed) for answers in zip(*(one.answers for one in told), strict=True)],
        )
        for told in zip(*parts, strict=True)
    ]
    return Trace(columns, sections)


def sheets_named(candidacy: Candidacy, record: Mapping[str, Any]) -> list[Sheet]:
    """Return the sheets that a score's record names, in its order. One query."""
    held = Sheet.objects.filter(assessment__candidacy=candidacy).select_related("assessment")
    by_name = {(one.assessment.code, one.number): one for one in held}
    named = ((one["task"], one["number"]) for one in record["inputs"]["sheets"])
    return [by_name[one] for one in named if one in by_name]


def _row(answers: Sequence[Answer], agreed: Mapping[str, Agreement]) -> Row:
    first = answers[0]
    # A veto may weigh nothing: what counts then is what was said.
    told = {
        one.earned.earned if one.item.weight else str(one.value)
        for one in answers
        if one.earned and (one.earned.possible or one.item.veto)
    }
    return Row(first.item, first.text, answers, agreed.get(first.item.key), len(told) > 1)


def _backing(sheets: Sequence[Sheet]) -> Mapping[int, Mapping[str, list[Evidence]]]:
    """Return evidence by sheet and item. One query."""
    found: dict[int, dict[str, list[Evidence]]] = {one.pk: defaultdict(list) for one in sheets}
    for one in Backing.objects.filter(sheet__in=sheets).select_related("evidence"):
        found[one.sheet_id][one.item].append(one.evidence)
    return found
