"""Looks, the log that they stand in, and a witness of it that answers over HTTP."""

import threading
from contextlib import contextmanager
from datetime import timedelta

from linli.kernel.actors import Role
from linli.kernel.looks import look
from linli.kernel.note_keys import Kind, new_signer
from linli.kernel.subjects import new_subject
from linli.kernel.witness_server import Watcher, serving
from tests.town.staff import actor

ABOUT = "7K3M-92QD"


def subject(at, days=30):
    return new_subject(purpose="case", purge_on=(at + timedelta(days=days)).date(), at=at)


def looked(of, at, **changed):
    told = {
        "by": actor(Role.OFFICER),
        "verb": "opened",
        "about": ABOUT,
        "purpose": "case",
        "fields": ("words", "wish"),
    }
    return look(subject=of, at=at, **told | changed)


@contextmanager
def witness(folder, log, name="court.example/w"):
    """Run a witness of one log; yields its watcher and how the settings name it."""
    folder.mkdir(parents=True, exist_ok=True)
    watcher = Watcher(new_signer(name, Kind.COSIGNATURE), (log,), folder / "state.json")
    with serving_at(watcher) as address:
        yield watcher, f"{watcher.signer.key}@{address}"


@contextmanager
def serving_at(watcher):
    server = serving(watcher, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
