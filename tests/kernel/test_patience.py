"""How long anything waits in the database, and how many reach it at once: as the environment says, in earnest."""

import threading
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as house
from django.conf.urls.i18n import i18n_patterns
from django.db import OperationalError, connection, transaction
from django.db.utils import load_backend
from django.http import HttpResponse
from django.urls import path

from linli.config import urls
from linli.config.database import databases
from linli.kernel.models import LookCount
from linli.kernel.stalled import refusal_of

HOME = Path("house")
POSTGRES = "postgres://linli@/linli"
NAMES = ("LINLI_SERVES", "LINLI_POOL", "LINLI_STATEMENT_SECONDS", "LINLI_LOCK_SECONDS", "LINLI_IDLE_SECONDS", "LINLI_WORK_SECONDS", "LINLI_REPLICA_URL")  # fmt: skip


@pytest.fixture
def options(monkeypatch):
    """Return what a process gets whose environment says so."""

    def said(**given):
        for name in NAMES:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("DATABASE_URL", POSTGRES)
        for name, value in given.items():
            monkeypatch.setenv(f"LINLI_{name}", value)
        return databases(HOME)["default"]

    return said


@pytest.fixture
def on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer and one patience: tests/kernel/test_writers.py")


@pytest.fixture
def patience(transactional_db, options, monkeypatch):
    """Let this thread's connection begin anew with what a server with these limits sets."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer and one patience: tests/kernel/test_writers.py")

    def begin(**given):
        said = options(**given)["OPTIONS"]["options"]
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "options", said)
        connection.close()

    yield begin
    monkeypatch.undo()
    connection.close()


def write(unit):
    LookCount.objects.create(month="2026-11-01", by_role="clerk", by_unit=unit, looks=1)


def ask(question):
    with connection.cursor() as cursor:
        cursor.execute(question)


@transaction.atomic
def slow(_request):
    write("slow")
    ask("SELECT pg_sleep(0.4)")
    return HttpResponse("done")


@transaction.atomic
def locking(_request):
    write("locking")
    list(LookCount.objects.select_for_update().filter(by_unit="held"))
    return HttpResponse("done")


@transaction.atomic
def idling(_request):
    """Open a transaction, and forget it until the server has had enough."""
    write("idling")
    parameters = connection.get_connection_params() | {"autocommit": True}
    with psycopg.connect(**parameters) as watching:
        ours = connection.connection.info.backend_pid
        while watching.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [ours]).fetchone():
            watching.execute("SELECT pg_sleep(0.05)")
    write("awake")
    return HttpResponse("done")


@transaction.atomic
def writing(_request):
    write("writing")
    return HttpResponse("done")


VIEWS = [path(f"{view.__name__}/", view) for view in (slow, locking, idling, writing)]
urlpatterns = [
    *i18n_patterns(*VIEWS, prefix_default_language=False),
    path("exchange/slow", slow),
    *urls.urlpatterns,
]
handler500 = urls.handler500


@pytest.fixture
def asked(client, settings):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    return client.post


def test_gives_pages_up_early_and_commands_late(options):
    page, command = options(SERVES="4"), options()

    assert page["OPTIONS"]["options"] == (
        "-c jit=off -c statement_timeout=30000ms -c lock_timeout=3000ms"
        " -c idle_in_transaction_session_timeout=120000ms"
    )
    assert command["OPTIONS"]["options"] == (
        "-c jit=off -c statement_timeout=3600000ms -c lock_timeout=60000ms"
        " -c idle_in_transaction_session_timeout=3600000ms"
    )
    assert page["OPTIONS"]["application_name"] == "linli pages"


def test_lends_connections_to_pages_alone_and_as_many_as_there_are_threads(options):
    assert options(SERVES="6")["OPTIONS"]["pool"]["max_size"] == 6
    assert options(SERVES="6")["CONN_MAX_AGE"] == 0
    assert options(SERVES="6", POOL="9")["OPTIONS"]["pool"]["max_size"] == 9
    for without in (options(), options(SERVES="6", POOL="0"), options(POOL="9")):
        assert "pool" not in without["OPTIONS"]
        assert without["CONN_MAX_AGE"] is None


def test_takes_every_limit_from_the_environment(options, on_postgresql):
    given = options(SERVES="1", STATEMENT_SECONDS="7", LOCK_SECONDS="0.25", IDLE_SECONDS="9")
    mine = {"options": given["OPTIONS"]["options"], "application_name": "linli pages"}

    with psycopg.connect(**connection.get_connection_params() | mine) as made:
        shown = [
            made.execute(f"SHOW {name}").fetchone()[0]
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "jit", "application_name")
        ]  # fmt: skip
    assert shown == ["7s", "250ms", "9s", "off", "linli pages"]


@pytest.mark.parametrize("where", ["/slow/", "/exchange/slow"])
def test_cuts_off_an_answer_that_takes_too_long(patience, asked, where):
    patience(SERVES="1", STATEMENT_SECONDS="0.1")

    answer = asked(where)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "busy" in answer.content.decode()
    assert not LookCount.objects.exists()


def test_says_so_in_the_readers_language(patience, asked):
    patience(SERVES="1", STATEMENT_SECONDS="0.1")

    assert "Too much is asked for at this moment" in asked("/en/slow/").content.decode()


def test_control_lets_it_end_without_the_limit(patience, asked):
    patience(SERVES="1")

    assert asked("/slow/").status_code == 200
    assert LookCount.objects.get().by_unit == "slow"


@pytest.mark.parametrize(("seconds", "status"), [("0.1", 503), ("30", 200)])
def test_waits_for_a_lock_for_so_long_and_no_longer(patience, asked, seconds, status):
    """The second is the control: whoever has patience gets the lock once it is free."""
    write("held")
    held, free = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            list(LookCount.objects.select_for_update().filter(by_unit="held"))
            held.set()
            free.wait(30 if status == 503 else 0.5)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(30)
    patience(SERVES="1", LOCK_SECONDS=seconds)
    try:
        answer = asked("/locking/")
    finally:
        free.set()
        other.join()

    assert answer.status_code == status
    assert answer.get("Retry-After") == ("5" if status == 503 else None)
    assert LookCount.objects.filter(by_unit="locking").exists() is (status == 200)


def test_ends_a_transaction_that_nobody_goes_on_with(patience, asked):
    patience(SERVES="1", IDLE_SECONDS="0.2")

    answer = asked("/idling/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    connection.close()
    assert not LookCount.objects.exists()


@pytest.mark.parametrize("cookies", [{}, {"sessionid": "somebody"}])
def test_answers_politely_while_the_database_is_away(patience, client, monkeypatch, cookies):
    """Whoever is signed in is looked up before any page is: that too leans on nothing that is away."""
    client.raise_request_exception = False
    client.cookies.load(cookies)
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    connection.close()

    answer = client.get("/services/")
    told = client.get("/api/cases/3K7M-92QD", headers={"Linli-Passphrase": "x"})

    assert [answer.status_code, told.status_code] == [503, 503]
    assert [answer["Retry-After"], told["Retry-After"]] == ["30", "30"]
    assert told.json()["code"] == "away"


def test_lends_no_more_connections_than_it_has(on_postgresql, options):
    given = options(SERVES="1")["OPTIONS"]["pool"] | {"timeout": 0.2}
    said = {**connection.settings_dict, "CONN_MAX_AGE": 0, "OPTIONS": {**connection.settings_dict["OPTIONS"], "pool": given}}  # fmt: skip
    backend = load_backend(said["ENGINE"])
    first, second = (backend.DatabaseWrapper(said, "lent") for _ in range(2))
    try:
        first.ensure_connection()
        with pytest.raises(OperationalError) as full:
            second.ensure_connection()
        assert refusal_of(full.value).code == "busy"

        first.close()
        second.ensure_connection()
        assert second.is_usable()
        second.close()
    finally:
        first.close_pool()


@pytest.mark.django_db(transaction=True)
def test_tells_of_a_busy_file_as_of_a_busy_server(asked, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets many write at a time")
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    connection.close()
    with pen_taken(connection.settings_dict["NAME"]):
        answer = asked("/writing/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert not LookCount.objects.exists()
    assert asked("/writing/").status_code == 200
    connection.close()


def pen_taken(name):
    """Hold SQLite's only pen, as another program would."""
    import sqlite3
    from contextlib import closing

    other = sqlite3.connect(name, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return closing(other)


def test_leaves_every_other_error_alone():
    assert refusal_of(None) is None
    assert refusal_of(ValueError("no refusal")) is None
    assert refusal_of(OperationalError("no such table: x")) is None
    assert house.FOR_PROGRAMS
