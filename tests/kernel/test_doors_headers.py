"""Every answer says what a browser may do with it: kept by nobody where it is private, no script but ours,
no camera, no place. Whatever the address, whoever asks, whatever the outcome.
"""

import json
import subprocess
import sys

import pytest
from django.test import Client

from linli.kernel.actors import Role
from tests.town.addresses import let_go, paths
from tests.town.staff import account

pytestmark = [pytest.mark.django_db, pytest.mark.page]
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


def wrong_with(client, *, private):
    client.raise_request_exception = False
    found = {}
    for path in ["/nowhere/", *paths()]:
        for ask in (client.get, client.post):
            if "logout" in path and private:
                continue
            answer = ask(path)
            if named := faults(answer, private=private):
                found[path] = named
            let_go(answer)
    return found


def test_says_it_to_everybody():
    assert len(list(paths())) > 100
    assert wrong_with(Client(), private=False) == {}


@pytest.mark.parametrize("role", [Role.PLANNER, Role.ADMINISTRATOR])
def test_says_it_to_staff_and_lets_nobody_keep_it(role):
    client = Client()
    client.force_login(account(role))

    assert wrong_with(client, private=True) == {}


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
