"""Witnesses: a small server that cosigns what only grows, and the log that asks it."""

import http.client
import json
import subprocess
import sys
import threading
from datetime import timedelta

import pytest

from linli.kernel import witness_server
from linli.kernel.checkpoints import Checkpoint as State
from linli.kernel.checkpoints import Request, cosigned_by, sign_checkpoint
from linli.kernel.log_keeping import newest, published
from linli.kernel.log_key import own_key, signer
from linli.kernel.log_proofs import growth
from linli.kernel.looks import sequence
from linli.kernel.models import Checkpoint, Cosignature
from linli.kernel.note_keys import Kind, Malformed, new_signer, read_key
from linli.kernel.notes import read_note
from linli.kernel.tasks import keep_log
from linli.kernel.witness_server import Watcher, answer, main
from linli.kernel.witnesses import ask_witnesses, configured
from tests.architecture.source import ROOT
from tests.town.looks import looked, serving_at, subject, witness

SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None
    settings.LOG_ORIGIN = "chengguan.example/log"


@pytest.fixture
def of(noon):
    sequence(noon)
    return subject(noon)


@pytest.fixture
def watched(of, settings, tmp_path):
    """A witness of the log, named in the settings."""
    with witness(tmp_path / "court", own_key()) as (watcher, named):
        settings.WITNESSES = [named]
        yield watcher


def grow(of, at, count=10):
    for _ in range(count):
        looked(of, at)
    sequence(at)
    return newest()


def held(watcher):
    return json.loads(watcher.state.read_text())["chengguan.example/log"]["size"]


def cosigners(checkpoint):
    return [one.witness for one in checkpoint.cosignatures.all()]


def request(old, checkpoint, proof=None):
    proof = growth(old, checkpoint.size) if proof is None else proof
    return str(Request(old, proof, read_note(checkpoint.note))).encode()


def test_has_each_newest_checkpoint_cosigned(of, noon, watched):
    for n in range(1, 4):
        checkpoint = grow(of, noon + n * SECOND, 10 * n)

        assert ask_witnesses() == 1

        note = read_note(published(newest()))
        assert list(cosigned_by(note, [watched.signer.key])) == [watched.signer.key]
        assert held(watched) == checkpoint.size
    assert Cosignature.objects.count() == 3


def test_asks_nobody_twice(of, noon, watched, monkeypatch):
    grow(of, noon)
    ask_witnesses()
    monkeypatch.setattr("linli.kernel.witnesses.build_opener", None)

    assert ask_witnesses() == 0


def test_asks_nobody_before_the_log_has_begun(settings):
    settings.WITNESSES = ["not even a key"]

    assert ask_witnesses() == 0


def test_keeps_the_log_and_asks_in_one_tick(of, noon, watched):
    for _ in range(10):
        looked(of, noon)

    assert keep_log(noon) == 10

    assert cosigners(newest()) == ["court.example/w"]


def test_goes_on_from_what_the_witness_says_that_it_holds(of, noon, watched):
    """As after a cosignature was lost on its way: our tables know less than the witness."""
    first = grow(of, noon)
    assert answer(watched, request(0, first))[0] == 200
    assert Cosignature.objects.count() == 0
    grow(of, noon + SECOND)

    assert ask_witnesses() == 1

    assert held(watched) == 20


def test_takes_several_witnesses_and_does_without_the_one_that_is_down(
    of, noon, watched, settings, tmp_path
):
    with witness(tmp_path / "city", own_key(), "city.example/w") as (_, other):
        settings.WITNESSES = [other, *settings.WITNESSES]
        grow(of, noon)
        assert ask_witnesses() == 2
    grow(of, noon + SECOND)

    assert ask_witnesses() == 1

    assert cosigners(newest()) == ["court.example/w"]
    assert [line.count("—") for line in [published(newest())]] == [2]


@pytest.mark.parametrize(
    "said", [b"", b"nothing\n", "— court.example/w AAAAAAAA\n".encode(), b"\xff\xff", b"9" * 70_000]
)
def test_believes_no_witness_without_its_signature(of, noon, watched, settings, monkeypatch, said):
    monkeypatch.setattr(
        witness_server, "answer", lambda *_: (200, "text/plain", said.decode("latin1"))
    )
    grow(of, noon)

    assert ask_witnesses() == 0

    assert Cosignature.objects.count() == 0


def test_believes_no_signature_of_another_key(of, noon, watched, settings, tmp_path):
    grow(of, noon)
    stranger = Watcher(
        new_signer("court.example/w", Kind.COSIGNATURE), (own_key(),), tmp_path / "state.json"
    )
    with serving_at(stranger) as address:
        settings.WITNESSES = [f"{watched.signer.key}@{address}"]
        assert ask_witnesses() == 0

    assert Cosignature.objects.count() == 0


def rewritten(of, noon):
    """A second history as long as the first and signed with the log's own key."""
    note = sign_checkpoint(State("chengguan.example/log", 10, bytes(32)), signer(first=False))
    return Checkpoint(size=10, note=str(note), at=noon)


