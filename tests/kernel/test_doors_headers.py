"""Every answer says what a browser may do with it: opened as what it is, kept by nobody where it is private,
no script but ours, no camera, no place. Whatever the address, whoever asks, whatever the outcome.

Each address is asked twice by nobody and twice by staff, by GET and by POST: once for all tests of this file.
"""

import json
import re
import subprocess
import sys

import pytest
from django.test import Client

from linli.kernel.actors import Role
from tests.town.addresses import let_go, paths
from tests.town.once import built_once
from tests.town.staff import account
from tools import sweeps

pytestmark = [pytest.mark.django_db, pytest.mark.page]
TEXT = re.compile(r"text/(?!javascript)|\+?xml")  # a script module is UTF-8, whatever is said
SENSORS = ("camera=()", "geolocation=()", "microphone=()")


def faults(response, *, private):
    """Return what is wrong with the headers of an answer."""
    policy = response.get("Content-Security-Policy", "")
    said = {
        "nosniff": response.get("X-Content-Type-Options") == "nosniff",
        "frames": "frame-ancestors 'none'" in policy and response.get("X-Frame-Options") == "DENY",
        "scripts": "default-src 'self'" in policy and "unsafe" not in policy,
        "objects": "object-src 'none'" in policy and "base-uri 'none'" in policy,
        "sensors": all(one in response.get("Permissions-Policy", "") for one in SENSORS),
        "referrer": response.get("Referrer-Policy") == "same-origin",
        "kept": not private or "no-store" in response.get("Cache-Control", ""),
    }
    return [name for name, fine in said.items() if not fine]


def asked(*clients, without="\0"):
    """Yield path and answer of every address, by GET and by POST; two clients take turns."""
    told = sweeps.part((one for one in paths() if without not in one), 4)
    for number, path in enumerate(["/nowhere/", *told]):
        for turn, method in enumerate(("get", "post")):
            client = clients[(number + turn) % len(clients)]
            client.raise_request_exception = False
            answer = getattr(client, method)(path)
            yield path, answer
            let_go(answer)


def mistyped(answer):
    """Return what is said of the kind of a body whose kind or writing is not said."""
    kind = answer.get("Content-Type", "")
    body = answer.streaming or answer.content
    unsaid = not kind or (TEXT.match(kind) and "charset=" not in kind)
    return [f"type {kind}"] if body and unsaid else []


def opened(answer):
    """Return what is wrong with an answer that other origins may read: it is everybody's, and of nobody."""
    if "Access-Control-Allow-Origin" not in answer:
        return []
    told = answer["Access-Control-Allow-Origin"] == "*" and not answer.cookies
    return [] if told and "Access-Control-Allow-Credentials" not in answer else ["origin"]


@pytest.fixture(scope="module")
def public(django_db_setup, django_db_blocker):
    """What is wrong with what everybody is answered: by the headers, by the kind, by who may read it."""
    with built_once(django_db_blocker):
        wrong, asked_for = {"headers": {}, "kind": {}, "origin": {}}, 0
        for path, answer in asked(Client()):
            asked_for += 1
            found = {
                "headers": faults(answer, private=False),
                "kind": mistyped(answer),
                "origin": opened(answer),
            }
            for what, named in found.items():
                if named:
                    wrong[what][path] = named
        yield wrong | {"asked": asked_for}


def test_says_it_to_everybody(public):
    assert public["asked"] > 100
    assert public["headers"] == {}


def test_says_the_type_and_the_writing_of_every_answer(public):
    assert public["kind"] == {}


def test_lets_no_other_origin_read_but_what_is_everybodys(public):
    assert public["origin"] == {}


def test_says_it_to_staff_and_lets_nobody_keep_it():
    planner, administrator = Client(), Client()
    planner.force_login(account(Role.PLANNER))
    administrator.force_login(account(Role.ADMINISTRATOR))

    found = {
        path: named
        for path, answer in asked(planner, administrator, without="logout")
        if (named := faults(answer, private=True))
    }

    assert found == {}
    assert planner.get("/console/").status_code == administrator.get("/console/").status_code == 200


def test_would_see_a_header_that_is_missing(settings):
    """The control of the tests above."""
    ours = "linli.kernel.middleware."
    settings.MIDDLEWARE = [
        name
        for name in settings.MIDDLEWARE
        if name
        not in {f"{ours}deny_sensors", f"{ours}keep_private", "csp.middleware.CSPMiddleware"}
    ]
    client = Client()
    client.force_login(account(Role.PLANNER))

    assert faults(client.get("/console/"), private=True) == [
        "frames",
        "scripts",
        "objects",
        "sensors",
        "kept",
    ]


def test_leaves_public_answers_to_be_kept(client):
    assert "no-store" not in client.get("/").get("Cache-Control", "")


@pytest.mark.parametrize("path", ["/account/login/", "/account/login/code/"])
def test_lets_nobody_keep_the_way_in(client, path):
    assert "no-store" in client.get(path)["Cache-Control"]


def framework(tmp_path, **environment):
    """Return what `linli check` says of Django's own checks, of a house that a city has at its own name."""
    said = subprocess.run(
        [sys.executable, "-m", "linli", "check", "--json"],
        env={
            "LINLI_HOME": str(tmp_path),
            "LINLI_HOSTS": "city.example",
            "PATH": "/usr/bin:/bin",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return next(one for one in json.loads(said.stdout)["findings"] if one["code"] == "framework")


def test_is_ready_to_be_deployed_behind_https(tmp_path):
    assert framework(tmp_path, LINLI_HTTPS="1")["state"] == "ok"


def test_would_say_that_it_is_not_ready(tmp_path):
    """The control of the test above."""
    assert "security.W" in framework(tmp_path)["words"]


def test_leads_to_https_and_stays_there(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 31_536_000

    assert client.get("/").url == "https://testserver/"
    answer = client.get("/", headers={"x-forwarded-proto": "https"})
    assert answer.status_code == 200
    assert "max-age=31536000" in answer["Strict-Transport-Security"]
    assert client.get("/health").status_code == 200  # the proxy asks it from inside
