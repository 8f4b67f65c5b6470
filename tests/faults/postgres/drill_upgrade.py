"""An upgrade while many ask: the old programs serve while the tables change, new ones take over, and the old ones again.

`LINLI_OLD` names the release that is upgraded from, as git knows it (HEAD~1). Real servers; `make drills-postgres` runs
it, a plain pytest does not collect it.
"""

import os
import subprocess
import sys
import tarfile
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.client import HTTPException
from io import BytesIO
from threading import Event, Thread
from uuid import uuid4

import pytest

from tests.faults.postgres.kit import House, Missing, servers, waited
from tests.faults.server import _HALF, ROOT, Sent

OLD = os.environ.get("LINLI_OLD", "HEAD~1")
PAGES = ("/services/", "/ask/")
RARELY = 8  # /health read all migrations at each question once: asked as often as pages, it is all that is done
CLIENTS = 4


@pytest.fixture(scope="module")
def old_code(tmp_path_factory):
    """The program as it was, beside ours."""
    folder = tmp_path_factory.mktemp("old")
    packed = subprocess.run(["git", "archive", OLD], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        pytest.skip(f"git has no {OLD}: {packed.stderr.decode().strip()}")
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as said:
        said.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="module")
def houses(old_code, tmp_path_factory):
    """Two houses with one database and one home: one with the old program, one with ours. Neither serves yet."""
    try:
        with servers() as first:
            old = House(tmp_path_factory.mktemp("upgrade") / "home", database=first.url, code=old_code)  # fmt: skip
            old.prepare(seed="tests.faults.seed")
            made = first, old, replace(old, code=ROOT, sent=[], process=None)
            yield made
            for one in made[1:]:
                ended(one)
    except Missing as error:
        pytest.skip(str(error))


def ended(house):
    with suppress(ProcessLookupError, AttributeError):
        house.kill()


class Front:
    """Those who ask, and the proxy that leads them to whichever house serves; each answer is counted."""

    def __init__(self, house):
        self.house, self.answers, self.sent, self._busy = house, Counter(), [], Counter()

    def _go_on(self, stop, number):
        while not stop.is_set():
            house = self.house
            self._busy[id(house)] += 1
            try:
                self._ask(house, number)
            except (OSError, HTTPException) as error:
                self.answers[type(error).__name__] += 1
            finally:
                self._busy[id(house)] -= 1

    def _ask(self, house, number):
        sent = Sent(str(uuid4()), number)
        self.answers[house.send(sent)] += 1
        if sent.code:
            self.sent.append(sent)
            self.answers[house.open(sent.code)] += 1
        asked = (*PAGES, "/health") if len(self.sent) % RARELY == number else PAGES
        for page in asked:
            self.answers[house.ask("GET", page, Accept="text/html")[0]] += 1

    @contextmanager
    def asked(self):
        stop = Event()
        threads = [Thread(target=self._go_on, args=(stop, one), daemon=True) for one in range(CLIENTS)]  # fmt: skip
        for one in threads:
            one.start()
        try:
            yield self
        finally:
            stop.set()
            for one in threads:
                one.join()

    def more(self, count=100):
        """Wait until so many more were answered; nobody need be while this machine does something else."""
        before = self.answers.total()
        waited(lambda: self.answers.total() >= before + count, "nobody is served")
        sys.stdout.write(f"\n{self.answers.total()} answered: {dict(self.answers)}")
        sys.stdout.flush()

    def led_to(self, house):
        """Lead everybody there; whoever is still served elsewhere is served to the end."""
        before, self.house = self.house, house
        waited(lambda: not self._busy[id(before)], "somebody is never served to the end")
        return before


def test_answers_everybody_while_tables_and_programs_change(houses):
    first, old, new = houses
    waiting = new.command("showmigrations", "--plan").count("[ ]")
    old.start()
    front = Front(old)
    with front.asked():
        front.more()
        new.command("migrate", "-v", "0")
        new.command("collectstatic", "--noinput", "-v", "0")
        front.more()  # the old programs, the new tables
        new.start()
        ended(front.led_to(new))
        front.more()  # the new programs
        old.start()
        front.led_to(old)
        front.more()  # and back: the old programs serve the new tables
    sys.stdout.write(f"\nfrom {OLD}, {waiting} migrations: {dict(front.answers)}\n")

    assert front.answers.keys() <= {200, 201}
    old.sent = front.sent
    assert old.lost() == []
    assert {name: rows for name, query in _HALF.items() if (rows := first.ask(query))} == {}


def test_control_sees_a_change_that_breaks_the_old_programs(houses):
    """Did nobody notice a column that is gone, the drill above would show nothing."""
    first, old, _new = houses
    front = Front(old)
    with front.asked():
        front.more(50)
        first.ask("ALTER TABLE cases_case RENAME COLUMN code TO number")
        try:
            waited(lambda: front.answers[500], "nobody notices")
        finally:
            first.ask("ALTER TABLE cases_case RENAME COLUMN number TO code")
