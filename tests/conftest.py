"""What every test may lean on: compiled texts, fixed time, a town, a real browser."""

import os
import shutil
import signal
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

# Files and databases of a test run never touch ./var; in memory where there is such a place, so that
# thousands of commits need not wait for a disk.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
HOME = Path(tempfile.mkdtemp(prefix="linli-test-", dir=MEMORY))
(HOME / "static").mkdir()
# pytest-playwright keeps an event loop in the test's thread; Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_configure(config):
    from linli.ui.translations import compile_messages

    if not hasattr(config, "workerinput"):
        compile_messages()


@pytest.fixture(scope="session")
def shared():
    """Return the folder of outside test data, or skip, saying so."""
    if not SHARED.is_dir():
        pytest.skip("outside test data (../shared) is not here")
    return SHARED


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Keep SQLite's test database in a file: threads share it as they would in earnest."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"] = database.get("TEST", {}) | {"NAME": str(HOME / "test.sqlite3")}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Show out who is still in PostgreSQL's test database: a thread's connection may take its time to close."""
    from django.db import connection

    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def _flush_past_triggers():
    """Let a test that commits empty the tables afterwards, those that nobody may empty included."""
    from django.db.backends.sqlite3.base import DatabaseWrapper

    operations = DatabaseWrapper.ops_class
    deletes = operations.sql_flush

    def sql_flush(self, *args, **kwargs):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        drops = [f"DROP TRIGGER {name}" for name, _ in triggers]
        return [*drops, *deletes(self, *args, **kwargs), *(sql for _, sql in triggers)]

    operations.sql_flush = sql_flush
    yield
    operations.sql_flush = deletes


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


@pytest.fixture
def noon():
    return datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def _own_home():
    """Before the server of the browser tests starts, which lives as long as the session."""
    from django.conf import settings

    settings.HOME = HOME
    settings.MEDIA_ROOT = HOME / "files"
    settings.STATIC_ROOT = HOME / "static"
    settings.KEYS = HOME / "keys"
    settings.MASTER_KEY_FILE = None
    yield
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def _plain(settings):
    from linli.kernel.limits import forget_all

    # Hashed names need collectstatic; the manifest has its own test.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    # The default hasher takes a tenth of a second for each account that a test makes.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Staff of tests come in without a second factor, and knock as often as they like, each test anew.
    settings.SECOND_FACTOR = False
    forget_all()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {
        "executable_path": "/usr/bin/chromium",
        "args": [
            "--no-sandbox",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }
