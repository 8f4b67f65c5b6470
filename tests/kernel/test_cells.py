"""Two cells in one PostgreSQL: what happens in one does not happen in the other, with the same code.

`make cells` makes both by the command itself, and against Citus where LINLI_CITUS_URL names a cluster.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from psycopg import sql

from linli.config.database import databases
from linli.kernel.cells import making, naming, schemas
from linli.kernel.refusals import Refused
from tests.conftest import ROOT
from tests.town import cell

CITUS = os.environ.get("LINLI_CITUS_URL", "")
IN_EARNEST = bool(CITUS) or os.environ.get("LINLI_CELLS") == "1"
NAMES = [f"test_{os.getpid()}_jiayuguan", f"test_{os.getpid()}_jinchang"]
WORDS = "金丝雀在矿井里唱歌"
ASK = """
from linli.kernel.clock import now
from tests.town import cases
case = cases.asked(at=now(), words=given["words"])
said = case.code
"""
BOOK = """
from linli.kernel.clock import now
from linli.kernel.refusals import Refused
from tests.town import offers
session, codes = offers.session(2, at=now()), []
for _ in range(3):
    try:
        codes.append(offers.booked(session, at=now()).state)
    except Refused as refused:
        codes.append(refused.code)
session.refresh_from_db()
said = [session.taken, codes]
"""
COUNT = """
from linli.cases.models import Case
from linli.offers.models import Booking
said = [Case.objects.count(), Booking.objects.count()]
"""
OPEN = """
from linli.cases.models import Case
from linli.kernel import keystore
from django.conf import settings
from django.test import Client
status = Client(HTTP_HOST="localhost").get("/health").status_code
said = [status, settings.CELL, str(settings.KEYS), settings.SECRET_KEY]
"""
DISTRIBUTED = pytest.mark.skipif(not CITUS, reason="LINLI_CITUS_URL names no Citus cluster")


@pytest.fixture(scope="module")
def house(tmp_path_factory, django_db_setup, django_db_blocker):
    """The address of a database with two cells in it, and the folder of the house."""
    home = tmp_path_factory.mktemp("house")
    with ExitStack() as stack, django_db_blocker.unblock():
        if CITUS:
            url = CITUS
            stack.callback(remove_cells, url)
        elif connection.vendor != "postgresql":
            pytest.skip("cells are schemas of PostgreSQL")
        else:
            url = stack.enter_context(
                cell.database_beside(os.environ["DATABASE_URL"], f"linli_cells_{os.getpid()}")
            )
        if IN_EARNEST:
            break_off(url, home, NAMES[0])
            for name in NAMES:
                said = cell.linli(url, home, "cell", "create", name)
                assert "Next:" in said, said
        else:
            tables = cell.other_database(url, connection.settings_dict["NAME"])
            cell.copied(tables, url, *NAMES)
        yield url, home


def break_off(url, home, name):
    """Begin to make a cell, and kill that when some of its tables are there."""
    process = subprocess.Popen(
        [sys.executable, "-m", "linli", "cell", "create", name],
        cwd=ROOT, env=cell.settings_of(url, home), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        with psycopg.connect(url, autocommit=True) as database:
            for _ in range(3000):
                if process.poll() is not None or begun(database, name):
                    break
                time.sleep(0.1)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    # What it had under way goes when the server notices.
    with psycopg.connect(url, autocommit=True) as database:
        assert 0 < begun(database, name) < 100


def begun(database, name):
    [[there]] = database.execute("SELECT to_regclass(%s)", [f"{name}.django_migrations"])
    if there is None:
        return 0
    counted = sql.SQL("SELECT count(*) FROM {}.django_migrations").format(sql.Identifier(name))
    [[count]] = database.execute(counted)
    return count


def remove_cells(url):
    with psycopg.connect(url, autocommit=True) as database:
        for name in NAMES:
            gone = sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name))
            database.execute(gone)


@pytest.fixture(scope="module")
def two(house):
    with ExitStack() as stack:
        yield [stack.enter_context(cell.program(*house, name)) for name in NAMES]


@pytest.mark.database
class TestTwoCells:
    def test_keep_what_is_asked_and_booked_to_themselves(self, house, two):
        ours, theirs = two
        assert ours(COUNT) == theirs(COUNT) == [0, 0]

        ours(ASK, words=WORDS)
        assert ours(BOOK) == [2, ["confirmed", "confirmed", "full"]]

        assert ours(COUNT) == [1, 2]
        assert theirs(COUNT) == [0, 0]
        assert self.rows(house[0], "cases_case") == [1, 0]
        # What seals the words lies in the one folder; the other has no key for anybody.
        assert [self.keys(house[1], name) for name in NAMES] == [True, False]

    def test_are_served_by_the_same_code_with_keys_and_secrets_of_their_own(self, house, two):
        (status, name, keys, secret), other = two[0](OPEN), two[1](OPEN)

        assert (status, name) == (200, NAMES[0])
        assert keys == str(house[1] / "cells" / NAMES[0] / "keys")
        assert (other[0], other[1]) == (200, NAMES[1])
        assert keys != other[2]
        assert secret != other[3]

    def rows(self, url, table):
        with psycopg.connect(url) as database:
            return [
                database.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name, table))).fetchone()[0]
                for name in NAMES
            ]  # fmt: skip

    def keys(self, home, name):
        return (home / "cells" / name / "keys" / "subjects.sqlite3").exists()

    @DISTRIBUTED
    def test_move_to_another_worker_and_keep_what_they_hold(self, house, two):
        url, home = house
        with psycopg.connect(url) as database:
            workers = {f"{host}:{port}" for host, port in database.execute("SELECT * FROM citus_get_active_worker_nodes()")}  # fmt: skip
        before, was = two[0](COUNT), self.worker(url, home)
        to = next(iter(workers - {was}), None)
        if to is None:
            pytest.skip("the cluster has one worker")

        said = cell.linli(url, home, "cell", "move", NAMES[0], to)

        assert self.worker(url, home) == to, said
        with cell.program(url, home, NAMES[0]) as moved:
            assert moved(COUNT) == before
            moved(ASK, words=WORDS)

    def worker(self, url, home):
        lines = cell.linli(url, home, "cell", "list").splitlines()
        return next(line.split("\t")[1] for line in lines if line.startswith(NAMES[0]))


@pytest.fixture
def postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("cells are schemas of PostgreSQL")


@pytest.fixture
def plain(postgresql):
    if schemas.is_distributed():
        pytest.skip("this PostgreSQL is a Citus cluster")


def refusal(deed, *words):
    said = []
    with pytest.raises(Refused) as caught:
        deed(*words, say=said.append)
    assert said == []
    return caught.value.code


class TestCreate:
    @pytest.mark.parametrize("name", ["", "Lanzhou", "a-b", 'a"b', "1a", "public", "pg_x", "citus", "a" * 41])  # fmt: skip
    def test_refuses_a_name_that_is_no_plain_word(self, postgresql, name):
        assert refusal(making.create, name) == "bad_name"

    def test_refuses_a_schema_that_is_no_cell(self, postgresql, settings, tmp_path):
        settings.HOME = tmp_path
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA somebody_elses")

        assert refusal(making.create, "somebody_elses") == "taken"
        assert list(tmp_path.iterdir()) == []

    def test_refuses_while_somebody_else_makes_it(self, postgresql, settings, tmp_path):
        settings.HOME = tmp_path
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(hashtext('linli cell lanzhou'))")
            assert refusal(making.create, "lanzhou") == "busy"
        finally:
            other.close()
        assert not schemas.exists("lanzhou")

    def test_refuses_within_a_cell(self, postgresql, settings):
        settings.CELL = "lanzhou"

        assert refusal(making.create, "jinchang") == "within_cell"
        with pytest.raises(CommandError, match="within_cell"):
            call_command("cell", "list")

    def test_backs_up_no_neighbour(self, db, settings, tmp_path):
        settings.CELL = "lanzhou"

        with pytest.raises(CommandError, match="--schema=lanzhou"):
            call_command("backup", str(tmp_path))
        assert list(tmp_path.iterdir()) == []

    def test_refuses_sqlite(self, db):
        if connection.vendor != "sqlite":
            pytest.skip("this is not SQLite")
        assert refusal(making.create, "lanzhou") == "not_postgresql"


class TestMove:
    def test_refuses_on_a_postgresql_that_is_one_server(self, plain):
        assert refusal(making.move, "lanzhou", "worker") == "not_distributed"


class TestList:
    def test_says_which_cells_have_only_begun_and_which_are_behind(self, postgresql, capsys):
        with connection.cursor() as cursor:
            for name in ("begun", "behind"):
                cursor.execute(f"CREATE SCHEMA {name}; COMMENT ON SCHEMA {name} IS 'linli cell'")
            cursor.execute("CREATE TABLE behind.django_migrations AS TABLE django_migrations")
            cursor.execute("DELETE FROM behind.django_migrations WHERE app = 'trace'")
            cursor.execute("INSERT INTO behind.django_migrations (id, app, name, applied) SELECT 0, 'trace', '9999_later', now()")  # fmt: skip

        cells = {one.name: one for one in schemas.cells() if not one.name.startswith("test_")}

        assert sorted(cells) == ["begun", "behind"] or sorted(cells) == ["behind", "begun"]
        assert (cells["begun"].applied, cells["begun"].size) == (0, 0)
        assert cells["behind"].waiting > 1
        assert (cells["behind"].unknown, cells["behind"].worker) == (1, "")


class TestSettings:
    def test_keep_cells_apart_by_their_name_alone(self, tmp_path, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgres://linli@db/linli")

        options = databases(tmp_path, "lanzhou")["default"]["OPTIONS"]["options"]

        assert options.endswith(" -c search_path=lanzhou")
        assert "search_path" not in databases(tmp_path)["default"]["OPTIONS"]["options"]
        assert naming.home(tmp_path, "lanzhou") == tmp_path / "cells" / "lanzhou"
        assert naming.own_file(tmp_path / "master.json", "lanzhou").name == "master.lanzhou.json"
        assert naming.own_file(tmp_path / "master.json", "").name == "master.json"
        assert naming.own_secret("s", "a") != naming.own_secret("s", "b")

    def test_refuse_what_no_cell_can_be(self, tmp_path, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/linli.sqlite3")

        with pytest.raises(ValueError, match="LINLI_CELL"):
            databases(tmp_path, "lanzhou")
        with pytest.raises(ValueError, match="LINLI_CELL"):
            naming.named("../lanzhou")
