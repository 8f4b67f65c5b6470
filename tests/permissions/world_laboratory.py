"""What the matrix asks of samples and results: the own unit takes them, and tests them in its own laboratory."""

from datetime import timedelta

from django.test import Client

from linli.trace.actions import custody, keys, lab_hearings, lab_reports, lab_runs, samples
from linli.trace.actions import sample_plans as drawing
from linli.trace.models import Hearing
from linli.trace.queries.keys import as_operator
from tests.town import laboratory as lab
from tests.town import trace

__all__ = ["SENT", "build"]
_NUMBER = 911  # of its credit code: no other part of the town takes it


def build(has, *, at):
    """Return the parts of addresses, and the cookies of the business that signed in."""
    one = trace.operator("抽检餐饮有限公司", at=at, number=_NUMBER, unit=has.lead)
    has.sampled = trace.premises("抽检一店", at=at, of=one)
    has.method = lab.method(at=at)
    unused = lab.method(at=at, version="0")
    adverse, heard, waits, clean = (
        _reported(has, at, n, found) for n, found in enumerate((1, 1, 1, 0))
    )
    for report in (adverse, heard):
        lab_hearings.tell_operator(by=trace.officer(has.lead), at=at, report=report)
    lab_hearings.reply_to_result(by=as_operator(one), at=at, report=heard, words="已停产。")
    written = _tested(has, at, 4, 0)
    lab_reports.write_report(by=lab.analyst(at_unit=has.lead.name), at=at, sample=written)
    has.received = _received(has, at, 5)
    phrase = keys.hand_phrase(by=trace.officer(has.lead), at=at, operator=one)
    client = Client()
    client.post("/trade/in/", {"code": one.code, "passphrase": phrase})
    cookies = {name: held.value for name, held in client.cookies.items()}
    parts = _parts(has, at, clean, unused) | {
        "adverse result": {"code": adverse.sample.code},
        "held adverse result": {"code": adverse.sample.code},
        "held workplace with results": {},
        "to approve a report": {"code": written.code, "deed": "approve"},
        "to tell of a result": {"code": waits.sample.code, "deed": "tell"},
        "to withhold a result's reply": {"code": heard.sample.code, "deed": "withhold"},
    }
    assert Hearing.objects.count() == 2
    return parts, {name: cookies for name in parts if name.startswith("held ")}


def _parts(has, at, clean, unused):
    ordered, planned = _ordered(has, at), _plan(has, at)
    return {
        "public result": {"code": clean.sample.code},
        "sample": {"code": clean.sample.code},
        "run": {"code": clean.sample.findings.first().run.code},
        "sample plan": {"code": planned.code},
        "laboratory method": {"number": has.method.pk},
        "laboratory method to end": {"number": unused.pk},
        "to take a sample": {"code": ordered.code, "deed": "take"},
        "to leave a sample out": {"code": ordered.code, "deed": "leave-out"},
        "to hand a sample over": {"code": _taken(has, at, 6).code, "deed": "hand-over"},
        "no deed of a sample": {"code": ordered.code, "deed": "eat"},
    }


def _ordered(has, at):
    draft = samples.SampleDraft(has.sampled, has.lead, has.lead, has.method)
    return samples.order_sample(by=trace.officer(has.lead), at=at, draft=draft)


def _taken(has, at, number):
    taking = samples.Taking(f"样品 {number}", at, f"S-{number}")
    by = trace.officer(has.lead)
    return samples.take_sample(by=by, at=at, sample=_ordered(has, at), taking=taking)


def _received(has, at, number):
    sample = _taken(has, at, number)
    draft = custody.HandingDraft(has.lead, at, sample.seal, whole=True)
    custody.hand_over(by=trace.officer(has.lead), at=at, sample=sample, draft=draft)
    return type(sample).objects.get(pk=sample.pk)


def _tested(has, at, number, found):
    sample = _received(has, at, number)
    for extract in ("1", "2")[: 1 + found]:
        wells = lab.wells((29, 29.5) if found else (None, None), f"{sample.code}/{extract}")
        draft = lab_runs.RunDraft(has.method, has.lead, at, wells)
        lab_runs.record_run(by=lab.analyst(at_unit=has.lead.name), at=at, draft=draft)
    return sample


def _reported(has, at, number, found):
    sample = _tested(has, at, number, found)
    by, second = (lab.analyst(name, at_unit=has.lead.name) for name in ("检验员", "复核员"))
    made = lab_reports.write_report(by=by, at=at, sample=sample)
    return lab_reports.approve_report(by=second, at=at, report=made)


def _plan(has, at):
    draft = drawing.PlanDraft(
        "抽检计划", has.lead, has.lead, has.method, "premises", [has.area], 1,
        at + timedelta(days=9), at.date() + timedelta(days=30), at.date(),
    )  # fmt: skip
    return drawing.plan_samples(by=lab.planner(), at=at, draft=draft)


def _table(has):
    rows = [
        "A1,pig,NTC,,Undetermined,no", "A2,pig,Unkn,EB,Undetermined,no", "A3,pig,Pos Ctrl,P,25,yes",
        *(f"B{n},pig,Unkn,{has.received.code},Undetermined,no" for n in (1, 2)),
    ]  # fmt: skip
    return "\n".join(["Well,Target,Content,Sample,Cq,Amp Status", *rows])


SENT = {
    ("trace:sample_new", "valid"): lambda has: {
        "premises": has.sampled.code, "method": has.method.pk, "unit": has.lead.code,
        "laboratory": has.third.code,
    },
    ("trace:sample_deed", "taking"): lambda has: {
        "material": "羊肉 200 g", "taken_at": "2026-11-21T20:00", "seal": "S-77", "longest_hours": "24",
    },
    ("trace:sample_deed", "why"): lambda has: {"reason": "店已停业"},
    ("trace:sample_deed", "handing"): lambda has: {
        "taker": has.lead.code, "handed_at": "2026-11-22T09:00", "seal": "S-6", "whole": "yes",
    },
    ("trace:sample_plan_new", "valid"): lambda has: {
        "name": "十二月抽检", "what": "premises", "places": has.area.code, "total": "2",
        "method": has.method.pk, "unit": has.lead.code, "laboratory": has.third.code,
        "closes_at": "2026-11-23T12:00", "since": "2026-11-01", "until": "2026-12-20",
    },
    ("trace:sample_plan_withdraw", "valid"): lambda has: {"reason": "计划有误"},
    ("trace:run_new", "valid"): lambda has: {
        "method": has.method.pk, "typed": _table(has), "run_at": "2026-11-22T10:00",
    },
    ("trace:method_new", "valid"): lambda has: {
        "key": "horse", "version": "1", "name": "马源性成分 PCR", "document": lab.document(),
    },
    ("trace:method_end", "valid"): lambda has: {"on": "2026-11-30"},
    ("trace:trade_result", "valid"): lambda has: {"words": "已停产。"},
}  # fmt: skip