def test_declines_a_second_history(of, noon, watched):
    grow(of, noon)
    ask_witnesses()
    real = newest()

    assert answer(watched, request(10, rewritten(of, noon), ())) == (
        409,
        "text/x.tlog.size",
        "10\n",
    )
    assert answer(watched, request(10, real, ()))[0] == 200


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        (lambda body: body.replace(b"old 10", b"old 0"), 409, "10\n"),
        (lambda body: body.replace(b"old 10", b"old 5"), 409, "10\n"),
        (lambda body: body.replace(b"old 10", b"old 999"), 400, None),
        (lambda body: body.replace(b"old 10", b"old 010"), 400, None),
        (lambda body: body.replace(b"chengguan.example/log\n", b"other.example/log\n"), 404, None),
        (lambda body: body.replace(b"\n20\n", b"\n21\n"), 403, None),
        (lambda body: body[:6] + body[body.index(b"\n\n") :], 422, None),
        (lambda body: b"", 400, None),
        (lambda body: b"\xff" + body, 400, None),
        (lambda body: body.replace(b"\n\n", b"\n", 1), 400, None),
    ],
)
def test_declines_as_the_protocol_says(of, noon, watched, change, status, said):
    grow(of, noon)
    ask_witnesses()
    body = request(10, grow(of, noon + SECOND))
    assert body.startswith(b"old 10\n")

    told = answer(watched, change(body))

    assert told[0] == status
    assert said in {None, told[2]}
    assert held(watched) == 10
    assert answer(watched, body)[0] == 200


def spoken(address, method, path, body=b"", **headers):
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=5)
    try:
        connection.request(method, path, body, headers)
        reply = connection.getresponse()
        return reply.status, reply.headers.get("Content-Type"), reply.read()
    finally:
        connection.close()


def test_answers_over_http(of, noon, watched, settings):
    checkpoint = grow(of, noon)
    address = settings.WITNESSES[0].partition("@")[2]
    body = request(0, checkpoint)

    status, kind, said = spoken(address, "POST", "/add-checkpoint", body)
    assert (status, kind) == (200, "text/plain; charset=utf-8")
    assert said.startswith("— court.example/w ".encode())
    assert said.endswith(b"\n")
    assert spoken(address, "POST", "/add-checkpoint", body) == (409, "text/x.tlog.size", b"10\n")
    assert spoken(address, "POST", "/elsewhere", body)[0] == 404
    assert spoken(address, "POST", "/add-checkpoint", b"", **{"Content-Length": "-1"})[0] == 413
    assert spoken(address, "POST", "/add-checkpoint", b"", **{"Content-Length": "65537"})[0] == 413
    assert spoken(address, "GET", "/add-checkpoint")[0] == 501


def test_turns_back_for_nobody_when_two_ask_at_once(of, noon, watched):
    """The race of the protocol: a shorter state must never be kept over a longer one."""
    first, second = grow(of, noon), grow(of, noon + SECOND)
    bodies = [request(0, first), request(0, second)] * 10
    start, answers = threading.Barrier(len(bodies)), []

    def ask(body):
        start.wait()
        answers.append(answer(watched, body)[0])

    threads = [threading.Thread(target=ask, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200] + [409] * 19
    assert held(watched) in {10, 20}


def test_remembers_across_a_restart(of, noon, watched):
    grow(of, noon)
    ask_witnesses()

    again = Watcher(watched.signer, watched.logs, watched.state)

    assert answer(again, request(0, newest()))[2] == "10\n"


def test_keeps_the_state_before_it_answers(of, noon, watched, monkeypatch):
    checkpoint = grow(of, noon)

    def full(*_):
        raise OSError("no space")

    monkeypatch.setattr(witness_server, "write_whole", full)

    with pytest.raises(OSError, match="no space"):
        answer(watched, request(0, checkpoint))


@pytest.mark.parametrize(
    "named",
    [
        "court.example/w@http://localhost",
        "{log}@http://localhost",
        "{witness}@ftp://localhost",
        "{witness}@file:///etc/passwd",
        "{witness}",
    ],
)
def test_refuses_a_witness_that_is_named_wrongly(of, settings, named):
    key = new_signer("court.example/w", Kind.COSIGNATURE).key
    settings.WITNESSES = [named.format(log=own_key(), witness=key)]

    with pytest.raises(Malformed):
        configured()


def test_begins_with_a_name_and_keeps_its_key(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(
        witness_server.ThreadingHTTPServer, "serve_forever", lambda self: self.server_close()
    )
    log = str(new_signer("chengguan.example/log", Kind.NOTE).key)
    folder = str(tmp_path / "court")
    words = [folder, "--log", log, "--port", "0"]

    assert main(words) == 2
    assert "--name" in capsys.readouterr().err
    assert main([*words, "--name", "court.example/w"]) == 0
    said = capsys.readouterr().out
    assert main(words) == 0
    assert capsys.readouterr().out == said
    assert read_key(said).kind == Kind.COSIGNATURE
    assert (tmp_path / "court" / "witness.key").stat().st_mode & 0o077 == 0
    assert main([folder, "--log", said.strip(), "--port", "0"]) == 2  # a witness's key is no log's
    assert main([folder]) == 2


def test_needs_nothing_of_the_site():
    """Who witnesses installs a signature library: no framework, no settings, no database."""
    said = "import sys, linli.kernel.witness_server; print('django' in sys.modules)"

    ran = subprocess.run(
        [sys.executable, "-c", said], check=False, cwd=ROOT, env={}, capture_output=True
    )

    assert ran.stdout == b"False\n"
