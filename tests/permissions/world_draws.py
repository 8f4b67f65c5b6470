"""What the matrix asks of draws: one of premises that is planned, an inspector of the own unit, a conflict."""

from datetime import timedelta

from linli.assessments.actions import conflicts, draws, subjects
from linli.assessments.models import Subject
from tests.town import plans

__all__ = ["SENT", "build"]


def build(has, *, at):
    """Return the parts of addresses."""
    by = plans.officer()
    one = conflicts.add_inspector(by=by, at=at, unit=has.lead)
    draft = subjects.SubjectDraft(Subject.PREMISES, "待抽面馆", has.area)
    has.shop = subjects.name_subject(by=by, at=at, draft=draft)
    other = subjects.SubjectDraft(Subject.PREMISES, "回避面馆", has.area)
    away = conflicts.recuse(
        by=by, at=at, inspector=one, subject=subjects.name_subject(by=by, at=at, draft=other)
    )
    told = conflicts.tell_conflict(
        by=by, at=at, units=(has.lead, has.supervision), reason="合署办公"
    )
    planned = draws.plan_sites(
        by=by,
        at=at,
        draft=draws.SitesDraft(
            unit=has.lead,
            name="双随机抽查",
            edition=has.checklist,
            strata=[(has.area, 1)],
            pool=[has.lead],
            closes_at=at + timedelta(days=9),
            until=at.date() + timedelta(days=20),
            crew=1,
        ),
    )
    return {
        "site draw": {"code": planned.code},
        "inspector": {"code": one.code},
        "recusal": {"number": away.pk},
        "conflict": {"number": told.pk},
    }


SENT = {
    ("assessments:assign", "valid"): lambda has: {
        "each": "1", "closes_at": "2026-11-23T12:00", "pool": [has.third.code],
    },
    ("assessments:conflicts", "valid"): lambda has: {
        "one": has.lead.code, "other": has.third.code, "reason": "合署办公",
    },
    ("assessments:pool", "valid"): lambda has: {"unit": has.lead.code},
    ("assessments:inspector", "valid"): lambda has: {"premises": has.shop.code},
    ("assessments:draw_withdraw", "valid"): lambda has: {"reason": "名单有误"},
    ("assessments:site_draw_new", "valid"): lambda has: {
        "name": "新的抽查", "unit": has.lead.code, "edition": has.checklist.pk, "crew": "1",
        "pool": [has.lead.code], "closes_at": "2026-11-23T12:00", "until": "2026-12-20",
        "area_1": has.area.code, "take_1": "1",
    },
}  # fmt: skip
