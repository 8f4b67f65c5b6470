"""What the matrix asks of decisions before they are taken: one that is prepared, one that waits to be decided."""

from datetime import timedelta

from django.utils.timezone import localdate

from linli.assessments.actions import impact_hazards, impacts
from linli.assessments.actions.subjects import SubjectDraft
from tests.town import assessments, plans
from tests.town import impacts as town

__all__ = ["SENT", "build"]


def build(has, *, at, hidden):
    """Return the parts of addresses. The lead unit proposes both; the third assesses, the other is no part."""
    has.questions = town.questions(at=at)
    kept = _begun(has, at, hidden)
    early = at - timedelta(days=40)
    told = _begun(has, early, "夜市搬迁")
    until = localdate(early) + timedelta(days=30)
    impacts.lay_open(by=plans.officer(), at=early, impact=told, until=until)
    asked = {"by": assessments.planner(), "at": early, "impact": told, "unit": has.third}
    assessments.sheet(impacts.ask_unit(**asked), {"a": "no"}, at=early)
    return {
        "kept impact": {"code": kept.code},
        "impact to decide": {"code": told.code},
        "hazard": {"code": kept.code, "number": 1},
    }


def _begun(has, at, name):
    subject = SubjectDraft("decision", name, has.area, has.lead)
    draft = impacts.ImpactDraft(
        subject=subject, edition=has.questions, words=name, statement=name, places=[(has.area, "")]
    )
    begun = impacts.begin_impact(by=plans.officer(), at=at, draft=draft)
    own = begun.tasks.get().assessment
    assessments.sheet(own, {"a": "yes"}, at=at, by=plans.officer())
    hazard = impact_hazards.HazardDraft("噪声", 1)
    impact_hazards.name_hazard(by=plans.officer(), at=at, impact=begun, draft=hazard)
    return begun


_SAID = {"words": "搬到河东", "statement": "道路通畅", "places": "嘉峪关市：摊位搬走"}
SENT = {
    ("assessments:impact_new", "valid"): lambda has: _SAID | {
        "name": "又一项决策", "unit": has.lead.code, "area": has.area.code, "edition": has.questions.pk,
    },
    ("assessments:impact_amend", "valid"): lambda has: _SAID,
    ("assessments:impact_ask", "valid"): lambda has: {"unit": has.third.code, "due_on": "2026-12-20"},
    ("assessments:impact_open", "valid"): lambda has: {"until": "2026-12-29"},
    ("assessments:impact_hazard_new", "valid"): lambda has: {"words": "买菜更远", "severity": "3"},
    ("assessments:impact_hazard", "valid"): lambda has: {
        "words": "设早市", "unit": has.lead.code, "due_on": "2026-12-20",
    },
    ("assessments:impact_hazard_strike", "valid"): lambda has: {"reason": "已查清"},
    ("assessments:impact_decide", "valid"): lambda has: {
        "outcome": "go", "summary": "查明", "heard": "采纳", "reasons": "利大于弊",
    },
}  # fmt: skip
