"""Everything that was told of one candidate in public: results, what the unit says, objections, what was decided."""

from dataclasses import dataclass
from datetime import date

from linli.assessments.models import Candidacy, Decision, Objection, Result, ResultReply
from linli.assessments.queries.notice_words import objection_lamp
from linli.assessments.queries.stage_words import level_name, percent
from linli.assessments.rules.instruments import said
from linli.kernel.text import Words


@dataclass(frozen=True, slots=True)
class ToldObjection:
    """One objection in public: never its words."""

    objection: Objection
    lamp: tuple[str, Words]
    item: str
    reply: ResultReply | None


@dataclass(frozen=True, slots=True)
class ToldResult:
    """One result in public, with all that was said to it."""

    result: Result
    share: str
    level: str
    reply: ResultReply | None
    objections: list[ToldObjection]
    decision: Decision | None
    decided: str


def told_of(candidacy: Candidacy, today: date, language: str) -> list[ToldResult]:
    """Return the results of a candidate, the newest first. Three queries."""
    results = candidacy.results.select_related("notice", "score", "decision").order_by("-id")
    replies = ResultReply.objects.filter(result__candidacy=candidacy)
    to_results = {one.result_id: one for one in replies if one.objection_id is None}
    to_objections = {one.objection_id: one for one in replies if one.objection_id}
    objections = Objection.objects.filter(result__candidacy=candidacy)
    levels = candidacy.round.scheme.levels
    items = {one.key: said(one.text, language) for one in candidacy.round.edition.form.items()}
    by_result: dict[int, list[ToldObjection]] = {}
    for one in objections.select_related("resolution").order_by("id"):
        shown = ToldObjection(
            one, objection_lamp(one, today), items.get(one.item, ""), to_objections.get(one.pk)
        )
        by_result.setdefault(one.result_id, []).append(shown)
    return [
        ToldResult(
            result=one,
            share=percent(one.score.share),
            level=level_name(levels, one.score.level) if one.score.level else "",
            reply=to_results.get(one.pk),
            objections=by_result.get(one.pk, []),
            decision=(decision := getattr(one, "decision", None)),
            decided=level_name(levels, decision.level) if decision and decision.level else "",
        )
        for one in results
    ]
