"""The public pages of the look log: how it stands, who watches, how often, and files to check it with."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from linli.kernel.actors import Role, system
from linli.kernel.checkpoints import Checkpoint as State
from linli.kernel.checkpoints import sign_checkpoint
from linli.kernel.log_audit import Keys, verify
from linli.kernel.log_keeping import newest, published
from linli.kernel.log_key import own_key, signer
from linli.kernel.log_renewal import begin_new_log
from linli.kernel.looks import sequence
from linli.kernel.merkle import Place, includes, leaf_hash
from linli.kernel.models import BreakGlass, LookCount, Subject
from linli.kernel.note_keys import Kind, new_signer, read_base64
from linli.kernel.signed import signed
from linli.kernel.tasks import keep_log
from tests.town.looks import looked, subject, witness
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
FILES = ["log_checkpoint", "log_entries"]


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None
    settings.LOG_ORIGIN = "chengguan.example/log"


@pytest.fixture
def log(noon):
    of = subject(noon)
    for _ in range(12):
        looked(of, noon)
    sequence(noon)
    return of


def shown(client, **query):
    return client.get(reverse("portal:log"), query)


def test_shows_the_newest_checkpoint_as_text_and_square(log, client):
    answer = shown(client)

    state = answer.context["state"]
    assert (state.size, state.note) == (12, newest().note)
    assert "chengguan.example/log\n12\n" in answer.text
    assert str(own_key()) in answer.text
    assert answer.text.count('src="data:image/svg+xml') == 1


def test_says_that_the_log_has_not_begun(client):
    answer = shown(client)

    assert answer.status_code == 200
    assert (answer.context["state"], answer.context["months"]) == (None, [])
    assert "checkpoint__note" not in answer.text
    assert [client.get(reverse(f"portal:{name}")).status_code for name in FILES] == [404, 404]
    assert client.get(reverse("portal:log_proof", args=[0])).status_code == 404


def test_names_nobody(log, client):
    """Neither case, subject, member of staff nor unit of a single look is on any of the pages."""
    texts = [shown(client).text, client.get(reverse("portal:log_proof", args=[3])).text]
    texts += [client.get(reverse("portal:log_checkpoint")).text]
    texts += [client.get(reverse("portal:log_entries")).getvalue().decode()]

    for text in texts:
        for word in ("7K3M", log.code, Subject.objects.get().code, "甲", "民族宗教事务局"):
            assert word not in text


def test_says_who_watches_and_since_when(log, noon, client, settings, tmp_path, transactional_db):
    key = new_signer("city.example/w", Kind.COSIGNATURE).key
    with witness(tmp_path / "court", own_key()) as (_, named):
        settings.WITNESSES = [named, f"{key}@http://127.0.0.1:9"]
        keep_log(noon + timedelta(seconds=20))
        court, city = shown(client).context["witnesses"]

        assert (court.name, court.size, court.newest) == ("court.example/w", 12, True)
        assert (city.name, city.size, city.at, city.newest) == ("city.example/w", 0, None, False)
        looked(log, noon)
        sequence(noon + timedelta(seconds=40))
        behind = shown(client).context["witnesses"][0]
        assert (behind.size, behind.newest) == (12, False)


def test_says_that_nobody_watches(log, client):
    answer = shown(client)

    assert answer.context["witnesses"] == []
    assert "notice--soon" in answer.text


def count(month, looks, role=Role.OFFICER, unit="民族宗教事务局"):
    LookCount.objects.create(month=month, by_role=role, by_unit=unit, looks=looks)


def counted(answer):
    month = answer.context["month"]
    return [(one.unit, one.looks) for one in month.counts], month.others, month.total


@pytest.fixture
def _today():
    with time_machine.travel(datetime(2026, 11, 21, 4, tzinfo=UTC), tick=False):
        yield


@pytest.mark.usefixtures("_today")
def test_counts_by_role_of_unit_for_months_that_have_ended(client):
    october, september = date(2026, 10, 1), date(2026, 9, 1)
    count(date(2026, 11, 1), 99)  # runs still: each look would show
    count(october, 57)
    count(october, 12, unit="政务服务中心")
    count(october, 4, Role.CLERK)
    count(october, 3, Role.SUPERVISOR)
    count(september, 11)
    count(date(2025, 10, 1), 80)  # more than a year ago

    answer = shown(client)
    assert [month.first for month in answer.context["months"]] == [october, september]
    assert counted(answer) == ([("民族宗教事务局", 57)], 19, 76)
    assert counted(shown(client, month="2026-09")) == ([("民族宗教事务局", 11)], 0, 11)
    for asked in ("2026-11", "2025-10", "x", "\0", ""):
        assert shown(client, month=asked).context["month"].first == october


@pytest.mark.usefixtures("_today")
def test_shows_no_count_under_ten(client):
    count(date(2026, 10, 1), 6)
    count(date(2026, 10, 1), 3, Role.CLERK)

    answer = shown(client)

    assert counted(answer) == ([], 0, 0)
    assert "<tfoot>" not in answer.text


@pytest.mark.usefixtures("_today")
def test_names_every_role(client):
    for role in (*Role, system("tick").role):
        LookCount.objects.update_or_create(
            month=date(2026, 10, 1), by_role=role.value, by_unit="", defaults={"looks": 10}
        )

    answer = client.get("/en/log/")

    assert len(answer.context["month"].counts) == len(Role)
    assert {str(one.role) for one in answer.context["month"].counts}.isdisjoint(set(Role))


def test_says_how_often_the_glass_was_broken(client, noon):
    of = subject(noon)
    for n, decided in enumerate(["let_in_at", "let_in_at", "refused_at", None]):
        told = {decided: noon} if decided else {}
        if decided == "let_in_at":
            told |= {"second_name": "乙", "second_unit": "督查室"}
        BreakGlass.objects.create(
            code=f"G-{n}", subject=of, about="x", hours=2, **told, **signed(actor(), noon)
        )

    answer = shown(client)

    assert (answer.context["broken"], answer.context["refused"]) == (2, 1)


def test_reads_few_rows_for_the_page(log, client, django_assert_max_num_queries):
    for month in range(1, 11):
        for role in Role:
            count(date(2026, month, 1), 20, role)

    with django_assert_max_num_queries(6):
        shown(client)


def test_gives_the_note_as_it_is(log, client):
    answer = client.get("/log/checkpoint")

    assert answer.text == published(newest())
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert not answer.cookies


def test_gives_the_whole_log_to_verify(log, client):
    answer = client.get("/log/entries.jsonl")

    assert answer.streaming
    findings = verify(answer.getvalue().decode().splitlines(keepends=True), Keys((own_key(),)))
    assert findings.sound
    assert findings.head.size == 12


def test_gives_a_proof_of_every_entry(log, client):
    for position in range(12):
        told = client.get(f"/log/proof/{position}").json()
        place = Place(told["position"], told["size"], read_base64(told["root"]))
        proof = [read_base64(one) for one in told["proof"]]
        assert includes(place, leaf_hash(read_base64(told["leaf"])), proof)


@pytest.mark.parametrize("position", ["12", "9223372036854775808", "9" * 5000, "-1", "x"])
def test_proves_nothing_that_is_not_there(log, client, position):
    assert client.get(f"/log/proof/{position}").status_code == 404


@pytest.mark.parametrize("name", ["log", *FILES])
def test_is_read_only(log, client, name):
    assert client.post(reverse(f"portal:{name}")).status_code == 405


def test_shows_that_nothing_is_signed_and_then_both_logs(log, client, settings, noon):
    old, key = own_key(), signer(first=False)
    note = str(sign_checkpoint(State(old.name, 30, b"r" * 32), key))
    (settings.KEYS / "log.signed").write_text(note)
    assert "30 lines had been signed" in client.get("/en/log/").text

    begin_new_log(at=noon, origin="chengguan.example/log-2")

    page = client.get("/en/log/").text
    assert "chengguan.example/log-2\n13\n" in page
    assert str(own_key()) in page
    for said in (str(old), note.splitlines()[2], "Line 13 of the next log names this checkpoint."):
        assert said in page
    assert client.get("/log/checkpoint").text.startswith("chengguan.example/log-2\n13\n")
