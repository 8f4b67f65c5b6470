"""Permits of Jiayuguan's food businesses, given the way they are given; some run out, some were suspended."""

from datetime import date, datetime, timedelta
from typing import Final

from linli.demo import people
from linli.demo.food import KEEPER, PLACES, PLANT, STALL, Place, place
from linli.demo.funds_books import morning
from linli.demo.strokes import written
from linli.demo.units import JIAYUGUAN
from linli.kernel.actors import Actor
from linli.kernel.uploads import Rebuilt, rebuild
from linli.trace.actions import applying, certificates, examining, paper_kinds, permits
from linli.trace.actions.applying import ApplicationDraft
from linli.trace.actions.certificates import CertificateDraft
from linli.trace.actions.permits import Grant
from linli.trace.models import Application, PaperKind, Permit, Premises
from linli.trace.queries.applications import kinds_for
from linli.trace.queries.keys import as_operator

_YEARS: Final = 2  # that a permit of the demo is given for
_KINDS: Final = (
    ("layout", "经营场所平面图", "Plan of the premises", ("slaughter", "processing", "catering")),
    ("safety", "食品安全管理制度", "Rules of food safety", tuple(key for key, _name in Premises.ACTIVITIES)),
    ("source", "原料进货来源说明", "Where goods come from", ("processing", "retail", "catering")),
)  # fmt: skip
_GOODS: Final = ("halal-slaughter", "清真屠宰证明（供应商）", "Certificate of halal slaughter")
# Goods, supplier, days ago when it began, days until it ends.
_CERTIFICATES: Final = (
    ("鲜牛肉", "戈壁牧业有限公司（示例）", 300, 64),
    ("羊肉", "祁连山牧业合作社（示例）", 340, 25),
    ("复合香辛料", "陇上调味品厂（示例）", 380, -14),
)


def give(*, today: date) -> None:
    """Give every business its permit, one after the other; one applies anew, one has certificates."""
    if PaperKind.objects.exists():
        return
    _name_kinds(morning(today - timedelta(days=795)))
    paper = rebuild(written("中"), name="paper.png")
    for one in PLACES:
        _turned(grant(one, place(one.name), today, paper), one, today)
    _applied_anew(place(STALL), today, paper)
    _certified(today, paper)


def _name_kinds(at: datetime) -> None:
    by = people.planner(JIAYUGUAN)
    for key, name, english, activities in _KINDS:
        draft = paper_kinds.KindDraft(
            key, name, PaperKind.APPLICATION, activities, names={"en": english}
        )
        paper_kinds.name_kind(by=by, at=at, draft=draft)
    key, name, english = _GOODS
    goods = paper_kinds.KindDraft(
        key, name, PaperKind.GOODS, ("processing", "catering"), names={"en": english}
    )
    paper_kinds.name_kind(by=by, at=at, draft=goods)


def grant(one: Place, premises: Premises, today: date, paper: Rebuilt) -> Permit:
    """Give a permit the way one is given: papers, a look at them, a second person decides."""
    until = today + timedelta(days=one.until)
    first = until.replace(year=until.year - _YEARS, day=min(until.day, 28))
    filed = morning(first - timedelta(days=14))
    by, at = people.officer(one.keeper), filed + timedelta(days=3)
    kept = _checked(by, _filed(premises, filed, paper), at)
    at = filed + timedelta(days=5)
    examining.forgo_visit(by=by, at=at, application=kept, words="开业前已现场核查。")
    permits.decide(
        by=people.second(one.keeper), at=morning(first), application=kept, grant=Grant(first, until),
        words="材料齐全，现场符合要求，准予许可。",
    )  # fmt: skip
    return Permit.objects.get(premises=premises)


def _filed(premises: Premises, at: datetime, paper: Rebuilt) -> Application:
    """Have a business apply, with every paper that is asked for."""
    by = as_operator(premises.operator)
    earlier = premises.permits.first()
    draft = ApplicationDraft(premises, premises.activities, renews=earlier)
    filed = applying.file(by=by, at=at, draft=draft)
    for kind in kinds_for(premises.activities):
        applying.hand_in_paper(
            by=by, at=at + timedelta(hours=1), application=filed, kind=kind, paper=paper
        )
    return filed


def _checked(by: Actor, filed: Application, at: datetime) -> Application:
    for one in filed.papers.all():
        examining.rule_on_paper(by=by, at=at, paper=one, accepted=True)
    return examining.conclude_papers(by=by, at=at, application=filed)


def _turned(permit: Permit, one: Place, today: date) -> None:
    if not one.turned:
        return
    by = people.officer(KEEPER)
    at = morning(today - timedelta(days=36))
    permits.suspend(by=by, at=at, permit=permit, reason="生熟未分开存放，限期整改期间暂停。")
    if one.turned == "reinstated":
        at = morning(today - timedelta(days=19))
        permits.reinstate(by=by, at=at, permit=permit, reason="复查合格，恢复许可。")


def _applied_anew(premises: Premises, today: date, paper: Rebuilt) -> None:
    """Its permit runs out in days: it has applied, and its papers are looked at."""
    _filed(premises, morning(today - timedelta(days=3)), paper)


def _certified(today: date, paper: Rebuilt) -> None:
    """The plant's suppliers' certificates: one holds, one runs out soon, one has run out."""
    operator, kind = place(PLANT).operator, PaperKind.objects.get(key=_GOODS[0])
    for number, (goods, supplier, ago, left) in enumerate(_CERTIFICATES, 1):
        begins = today - timedelta(days=ago)
        draft = CertificateDraft(
            kind=kind, number=f"示例-{number:03d}", issuer="供货地主管机构（示例）", supplier=supplier,
            goods=goods, valid_from=begins, valid_until=today + timedelta(days=left), paper=paper,
        )  # fmt: skip
        at = morning(begins + timedelta(days=2))
        made = certificates.enter_certificate(
            by=as_operator(operator), at=at, operator=operator, draft=draft
        )
        by, at = people.officer(KEEPER), at + timedelta(days=1)
        certificates.check_certificate(by=by, at=at, certificate=made)
