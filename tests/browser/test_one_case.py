"""One case from its first word to its last day, in the real browser: asked in Uyghur at a station, handed on under
a leave that is taken back, answered, closed, rated, its looks read and proven, and on its date gone.
"""

import json
from base64 import b64decode
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from linli.cases.actions import following
from linli.cases.models import Case, HandOver
from linli.facts.models import Fact
from linli.kernel.checkpoints import read_checkpoint
from linli.kernel.keystore import store
from linli.kernel.log_file import Entry, read_line
from linli.kernel.merkle import Place, includes, leaf_hash
from linli.kernel.models import Look, Staff
from linli.kernel.notes import read_note
from linli.kernel.tasks import keep_log
from tests.browser.look import broken, look_at, no_overflow, sign_in
from tests.town import cases as town
from tests.town.contents import contents

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # half past nine in town
WORDS = "ئىجارە ئۆينىڭ ئىگىسى كاپالەت پۇلىنى قايتۇرۇپ بەرمەيۋاتىدۇ، ئۈچ ئاي بولدى."
PLACE = "شىنخۇا كوچىسى 12-بىنا"
PASSED_ON = "涉及押金纠纷，请法律援助中心提供意见。"
ANSWER = "ئۆي ئىگىسى بىلەن سۆزلەشتۇق، كاپالەت پۇلى جۈمە كۈنى قايتۇرۇلىدۇ."
SEALED = (WORDS, PLACE, PASSED_ON, ANSWER)
PLAIN = "租房纠纷"
QUEUE = "/console/cases/"
# The browser notes each refusal, and these are what the story is about.
REFUSED = ("status of 404", "status of 422")


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(MONDAY)
    return time_machine


@pytest.fixture
def telephone(browser, clock):
    """Give somebody a browser of their own, whose console says nothing but what was refused."""
    said, contexts = [], []

    def new():
        contexts.append(browser.new_context(viewport={"width": 360, "height": 740}))
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield new
    for context in contexts:
        context.close()
    assert [text for text in said if not any(one in text for one in REFUSED)] == []


@pytest.fixture
def desk(telephone, live_server):
    """Sit down a member of staff at a browser of their own."""

    def new(name, who):
        Staff.objects.create(
            username=name, name=who.name, role=who.role, unit=who.unit, password="long-enough-1"
        )
        page = telephone()
        sign_in(page, live_server, name)
        return page

    return new


@pytest.fixture
def units():
    """A window, a unit that answers about housing and has nine ratings already, and legal aid."""
    town.other()
    town.topic("rent", name=PLAIN, group="住房与环境", keywords=["押金"])
    town.topic("legal-aid", unit=town.LEGAL, name="法律援助", kind="legal_aid", sensitive=True)
    for _ in range(9):
        token = following.offer_rating(at=MONDAY, case=town.closed(at=MONDAY))
        following.rate(at=MONDAY, token=token, grade=5, solved="yes")


def seen(page, name):
    """Keep the picture of a station; it is to be whole on a telephone, and open to everybody."""
    assert no_overflow(page), name
    assert broken(page) == {}, name
    look_at(page, f"one-case-{name}-360")


def press(page, button):
    with page.expect_navigation(wait_until="load"):
        page.locator(button).first.click()


def asks(page, server):
    """The clerk writes down what is said in Uyghur; who asked leaves with a slip. Returns what stands on it."""
    on = "main form[method=post]:not(.leave):not(.ask__later) button.button:not(.button--second)"
    page.goto(f"{server.url}/console/window/")
    seen(page, "1-window")
    press(page, "main a[hreflang=ug]")
    assert page.url == f"{server.url}/ug/ask/"
    page.fill("textarea[name=words]", WORDS)
    seen(page, "2-asked")
    press(page, on)
    page.check("input[value=rent]")
    press(page, on)
    page.fill("input[name=place]", PLACE)
    press(page, on)
    press(page, on)
    page.check("input[value=station]")
    assert page.locator("select[name=reply_language]").input_value() == "ug"
    press(page, on)
    assert WORDS in page.inner_text("main")
    seen(page, "3-checked")
    press(page, on)
    assert page.locator("html").get_attribute("dir") == "rtl"
    seen(page, "4-slip")
    slip = [claim.inner_text() for claim in page.locator(".slip .claim").all()]
    page.emulate_media(media="print")
    assert page.locator(".slip__square").is_visible()
    assert not page.locator(".receipt .notice").is_visible()
    page.emulate_media(media="screen")
    press(page, "main form.row button")
    assert page.url == f"{server.url}/console/window/"  # in the clerk's own language
    page.goto(f"{server.url}/ug/ask/receipt/")
    assert slip[1] not in page.content()
    return slip


