"""`linli tick` says what it did, ends badly when something failed, and in a loop ends with its server."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from linli.kernel import outbox, ticks
from linli.kernel.management.commands import serve
from linli.kernel.management.commands import tick as command
from linli.kernel.models import Message
from linli.kernel.ticks import A_DAY, Tick
from tests.town.races import at_once

ROOT = Path(__file__).parents[2]
NEVER = timedelta(0)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None
    settings.KEYS.mkdir()


@pytest.fixture
def planned(monkeypatch):
    """Let these ticks be all there are."""

    def plan(*ticks_):
        monkeypatch.setattr(ticks, "declared", lambda: iter(ticks_))

    return plan


def fail(at):
    raise ValueError("CNRY-13800000000")


def said_by(capsys, *words):
    capsys.readouterr()
    call_command("tick", *words)
    return capsys.readouterr().out.splitlines()


@pytest.mark.django_db(transaction=True)
def test_says_what_was_done(capsys):
    said = said_by(capsys)

    assert {"queue: 0", "outbox: 0", "log: 0", "purge: 1", "keys: 0", "messages: 0"} <= {*said}
    assert "purge: 1" not in said_by(capsys)  # it was done tonight


@pytest.mark.django_db(transaction=True)
def test_ends_badly_when_one_failed(planned, capsys):
    planned(Tick("bad", A_DAY, fail), Tick("good", A_DAY, lambda at: 2))

    with pytest.raises(CommandError, match=r"^Failed: bad$"):
        call_command("tick")

    assert capsys.readouterr().out.splitlines() == ["bad: ValueError", "good: 2"]


@pytest.mark.django_db(transaction=True)
def test_says_what_was_given_up_and_tries_it_again(planned, capsys, monkeypatch, noon):
    planned()
    monkeypatch.setattr(outbox, "given_up", lambda: Message.objects.count() + 2)

    assert said_by(capsys) == ["given up: 2 messages, 0 jobs (linli tick --again)"]
    assert said_by(capsys, "--again")[0] == "again: 0"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("one_at_a_time", [True, False])
def test_runs_one_at_a_time(planned, monkeypatch, one_at_a_time):
    at_it, most, lock = [], [], threading.Lock()

    def run(at):
        with lock:
            at_it.append(1)
            most.append(len(at_it))
        time.sleep(0.05)
        with lock:
            at_it.pop()
        return 0

    planned(Tick("slow", NEVER, run))
    if not one_at_a_time:  # the control
        monkeypatch.setattr(command, "turn", lambda path: nullcontext())

    failures = at_once(4, lambda _: call_command("tick"))

    assert (max(most) == 1) == one_at_a_time
    assert not one_at_a_time or (failures, len(most)) == ([], 4)


class Started(Exception):
    """The server has taken our place."""


@pytest.mark.parametrize(("words", "beside"), [([], 1), (["--no-tick"], 0)])
def test_serves_with_the_clock_beside_it(monkeypatch, words, beside):
    began = []

    def become(*_):
        raise Started

    monkeypatch.setattr(serve.os, "execv", become)
    monkeypatch.setattr(serve, "_require_static", lambda: None)
    monkeypatch.setattr(serve, "_require_free", lambda *_: None)
    monkeypatch.setattr(serve.subprocess, "Popen", lambda argv, **_: began.append(argv))

    with pytest.raises(Started):
        call_command("serve", *words)

    ours = [sys.executable, "-m", "linli", "tick", "--beside", str(os.getpid())]
    assert began == [ours] * beside


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(true):
    for _ in range(300):
        if true():
            return True
        time.sleep(0.1)
    return False


def test_ends_with_the_server_it_stands_beside(tmp_path):
    """Begun as `linli serve` begins it: by a process that then becomes another, and is killed."""
    start = f"{sys.executable} -m linli tick --beside $$ & echo $!; exec sleep 600"
    kept = tmp_path / "keys" / "ticks.json"
    home = {"LINLI_HOME": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
    with subprocess.Popen(
        ["/bin/sh", "-c", start], cwd=ROOT, env=os.environ | home,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as server:  # fmt: skip
        beside = int(server.stdout.readline())
        try:
            # An empty database: all fails, is written down, and the clock goes on.
            assert until(kept.exists)
            assert alive(beside)
        finally:
            server.send_signal(signal.SIGKILL)
    try:
        assert until(lambda: not alive(beside))
    finally:
        if alive(beside):
            os.kill(beside, signal.SIGKILL)
    assert "OperationalError" in kept.read_text()
