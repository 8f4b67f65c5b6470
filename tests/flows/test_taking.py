import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from linli.facts.models import Evidence, Fact, Indicator
from linli.flows import reading_to_ledger as flow
from linli.flows.reading_to_ledger import taking
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.plans.models import Measure, Programme, Task
from linli.reports import actions
from linli.reports.models import Taken
from linli.reports.queries.review import review_of
from tests.town import directory, flows
from tests.town import plans as ledger
from tests.town.staff import actor

pytestmark = pytest.mark.django_db

EVERYTHING = (Taken, Fact, Indicator, Evidence, Programme, Measure, Task)


def take(report, at, **given):
    given = {"by": actor(), "programme": flows.draft()} | given
    return flow.take(at=at, report=report, **given)


def rows():
    return {model.__name__: model.objects.count() for model in EVERYTHING}


def test_accepts_what_is_suggested_and_leaves_the_rest_open(noon):
    report = flows.jiayuguan(at=noon)

    done = flow.accept(by=actor(), at=noon, report=report)

    assert set(done) == {"f1", "f2", "f3", "f4", "f7", "m6", "m7", "m8"}
    states = flows.states(report)
    assert {states[item] for item in done} == {"accept"}
    assert {states[item] for item in ("m1", "m2", "m3", "m4", "f5", "f6")} == {"open"}
    assert states["m5"] == "out_of_scope"


def test_takes_figures_as_claims_resting_on_their_words(noon):
    flows.fairs()
    report = flows.accepted(at=noon)
    take(report, noon)

    fact = Fact.objects.get(indicator__code="jobs.fairs")
    said = fact.evidence
    assert (fact.status, fact.value, fact.bound, fact.area_id) == ("claimed", Decimal(3), "exact", "620200")  # fmt: skip
    assert (fact.period_from, fact.period_until) == (date(2025, 1, 1), date(2026, 1, 1))
    assert said.words == report.reading["text"][said.start : said.end] == "3场"
    assert (said.kind, said.digest) == ("span", report.digest)
    assert said.address == f"/reports/{report.code}/#s-f3"
    assert said.source == "嘉峪关市2025年民族团结进步工作总结 · 嘉峪关示例报"


def test_takes_promises_as_tasks_under_their_section(noon):
    flows.fairs()
    report = flows.accepted(at=noon)
    done = take(report, noon)

    assert [measure.title for measure in Measure.objects.all()] == ["2026年工作打算"]
    task = Task.objects.get(title="市人社局举办专场招聘会不少于5场")
    assert task.measure.programme == done.programme
    assert (task.lead, task.due_on) == (directory.unit(), date(2026, 12, 31))
    assert (task.indicator.code, task.target, task.target_sense) == ("jobs.fairs", Decimal(5), "at_least")  # fmt: skip
    assert task.evidence.words == "市人社局举办专场招聘会不少于5场"
    assert task.evidence.address == f"/reports/{report.code}/#s-m6"
    assert done.counts == {"fact": 4, "measure": 0, "task": 3, "merged": 0, "target": 1}


def test_shows_everybody_the_reading_that_promises_rest_on(noon):
    report = flows.accepted(at=noon)
    assert report.published_at is None

    take(report, noon)

    report.refresh_from_db()
    assert report.published_at == noon
    assert [step.verb for step in report.steps.all()] == ["received", "published"]


def test_notes_every_item_once_with_its_code(noon):
    flows.fairs()
    report = flows.accepted(at=noon)
    take(report, noon)

    taken = {one.item: (one.kind, one.code) for one in report.taken.all()}
    task = Task.objects.get(title="市人社局举办专场招聘会不少于5场")
    assert taken["m6"] == taken["f7"] == ("task", task.code)
    assert taken["f3"] == ("fact", Fact.objects.get(indicator__code="jobs.fairs").code)
    assert set(taken) == {"f1", "f2", "f3", "f4", "f7", "m6", "m7", "m8"}


def test_makes_no_claim_of_a_promised_number(noon):
    report = flows.accepted(at=noon)
    take(report, noon)

    assert not Fact.objects.filter(value=5).exists()


def test_takes_what_was_corrected(noon):
    report = flows.jiayuguan(at=noon)
    flows.decide(report, noon, m7=("accept", {"kind": "measure", "title": "扩建服务站"}))

    take(report, noon)

    assert [(one.title, one.evidence.words) for one in Measure.objects.all()] == [
        ("扩建服务站", "扩建铁南社区邻里服务站")
    ]
    assert not Task.objects.exists()


def test_merges_without_adding_anything(noon):
    task = ledger.task(at=noon, title="举办专场招聘会")
    report = flows.jiayuguan(at=noon)
    flows.decide(report, noon, m6=("merge", {"into": task.code}))
    before = rows()

    done = take(report, noon, programme=None)

    assert rows() == before | {"Taken": 1}
    assert [(one.kind, one.code) for one in done.taken] == [("task", task.code)]
    assert done.counts["merged"] == 1


def test_takes_later_acceptances_in_a_second_go(noon):
    report = flows.accepted(at=noon)
    first = take(report, noon)
    made = flow.suggestions(report)
    flows.decide(report, noon, m3=("accept", made["m3"].becomes))

    second = take(report, noon, programme=first.programme)

    assert [one.item for one in second.taken] == ["m3"]
    with pytest.raises(Refused) as refused:
        take(report, noon)
    assert refused.value.code == "nothing_to_take"


