"""Two cities, two processes, two databases: handed over, delivered, read, taken back, read no more."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.conftest import ROOT
from tests.town import tables

WORDS, PLACE = "金丝雀在矿井里唱歌", "向阳街七号院"
UNIT = "金昌市法律援助中心"
# What one city does, beside its server, is done by a Python program under its own LINLI_HOME: it is told line by
# line, and answers each with a line of JSON.
PROGRAM = """
import json, sys
import django
django.setup()
for line in sys.stdin:
    what, given = json.loads(line)
    names = {"given": given, "said": None}
    exec(what, names)
    print(json.dumps(names["said"], default=str), flush=True)
"""
PRELUDE = """
from datetime import timedelta
from linli.cases.actions import delivering, following, partners, reading, receiving, referring
from linli.cases.models import Case, Partner, Received, Referral
from linli.kernel import city_key
from linli.kernel.actors import Actor, Role, system
from linli.kernel.clock import now
from linli.kernel.looks import looks_of
from linli.kernel.refusals import Refused
def attempt(do):
    try:
        return do()
    except Refused as refused:
        return [refused.status, refused.code]
"""
KEY = "key = city_key.signer().key; said = [str(key), city_key.fingerprint(key)]"
MEET = """
by = Actor("规划员", Role.PLANNER, "民宗局")
draft = partners.PartnerDraft(given["name"], given["origin"], *given["key"])
partners.add_partner(by=by, at=now(), draft=draft)
"""
FOUND = """
from tests.town import cases
cases.unit(given["unit"])
"""
REFER = """
from tests.town import cases
case = cases.asked(at=now(), words=given["words"], place=given["place"])
referring.refer(at=now(), case=case, partner=Partner.objects.get(), unit_name=given["unit"],
                fields=["words"], days=30)
said = delivering.deliver(by=system("exchange"), at=now())
"""
RECEIVED = """
received = Received.objects.select_related("unit", "partner").get()
by = Actor("经办人", Role.OFFICER, given["unit"])
"""
READ = (
    RECEIVED
    + """
told = attempt(lambda: receiving.read_received(by=by, at=now(), received=received, purpose="help"))
received.refresh_from_db()
said = [told if isinstance(told, list) else told.texts, received.state]
"""
)
ACCEPT = RECEIVED + "receiving.accept(by=by, at=now(), received=received)"
REVOKE = """
referral = Referral.objects.select_related("case__subject", "grant").get()
following.revoke_grant(at=now(), case=referral.case, grant=referral.grant)
"""
TOLD = """
case = Case.objects.get()
said = [[one.by_unit, one.fields, one.purpose] for one in looks_of(case.subject)]
said = [said, [one.verb for one in case.steps.filter(shown=True)]]
"""


class City:
    """One city: a home, a port, and a server in front of them."""

    def __init__(self, home, name):
        self.home, self.name, self.port = home, name, free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.env = os.environ | {
            "LINLI_HOME": str(home), "DATABASE_URL": f"sqlite:///{home / 'linli.sqlite3'}",
            "LINLI_DEBUG": "1", "LINLI_LOG_ORIGIN": f"{name}.example/log",
            "DJANGO_SETTINGS_MODULE": "linli.config.settings", "PYTHONPATH": str(ROOT),
        }  # fmt: skip

    def does(self, what, **given):
        self.program.stdin.write(json.dumps([f"{PRELUDE}\n{what}", given]) + "\n")
        self.program.stdin.flush()
        answer = self.program.stdout.readline()
        assert answer, self.program.communicate()[1][-2000:]
        return json.loads(answer)

    def begins(self):
        self.program = subprocess.Popen(
            [sys.executable, "-c", PROGRAM], cwd=ROOT, env=self.env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.opens()

    def ends(self):
        self.closes()
        self.program.communicate()

    def opens(self):
        self.log = (self.home / "serve.log").open("w")
        self.server = subprocess.Popen(
            [sys.executable, "-m", "linli", "serve", "--no-tick", "--port", str(self.port)],
            cwd=ROOT, env=self.env, stdout=self.log, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def is_open(self):
        for _ in range(600):
            try:
                with urlopen(f"{self.origin}/health") as answer:
                    return answer.status == 200
            except (URLError, OSError):
                time.sleep(0.1)
        return False

    def closes(self):
        self.server.terminate()
        self.server.wait(20)
        self.log.close()

    def holds(self, words):
        """Say which files of this city hold these words: database, WAL, logs, keys, everything."""
        found = (words.encode(), words.encode("unicode_escape"))
        return [
            str(path.relative_to(self.home))
            for path in sorted(self.home.rglob("*"))
            if path.is_file() and any(one in path.read_bytes() for one in found)
        ]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """The database of a city in which nothing has happened yet."""
    city = City(tmp_path_factory.mktemp("empty"), "empty")
    if not tables.copied(city.home / "linli.sqlite3"):
        subprocess.run([sys.executable, "-m", "linli", "migrate", "--verbosity", "0"], cwd=ROOT, env=city.env, check=True)  # fmt: skip
    return (city.home / "linli.sqlite3").read_bytes()


@pytest.fixture
def cities(tmp_path, empty):
    two = [City(tmp_path / name, name) for name in ("jiayuguan", "jinchang")]
    with ExitStack() as begun:
        for city in two:
            city.home.mkdir()
            (city.home / "linli.sqlite3").write_bytes(empty)
            city.begins()
            begun.callback(city.ends)
        assert all(city.is_open() for city in two)
        yield two


def test_hands_over_reads_and_reads_no_more_once_taken_back(cities):
    ours, theirs = cities
    ours.does(MEET, name="金昌市", origin=theirs.origin, key=theirs.does(KEY))
    theirs.does(MEET, name="嘉峪关市", origin=ours.origin, key=ours.does(KEY))
    theirs.does(FOUND, unit=UNIT)

    assert ours.does(REFER, words=WORDS, place=PLACE, unit=UNIT) == 1
    assert theirs.does(READ, unit=UNIT) == [{"words": WORDS}, "waiting"]
    theirs.does(ACCEPT, unit=UNIT)
    looks, steps = ours.does(TOLD)
    assert looks == [[f"金昌市 · {UNIT}", "words", "help"]]
    assert steps == ["asked", "referred", "accepted"]

    ours.does(REVOKE)

    assert theirs.does(READ, unit=UNIT) == [[410, "grant_over"], "over"]
    assert ours.does(TOLD)[0] == looks
    # No word of it is anywhere over there, and here only sealed; the unit's name shows that the search finds.
    assert theirs.holds(WORDS) == theirs.holds(PLACE) == []
    assert ours.holds(WORDS) == ours.holds(PLACE) == []
    assert any("sqlite3" in name for name in theirs.holds(UNIT))


def test_reads_nothing_when_the_first_city_is_closed(cities):
    ours, theirs = cities
    ours.does(MEET, name="金昌市", origin=theirs.origin, key=theirs.does(KEY))
    theirs.does(MEET, name="嘉峪关市", origin=ours.origin, key=ours.does(KEY))
    theirs.does(FOUND, unit=UNIT)
    ours.does(REFER, words=WORDS, place=PLACE, unit=UNIT)
    ours.closes()

    assert theirs.does(READ, unit=UNIT) == [[503, "origin_silent"], "waiting"]

    ours.opens()
    assert ours.is_open()
    assert theirs.does(READ, unit=UNIT) == [{"words": WORDS}, "waiting"]
