"""The portal's pages: every language, no cookies, nothing promised that is not there, light to load."""

import gzip
import re

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from linli.portal import views
from linli.portal.cards import Card, matching
from linli.portal.desk import DeskEntry
from linli.ui.languages import LANGUAGES
from tests.town.staff import account

PAGES = ["/", "/search/", "/privacy/", "/accessibility/", "/styleguide/"]
PREFIXES = ["", *(f"/{one.code}" for one in LANGUAGES if one.code != "zh-hans")]


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.django_db
def test_answers_in_every_language(client, prefix, path):
    text = page(client, prefix + path)
    language = next(one for one in LANGUAGES if one.code == (prefix[1:] or "zh-hans"))

    assert f'<html lang="{language.tag}" dir="{language.direction}"' in text
    assert ("尚未翻译" in text) is not language.complete
    assert all(one.own_name in text for one in LANGUAGES)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.django_db
def test_sets_no_cookie(client, path):
    answer = client.get(path)

    assert not answer.cookies
    assert "Cookie" in answer["Vary"]


@pytest.mark.django_db
def test_asks_what_the_visitor_wants(client):
    text = page(client, "/")

    assert "你想办什么事？" in text
    assert 'action="/search/"' in text


@pytest.mark.django_db
def test_finds_what_exists(client):
    assert (
        'href="/reports/"' in page(client, "/search/?q=报告").split("<main")[1].split("</main")[0]
    )


@pytest.mark.parametrize("words", ["驾照", "<script>", "a\0b", "x" * 500])
@pytest.mark.django_db
def test_says_so_when_it_finds_nothing(client, words):
    text = page(client, "/search/?q=" + words)

    assert "没有找到" in text
    assert "<script>" not in text.split("<main")[1]


@pytest.mark.django_db
def test_finds_nothing_for_nothing(client):
    assert "没有找到" not in page(client, "/search/?q=")


def test_matches_all_words_in_any_case():
    cards = [Card("Larger type", "For old eyes", "/a/"), Card("Limits", "What we hold", "/b/")]

    assert [card.address for card in matching(cards, "OLD type")] == ["/a/"]
    assert matching(cards, "type limits") == []


@pytest.mark.django_db
def test_describes_itself_to_a_telephone(client):
    manifest = client.get("/manifest.webmanifest").json()

    assert manifest["short_name"] == "邻里"
    assert manifest["display"] == "browser"
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in manifest["icons"])


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (lambda request: views.bad_request(request, ValueError()), 400, "没有看懂这个请求"),
        (lambda request: views.forbidden(request, PermissionError()), 403, "您没有进入的权限"),
        (lambda request: views.not_found(request, LookupError()), 404, "找不到这个页面"),
        (views.server_error, 500, "系统出错了"),
    ],
)
@pytest.mark.django_db
def test_answers_errors_in_plain_words(client, view, status, words):
    request = RequestFactory().get("/x/")
    request.user = client.get("/").wsgi_request.user

    answer = view(request)

    assert answer.status_code == status
    assert words in answer.content.decode()


@pytest.mark.parametrize("host", ["elsewhere.example", "not a host"])
@pytest.mark.django_db
def test_refuses_a_host_that_is_not_ours_with_a_page(client, host):
    got = client.get("/", headers={"Host": host})
    sent = client.post("/", headers={"Host": host, "Referer": "http://elsewhere.example/"})

    assert [got.status_code, sent.status_code] == [400, 400]


def test_answers_a_failure_without_user_session_or_database(rf):
    # The page for our own failure must not need what may have failed; this test has no database.
    assert views.server_error(rf.get("/")).status_code == 500


@pytest.mark.django_db
def test_asks_to_send_an_expired_form_again(client):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/account/login/", {"login": "x", "password": "y"})

    assert answer.status_code == 403
    assert "请再提交一次" in answer.content.decode()


@pytest.mark.django_db
def test_keeps_the_desk_for_staff(client):
    assert client.get("/console/").url == "/account/login/?next=/console/"


@pytest.mark.django_db
def test_opens_the_desk_for_staff_in_compact_density(client):
    client.force_login(account())

    assert 'data-density="compact"' in page(client, "/console/")


def test_shows_what_waits(rf):
    entry = DeskEntry("待核对的报告", "还没有人看过", "/console/reports/", 3, "soon")

    text = render_to_string("portal/console.html", {"desk": [entry]}, rf.get("/console/"))

    assert '<a href="/console/reports/">待核对的报告</a>' in text
    assert '<span class="tag tag--soon" dir="auto">3</span>' in text


@pytest.mark.parametrize("demo", [True, False])
@pytest.mark.django_db
def test_shows_logins_in_a_demo_only(client, settings, demo):
    settings.DEMO = demo

    assert ("linli-demo-2026" in page(client, "/account/login/")) is demo


def weight(client, path, *, fonts=()):
    """Bytes on the wire: the page and what it asks for, brotli for text, and the fonts named."""
    text = client.get(path).content
    files = set(re.findall(rb'(?:href|src)="/static/([^"]+\.(?:css|js))"', text))
    total = len(brotli.compress(text))
    total += sum(len(brotli.compress(finders_read(name.decode()))) for name in files)
    return total + sum(len(finders_read(f"ui/fonts/{font}.woff2")) for font in fonts)


def finders_read(name):
    with open(finders.find(name), "rb") as file:  # noqa: PTH123 - a finder returns a string
        return file.read()


NAMES = ("names-bo", "names-ug", "names-mn")


@pytest.mark.parametrize("path", PAGES[:4])
@pytest.mark.django_db
def test_is_light_in_chinese(client, path):
    assert weight(client, path, fonts=NAMES) <= 60 * 1024


@pytest.mark.parametrize(("prefix", "font"), [("/ug", "ug"), ("/bo", "bo"), ("/mn-mong", "mn")])
@pytest.mark.django_db
def test_is_light_in_every_script(client, prefix, font):
    assert weight(client, prefix + "/", fonts=(*NAMES, f"linli-{font}")) <= 220 * 1024


@pytest.mark.parametrize("path", ["/console/", "/console/reports/"])
@pytest.mark.django_db
def test_is_light_on_the_desk(client, path):
    client.force_login(account())

    assert weight(client, path, fonts=NAMES) <= 150 * 1024


@pytest.mark.django_db
def test_keeps_the_stylesheet_light():
    assert len(gzip.compress(finders_read("ui/linli.css"), 9)) <= 10 * 1024
