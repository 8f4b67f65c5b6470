"""Pages of what two sides say: stated, answered, corrected, seen by everybody; aims, priority areas, tables."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.facts.models import Fact
from linli.funds.actions import aims, priorities
from linli.funds.models import Account, Aim, Attestation, Criterion, Priority, Project
from linli.funds.views.bring import SALT
from linli.kernel.actors import Role
from linli.kernel.sheets import read_sheet
from tests.funds.test_aims import target
from tests.funds.test_bringing import GOOD, PROJECTS
from tests.funds.test_priorities import said as said_rule
from tests.offers.console import desk, said
from tests.town import attested as town
from tests.town import directory
from tests.town import funds as purse
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
LIST = "/en/console/funds/attest/"
BRING = "/en/console/funds/bring/"


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield noon


def html(answer):
    return answer.content.decode()


@pytest.fixture
def project(noon):
    return town.project(at=noon)


def at(project, rest=""):
    return f"{LIST}{project.code}/{rest}"


def stating(value="3030000", **given):
    return {"what": "public", "period": "2019", "value": value, "words": "双方核对表"} | given


def test_lets_two_sides_say_and_everybody_see_that_they_differ(project, client):
    giver, receiver = desk(town.giver()), desk(town.receiver())
    answer = giver.post(at(project, "say/"), stating())
    assert answer["Location"] == at(project)
    first = Attestation.objects.get()
    assert (first.amount, first.side, first.unit.name) == (303_000_000, "giver", town.GIVER)

    ask = f"say/?of={first.code}"
    assert ask in html(receiver.get(at(project)))
    form = receiver.get(at(project, ask))
    assert form.context["form"].initial == {"what": "public", "period": "2019", "side": "receiver"}
    receiver.post(at(project, ask), stating("3000000"))

    for page in (client.get(f"/en/funds/projects/{project.code}/"), giver.get(LIST)):
        words = said(page)
        assert "the two sides differ" in words
        assert "the receiving side says 30,000.00 yuan less" in words

    wrong = giver.post(at(project, f"said/{first.code}/"), {"value": "3000000", "words": "复核"})
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"reason"})
    more = {"value": "3000000", "words": "复核", "reason": "多计一笔"}
    giver.post(at(project, f"said/{first.code}/"), more)
    words = said(client.get(f"/en/funds/projects/{project.code}/"))
    assert "both sides agree" in words
    assert "<del>3,030,000.00 yuan</del>" in html(client.get(f"/en/funds/projects/{project.code}/"))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"value": "1.005"}, "value"),
        ({"period": "去年"}, "period"),
        ({"words": ""}, "words"),
        ({"what": "gold"}, "what"),
        ({"what": "poverty.rate", "value": "约0.3"}, "value"),
        ({"address": "javascript:1"}, "address"),
    ],
)
def test_says_beside_the_field_what_is_wrong(project, noon, given, field):
    aims.name_aim(by=town.giver(), at=noon, project=project, indicator=town.share(), sense="fall")
    answer = desk(town.giver()).post(at(project, "say/"), stating(**given))

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {field})
    assert not Attestation.objects.exists()


def test_shows_every_statement_in_few_queries(project, noon, django_assert_max_num_queries):
    rate = town.share()
    for year in range(2010, 2020):
        town.stated(project, "giver", town.money(year), town.said(year), at=noon)
        town.stated(project, "receiver", town.of(rate, year), town.said(value=year), at=noon)
    planner = desk(actor(Role.PLANNER))
    with django_assert_max_num_queries(8):
        page = planner.get(LIST)
    assert page.context["page"].paginator.count == 20
    with django_assert_max_num_queries(10):
        planner.get(at(project))
    assert len(planner.get(f"{LIST}?state=giver_alone").context["page"].object_list) == 10


def test_shows_before_and_after_with_their_sources(project, noon, client):
    rate, area = town.share(), project.receiving
    before = town.fact(rate, area, "22.88", at=noon, year=2014)
    after = town.fact(rate, area, "0.26", at=noon, year=2019)
    officer = desk(town.giver())
    chosen = officer.get(at(project, "aims/new/"), {"indicator": rate.code})["Location"]
    page = officer.get(chosen)
    assert [one.pk for one in page.context["form"].fields["baseline"].queryset] == [
        before.pk,
        after.pk,
    ]
    given = {
        "sense": "fall",
        "baseline": before.pk,
        "value": "1%",
        "period": "2020",
        "words": "规划",
    }
    answer = officer.post(chosen, given)
    assert answer["Location"] == at(project)

    page = client.get(f"/en/funds/projects/{project.code}/")
    words = said(page)
    for one in (before, after, Aim.objects.get().target):
        assert f"/c/{one.code}" in html(page)
    assert "22.88%" in words
    assert "100 % of the way" in words

    aim = at(project, f"aims/{Aim.objects.get().code}/")
    wrong = officer.post(aim, {"value": "2", "words": "调整"})
    assert (wrong.status_code, set(wrong.context["target"].errors)) == (422, {"reason"})
    officer.post(aim, {"value": "2", "words": "调整", "reason": "延期"})
    assert "At first the target was" in said(client.get(f"/en/funds/projects/{project.code}/"))


def test_sets_a_baseline_later_and_once(project, noon):
    rate = town.share()
    before = town.fact(rate, project.receiving, "22.88", at=noon)
    made = aims.name_aim(
        by=town.giver(), at=noon, project=project, indicator=rate, sense="fall", target=target()
    )
    officer, aim = desk(town.giver()), at(project, f"aims/{made.code}/")
    assert officer.get(aim).context["baseline"] is not None
    officer.post(aim, {"baseline": before.pk})
    made.refresh_from_db()
    assert (made.baseline, officer.get(aim).context["baseline"]) == (before, None)
    assert officer.post(aim, {"baseline": before.pk}).status_code == 422


def test_hides_from_the_public_what_staff_alone_may_see(project, noon, client):
    hidden = town.share("kept.rate", public=False)
    town.stated(project, "giver", town.of(hidden), town.said(value="7"), at=noon)
    aims.name_aim(by=town.giver(), at=noon, project=project, indicator=hidden, sense="fall")

    assert hidden.name_en not in said(client.get(f"/en/funds/projects/{project.code}/"))
    assert hidden.name_en in said(desk(town.giver()).get(at(project)))


def test_counts_over_a_programme_line_how_often_two_sides_agree(project, noon, client):
    other = town.project(at=noon, of=project.programme, name="乡村道路")
    for one, received in ((project, 5), (other, 4)):
        town.stated(one, "giver", town.money(), town.said(5), at=noon)
        town.stated(one, "receiver", town.money(), town.said(received), at=noon)
    rule = said_rule(noon)
    priorities.name_criterion(by=town.giver(), at=noon, priority=rule, of=project.programme)

    page = client.get(f"/en/funds/programmes/{project.programme.code}/")
    assert "the two sides differ 1 both sides agree 1 Two sides differ about: 乡村道路" in said(
        page
    )
    assert f"/en/funds/projects/{other.code}/#attested" in html(page)
    assert f"Its money goes by this rule: {rule.name}" in said(page)


def test_publishes_a_rule_and_what_goes_by_it(noon, client):
    share, (_here, there) = town.official(), town.places()
    known = town.fact(share, there, "20", at=noon)
    project, officer = town.project(at=noon), desk(town.giver())
    given = {
        "name": "重点县区", "indicator": share.code, "threshold": "15", "unit": project.unit.code,
        "source": "实施意见", "words": "占比达到15%",
    }  # fmt: skip
    here = f"{LIST}priorities/"
    assert officer.post(f"{here}new/", given | {"threshold": "0"}).status_code == 422
    page = officer.post(f"{here}new/", given)["Location"]
    rule = Priority.objects.get()
    public = f"/en/funds/priorities/{rule.code}/"
    assert client.get(public).status_code == 404
    officer.post(f"{page}publish/")
    officer.post(page, {"programme": project.programme.code})

    assert f"/c/{known.code}" in html(client.get(public))
    words = said(client.get(public))
    assert "1,000,000.00 of 1,000,000.00 yuan go to priority areas" in words
    assert rule.name in said(client.get("/en/funds/priorities/"))
    assert officer.post(page, {}).status_code == 422
    officer.post(f"{page}{Criterion.objects.get().pk}/end/")
    assert Criterion.objects.get().ended_at == noon


def test_shows_of_a_criterion_only_what_is_published(noon, client):
    found, line = said_rule(noon), town.programme(at=noon, published=False)
    priorities.name_criterion(by=town.giver(), at=noon, priority=found, of=line)

    assert line.name not in said(client.get(f"/en/funds/priorities/{found.code}/"))


def upload(text, **given):
    return {"file": SimpleUploadedFile("表.csv", text.encode())} | given


def test_takes_a_budget_in_after_every_row_was_seen(noon):
    fund, officer = purse.fund(at=noon, alone=0), desk(purse.officer())
    asked = officer.get(f"{BRING}budget/?fund={fund.code}")
    assert f'<option value="{fund.code}" selected>' in html(asked)
    bad = GOOD + "市级预算,补贴,没有的单位,1.005,2026-03-01,\n"
    rows = officer.post(f"{BRING}budget/", upload(bad, fund=fund.code))["Location"]
    words = said(officer.get(rows))
    assert "is no unit of the directory" in words
    assert "has more than two decimals" in words
    assert officer.post(rows).status_code == 422
    assert not Account.objects.exists()

    rows = officer.post(f"{BRING}budget/", upload(GOOD, fund=fund.code))["Location"]
    page = officer.get(rows)
    assert (page.context["new"], page.context["asked"], page.context["wrong"]) == (3, 2, 0)
    done = officer.post(rows, {"checksum": page.context["checksum"]})
    assert done["Location"] == f"/en/console/funds/{fund.code}/"
    assert fund.orders.get().lines.count() == 2
    assert officer.post(rows, {"checksum": page.context["checksum"]}).status_code == 409
    assert "Nothing in it is new" in said(officer.get(rows))


def test_plans_projects_of_a_table(noon):
    _here, there = town.places()
    directory.unit(town.RECEIVER, area=there)
    line, officer = town.programme(at=noon), desk(town.giver())
    unit = directory.unit(town.GIVER)
    given = {"programme": line.code, "unit": unit.code}
    rows = officer.post(f"{BRING}projects/", upload(PROJECTS, **given))["Location"]
    officer.post(rows, {"checksum": officer.get(rows).context["checksum"]})
    assert Project.objects.count() == 2


def test_gives_templates_and_refuses_what_is_no_table(noon):
    officer = desk(purse.officer())
    fund = purse.fund(at=noon)
    for kind in ("budget", "projects"):
        assert f"{kind}/template.xlsx" in html(officer.get(BRING))
        answer = officer.get(f"{BRING}{kind}/template.xlsx")
        assert len(read_sheet(answer.content).rows) >= 1
    for text in ("甲,乙\n1,2\n", "资金来源,账户,民族\na,b,c\n"):
        answer = officer.post(f"{BRING}budget/", upload(text, fund=fund.code))
        assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"file"})
    assert officer.get(f"{BRING}people/").status_code == 404
    assert officer.get(f"{BRING}budget/{SALT}/").status_code == 404
    assert not Fact.objects.exists()
