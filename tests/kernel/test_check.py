"""`linli check` in a house with real parts: what is broken is said, what is well is not."""

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from linli.demo.staff import LOGINS, PASSWORD
from linli.kernel.checking.findings import State
from linli.kernel.checking.pulse import beat
from linli.kernel.checking.running import Check, declared, last_found, looked
from linli.kernel.log_keeping import newest
from linli.kernel.looks import sequence
from linli.kernel.models import LogLeaf, Staff
from tests.town.letters import mail_server, nobody
from tests.town.looks import looked as look_at
from tests.town.looks import subject

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None
    settings.KEYS.mkdir(mode=0o700)


def found(part, at=NOON):
    """Return what is said of one part, by code."""
    [*looks] = [one.look for one in declared() if one.part == part]
    return {one.code: one.state for look in looks for one in look(at)}


def run(*given):
    out = io.StringIO()
    try:
        call_command("check", *given, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_says_each_finding_with_what_to_do_and_fails():
    said, wrong = run()
    told = json.loads(run("--json")[0])

    assert {one["part"] for one in told["findings"]} == {one.part for one in declared()}
    assert told["state"] == "fail"
    assert "FAIL  backups.made" in said
    assert "→ linli backup DIR" in said
    assert wrong
    assert [one.told for one in last_found().findings] == told["findings"]


def test_shows_no_secret(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", nobody()
    settings.EMAIL_HOST_PASSWORD = settings.SECRET_KEY = "s3cret-and-long-enough-0123456789-abc"
    said, _ = run()

    for hidden in settings.SECRET_KEY, str(settings.KEYS), str(settings.HOME), "127.0.0.1":
        assert hidden not in said


def test_knocks_at_a_real_mail_server_and_sends_nothing(settings):
    settings.EMAIL_HOST = "127.0.0.1"
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
        assert found("mail")["server"] == State.OK
        assert server.letters == []
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        said, _ = run("--send-to", "you@example.org")
        assert "ok    mail.letter" in said
        assert [letter["To"] for letter in server.taken] == ["you@example.org"]
    assert found("mail")["server"] == State.FAIL


def test_sees_a_key_that_others_may_read(settings):
    kept = Path(settings.KEYS) / "city.key"
    kept.touch(mode=0o600)
    assert found("keys")["modes"] == State.OK

    kept.chmod(0o644)

    assert found("keys")["modes"] == State.FAIL


def test_sees_that_a_leaf_of_the_log_was_altered():
    of = subject(NOON)
    for _ in range(3):
        look_at(of, NOON)
    sequence(NOON + timedelta(minutes=1))
    assert newest().size >= 3
    assert found("log")["verified"] == State.OK

    _altered(1)

    assert found("log")["verified"] == State.FAIL


def _altered(position):
    """Alter a leaf, past the trigger that forbids it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'kernel_logleaf'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("ALTER TABLE kernel_logleaf DISABLE TRIGGER USER")
    LogLeaf.objects.filter(position=position).update(leaf=b"x" * 32)


def test_sees_a_clock_that_went_back():
    beat(NOON)

    assert found("clock", NOON)["back"] == State.OK
    assert found("clock", NOON - timedelta(hours=3))["back"] == State.FAIL


def test_sees_accounts_of_the_demo_in_earnest(settings):
    login = LOGINS[0]
    staff = Staff.objects.create(password=PASSWORD, **login._asdict())
    assert found("settings")["demo_accounts"] == State.FAIL

    staff.set_password("another-long-password-1")
    staff.save()

    assert found("settings")["demo_accounts"] == State.OK


def test_goes_on_when_a_part_cannot_be_looked_at(monkeypatch):
    def broken(at):
        raise RuntimeError("secret")

    parts = [Check("mail", broken), Check("clock", lambda at: [])]
    monkeypatch.setattr("linli.kernel.checking.running.declared", lambda: iter(parts))

    [only] = looked(NOON)

    assert (only.part, only.code, only.state) == ("mail", "unseen", State.FAIL)
    assert "secret" not in only.words


def test_changes_nothing(django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as asked:
        looked(NOON)

    words = [one["sql"].split()[0].upper() for one in asked.captured_queries]
    assert {*words} <= {"SELECT", "PRAGMA", "SAVEPOINT", "RELEASE"}
