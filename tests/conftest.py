"""What every test may lean on: compiled texts, fixed time, a town, a real browser."""

import gc
import os
import shutil
import signal
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tools import sweeps

# Files and databases of a test run never touch ./var; in memory where there is such a place, and room, so that
# thousands of commits need not wait for a disk.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
if MEMORY and shutil.disk_usage(MEMORY).free < 2_000_000_000:
    MEMORY = None
if MEMORY:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)  # where tmp_path is
HOME = Path(tempfile.mkdtemp(prefix="linli-test-", dir=MEMORY))
(HOME / "static").mkdir()
# pytest-playwright keeps an event loop in the test's thread; Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# Its assertions are to say what differs, as those of a file of tests do.
pytest.register_assert_rewrite("tests.permissions.cells")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_configure(config):
    if not hasattr(config, "workerinput") and config.args_source is config.ArgsSource.ARGS:
        os.environ.setdefault("LINLI_SWEEP", "all")  # who names a file means all of it

    from hypothesis import HealthCheck, settings

    from linli.ui.translations import compile_messages
    from tests.town import filled

    # How fast things are is measured in `make bench`, not asserted here.
    settings.register_profile(
        "linli",
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        max_examples=100 if sweeps.whole() else 30,
    )
    settings.load_profile("linli")

    if not hasattr(config, "workerinput"):
        compile_messages()
        filled.begin_run()


def pytest_unconfigure(config):
    from tests.town import filled

    shutil.rmtree(HOME, ignore_errors=True)
    if not hasattr(config, "workerinput"):
        filled.end_run()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark what asks the database, and what asks for pages (tools/check.py runs some on PostgreSQL).

    Of a sweep only a part is kept; tools/sweeps.py says which.
    """
    _leave_out_of_sweeps(config, items)
    for item in items:
        if fnmatch(item.path.name, "test_*_pages.py") or item.path.name.startswith(
            ("test_public_", "test_console_")
        ):
            item.add_marker("page")
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & {
            *item.fixturenames
        }:
            item.add_marker("database")


def _leave_out_of_sweeps(config, items):
    """Keep of each test that is marked as a sweep one part; of several in one group, one part of all of them.

    What opens the browser is one group: a fourth of the whole, from every file of four.
    """
    groups = defaultdict(list)
    for item in items:
        if mark := item.get_closest_marker("sweep"):
            alone = item.nodeid.split("[")[0]
            groups[mark.kwargs.get("group", alone), mark.args[0]].append(item)
        elif item.get_closest_marker("browser"):
            groups["browser", 4].append(item)
    kept = {
        id(item)
        for (_group, of), swept in groups.items()
        for item in sweeps.part(sorted(swept, key=lambda item: item.nodeid), of)
    }
    left_out = [item for swept in groups.values() for item in swept if id(item) not in kept]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = {id(item) for item in left_out}
        items[:] = [item for item in items if id(item) not in gone]


def pytest_report_header():
    """Say which part of the sweeps is asked."""
    asked = "all of it" if sweeps.whole() else f"part {sweeps.chosen() % 60} of 60"
    return f"sweeps: {asked} (LINLI_SWEEP=all asks all)"


def pytest_collection_finish():
    """Let the collector of garbage look no more at what stays until the end: it did a tenth of all work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def shared():
    """Return the folder of outside test data, or skip, saying so."""
    if not SHARED.is_dir():
        pytest.skip("outside test data (../shared) is not here")
    return SHARED


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Keep SQLite's test database in a file: threads share it as they would in earnest.

    PostgreSQL's begins as a copy of the database that is named, with the tables that are there.
    """
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"] = database.get("TEST", {}) | {"NAME": str(HOME / "test.sqlite3")}
    else:
        database["TEST"] = database.get("TEST", {}) | {"TEMPLATE": database["NAME"]}


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings):
    """Begin with the tables of an earlier run, when they are the same ones."""
    from django.conf import settings

    from tests.town import tables

    database = settings.DATABASES["default"]
    on_file = database["ENGINE"].endswith("sqlite3")
    return on_file and tables.first_or_copied(database["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_keepdb, django_db_blocker):
    """Keep the tables for the next run; show out who is still in PostgreSQL's test database at the end.

    There, a thread's connection may take its time to close.
    """
    from django.db import connection

    from tests.town import tables

    if connection.vendor == "sqlite" and not django_db_keepdb:
        with django_db_blocker.unblock():
            tables.keep(connection)
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def _flush_past_triggers():
    """Let a test that commits empty the tables afterwards: those too that nobody may empty, and the text index.

    Django knows no table of the text index. Left full, its rows would belong to whatever gets their ids once
    a flush has set those back.
    """
    from django.db.backends.sqlite3.base import DatabaseWrapper

    operations = DatabaseWrapper.ops_class
    deletes = operations.sql_flush

    def sql_flush(self, *args, **kwargs):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT type, name, sql FROM sqlite_master")
            made = cursor.fetchall()
        triggers = [(name, sql) for kind, name, sql in made if kind == "trigger"]
        return [
            *(f"DROP TRIGGER {name}" for name, _ in triggers),
            *deletes(self, *args, **kwargs),
            *(
                f"INSERT INTO {name} ({name}) VALUES ('delete-all')"
                for _, name, sql in made
                if sql and "USING fts5" in sql
            ),
            *(sql for _, sql in triggers),
        ]

    operations.sql_flush = sql_flush
    yield
    operations.sql_flush = deletes


@pytest.fixture(scope="session", autouse=True)
def _begins_anew():
    """After a test that committed, put the tables back whole: Django empties each and fills some again."""
    from django.db import connection
    from django.test import TransactionTestCase

    from tests.town import tables

    TransactionTestCase._fixture_teardown = lambda _: tables.begin_anew(connection)


@pytest.fixture(autouse=True)
def _speaks_the_default():
    """Let every test begin in the default language: a request leaves its own behind in the thread."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def _serves_nobody():
    """Let no program that a test starts take itself for the server: whoever imports its door is told so, for good.

    On PostgreSQL it would have a pool of connections, which a child of its own then shares with it.
    """
    os.environ.pop("LINLI_SERVES", None)


@pytest.fixture
def never_hangs():
    """Stop the test after a minute of work: what grows faster than the text never ends in time.

    How fast things are is measured in `make bench`, not asserted here.
    """

    def stop(signum, frame):
        message = "a minute of work and no end"
        raise TimeoutError(message)

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, 60)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


@pytest.fixture(scope="session")
def noon():
    return datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def _own_home():
    """Before the server of the browser tests starts, which lives as long as the session."""
    from django.conf import settings

    settings.HOME = HOME
    settings.LOCALE_PATHS = [HOME / "locale", *settings.LOCALE_PATHS[1:]]
    settings.MEDIA_ROOT = HOME / "files"
    settings.STATIC_ROOT = HOME / "static"
    settings.KEYS = HOME / "keys"
    settings.MASTER_KEY_FILE = None


@pytest.fixture(autouse=True)
def _plain(settings):
    from linli.atlas.queries import features
    from linli.kernel.limits import forget_all
    from linli.ui.kept import pages
    from tests.town.once import plain

    # What another test's log signed is nothing to this one's database.
    (HOME / "keys" / "log.signed").unlink(missing_ok=True)
    for name, value in plain().items():
        setattr(settings, name, value)
    # They knock as often as they like, each test anew.
    forget_all()
    pages.forget()
    features.forget()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {
        # The same browser without its own windows and menus, where it is there: half of the work or less.
        "executable_path": shutil.which("chromium-headless-shell") or "/usr/bin/chromium",
        "args": [
            "--no-sandbox",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }
