"""An adulterated lot, in the real browser: somebody reports a concern; a sample, a run that says nothing, two that agree;
the operator replies; the lot is called back; the look-up says so; who reported it reads the answer.
"""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from linli.cases.models import Case
from linli.kernel.actors import Role
from linli.kernel.limits import forget_all
from linli.kernel.models import Staff
from linli.trace.actions.keys import hand_phrase
from linli.trace.models import Recall, RecallTold, Report, Run, Sample
from linli.ui.kept import pages
from tests.browser.look import broken, look_at, no_overflow, sign_in
from tests.town import cases, laboratory, recalls, trace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
WORDS = "牛肉肠吃起来不像牛肉，请查一查。"
REPLY = "已停售并通知下游，配合调查。"
ANSWER = "已抽检，检出未标明的成分，该批次已召回。"
BLANK, CLEAN = "33.0", "N/A"


@pytest.fixture
def chain(time_machine):
    """Beef became sausage at a maker, which a shop has; everybody's permit is valid."""
    time_machine.move_to(NOW)
    pages.forget()
    forget_all()
    found = recalls.chain(NOW - timedelta(days=1))
    for number, place in enumerate((found.farm, found.maker, found.shop), 1):
        trace.permit(place, at=NOW - timedelta(days=30), number=f"JY-{number:04d}")
    cases.topic("food", unit=trace.KEEPER, name="食品安全")
    laboratory.unit(trace.LABORATORY)
    laboratory.method(at=NOW - timedelta(days=30))
    yield found
    pages.forget()


@pytest.fixture
def desk(browser, live_server):
    """Sit down a member of staff at a browser of their own; without a name, somebody with a telephone."""
    contexts = []

    def opened(username="", name="", role="", unit=""):
        width, height = (1366, 768) if username else (360, 740)
        contexts.append(
            browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        )
        page = contexts[-1].new_page()
        if username:
            Staff.objects.create(
                username=username, name=name, role=role, unit=unit, password="long-enough-1"
            )
            sign_in(page, live_server, username)
        return page

    yield opened
    for one in contexts:
        one.close()


def press(page, button):
    with page.expect_navigation(wait_until="load"):
        page.locator(button).first.click()


def seen(page, name):
    """On a telephone the pages of everybody are whole and open to all."""
    assert no_overflow(page), name
    assert broken(page) == {}, name
    look_at(page, f"adulterated-{name}")


def looks_up(page, server, lot):
    """The one big answer of the look-up."""
    page.goto(f"{server.url}/q/{lot.code}?lang=en")
    return page.inner_text("h1").strip()


def reports(page, server, lot):
    """Report a concern from the look-up; return what stands on the slip."""
    on = "main form[method=post]:not(.leave):not(.ask__later) button.button:not(.button--second)"
    page.goto(f"{server.url}/q/{lot.code}")
    press(page, "a[href*='/concern/']")
    seen(page, "1-concern")
    press(page, on)
    page.fill("textarea[name=words]", WORDS)
    for _step in range(8):
        if page.locator(".slip .claim").count():
            break
        press(page, on)
    seen(page, "2-slip")
    return [claim.inner_text() for claim in page.locator(".slip .claim").all()]


def does(page, server, sample, deed, **fields):
    """One deed with a sample, on its own page."""
    page.goto(f"{server.url}/console/samples/{sample.code}/do/{deed}/")
    for name, value in fields.items():
        box = page.locator(f"main [name={name}]").first
        if box.get_attribute("type") == "radio":
            page.check(f"main [name={name}][value={value}]")
        else:
            box.fill(value)
    press(page, "main form[method=post] button.button")
    assert page.url == f"{server.url}/console/samples/{sample.code}/", page.inner_text("main")


def runs(page, server, sample, extract, blank):
    """Paste what the instrument measured; the page says what the run says."""
    label = f"{sample.code}/{extract}"
    rows = (
        ("A1", "NTC", "", blank), ("A2", "EB", "", CLEAN), ("A3", "Pos Ctrl", "", "25"),
        ("B1", "Unkn", label, "28.9"), ("B2", "Unkn", label, "29.4"),
    )  # fmt: skip
    table = "\n".join(f"{well},pig,{role},{name},{ct}" for well, role, name, ct in rows)
    page.goto(f"{server.url}/console/laboratory/runs/new/")
    page.select_option("[name=method]", index=1)
    page.fill("[name=typed]", f"Well,Target,Content,Sample,Cq\n{table}")
    page.check("[name=judged]")
    press(page, "main form[method=post] button.button")
    assert not page.url.endswith("/new/"), page.inner_text("main")
    return Run.objects.order_by("pk").last()


def opens_trade(page, server, operator):
    phrase = hand_phrase(by=trace.officer(), at=NOW, operator=operator)
    page.goto(f"{server.url}/trade/")
    page.fill("[name=code]", operator.code)
    page.fill("[name=passphrase]", phrase)
    press(page, "main .button")


