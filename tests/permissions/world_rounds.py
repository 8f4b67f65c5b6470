"""What the matrix asks of schemes and rounds: one kept by the own unit in which the other takes part, one only planned."""

from datetime import timedelta

from linli.assessments.actions import advancing, assessing, filling, rounds
from linli.assessments.queries.advancing import fates, mark_of
from linli.assessments.rules.filling import plain, seen_of
from linli.assessments.rules.instruments import Item
from linli.kernel.uploads import Rebuilt
from tests.town import assessments as town
from tests.town import plans

__all__ = ["SENT", "build"]
ITEMS = (
    Item("a", "yes_no", {"zh-hans": "有服务窗口"}, weight=6),
    Item("b", "count", {"zh-hans": "培训人次"}, weight=4, nought="0", full="400", indicator="training.trained"),
)  # fmt: skip


def build(has, *, at, hidden):
    """Return the parts of addresses."""
    by, before = plans.officer(), at - timedelta(30)
    has.round_edition = town.edition(at=before, of=town.form(*ITEMS), name="示范单位细则")
    has.scheme, bare, kept = (_scheme(has, name, before) for name in ("示范单位", "待建", hidden))
    has.round, quiet = (_round(has, has.scheme, before) for _ in range(2))
    for one in (has.round, quiet):
        rounds.open_round(by=by, at=before, round=one)
    planned = _round(has, kept, at)
    has.candidate, second = (_candidate(has, unit, at) for unit in (has.other, has.third))
    task = advancing.begin_self_check(by=plans.planner(), at=at, candidacy=has.candidate)
    done = advancing.begin_self_check(by=plans.planner(), at=at, candidacy=second)
    own = assessing.give(by=by, at=at, kind="site", unit=has.lead, of=second)
    brought = filling.Brought(Rebuilt(b"%PDF", "application/pdf", "pdf"), "制度", nobody_shown=True)
    officer = plans.officer(plans.OTHER)
    drafted = filling.bring(by=officer, at=at, assessment=task, item="a", brought=brought)
    theirs = plans.officer(has.third.name)
    other = filling.Brought(Rebuilt(b"%PDF 2", "application/pdf", "pdf"), "台账", nobody_shown=True)
    handed = filling.bring(by=theirs, at=at, assessment=done, item="a", brought=other)
    filling.take_facts(by=theirs, at=at, assessment=done)
    filling.hand_in_draft(by=theirs, at=at, assessment=done)
    named = {"code": task.code}
    return {
        "scheme": {"code": has.scheme.code},
        "bare scheme": {"code": bare.code},
        "kept scheme": {"code": kept.code},
        "round": {"code": has.round.code},
        "quiet round": {"code": quiet.code},
        "planned round": {"code": planned.code},
        "round's applications": {"code": has.round.code, "stage": "apply"},
        "round's decision": {"code": has.round.code, "stage": "decision"},
        "candidate": {"code": has.candidate.code},
        "task": named,
        "task of the unit": {"code": own.code},
        "task that was done": {"code": done.code},
        "task's question": named | {"item": "a"},
        "task's nothing": named | {"item": "zzz"},
        "drafted file": {"number": drafted.pk},
        "handed in file": {"number": handed.pk},
    }


def _scheme(has, name, at):
    draft = rounds.SchemeDraft(
        name=name, unit=has.lead, area=has.area, levels=town.LEVELS, categories=("机关", "社区")
    )
    return rounds.begin_scheme(by=plans.officer(), at=at, draft=draft)


def _round(has, scheme, at):
    """A round whose applications ended the day before. Its questions, once adopted, are read by everybody."""
    last = has.last_day_to_apply = at.date() + timedelta(29)
    days = {stage: last + timedelta(30 * n) for n, stage in enumerate(town.STAGE_DAYS)}
    weights = {"self": 40, "site": 60}
    draft = rounds.RoundDraft(year=2026, edition=has.round_edition, weights=weights, days=days)
    return rounds.plan_round(by=plans.officer(), at=at, scheme=scheme, draft=draft)


def _candidate(has, unit, at):
    wanted = rounds.Application(has.scheme.categories.first(), "city")
    return rounds.apply(by=plans.planner(), at=at, round=has.round, unit=unit, wanted=wanted)


def _scheme_form(has):
    return {
        "name": "新的创建", "unit": has.lead.code, "area": has.area.code, "levels": "city 市级",
        "categories": "机关",
    }  # fmt: skip


def _round_form(has):
    days = {f"day_{stage}": day for stage, day in has.round.days.items()}
    return days | {
        "year": "2027", "edition": has.round_edition.pk, "weight_self": "40", "weight_site": "60",
        "objection_days": "7", "reply_days": "10", "doubled": "10",
    }  # fmt: skip


def _told(has):
    return {"told": mark_of(fates(has.round, "apply", has.last_day_to_apply + timedelta(1)))}


def _answers(has):
    return {"seen": seen_of({}, []), "v_a": "yes", "v_b": plain(has.fact.value)}


SENT = {
    ("assessments:scheme_new", "valid"): _scheme_form,
    ("assessments:round_new", "valid"): _round_form,
    ("assessments:round_amend", "valid"): _round_form,
    ("assessments:round_apply", "valid"): lambda has: {
        "unit": has.lead.code, "category": "1", "level": "city",
    },
    ("assessments:round_advance", "valid"): _told,
    ("assessments:candidacy_leave", "valid"): lambda has: {"reason": "装修"},
    ("assessments:candidacy_task", "valid"): lambda has: {
        "kind": "site", "unit": has.third.code, "due_on": "2026-12-20",
    },
    ("assessments:task", "valid"): _answers,
    ("assessments:task_evidence", "valid"): lambda has: {"verb": "code", "code": has.fact.code},
}  # fmt: skip