def hands_on(page, server, code):
    """The housing unit takes it and asks legal aid; the words and the language are all that may be read there."""
    page.goto(f"{server.url}{QUEUE}{code}/")
    expect(page.locator(".said__words")).to_have_text(WORDS)
    assert page.locator(".said__words").get_attribute("lang") == "ug"
    press(page, f"form[action$='/{code}/take/'] button")
    page.locator("#hand_on summary").click()
    page.select_option("select[name=hand-unit]", label=town.LEGAL)
    page.fill("textarea[name=hand-words]", PASSED_ON)
    for box in page.locator("input[name=hand-fields_read]").all():
        box.set_checked(box.get_attribute("value") in {"words", "reply_language"})
    press(page, "#hand_on button")
    assert Case.objects.get(code=code).hand_overs.get().state == HandOver.WAITING
    seen(page, "5-handed-on")


def opens(page, server, code, passphrase):
    page.goto(f"{server.url}/ug/follow/{code}/")
    assert (
        page.locator("input[name=code]").input_value() == code
    )  # the square on the slip leads here
    page.fill("input[name=passphrase]", passphrase)
    press(page, "main form button")


def does(page, deed):
    """One of the small pages on which the person does something."""
    page.locator(f"main a[href$='/{deed}/']").first.click()
    page.wait_for_url(f"**/{deed}/")
    press(page, "main form[enctype] button")


def rates(page):
    """One star. The page that takes it knows no case, and its token is good for one."""
    press(page, "form[action$='/rate/'] button")
    token = page.url
    page.check("input[name=grade][value='1']")
    page.check("input[name=solved][value=no]")
    seen(page, "11-rates")
    press(page, "form.grades button")
    seen(page, "12-rated")
    page.goto(token)
    page.check("input[name=grade][value='5']")
    page.check("input[name=solved][value=yes]")
    press(page, "form.grades button")
    assert page.locator(".wrongs").is_visible()


def proves(page, code):
    """Take the proofs home and check them against what the log shows to everybody."""
    origin = page.url.split("/ug/")[0]
    told = json.loads(page.request.get(f"{page.url}looks.json").body())
    public = page.request.get(f"{origin}/log/checkpoint").text()
    state = read_checkpoint(read_note(public).text)
    rows = []
    for one in told["looks"]:
        entry, proof = read_line(f"{one['line']}\n"), one["proof"]
        assert isinstance(entry, Entry)
        assert entry.holds()
        assert proof["checkpoint"] == public
        place = Place(proof["position"], state.size, state.root)
        hashes = [b64decode(each) for each in proof["proof"]]
        assert includes(place, leaf_hash(entry.leaf), hashes)
        assert not includes(place, leaf_hash(entry.leaf[::-1]), hashes)
        rows.append(json.loads(entry.row))
    assert {row["about"] for row in rows} == {code}
    return {(row["unit"], row["purpose"]) for row in rows}


def figures():
    """Count the ratings anew, as every night, and return what is told of them."""
    call_command("facts", "compute", "--only", "cases.rating")
    return [fact.value for fact in Fact.objects.filter(indicator__code="cases.rating")]


def refused(page, server, code, passphrase):
    """Try code and passphrase on a browser that knows neither; return what is answered."""
    page.goto(f"{server.url}/ug/follow/")
    page.fill("input[name=code]", code)
    page.fill("input[name=passphrase]", passphrase)
    press(page, "main form button")
    assert page.url == f"{server.url}/ug/follow/"
    return page.inner_text("[role=alert]")


