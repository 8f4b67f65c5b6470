"""Results that were told, objections, decisions and honours for tests."""

from datetime import timedelta

from linli.assessments.actions import awarding, deciding, honouring, noticing, objecting, resolving
from linli.kernel.actors import Role
from tests.town import assessments, directory, scores
from tests.town.staff import actor

YES = {"a": "yes", "b": "12"}
AUDIT = "监督检查处"


def supervisor(unit=AUDIT, name="督查"):
    return actor(Role.SUPERVISOR, name=name, unit=unit)


def second(name="乙"):
    """Another planner than the one who decides."""
    return actor(Role.PLANNER, name=name, unit=assessments.KEEPER)


def round_(*, at, **given):
    return assessments.opened(at=at, weights=scores.WEIGHTS, **given)


def scored(name, *, at, of, level="city", says=None):
    """A candidate with a score: full marks from all, else what `says`."""
    says = says or {"self": YES, "cross": YES, "site": YES}
    one = scores.heard(name, at=at, of=of, says=says, level=level)
    scores.score(one, at=at)
    return one


def told(*candidates, at, words=""):
    notice = noticing.tell_results(
        by=assessments.planner(),
        at=at,
        round=candidates[0].round,
        candidacies=candidates,
        words=words,
    )
    for one in candidates:
        one.refresh_from_db()
    return notice


def objected(candidate, *, at, ground="facts", words="服务窗口没有开放。", item=""):
    said = objecting.Objected(ground=ground, words=words, item=item)
    return objecting.object_to(at=at, candidacy=candidate, said=said)


def resolved(objection, *, at, upheld=False, reason="核实无误。", back="", by=None):
    said = resolving.Said(upheld, reason, back)
    return resolving.resolve(by=by or supervisor(), at=at, objection=objection, said=said)


def ended(candidate, *, at):
    """Time passes until nobody may object any more; returns that moment."""
    later = at + timedelta(days=30)
    noticing.end_notices(at=later)
    candidate.refresh_from_db()
    return later


def decided(candidate, *, at, level="city", reason=""):
    return deciding.decide(
        by=assessments.planner(), at=at, candidacy=candidate, level=level, reason=reason
    )


def named(name, *, at, of=None):
    """An award, through all that comes before it; and the moment of its naming."""
    one = scored(name, at=at, of=of or round_(at=at))
    told(one, at=at)
    later = ended(one, at=at)
    return deciding.confirm(by=second(), at=later, decision=decided(one, at=later)), later


def rechecked(award, *, at, unit="复查组"):
    task = awarding.begin_recheck(
        by=assessments.planner(), at=at, award=award, unit=directory.unit(unit)
    )
    assessments.sheet(task, YES, at=at)
    task.refresh_from_db()
    return task


def honour(*, at, scheme=None, title="民族团结进步模范个人"):
    scheme = scheme or assessments.scheme(at=at)
    draft = honouring.HonourDraft(scheme, scheme.unit, title, "city", at.date())
    return honouring.honour(by=assessments.planner(), at=at, draft=draft)
