"""Kinds of papers, applications on their way, permits and certificates for tests."""

from datetime import timedelta

from linli.directory.models import Unit
from linli.kernel.actors import Role
from linli.kernel.uploads import Rebuilt
from linli.trace.actions import applying, certificates, examining, paper_kinds, permits
from linli.trace.models import PaperKind
from linli.trace.queries.keys import as_operator
from tests.town import directory, trace
from tests.town.staff import actor

PAPER = Rebuilt(b"%PDF-1.7 a plan", "application/pdf", "pdf")


def planner():
    return actor(Role.PLANNER, name="计划处")


def second():
    return trace.officer(name="复核人")


def kind(
    key="plan",
    *,
    at,
    name="平面布局图",
    use=PaperKind.APPLICATION,
    activities=("processing",),
    needed=True,
):
    draft = paper_kinds.KindDraft(key, name, use, activities, needed)
    return paper_kinds.name_kind(by=planner(), at=at, draft=draft)


def goods_kind(*, at, activities=("processing",)):
    return kind(
        "supplier-halal", at=at, name="原料清真证明", use=PaperKind.GOODS, activities=activities
    )


def filed(place, *, at, by=None, scope=None, renews=None):
    draft = applying.ApplicationDraft(place, scope or place.activities, renews)
    return applying.file(by=by or as_operator(place.operator), at=at, draft=draft)


def handed(application, kind, *, at, by=None):
    by = by or as_operator(application.premises.operator)
    return applying.hand_in_paper(by=by, at=at, application=application, kind=kind, paper=PAPER)


def concluded(application, *, at, by=None):
    """Every paper of it is in order."""
    by = by or trace.officer()
    for paper in application.papers.filter(state="waiting"):
        examining.rule_on_paper(by=by, at=at, paper=paper, accepted=True)
    return examining.conclude_papers(by=by, at=at, application=application)


def to_decide(place, *, at, **given):
    """An application without papers that waits to be decided."""
    one = concluded(filed(place, at=at, **given), at=at)
    words = "上月已检查，条件未变"
    return examining.forgo_visit(by=trace.officer(), at=at, application=one, words=words)


def granted(place, *, at, days=365, number="", **given):
    one = to_decide(place, at=at, **given)
    grant = permits.Grant(at.date(), at.date() + timedelta(days), number)
    words = "材料齐全，现场符合要求"
    return permits.decide(by=second(), at=at, application=one, grant=grant, words=words).permit


def certificate(of, kind, *, at, days=365, number="QZ-2026-001", by=None, checked=True, since=0):
    first = at.date() + timedelta(since)
    draft = certificates.CertificateDraft(
        kind, number, "某省清真食品认证中心", "草原牛业公司", "牛肉", first, first + timedelta(days), PAPER
    )  # fmt: skip
    one = certificates.enter_certificate(by=by or as_operator(of), at=at, operator=of, draft=draft)
    if checked:
        certificates.check_certificate(by=trace.officer(of.unit), at=at, certificate=one)
    return one


def other_unit():
    return Unit.objects.filter(name="另一个局").first() or directory.unit("另一个局")
