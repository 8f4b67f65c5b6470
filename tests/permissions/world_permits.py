"""What the matrix asks of permits: applications of a business of the own unit at every stage, a permit, a certificate."""

from datetime import timedelta
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.trace.actions import examining, expiry, keys, permits
from tests.town import hostile_photos, trace
from tests.town import permits as town

__all__ = ["SENT", "build"]
_NUMBER = 961  # of its credit code: no other part of the town takes it


def build(has, *, at):
    """Return the parts of addresses, and the cookies of the business that signed in."""
    one = trace.operator("清香面业公司", at=at, number=_NUMBER, unit=has.lead)
    has.plan = town.kind("floor-plan", at=at, activities=("slaughter",))
    has.goods_kind = town.kind("supplier", at=at, name="供应商证明", use="goods")
    has.permit_place = _place("清香面粉厂", one, at)
    made = _on_their_way(has, one, at)
    permit = trace.permit(_place("清香挂面厂", one, at), at=at, days=9, number="清 001")
    stopped = trace.permit(_place("清香粉丝厂", one, at), at=at, number="清 002")
    permits.propose_withdrawal(by=town.planner(), at=at, permit=stopped, reason="停产")
    lot = trace.lot(trace.product(one, at=at, name="挂面"), permit.premises, at=at, drawn=7)
    certificate = town.certificate(one, has.goods_kind, at=at, checked=False)
    expiry.warn_expiring(at=at)
    notice = one.expiry_notices.get()
    own = {
        "food papers": {},
        "food application": {"code": made.missing.code},
        "food certificate": {"code": certificate.code},
        "expiry notice": {"pk": notice.pk},
    }
    deeds = {"forgo": made.visit, "grant": made.decided, "refuse": made.decided, "lapse": made.late}
    parts = {
        "food permit": {"code": permit.code},
        "permit to withdraw": {"code": stopped.code},
        "kind of paper": {"key": has.plan.key},
        "lot with papers": {"code": lot.code},
        "looked at application": {"code": made.looked.code},
        "application to visit": {"code": made.visit.code},
        "paper of an application": {"code": made.checking.code, "pk": made.paper.pk},
        **{f"to {do} a permit": {"code": on.code, "do": do} for do, on in deeds.items()},
        **{f"to {do} it": {"code": permit.code, "do": do} for do in ("suspend", "withdraw")},
        **own,
        **{f"{name} at a window": {"of": one.code} | what for name, what in own.items()},
        **{f"held {name}": what for name, what in own.items()},
    }
    phrase = keys.hand_phrase(by=trace.officer(has.lead), at=at, operator=one)
    client = Client()
    client.post("/trade/in/", {"code": one.code, "passphrase": phrase})
    cookies = {name: held.value for name, held in client.cookies.items()}
    return parts, {f"held {name}": cookies for name in own}


def _place(name, one, at, activities=("processing",)):
    return trace.premises(name, at=at, of=one, activities=activities)


def _on_their_way(has, one, at):
    """Applications that wait: for a paper, over their day, for a look, looked at, for a visit, for a decision."""
    by = trace.officer(has.lead, name="审查人")
    made, both = SimpleNamespace(), ("slaughter",)
    made.missing = town.filed(_place("清香一号屠宰", one, at, both), at=at)
    made.late = town.filed(_place("清香二号屠宰", one, at, both), at=at - timedelta(60))
    made.checking = town.filed(_place("清香三号屠宰", one, at, both), at=at)
    made.paper = town.handed(made.checking, has.plan, at=at)
    made.looked = town.filed(_place("清香四厂", one, at), at=at)
    made.visit = town.concluded(town.filed(_place("清香五厂", one, at), at=at), at=at, by=by)
    made.decided = town.concluded(town.filed(_place("清香六厂", one, at), at=at), at=at, by=by)
    made.decided = examining.forgo_visit(by=by, at=at, application=made.decided, words="刚检查过")
    return made


def _photo():
    return SimpleUploadedFile("plan.jpg", hostile_photos.saved("JPEG"))


def _certificate(has):
    return {
        "kind": has.goods_kind.key, "supplier": "某供应商", "goods": "面粉", "number": "8", "issuer": "认证中心",
        "valid_from": "2026-01-01", "valid_until": "2027-01-01",
    }  # fmt: skip


_BOTH = {
    "apply": lambda has: {"premises": has.permit_place.code, "scope": "processing"},
    "application": lambda has: {"kind": has.plan.key, "file": _photo(), "nobody_shown": "on"},
    "certificate": _certificate,
}
SENT = {
    (f"trace:{desk}_{name}", "valid"): given
    for desk in ("trade", "counter")
    for name, given in _BOTH.items()
} | {
    ("trace:application_paper", "valid"): lambda has: {"verb": "accept"},
    ("trace:application_deed", "valid"): lambda has: {
        "reason": "材料齐全", "valid_from": "2099-01-01", "valid_until": "2099-12-31",
    },
    ("trace:permit_deed", "valid"): lambda has: {"reason": "检查不合格"},
    ("trace:certificate_strike", "valid"): lambda has: {"reason": "伪造"},
    ("trace:paper_kind_new", "valid"): lambda has: {
        "name": "水质报告", "key": "water", "use": "application", "activities": ["catering"],
    },
}  # fmt: skip
