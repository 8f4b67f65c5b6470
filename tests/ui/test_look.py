"""What a reader may choose about pages, and that the choice says nothing else."""

import pytest
from django.template import Context, Template

from linli.ui.context import look_of
from linli.ui.languages import LANGUAGES, language_of
from linli.ui.look import Look, address_in, chosen
from linli.ui.templatetags.ui import known


@pytest.mark.parametrize(
    ("path", "code", "address"),
    [
        ("/", "en", "/en/"),
        ("/en/", "zh-hans", "/"),
        ("/en/reports/?page=2", "ug", "/ug/reports/?page=2"),
        ("/mn-mong/privacy/", "bo", "/bo/privacy/"),
        ("/english/", "en", "/en/english/"),
        ("/reports/", "zh-hans", "/reports/"),
        ("/en//example.org/", "zh-hans", "/example.org/"),
    ],
)
def test_moves_an_address_into_another_language(path, code, address):
    assert address_in(path, code) == address


def test_returns_to_the_same_address_from_every_language():
    for language in LANGUAGES:
        assert address_in(address_in("/reports/?q=1", language.code), "zh-hans") == "/reports/?q=1"


def test_takes_only_choices_that_it_knows():
    assert chosen({"mode": "elder", "wm": "sideways", "keys": "off", "name": "x"}) == {
        "mode": "elder",
        "keys": "off",
    }


@pytest.mark.parametrize(
    ("code", "direction", "vertical", "text_tag"),
    [
        ("zh-hans", "ltr", False, "zh-Hans"),
        ("zh-hant", "ltr", False, "zh-Hant"),
        ("en", "ltr", False, "en"),
        ("ug", "rtl", False, "zh-Hans"),
        ("bo", "ltr", False, "zh-Hans"),
        ("mn-mong", "ltr", True, "zh-Hans"),
        ("unheard-of", "ltr", False, "zh-Hans"),
    ],
)
def test_lays_a_page_out_as_its_script_runs(code, direction, vertical, text_tag):
    look = Look(language_of(code), "/")

    assert (look.direction, look.vertical, look.text_tag) == (direction, vertical, text_tag)


def test_lays_vertical_script_across_when_asked():
    assert Look(language_of("mn-mong"), "/", wm="horizontal").vertical is False


def test_remembers_a_choice_and_goes_back(client):
    answer = client.post("/preferences/", {"mode": "elder", "next": "/privacy/?a=1"})

    assert (answer.status_code, answer.url) == (303, "/privacy/?a=1")
    cookie = answer.cookies["mode"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("elder", True, "Lax")
    assert b'data-mode="elder"' in client.get("/privacy/").content


@pytest.mark.django_db
def test_forgets_the_choice_for_the_default(client):
    client.post("/preferences/", {"mode": "elder", "next": "/"})
    answer = client.post("/preferences/", {"mode": "standard", "next": "/"})

    assert answer.cookies["mode"]["max-age"] == 0
    assert b'data-mode="standard"' in client.get("/").content


@pytest.mark.parametrize(
    ("came_from", "address"),
    [
        ("http://testserver/console/reports/?state=new", "/console/reports/?state=new"),
        ("http://testserver", "/"),
        ("https://example.org/console/", "/"),
        ("", "/"),
    ],
)
def test_leads_from_a_form_sent_back_to_where_it_stood(rf, came_from, address):
    sent = rf.post("/console/reports/receive/", headers={"referer": came_from})

    assert look_of(sent).path == address


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "", "javascript:alert(1)", "x"]
)
def test_never_sends_a_reader_elsewhere(client, elsewhere):
    assert client.post("/preferences/", {"mode": "elder", "next": elsewhere}).url == "/"


def test_changes_the_language_without_a_cookie(client):
    answer = client.post("/preferences/", {"language": "bo", "next": "/en/privacy/"})

    assert answer.url == "/bo/privacy/"
    assert not answer.cookies


def test_does_not_store_a_value_that_it_does_not_know(client):
    answer = client.post("/preferences/", {"mode": "<script>", "next": "/"})

    assert not answer.cookies


def test_is_not_changed_by_a_visit(client):
    assert client.get("/preferences/").status_code == 405


def test_writes_a_state_as_a_word():
    template = Template("{% load ui %}{% status 'done' words %}{% lamp 'late' 'x' %}")

    page = template.render(Context({"words": "<b>"}))

    assert page == (
        '<span class="tag tag--done" dir="auto">&lt;b&gt;</span><span class="lamp lamp--late" dir="auto">x</span>'
    )


def test_refuses_a_state_that_does_not_exist():
    with pytest.raises(ValueError, match="no such state: 'green'"):
        known("green")
