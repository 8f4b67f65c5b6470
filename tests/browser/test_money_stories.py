"""Two stories of public money in the real browser: a subsidy of two equal halves, from the agreement over a late
county to the sentence of the report that the ledger proves; a paired project, to the pair of figures that is cited.
"""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from linli.facts.models import Fact
from linli.flows.ledger_to_claims import count_money
from linli.funds.actions import aims, publishing, tallies
from linli.funds.models import Account, Match
from linli.funds.rules import attesting as rule
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.models import Staff
from tests.browser.look import look_at, no_overflow, sign_in
from tests.town import attested, directory, facts, funds, reports

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COUNTY = "七里河区财政局"
HALF = 112_524_000  # fen
YEAR = localdate(now()).year
REPORT = f"""嘉峪关市{YEAR}年民族工作总结
嘉峪关示例报  {YEAR}-01-12 09:30
{YEAR}年,市民委会同发改委发放牛羊肉价格补贴225.048万元,其中市级财政补贴112.524万元,县级财政补贴112.524万元。
"""
PARTS = ("funds.all", "funds.city", "funds.county")


@pytest.fixture
def desks(browser, live_server):
    """Return how two sides come in, each in a browser of its own, and everybody else in a third."""
    contexts = []

    def opened(*sides):
        for unit, name in (*sides, ("", "")):
            contexts.append(browser.new_context(viewport={"width": 1366, "height": 768}))
            page = contexts[-1].new_page()
            if unit:
                directory.unit(unit)
                Staff.objects.create(
                    username=unit, name=name, role=Role.OFFICER, unit=unit, password="long-enough-1"
                )
                sign_in(page, live_server, unit)
            yield page

    yield opened
    for one in contexts:
        one.close()


def click(page, selector, **chosen):
    page.locator(selector, **chosen).first.click()
    page.wait_for_load_state()


def text(page):
    return page.locator("main").inner_text()


def claimed(report):
    """Take the three figures of the sentence into the facts, as an officer would."""
    figures = [one for one in report.reading["figures"] if one["unit"] == "CNY"]
    for code, figure in zip(PARTS, figures, strict=True):
        indicator = facts.indicator(code, at=now(), kind="money", unit="CNY", name=code)
        fact = facts.fact(
            str(figure["value"]), at=now(), indicator=indicator, period=str(YEAR),
            evidence=facts.span(at=now(), words=figure["surface"]),
        )  # fmt: skip
        report.taken.create(
            item=figure["id"], kind="fact", code=fact.code,
            by_name="甲", by_role="planner", by_unit="乙", at=now(),
        )  # fmt: skip


def subsidy():
    """Open the fund and its accounts; the city's half stands ready, what comes in is counted as what is claimed."""
    at = now()
    fund = funds.fund(at=at, name="牛羊肉价格补贴资金")
    kinds = {
        "budget": {},
        "appropriated": {},
        "allocated": {},
        "matched": {"unit": directory.unit(COUNTY)},
    }
    has = {kind: funds.account(fund, kind, at=at, **given) for kind, given in kinds.items()}
    funds.posted(
        fund, "appropriate", (has["budget"], has["appropriated"], HALF), at=at, day=localdate(at)
    )
    publishing.publish(by=funds.officer(), at=at, fund=fund)
    for kind, code in (("matched", 2), ("allocated", 0), ("matched", 0)):
        indicator = Fact.objects.get(indicator__code=PARTS[code]).indicator
        tallies.count_as(by=funds.officer(), at=at, account=has[kind], indicator=indicator)
    return fund, has