def test_leaves_a_promised_number_waiting_for_its_sentence(noon):
    report = flows.jiayuguan(at=noon)
    made = flow.suggestions(report)
    flows.decide(report, noon, f7=("accept", made["f7"].becomes))

    assert [one.item.id for one in flow.outlook(review_of(report)).waiting] == ["f7"]
    with pytest.raises(Refused):
        take(report, noon)
    flows.decide(report, noon, m6=("accept", made["m6"].becomes))
    assert {one.item for one in take(report, noon).taken} == {"f7", "m6"}


def test_leaves_what_is_unclear_waiting(noon):
    report = flows.jiayuguan(at=noon)
    flows.decide(report, noon, f3=("accept", {"as": "fact", "name": "招聘会", "value": "three"}))

    assert [one.item.id for one in flow.outlook(review_of(report)).waiting] == ["f3"]


def test_defines_one_indicator_for_the_same_words(noon):
    text = "嘉峪关市{}年工作总结\n嘉峪关市民委编印问答手册{}册。\n"
    for year, copies in ((2024, 500), (2025, 600)):
        report = flows.accepted(at=noon, text=text.format(year, copies))
        take(report, noon, programme=None)

    indicator = Indicator.objects.get()
    assert (indicator.name, indicator.unit) == ("编印问答手册", "copy")
    assert [fact.value for fact in indicator.facts.all()] == [500, 600]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_leaves_taking_over_to_planners(noon, role):
    report = flows.accepted(at=noon)
    before = rows()

    with pytest.raises(Refused) as refused:
        take(report, noon, by=actor(role))

    assert refused.value.code == "not_allowed"
    assert rows() == before


@pytest.mark.parametrize(
    ("verbs", "programme", "code"),
    [
        ({}, "draft", "nothing_to_take"),
        ({"m7": ("accept", {"kind": "task", "title": "扩建"})}, None, "no_programme"),
        ({"m7": ("accept", {"kind": "task", "title": "扩建"})}, "other", "other_place"),
        ({"m7": ("merge", {"into": "0000-0000"})}, "draft", "unknown_code"),
        ({"m7": ("accept", {"kind": "task", "title": "扩建", "lead": "0000-0000"})}, "draft", "unknown_code"),
        ({"f3": ("accept", {"as": "fact", "indicator": "no.such", "period": "2025", "value": "3", "bound": "exact"})}, "draft", "unknown_code"),
    ],
)  # fmt: skip
def test_refuses_and_writes_nothing(noon, verbs, programme, code):
    report = flows.jiayuguan(at=noon)
    if verbs:
        flows.decide(report, noon, **verbs)
    elsewhere = directory.area("450205", name="柳北区", level="county")
    drafts = {"draft": flows.draft(), "other": flows.draft(area=elsewhere), None: None}
    before = rows()

    with pytest.raises(Refused) as refused:
        take(report, noon, programme=drafts[programme])

    assert refused.value.code == code
    assert rows() == before


def test_refuses_a_report_of_no_known_place(noon):
    from tests.town import reports

    report = reports.report(at=noon)
    flows.decide(report, noon, m1=("accept", {"kind": "task", "title": "开办汉语课程"}))

    with pytest.raises(Refused) as refused:
        take(report, noon)

    assert refused.value.code == "unknown_place"
    assert not Taken.objects.exists()


def test_never_takes_a_passage_about_watching_people(noon, monkeypatch):
    """Even where nobody looked when it was accepted, the taking over refuses and leaves nothing."""
    from linli.reports.actions import verdicts
    from linli.reports.rules import review

    report = flows.jiayuguan(at=noon)
    outside = review.out_of_scope
    with monkeypatch.context() as blind:
        blind.setattr(review, "out_of_scope", lambda found, passages: {})
        blind.setattr(verdicts.review, "out_of_scope", lambda found, passages: {})
        flows.decide(report, noon, m5=("accept", {"kind": "task", "title": "建系统"}))
    assert review.out_of_scope is outside
    before = rows()

    with pytest.raises(Refused):
        take(report, noon)

    assert rows() == before


def eight_take_at_once(noon, report):
    """Return the codes of those refused."""
    refusals, together = [], threading.Barrier(8)

    def one():
        together.wait()
        try:
            take(report, noon)
        except Refused as refused:
            refusals.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


@pytest.mark.django_db(transaction=True)
def test_takes_every_item_once_when_eight_ask_at_a_time(noon):
    report = flows.accepted(at=noon)

    refusals = eight_take_at_once(noon, report)

    assert refusals == ["nothing_to_take"] * 7
    assert (Taken.objects.count(), Task.objects.count(), Fact.objects.count()) == (8, 3, 4)


@pytest.fixture
def stale(noon, monkeypatch):
    """Return a report of which everybody believes that nothing was taken yet."""
    report = flows.accepted(at=noon)
    before = review_of(report)
    monkeypatch.setattr(taking, "review_of", lambda report: before)
    monkeypatch.setattr(actions.verdicts, "_checked", lambda report, asked: frozenset())
    return report


@pytest.mark.django_db(transaction=True)
def test_keeps_to_once_where_somebody_looked_too_early(noon, stale):
    refusals = eight_take_at_once(noon, stale)

    assert refusals == ["already_taken"] * 7
    assert (Taken.objects.count(), Task.objects.count(), Fact.objects.count()) == (8, 3, 4)


@pytest.fixture
def taken_not_unique(transactional_db):
    """Take the guard away: the control of the test above."""
    once = next(c for c in Taken._meta.constraints if c.name == "item_is_taken_once")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Taken, once)
    yield
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)
    with connection.schema_editor() as editor:
        editor.add_constraint(Taken, once)


def test_would_take_items_twice_without_the_constraint(noon, taken_not_unique, stale):
    eight_take_at_once(noon, stale)

    assert Taken.objects.count() > 8
    assert Task.objects.count() > 3