def test_calls_back_an_adulterated_lot(chain, desk, live_server, time_machine):
    lot, maker = chain.sausage, chain.maker.operator
    resident, trader = desk(), desk()
    officer = desk("officer", "经办人甲", Role.OFFICER, trace.KEEPER)
    analyst = desk("analyst", "检验员", Role.OFFICER, trace.LABORATORY)
    second = desk("second", "复核员", Role.OFFICER, trace.LABORATORY)
    planner = desk("planner", "规划员", Role.PLANNER, "指挥部")

    assert looks_up(resident, live_server, lot) == "Valid"
    code, passphrase = reports(resident, live_server, lot)
    assert Case.objects.get(code=code).unit.name == trace.KEEPER

    officer.goto(f"{live_server.url}/console/samples/new/")
    officer.fill("[name=premises]", chain.maker.code)
    officer.fill("[name=lot]", lot.code)
    officer.select_option("[name=method]", index=1)
    officer.select_option("[name=laboratory]", label=trace.LABORATORY)
    press(officer, "main form[method=post] button.button")
    sample = Sample.objects.get()
    does(
        officer,
        live_server,
        sample,
        "take",
        material="牛肉肠 400 g",
        seal="F-1",
        counter_seal="F-2",
    )
    does(analyst, live_server, sample, "hand-over", seal="F-1", whole="yes")

    spoiled = runs(analyst, live_server, sample, 1, BLANK)
    assert list(spoiled.findings.values_list("result", flat=True)) == ["invalid"]
    for extract in (2, 3):
        time_machine.shift(timedelta(hours=1))
        run = runs(analyst, live_server, sample, extract, CLEAN)
        assert list(run.findings.values_list("result", flat=True)) == ["detected"]
    analyst.goto(f"{live_server.url}/console/samples/{sample.code}/")
    look_at(analyst, "adulterated-3-sample-1366")
    does(analyst, live_server, sample, "report")
    does(second, live_server, sample, "approve")
    assert Report.objects.get().published_at is None
    resident.goto(f"{live_server.url}/food/results/{sample.code}/")
    assert "Sus scrofa" not in resident.content()  # not before the operator was heard
    does(officer, live_server, sample, "tell")

    opens_trade(trader, live_server, maker)
    trader.goto(f"{live_server.url}/trade/results/{sample.code}/")
    trader.fill("[name=words]", REPLY)
    seen(trader, "4-reply")
    press(trader, "main form[method=post] button.button")
    assert Report.objects.get().published_at is not None
    resident.goto(f"{live_server.url}/food/results/{sample.code}/")
    assert REPLY in resident.inner_text("main")
    assert "清真" not in resident.inner_text("main")  # a laboratory does not say so
    seen(resident, "5-result")

    officer.goto(f"{live_server.url}/console/recalls/new/")
    officer.fill("[name=lot]", lot.code)
    officer.check("[name=grounds][value=laboratory]")
    officer.fill("[name=words]", "两次独立检验均检出猪源性成分。")
    officer.check("[name=advice][value=return]")
    press(officer, "main form[method=post] button.button")
    recall = Recall.objects.get()
    assert looks_up(resident, live_server, lot) == "A test found something"  # nobody has decided
    planner.goto(f"{live_server.url}/console/recalls/{recall.code}/")
    look_at(planner, "adulterated-6-decision-1366")
    press(planner, f"form[action$='/{recall.code}/decide/'] button.button")
    recall.refresh_from_db()
    assert recall.reached_at == recall.decided_at  # whom it reaches is known as it is called
    reached = RecallTold.objects.filter(recall=recall).exclude(operator=None)
    assert set(reached.values_list("operator__name", flat=True)) == {
        one.operator.name for one in (chain.maker, chain.shop)
    }

    assert looks_up(resident, live_server, lot) == "Recalled"
    seen(resident, "7-recalled")
    trader.goto(f"{live_server.url}/trade/recalls/{recall.code}/")
    seen(trader, "8-told")
    resident.goto(f"{live_server.url}/food/recalls/{recall.code}/notice/")
    assert {one.get_attribute("lang") for one in resident.locator("main [lang]").all()} >= {
        "zh-Hans", "zh-Hant", "en",
    }  # fmt: skip

    officer.goto(f"{live_server.url}/console/cases/{code}/")
    expect(officer.locator(".said__words")).to_have_text(WORDS)
    press(officer, f"form[action$='/{code}/take/'] button")
    officer.fill("textarea[name=reply-words]", ANSWER)
    press(officer, "#reply button[value=send]")
    resident.goto(f"{live_server.url}/follow/")
    resident.fill("input[name=code]", code)
    resident.fill("input[name=passphrase]", passphrase)
    press(resident, "main form button")
    assert ANSWER in resident.inner_text(".answer")