def test_a_subsidy_of_two_halves_proves_the_sentence_of_the_report(desks, live_server):
    directory.area()
    city, county, public = desks((funds.KEEPER, "经办人"), (COUNTY, "县经办人"))
    report = reports.published(at=now(), text=REPORT)
    assert report.reading["constraints"][0]["holds"]
    claimed(report)
    fund, has = subsidy()
    books, seen = (
        f"{live_server.url}/console/funds/{fund.code}/",
        f"{live_server.url}/funds/{fund.code}/",
    )

    # What comes into the city's account is counted as the city's half.
    city.goto(f"{books}claims/")
    city.select_option("[name=account]", has["allocated"].code)
    city.select_option("[name=indicator]", PARTS[1])
    click(city, "main form.filters button")
    assert city.locator(".lamp--soon").count() == 3

    # The two sides agree; nothing has come from the county, and everybody sees what is missing.
    city.goto(f"{books}match/")
    city.fill("[name=words]", "市县各半")
    city.fill("[name=amount]", "112.524万")
    for name, kind in (("ready", "appropriated"), ("into", "allocated"), ("partner", "matched")):
        city.select_option(f"[name={name}]", has[kind].code)
    city.fill("[name=last_day]", f"{localdate(now()) + timedelta(days=30)}")
    click(city, "main form[method=post] .button")
    match = Match.objects.get()
    public.goto(seen)
    assert "1,125,240.00" in public.locator(".notice--soon").inner_text()
    look_at(public, "story-subsidy-missing")

    # The county is late, and posts less than its half first: the release is not offered.
    at_match = f"{live_server.url}/console/funds/matches/{match.code}/"
    post(city, books, has, "1,000,000.00")
    county.goto(at_match)
    assert "125,240.00" in text(county)
    assert not county.locator('form[action$="/release/"]').count()
    county.locator("details summary").last.click()
    county.fill("[name=quote]", "县级配套资金已到账，附国库支付回单。")
    click(county, 'form[action$="/show/"] .button')
    city.goto(at_match)
    assert not city.locator('form[action$="/release/"]').count()
    assert count_money(now()) == 0

    # The rest comes; nothing is missing; the city's half is released.
    post(city, books, has, "125,240.00")
    city.goto(at_match)
    click(city, 'form[action$="/release/"] button')
    assert Account.objects.get(pk=has["allocated"].pk).balance == HALF

    # The ledger is counted, and the report's sum stands on it.
    assert count_money(now()) == 3
    public.goto(f"{live_server.url}/reports/{report.code}/")
    proof = public.locator("#figures li", has_text="225.048").or_(
        public.locator("#figures li", has_text="2,250,480")
    )
    assert proof.locator(".tag--done").count() == 2
    look_at(public, "story-subsidy-report")
    proof.locator("a[href*='/c/']").first.click()
    public.wait_for_url("**/c/*")
    assert fund.name in text(public)
    public.set_viewport_size({"width": 360, "height": 740})
    public.goto(seen)
    assert no_overflow(public)
    look_at(public, "story-subsidy-360")


def post(page, books, has, yuan):
    page.goto(f"{books}post/match/")
    page.select_option("[name=out_of_1]", has["budget"].code)
    page.select_option("[name=into_1]", has["matched"].code)
    page.fill("[name=amount_1]", yuan)
    click(page, "main form[method=post] button:not([name=more])")


def test_a_paired_project_is_told_by_its_cited_pair(desks, live_server):
    at = now()
    project, rate = attested.project(at=at), attested.share()
    for side in rule.SIDES:
        said = attested.said(value="22.88", words="2014年末贫困发生率22.88%")
        attested.stated(project, side, attested.of(rate, 2014), said, at=at)
    before = Fact.objects.current().get(indicator=rate, status=Fact.CONFIRMED)
    aims.name_aim(
        by=attested.giver(), at=at, project=project, indicator=rate, sense="fall", baseline=before
    )
    giver, receiver, public = desks(
        (attested.GIVER, attested.giver().name), (attested.RECEIVER, attested.receiver().name)
    )

    # One side alone is a claim, for everybody to see; when the other says the same it is confirmed.
    seen = f"{live_server.url}/funds/projects/{project.code}/"
    state(giver, live_server, project, rate)
    after = Fact.objects.current().filter(indicator=rate, period_from__year=2019)
    assert after.get().status == Fact.CLAIMED
    state(receiver, live_server, project, rate)
    assert after.filter(status=Fact.CONFIRMED).exists()

    public.goto(seen)
    pair = public.locator(".aim__figure")
    assert [one.strip("% ") for one in pair.all_inner_texts()] == ["22.88", "0.26"]
    look_at(public, "story-pair")
    pair.nth(1).click()
    public.wait_for_url("**/c/*")
    assert "0.26" in public.locator(".cite__figure").inner_text()
    public.set_viewport_size({"width": 360, "height": 740})
    public.goto(seen)
    assert no_overflow(public)
    look_at(public, "story-pair-360")


def state(page, server, project, rate):
    page.goto(f"{server.url}/console/funds/attest/{project.code}/say/")
    page.select_option("[name=what]", rate.code)
    page.fill("[name=period]", "2019")
    page.fill("[name=value]", "0.26%")
    page.fill("[name=words]", "2019年末贫困发生率0.26%")
    click(page, "main form[method=post] .button")
