"""Is it working: in words for everybody, check by check for the administrator, and nothing a thief would like."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.utils.timezone import localtime

import linli
from linli.kernel.actors import Role
from linli.kernel.announcing import Announcement, announce, announced, take_back
from linli.kernel.checking import pulse
from linli.kernel.checking.running import last_found
from linli.kernel.refusals import Refused
from linli.kernel.ticks import _keep
from linli.portal.status import shown
from linli.ui.kept import pages
from tests.town import facts
from tests.town.staff import account, actor

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    settings.KEYS.mkdir(mode=0o700)
    with time_machine.travel(NOON, tick=False):
        yield


def status(client, path="/status/"):
    pages.forget()
    answer = client.get(path)
    assert answer.status_code == 200
    return answer


def at_work():
    _keep({"queue": {"at": NOON.isoformat(), "failure": ""}})
    for minutes in range(0, 60, 5):
        pulse.beat(NOON - HOUR + timedelta(minutes=minutes))
    pulse.beat(NOON)


def tell(
    words="今晚十点起维护一小时", begins=NOON + HOUR, ends=NOON + 2 * HOUR, by=Role.ADMINISTRATOR
):
    announce(by=actor(by), at=NOON, said=Announcement(words, begins, ends))


def test_says_in_words_that_all_is_working_and_since_when(client, django_assert_max_num_queries):
    at_work()
    facts.fact("1200", period="2024", at=NOON - HOUR)
    with django_assert_max_num_queries(12):
        answer = status(client)

    assert [part.state for part in answer.context["parts"]] == ["ok"] * 4
    assert answer.context["since"] == NOON - HOUR
    assert [count.value for count in answer.context["counts"]] == [1, 0, 0]
    assert answer["Cache-Control"].startswith("public")
    assert client.get("/status/").context is None  # given again from memory


def test_says_it_when_the_worker_rests_and_when_the_database_does(client, monkeypatch):
    assert status(client).context["state"] == "fail"
    assert status(client).context["since"] is None
    at_work()
    assert status(client).context["state"] == "ok"

    def gone():
        raise OperationalError("the disk of db-7.internal is full")

    monkeypatch.setattr(shown, "_database", gone)
    answer = status(client)

    assert answer.context["state"] == "fail"
    assert "db-7" not in answer.content.decode()


def test_shows_nothing_a_thief_would_like(client, settings):
    settings.EMAIL_HOST, settings.EMAIL_HOST_USER = "mail.internal.example", "postmaster"
    at_work()
    page = status(client).content.decode()

    main = page.partition("<main")[2].partition("</main>")[0]
    secrets = [
        str(settings.KEYS),
        str(settings.HOME),
        settings.SECRET_KEY,
        "mail.internal",
        "postmaster",
    ]
    assert [one for one in (*secrets, linli.__version__, "sqlite", "postgres") if one in main] == []


def test_tells_ahead_what_the_administrator_announces(client):
    tell("  夜里 维护 ")
    assert "夜里 维护" in status(client).content.decode()
    assert (announced(NOON).on(NOON), announced(NOON).on(NOON + HOUR)) == (False, True)
    assert announced(NOON + 2 * HOUR) is None

    take_back(by=actor(Role.ADMINISTRATOR), at=NOON)

    assert "夜里 维护" not in status(client).content.decode()


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("not_allowed", {"by": Role.PLANNER}),
        ("empty", {"words": "  "}),
        ("too_long", {"words": "好" * 301}),
        ("time_wrong", {"ends": NOON + HOUR}),
        ("time_wrong", {"begins": NOON - 2 * HOUR, "ends": NOON - HOUR}),
        ("time_wrong", {"begins": NOON + timedelta(days=61), "ends": NOON + timedelta(days=62)}),
    ],
)
def test_tells_nothing_that_is_refused(code, given):
    with pytest.raises(Refused) as refused:
        tell(**given)

    assert refused.value.code == code
    assert announced(NOON) is None


def test_runs_the_check_for_the_administrator(client):
    client.force_login(account(Role.ADMINISTRATOR))
    assert client.get("/console/check/").context["found"] is None

    assert client.post("/console/check/run/").status_code == 302

    page = client.get("/console/check/")
    assert page.context["found"].at == NOON == last_found().at
    assert len(page.context["parts"]) == 9
    assert b"linli backup DIR" in page.content


def test_takes_an_announcement_by_the_form(client):
    client.force_login(account(Role.ADMINISTRATOR))
    begins = f"{localtime(NOON + HOUR):%Y-%m-%dT%H:%M}"
    sent = {"words": "维护", "begins_at": begins, "ends_at": begins}
    assert client.post("/console/check/told/", sent).status_code == 422
    assert announced(NOON) is None

    sent["ends_at"] = f"{localtime(NOON + 2 * HOUR):%Y-%m-%dT%H:%M}"
    assert client.post("/console/check/told/", sent).status_code == 302

    assert announced(NOON) == Announcement("维护", NOON + HOUR, NOON + 2 * HOUR)
    client.post("/console/check/told/end/")
    assert announced(NOON) is None
