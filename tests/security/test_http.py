"""What the house says to whoever asks: by which method, with which cookies, over which way."""

from http.cookies import SimpleCookie
from types import SimpleNamespace

import pytest
from django.conf import settings as given
from django.test import Client

from linli.kernel.actors import Role
from linli.kernel.https import BOUND, bind_cookies
from tests.town.staff import account

pytestmark = [pytest.mark.django_db, pytest.mark.page]


@pytest.fixture
def https(settings):
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    return Client(headers={"x-forwarded-proto": "https"})


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "FOO"])
@pytest.mark.parametrize("path", ["/", "/account/login/", "/console/", "/ask/"])
def test_knows_no_such_method(client, method, path):
    assert client.generic(method, path).status_code in {302, 405}
    assert client.generic(method, "/").status_code == 405


@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/.env", "/static/", "/static/ui/", "/files/", "/uv.lock", "/linli.sqlite3", "/keys/",
     "/static/../linli.sqlite3", "/static/%2e%2e/secret_key", "/admin/", "/__debug__/", "/metrics"],
)  # fmt: skip
def test_hands_out_no_folder_and_nothing_beside_the_pages(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("https")
class TestCookies:
    def come_in(self, https):
        account(Role.PLANNER, username="planner")
        return https.post("/account/login/", {"login": "planner", "password": "long-enough-1"})

    def test_are_bound_to_this_host(self, https):
        came = self.come_in(https)

        assert came.status_code == 302
        assert f"{BOUND}sessionid" in came.cookies
        for name, morsel in came.cookies.items():
            assert name.startswith(BOUND)
            assert (morsel["secure"], morsel["path"], morsel["domain"]) == (True, "/", "")
            assert morsel["samesite"] in {"Lax", "Strict"}
            assert morsel["httponly"]
            assert len(name) + len(morsel.value) < 4096

    def test_open_the_house_and_no_other_name_does(self, https):
        self.come_in(https)
        assert https.get("/console/").status_code == 200
        key = https.cookies[f"{BOUND}sessionid"].value

        other = Client(headers={"x-forwarded-proto": "https"})
        other.cookies["sessionid"] = key
        assert other.get("/console/").status_code == 302

    def test_of_every_kind_are_bound(self, https):
        answer = https.post("/preferences/", {"mode": "elder", "next": "/"})

        assert answer.cookies
        assert all(name.startswith(BOUND) for name in answer.cookies)

    def test_are_taken_back_under_the_same_name(self):
        answer = SimpleNamespace(cookies=SimpleCookie())
        answer.cookies["asking"] = ""
        answer.cookies["asking"]["max-age"] = 0

        bound = bind_cookies(lambda _request: answer)(SimpleNamespace(COOKIES={"x": "1"})).cookies

        assert [(name, one["max-age"]) for name, one in bound.items()] == [(f"{BOUND}asking", 0)]


class TestTheWay:
    def test_leads_people_and_refuses_programs(self, https):
        clear = Client()

        assert clear.get("/ask/").url == "https://testserver/ask/"
        assert clear.get("/api/").url == "https://testserver/api/"
        for start in given.FOR_PROGRAMS:
            answer = clear.get(f"{start}x" if start.endswith("/") else start)
            assert (answer.status_code, answer.json()["code"]) == (403, "only_https")

    def test_says_so_for_a_year_and_for_every_name_below(self, https):
        for path in ("/", "/api/openapi.json", "/nowhere/", "/console/"):
            said = https.get(path)["Strict-Transport-Security"]
            assert said == "max-age=31536000; includeSubDomains"

    def test_is_the_proxys_word_alone(self, https):
        """The last one in the list is what the proxy wrote; what stands before, anybody may."""
        from django.test import RequestFactory

        from linli.kernel.limits import source_of

        asked = RequestFactory().get("/", headers={"x-forwarded-for": "1.1.1.1, 2.2.2.2"})
        assert source_of(asked) == "2.2.2.2"


@pytest.mark.parametrize(
    "path", ["/?next=//elsewhere.example", "/account/login/?next=//elsewhere.example"]
)
def test_leads_nobody_elsewhere(client, path):
    account(Role.PLANNER, username="planner")
    came = client.post(path, {"login": "planner", "password": "long-enough-1"})

    assert came.status_code in {302, 405}
    assert "elsewhere.example" not in came.get("Location", "")


def test_does_nothing_by_a_get(client):
    """A deed asks for POST, or for a method that a browser asks leave for: see the matrix, "nobody writes by looking"."""
    account(Role.PLANNER, username="planner")
    client.post("/account/login/", {"login": "planner", "password": "long-enough-1"})

    client.get("/account/logout/")

    assert client.get("/console/").status_code == 200


@pytest.mark.parametrize("host", ["elsewhere.example", "testserver.elsewhere.example", "a b"])
def test_answers_to_its_own_name_alone(client, host):
    assert client.get("/", headers={"host": host}).status_code == 400