def in_the_files():
    """Return which of the words stand in the clear in the database, the keys, the kept files."""
    parts = [Path(settings.HOME), Path(settings.KEYS)]
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        parts += [name, *name.parent.glob(f"{name.name}-*")]
    files = {one for part in parts for one in (part.rglob("*") if part.is_dir() else [part])}
    bytes_of = b"".join(contents(one) for one in files if one.is_file())
    return {said for said in (*SEALED, PLAIN) if said.encode() in bytes_of}


def test_goes_from_the_first_word_to_the_last_day(telephone, desk, live_server, units, clock):
    code, passphrase = asks(desk("window", town.clerk()), live_server)
    case = Case.objects.get(code=code)
    assert (case.channel, case.unit.name) == ("station", town.HOUSING)
    housing, legal = desk("housing", town.officer()), desk("legal", town.officer(town.LEGAL))
    address = f"{live_server.url}{QUEUE}{code}/"
    hands_on(housing, live_server, code)
    assert legal.goto(address).status == 404  # not before leave is given

    holder = telephone()
    opens(holder, live_server, code, passphrase)
    assert holder.locator(".notice--soon strong").count() == 2
    assert town.LEGAL in holder.inner_text(".notice--soon")
    seen(holder, "6-asked-for-leave")
    press(holder, "button[name=leave][value=yes]")
    legal.goto(f"{live_server.url}{QUEUE}?shown=offered")
    assert legal.locator(f"#case-{code}").count() == 1
    legal.goto(address)
    expect(legal.locator(".said__words")).to_have_text(WORDS)
    assert PLACE not in legal.content()
    seen(legal, "7-legal-aid-reads")
    assert Look.objects.filter(by_unit=town.LEGAL, about=code).count() == 1

    holder.reload()
    press(holder, f"form[action*='/grants/'] button:has-text('{town.LEGAL}')")
    seen(holder, "8-taken-back")
    assert legal.goto(address).status == 404
    legal.goto(f"{live_server.url}{QUEUE}?shown=offered")
    assert legal.locator(f"#case-{code}").count() == 0
    assert Look.objects.filter(by_unit=town.LEGAL, about=code).count() == 1

    housing.goto(address)
    housing.fill("textarea[name=reply-words]", ANSWER)
    press(housing, "#reply button[value=send]")
    holder.reload()
    assert ANSWER in holder.inner_text(".answer")
    seen(holder, "9-answered")
    does(holder, "close")
    seen(holder, "10-closed")
    assert figures() == []  # nine ratings are too few to be told
    rates(holder)
    assert figures() == [Decimal("4.6")]
    assert holder.goto(f"{live_server.url}/facts/cases.rating/").status == 200
    assert "4.6" in holder.inner_text("main")

    clock.shift(timedelta(seconds=11))
    keep_log(timezone.now())
    holder.goto(f"{live_server.url}/ug/follow/{code}/")
    told = holder.inner_text(".looks")
    assert town.LEGAL in told
    assert town.HOUSING in told
    looked = proves(holder, code)
    assert looked == {(town.HOUSING, "triage"), (town.HOUSING, "handle"), (town.LEGAL, "decide")}
    seen(holder, "13-looks")

    before = json.loads(holder.request.get(f"{holder.url}data.json").body())
    assert before["said"]["words"] == WORDS
    case.subject.refresh_from_db()
    assert case.subject.purge_on == timezone.localdate(MONDAY) + timedelta(days=180)
    clock.move_to(datetime.combine(case.subject.purge_on, time(3), timezone.get_current_timezone()))
    call_command("purge")
    assert case.subject_id not in store().alive("", 10_000)
    assert refused(telephone(), live_server, code, passphrase) == refused(
        telephone(), live_server, "ZZZZZZZZ", passphrase
    )
    # The name of the topic is found there: where it is looked for, the words would be found too.
    assert in_the_files() == ({PLAIN} if connection.vendor == "sqlite" else set())
    case.refresh_from_db()
    assert (case.words, case.place, case.secret) == (None, None, "")
