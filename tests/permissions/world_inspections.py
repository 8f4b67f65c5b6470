"""What the matrix asks of inspections: one to come, one that was made, one that everybody sees."""

from uuid import uuid4

from linli.assessments.actions import correcting, inspecting, register, subjects
from linli.assessments.actions.assessing import Filled
from linli.assessments.actions.inspecting import Brought, InspectionDraft
from linli.assessments.actions.signatures import Signed
from linli.assessments.models import Backing, Instrument, Subject
from linli.kernel.uploads import Rebuilt
from tests.town import assessments, hostile_photos, plans
from tests.town.inspections import checklist_form

__all__ = ["SENT", "build"]
_ANSWERS = {"cold": {"v": "no"}, "clean": {"v": 0}, "label": {"v": "no"}}


def build(has, *, at, hidden):
    """Return the parts of addresses. What is to come is seen by no stranger."""
    by = plans.officer()
    given = {"at": at, "use": Instrument.INSPECTION, "unit": has.lead}
    has.checklist = assessments.edition(of=checklist_form(), name="餐饮检查表", **given)
    to_come = _planned(has, by, at, f"{hidden}面馆")
    made, shown = (_made(has, by, at, name) for name in (f"{hidden}餐厅", "清香面馆"))
    register.publish(by=by, at=at, inspection=shown)
    has.inspection_door = (
        shown.assessment.code, register.hand_code(by=by, at=at, inspection=shown)
    )  # fmt: skip
    said = register.reply(
        at=at, code=has.inspection_door[0], passphrase=has.inspection_door[1], words="已整改。"
    )
    first, second, _third = made.findings.order_by("id")
    order = correcting.order(by=by, at=at, finding=second, words="修好", days=5)
    parts = {"inspection to come": to_come, "inspection made": made, "result": shown}
    named = {name: {"code": one.assessment.code} for name, one in parts.items()}
    deeds = {
        "word": (made, first), "order": (made, first), "withdraw": (made, first), "check": (made, order),
        "withhold": (shown, said),
    }  # fmt: skip
    photo = Backing.objects.get(sheet__assessment=made.assessment)
    return named | {
        "premises": {"of": shown.assessment.subject.code},
        "photo of a visit": {"number": photo.pk},
        **{
            f"deed: {deed}": {"code": of.assessment.code, "do": deed, "of": row.pk}
            for deed, (of, row) in deeds.items()
        },
    }


def _planned(has, by, at, name):
    draft = subjects.SubjectDraft(Subject.PREMISES, name, has.area)
    of = subjects.name_subject(by=by, at=at, draft=draft)
    draft = InspectionDraft(has.checklist, of, has.lead, at.date())
    return inspecting.plan_inspection(by=by, at=at, draft=draft)


def _made(has, by, at, name):
    visit = _planned(has, by, at, name)
    shot = Rebuilt(hostile_photos.saved("JPEG"), "image/jpeg", "jpg")
    brought = Brought(Filled(_ANSWERS), {"shot": [shot]}, Signed(words="拒签"))
    inspecting.bring_in(by=by, at=at, inspection=visit, brought=brought)
    visit.assessment.refresh_from_db()
    return visit


_DEEDS = {
    "severity": "serious", "words": "冷柜十一度", "days": "5", "met": "yes", "reason": "写错了",
}  # fmt: skip
SENT = {
    ("assessments:visit", "valid"): lambda has: {
        "client": str(uuid4()), "v.cold": "yes", "v.clean": "4", "v.label": "na", "words": "拒签",
    },
    ("assessments:inspection_reply", "valid"): lambda has: {
        "code": has.inspection_door[0], "passphrase": has.inspection_door[1], "words": "谢谢。",
    },
    ("assessments:premises_new", "valid"): lambda has: {"name": "新面馆", "area": has.area.code},
    ("assessments:inspection_plan", "valid"): lambda has: {
        "edition": has.checklist.pk, "unit": has.lead.code, "day": "2026-12-20",
    },
    ("assessments:visit_signature", "valid"): lambda has: {"sheet": "1"},
    ("assessments:visit_deed", "valid"): lambda has: _DEEDS,
}  # fmt: skip
