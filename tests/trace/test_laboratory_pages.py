"""The pages of samples, runs, methods and draws on the console, and of results at an operator's workplace."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.kernel.actors import Role
from linli.kernel.looks import sequence
from linli.trace.actions import keys, lab_hearings
from linli.trace.models import Hearing, Method, Report, Run, Sample, SamplePlan
from linli.trace.tasks import draw_samples
from tests.offers.console import desk, page, said, send
from tests.town import directory, trace
from tests.town import laboratory as lab
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as moved:
        yield moved


@pytest.fixture
def officer():
    return desk(trace.officer())


@pytest.fixture
def analyst():
    return desk(lab.analyst())


@pytest.fixture
def planner():
    return desk(lab.planner())


def deed(client, sample, name, status=302, /, **given):
    return send(client, f"/console/samples/{sample.code}/do/{name}/", status, **given)


def table(sample, cts, *, extract="1", blank="Undetermined"):
    rows = [
        f"A1,pig,NTC,,{blank},no",
        "A2,pig,Unkn,EB,Undetermined,no",
        "A3,pig,Pos Ctrl,P,25.1,yes",
        *(f"B{n},pig,Unkn,{sample.code}/{extract},{ct},yes" for n, ct in enumerate(cts, 1)),
    ]
    return "\n".join(["Well,Target,Content,Sample,Cq,Amp Status", *rows])


def run_form(sample, text, **more):
    return {"method": sample.method_id, "typed": text, "run_at": "2026-11-20T10:00"} | more


def test_goes_from_an_order_to_a_public_result(officer, analyst, client):
    place, method = trace.premises(at=AT), lab.method(at=AT)
    bench, keeper = lab.unit(trace.LABORATORY), lab.unit(trace.KEEPER)
    given = {"premises": place.code, "method": method.pk, "unit": keeper.code}
    send(officer, "/console/samples/new/", 422, **given)
    send(officer, "/console/samples/new/", **given, laboratory=bench.code)
    sample = Sample.objects.get()
    taking = {
        "material": "酱牛肉 300 g",
        "taken_at": "2026-11-20T09:00",
        "seal": "F-1",
        "longest_hours": 24,
    }
    deed(officer, sample, "take", 422, **taking | {"seal": ""})
    deed(officer, sample, "take", **taking, counter_seal="F-2", keep_until="2027-05-20")
    handing = {"taker": bench.code, "handed_at": "2026-11-20T09:30", "seal": "F-1"}
    deed(analyst, sample, "hand-over", 422, **handing)
    deed(analyst, sample, "hand-over", **handing, whole="yes")
    assert "the chain is whole" in page(officer, f"/console/samples/{sample.code}/")

    bad = run_form(sample, table(sample, ("29.1", "wrong")))
    assert "row is wrong: nothing of the run is kept" in said(
        send(analyst, "/console/laboratory/runs/new/", 422, **bad)
    )
    assert not Run.objects.exists()
    for blank, extract in (("33.3", "1"), ("Undetermined", "1")):
        text = table(sample, ("Undetermined", "Undetermined"), extract=extract, blank=blank)
        send(analyst, "/console/laboratory/runs/new/", **run_form(sample, text))
    spoiled, held = Run.objects.order_by("id")
    assert "failed: the run is invalid" in page(
        analyst, f"/console/laboratory/runs/{spoiled.code}/"
    )
    assert "every control did what it must" in page(
        analyst, f"/console/laboratory/runs/{held.code}/"
    )
    assert spoiled.code in page(analyst, "/console/laboratory/runs/")

    deed(analyst, sample, "report")
    address = f"/console/samples/{sample.code}/do/approve/"
    assert analyst.get(f"/en{address}").status_code == 404  # it wrote it
    deed(desk(lab.analyst("复核员")), sample, "approve")
    assert sample.code in page(client, f"/food/results/{sample.code}/")
    assert "in public since" in page(officer, f"/console/samples/{sample.code}/")


def test_takes_in_a_file_of_an_instrument_and_names_its_wells(analyst):
    sample = lab.received(at=AT)
    data = table(sample, ("29.1", "29.4")).encode("utf-16")
    given = run_form(sample, "") | {"file": SimpleUploadedFile("run.csv", data)}
    answer = analyst.post("/en/console/laboratory/runs/new/", given)
    assert answer.status_code == 302
    run = Run.objects.get()
    assert (run.source, run.wells.count(), len(run.digest)) == (Run.CSV, 5, 64)
    text = page(analyst, f"/console/laboratory/runs/{run.code}/")
    assert "Extraction blank" in text
    assert "29.1 · 29.4" in text
    again = run_form(sample, "") | {"file": SimpleUploadedFile("run.csv", data)}
    assert analyst.post("/en/console/laboratory/runs/new/", again).status_code == 422
    assert "is no sample of ours" in said(
        send(analyst, "/console/laboratory/runs/new/", 422,
             **run_form(sample, table(sample, ("29",)).replace(sample.code, "X")))
    )  # fmt: skip
    assert "No line of this" in said(
        send(analyst, "/console/laboratory/runs/new/", 422, **run_form(sample, "a,b"))
    )


def test_hears_the_operator_at_its_workplace(officer):
    report = lab.adverse(at=AT)
    sample, owner = report.sample, report.sample.premises.operator
    phrase = keys.hand_phrase(by=trace.officer(), at=AT, operator=owner)
    client = Client()
    assert client.get("/en/trade/results/").status_code == 302
    client.post("/en/trade/in/", {"code": owner.code, "passphrase": phrase})
    assert "no result yet" in page(client, "/trade/results/")
    assert page(client, f"/trade/results/{sample.code}/", 404)
    deed(officer, sample, "tell")
    assert "reply until 2026-12-01 18:00" in page(client, "/trade/results/")
    address = f"/trade/results/{sample.code}/"
    assert "DNA of pork was detected" in page(client, address)
    send(client, address, 422, words="")
    send(client, address, words="原料有误", counter="on")
    hearing = Hearing.objects.get()
    assert (hearing.reply, hearing.counter_asked_at) == ("原料有误", AT)
    assert "You asked for the counter-sample" in page(client, address)
    assert "The counter-sample is still to be tested." in page(
        officer, f"/console/samples/{sample.code}/"
    )
    other = trace.operator("另一家", at=AT, number=2)
    stranger, phrase = Client(), keys.hand_phrase(by=trace.officer(), at=AT, operator=other)
    stranger.post("/en/trade/in/", {"code": other.code, "passphrase": phrase})
    assert stranger.get(f"/en{address}").status_code == 404


def test_enters_methods_as_data_and_names_what_is_wrong_with_them(planner):
    given = {"key": "pork", "version": "1", "name": "猪源性成分 PCR", "standard": "SN/T 0000"}
    address = "/console/laboratory/methods/new/"
    for document, words in (
        ("{", "This is no JSON."),
        (json.dumps(lab.body(lab.assay(detected_to=41))), "detected_to: cut_offs_crossed"),
        (json.dumps(lab.body(controls={})), "controls.ntc: control_missing"),
        (json.dumps(lab.body(lab.assay(lod=0.5))), "lod: not_a_number"),
        ("[1]", "not_an_object"),
    ):
        assert words in said(send(planner, address, 422, **given, document=document))
    assert not Method.objects.exists()
    send(planner, address, **given, document=json.dumps(lab.body()))
    method = Method.objects.get()
    assert "Extraction blank × 1" in page(planner, f"/console/laboratory/methods/{method.pk}/")
    assert "This version is entered already." in said(
        send(planner, address, 422, **given, document=json.dumps(lab.body()))
    )
    assert "Sus scrofa" in planner.get(f"/en{address}?from={method.pk}").content.decode()
    send(planner, f"/console/laboratory/methods/{method.pk}/end/", on="2026-11-21")
    assert "ended" in page(planner, "/console/laboratory/methods/")
    send(planner, f"/console/laboratory/methods/{method.pk}/end/", 422, on="2026-11-21")


def test_plans_a_draw_and_shows_it_to_nobody_outside_too_early(planner, client, clock):
    place, bench = trace.premises(at=AT), lab.unit(trace.LABORATORY)
    method, area = lab.method(at=AT), directory.area()
    given = {
        "name": "十一月抽检", "what": "premises", "places": area.name, "total": 1, "method": method.pk,
        "unit": trace.keeper().code, "laboratory": bench.code, "closes_at": "2026-11-20T12:00",
        "since": "2026-11-01", "until": "2026-12-20",
    }  # fmt: skip
    send(planner, "/console/samples/plans/new/", 422, **given | {"places": "无此地"})
    send(planner, "/console/samples/plans/new/", **given)
    plan = SamplePlan.objects.get()
    address, public = f"/console/samples/plans/{plan.code}/", f"/food/samples/{plan.code}/"
    assert "On the list" in page(planner, address)
    assert plan.commitment in page(client, public)
    draw_samples(plan.closes_at)
    sequence(plan.closes_at + timedelta(seconds=10))
    draw_samples(plan.closes_at + timedelta(seconds=15))
    clock.move_to(datetime(2026, 12, 22, tzinfo=UTC))
    planner = desk(lab.planner())
    assert place.name in page(planner, address)
    for told in (public, public[:-1] + ".json", "/food/samples/"):
        assert place.name not in client.get(f"/en{told}").content.decode()
    sample = Sample.objects.get()
    deed(desk(trace.officer()), sample, "leave-out", reason="已停业")
    assert place.name in page(client, public)
    assert "已停业" in page(client, public)
    send(planner, f"{address}withdraw/", reason="晚了")
    assert SamplePlan.objects.get().withdrawn_at is None


def test_shows_samples_to_whose_business_they_are(officer, analyst):
    sample = lab.received(at=AT)
    other = desk(trace.officer("别的局"))
    supervisor = desk(actor(Role.SUPERVISOR, unit="监督处"))
    for client, status in ((officer, 200), (analyst, 200), (supervisor, 200), (other, 404)):
        assert client.get(f"/en/console/samples/{sample.code}/").status_code == status
    assert sample.code not in page(other, "/console/samples/")
    assert sample.code in page(analyst, "/console/samples/?state=received")
    assert "No sample fits" in page(analyst, "/console/samples/?state=planned")
    assert f"{sample.code}/K1" in page(analyst, f"/console/samples/{sample.code}/labels/")
    deed(supervisor, sample, "dispose", 404)


def test_lets_another_unit_withhold_a_reply(planner, officer):
    report = lab.adverse(at=AT)
    lab_hearings.tell_operator(by=trace.officer(), at=AT, report=report)
    deed(officer, report.sample, "reply", words="某某人干的")
    assert Report.objects.get().published_at == AT
    deed(officer, report.sample, "withhold", 404, reason="点名")
    deed(planner, report.sample, "withhold", reason="点名个人")
    assert Hearing.objects.get().withheld_for == "点名个人"


def test_asks_few_questions_however_many_samples(officer, django_assert_max_num_queries):
    place = trace.premises(at=AT)
    for n in range(4):
        sample = lab.received(lab.taken(lab.ordered(place, at=AT), at=AT, seal=f"S{n}"), at=AT, seal=f"S{n}")  # fmt: skip
        lab.run_of(sample, None, None, at=AT)
    with django_assert_max_num_queries(9):
        page(officer, "/console/samples/")
    with django_assert_max_num_queries(22):
        page(officer, f"/console/samples/{sample.code}/")
