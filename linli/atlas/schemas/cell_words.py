"""A cell in words: what it says, what it is made of, why it may be said, or why there is none."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.atlas.models import CellCitation, Rate
from linli.atlas.queries.single_cells import Answer, Question
from linli.atlas.rules.cited import ROLES, Part
from linli.atlas.schemas import figure_words
from linli.atlas.schemas.cell_asked import way_to
from linli.atlas.schemas.figure_words import Of
from linli.facts import queries as facts
from linli.facts.models import Fact, Indicator
from linli.facts.models.evidence import Evidence
from linli.facts.queries.released import sayable
from linli.facts.rules.periods import Period
from linli.facts.schemas import telling
from linli.kernel.text import Words

_KINDS: dict[str, Words] = dict(Evidence.KINDS)


def told(found: Answer) -> dict[str, Any]:
    """Return one cell as templates show it."""
    question = found.question
    point = found.result.point
    return {
        "of": question.of,
        "is_rate": isinstance(question.of, Rate),
        "name_lang": name_lang(question.of),
        "area": question.area,
        "period": words(question.period),
        "before": words(question.before) if question.before else "",
        "headline": headline(found),
        "kept_back": point is not None and point.value is None,
        "between": figure_words.between(point, question.of)
        if point and point.value is not None and not question.before
        else "",
        "status": point.status if point else "",
        "status_words": telling.STATUSES.get(point.status, "") if point else "",
        "per": telling.number(Decimal(question.of.per)) if isinstance(question.of, Rate) else "",
        "parts": [_part(role, found.parts[role], found) for role in ROLES if role in found.parts],
    }


def headline(found: Answer) -> str:
    """Return what a cell says in one line, "" where there is none."""
    result, of = found.result, found.question.of
    if result.point is None:
        return ""
    if result.point.value is None:
        return _("kept back")
    if found.question.before:
        return figure_words.change(result, of)
    bound = found.parts["numerator"].bound if isinstance(of, Indicator) else "exact"
    return figure_words.value(result.point.value, of, bound)


def history(found: Answer) -> list[dict[str, Any]]:
    """Return what was said before and after of each figure of a cell: one query a figure."""
    listed = []
    for role in ROLES:
        if fact := found.facts.get(role):
            vintages = [one for one in facts.vintages(fact) if one.value is None or sayable(one)]
            if len(vintages) > 1:
                listed.append(
                    {
                        "role": _ROLES[role](found.question),
                        "vintages": [_vintage(one, fact) for one in vintages],
                    }
                )
    return listed


def address(citation: CellCitation, host: str = "") -> str:
    """Return the permanent address of a cited cell: the same in every language."""
    with override(settings.LANGUAGE_CODE):
        return f"{host}{reverse('atlas:cell_cited', args=[citation.code])}"


def quoted(found: Answer, citation: CellCitation, day: str, host: str) -> str:
    """Return the line with which a cell is quoted: what, of where and when, from whom, and where to look."""
    said = _("%(place)s: %(name)s, %(period)s: %(figure)s. Source: %(source)s. Linli %(code)s, %(day)s. %(address)s")  # fmt: skip
    period = words(found.question.period)
    if found.question.before:
        period = f"{words(found.question.before)} → {period}"
    sources = dict.fromkeys(part.source for part in found.parts.values() if part.source)
    return said % {
        "place": found.question.area.name,
        "name": found.question.of.shown_name,
        "period": period,
        "figure": headline(found),
        "source": " · ".join(sources) or "Linli",
        "code": citation.code,
        "day": day,
        "address": address(citation, host),
    }


def in_json(citation: CellCitation, found: Answer, *, same: bool, host: str) -> dict[str, Any]:
    """Return a cited cell for programs: what it says, its digest, whether made again it is the same."""
    of, question = found.question.of, found.question
    return {
        "code": citation.code,
        "address": address(citation, host),
        "cited_at": _moment(citation.at),
        "name": {"zh-Hans": of.name, "zh-Hant": of.name_hant, "en": of.name_en},
        "definition": of.definition,
        "place": {"code": question.area.code, "name": question.area.name},
        **citation.said,
        "sha256": citation.digest,
        "made_again": "the same" if same else "differs",
        "now": f"{host}{way_to(of, question.area.code, question.period, question.before)}",
    }


def name_lang(of: Of) -> str:
    """Return the language of the name that is shown."""
    if of.shown_name == of.name:
        return "zh"
    return "en" if of.shown_name == of.name_en else "zh-Hant"


def words(period: Period) -> str:
    """Return a period as people write one."""
    return telling.period(period.start, period.until)


def _part(role: str, part: Part, found: Answer) -> dict[str, Any]:
    indicator = found.question.places[role][0]
    fact = found.facts.get(role)
    return {
        "role": _ROLES[role](found.question),
        "indicator": indicator,
        "name_lang": name_lang(indicator),
        "figure": figure_words.point(part.point, indicator, part.bound or "exact"),
        "kept_back": part.point.value is None,
        "period": words(part.point.period),
        "status": part.point.status,
        "status_words": telling.STATUSES.get(part.point.status, ""),
        "source": part.source,
        "source_kind": _KINDS.get(part.source_kind, ""),
        "address": telling.safe_address(fact.evidence.address) if fact else "",
        "fact": fact,
        "version": part.version,
        "sha256": part.sha256,
        "ground": part.ground,
        "release": telling.safe_address(f"/releases/{part.decision}/")
        if part.ground == "gate"
        else "",
        "decision": part.decision,
    }


def _vintage(one: Fact, cited: Fact) -> dict[str, Any]:
    return {
        "figure": telling.figure(one),
        "fact": one,
        "this": one.pk == cited.pk,
        "withdrawn": one.value is None,
    }


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _counted(question: Question) -> str:
    return _("What is counted") if isinstance(question.of, Rate) else _("The figure")


def _counted_before(question: Question) -> str:
    return _("What was counted before") if isinstance(question.of, Rate) else _("The figure before")


_ROLES: Final[dict[str, Callable[[Question], str]]] = {
    "numerator": _counted,
    "denominator": lambda _question: _("Over what"),
    "numerator_before": _counted_before,
    "denominator_before": lambda _question: _("Over what, before"),
}
