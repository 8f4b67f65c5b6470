"""The handbook: every word that it quotes stands on a page, every link opens for its reader, every picture is there."""

import re

import pytest
from babel.messages.pofile import read_po
from django.core.management import get_commands
from django.urls import resolve
from django.utils.translation import override

from linli.kernel.actors import Role
from linli.portal.handbook.chapters import PICTURES, ROLES, TEXTS, address, page_of, size_of
from linli.ui.languages import LANGUAGES
from linli.ui.translations import po_file
from tests.town.staff import account
from tests.ui.test_portal import weight

CODES = [one.code for one in LANGUAGES if one.complete]
LOCALES = {"zh-hans": "zh_Hans", "zh-hant": "zh_Hant"}
BOOKS = [(role, code) for role in ROLES for code in CODES]
# Who reads a handbook signs in as this; operators have the administrator's pages beside the server.
SIGNED_IN = {
    "clerks": Role.CLERK,
    "officers": Role.OFFICER,
    "inspectors": Role.OFFICER,
    "operators": Role.ADMINISTRATOR,
}
QUOTED = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
COMMAND = re.compile(r"\blinli ([a-z][a-z-]*)")


def read(role, code):
    return (TEXTS / code / f"{role}.md").read_text()


def chapters(role, code):
    """Return the parts of a text by their anchors, in order, with what stands before them under ""."""
    first, *parts = re.split(r"^## ", read(role, code), flags=re.MULTILINE)
    return {"": first} | {re.search(r"\{#([a-z-]+)\}", part)[1]: part for part in parts}


@pytest.fixture(scope="module")
def meant():
    """Return of each language which texts of the pages these words can be, by their English."""

    def both(said):
        return said if isinstance(said, tuple) else (said,)

    found = {code: {} for code in CODES}
    for code, locale in LOCALES.items():
        with po_file(locale).open("rb") as file:
            for message in read_po(file):
                for said in filter(None, both(message.string)):
                    found[code].setdefault(said, set()).add(both(message.id)[0])
                for said in filter(None, both(message.id)):
                    found["en"].setdefault(said, set()).add(both(message.id)[0])
    return found


@pytest.mark.parametrize(("role", "code"), BOOKS)
def test_quotes_only_what_stands_on_a_page(meant, role, code):
    quoted = QUOTED.findall(read(role, code))

    assert len(quoted) > 10
    assert [words for words in quoted if words not in meant[code]] == []


@pytest.mark.parametrize(("role", "code"), [book for book in BOOKS if book[1] != "en"])
def test_quotes_the_same_in_every_language(meant, role, code):
    """A chapter in one language names no button that the chapter in another does not."""
    english = {anchor: {*QUOTED.findall(text)} for anchor, text in chapters(role, "en").items()}
    differ = {}
    for anchor, text in chapters(role, code).items():
        ids = [meant[code][words] for words in QUOTED.findall(text)]
        here = [one for one in ids if not one & english[anchor]]
        there = [words for words in english[anchor] if not any(words in one for one in ids)]
        differ |= {anchor: (here, there)} if here or there else {}

    assert differ == {}


@pytest.mark.parametrize(("role", "code"), [book for book in BOOKS if book[1] != "en"])
def test_has_the_same_chapters_links_and_pictures_in_every_language(role, code):
    def shape(parts):
        return {
            anchor: (
                sorted(LINK.findall(text)),
                [source for _words, source in PICTURE.findall(text)],
                re.findall(r"^\d+\. ", text, re.MULTILINE),
            )
            for anchor, text in parts.items()
        }

    here, english = chapters(role, code), chapters(role, "en")

    assert [*here] == [*english]
    assert shape(here) == shape(english)


@pytest.mark.parametrize(("role", "code"), BOOKS)
def test_says_enough_and_not_too_much(role, code):
    text = read(role, code)

    assert 60 <= len(text.splitlines()) <= 130
    # Markdown that would not be shown as it is meant: HTML, and headings deeper than a chapter.
    assert re.findall(r"^###|<[a-z/]", text, re.MULTILINE) == []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.django_db
def test_leads_every_link_to_a_page_that_opens(client, role):
    links = {address(link) for link in LINK.findall(read(role, "en"))}
    wrong = {}
    for path in sorted(links):
        answer = client.get(path)
        way_in = f"/account/login/?next={path}"
        if answer.status_code != 200 and answer.headers.get("Location") != way_in:
            wrong[path] = answer.status_code
    if role in SIGNED_IN:
        client.force_login(account(SIGNED_IN[role]))
        wrong |= {p: "own" for p in links if client.get(p).status_code != 200}

    assert wrong == {}


def test_leads_to_another_language_in_that_language():
    with override("en"):
        assert address("cases:follow") == "/en/follow/"
        assert 'href="/en/follow/"' in page_of("residents", "en").text


def test_names_only_commands_that_there_are():
    named = {name for code in CODES for role in ROLES for name in COMMAND.findall(read(role, code))}

    assert len(named) > 10
    assert {name.replace("-", "_") for name in named} - {*get_commands()} == set()


def test_has_the_pictures_that_it_names_and_no_others():
    named = {
        source.rpartition("/")[2]
        for role, code in BOOKS
        for _words, source in PICTURE.findall(read(role, code))
    }
    there = {path.name: path.stat().st_size for path in PICTURES.iterdir()}

    assert {*there} == named
    assert {name: size for name, size in there.items() if size > 60 * 1024} == {}
    assert {size_of(name)[0] for name in there} <= {720, 1366}


@pytest.mark.parametrize(("role", "code"), BOOKS)
def test_says_of_every_picture_what_is_to_be_seen(role, code):
    words = [words for words, _source in PICTURE.findall(read(role, code))]

    assert all(len(one) >= 8 for one in words)
    assert len({*words}) == len(words)


@pytest.mark.parametrize("path", ["/handbook/", *(f"/handbook/{role}/" for role in ROLES)])
@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/en", "/ug"])
@pytest.mark.django_db
def test_opens_for_everybody_without_asking_the_database(
    client, django_assert_num_queries, prefix, path
):
    with django_assert_num_queries(0):
        answer = client.get(prefix + path)

    assert answer.status_code == 200
    assert not answer.cookies
    assert "ETag" in answer
    assert weight(client, prefix + path) <= 60 * 1024
    text = answer.content.decode()
    assert ("尚未翻译" in text) is (prefix == "/ug")
    assert not re.search(r"\*\*|\{#|<p>#", text)


@pytest.mark.django_db
def test_leads_to_each_chapter_from_the_contents(client):
    contents = client.get("/handbook/").content.decode()

    for role in ROLES:
        page = client.get(f"/handbook/{role}/").content.decode()
        for chapter in page_of(role, "zh-hans").chapters:
            assert f'href="/handbook/{role}/#{chapter.anchor}"' in contents
            assert page.count(f'id="{chapter.anchor}"') == 1


@pytest.mark.django_db
def test_stands_at_the_foot_of_every_page(client):
    assert 'href="/handbook/"' in client.get("/").content.decode().split("<footer")[1]
    client.force_login(account())
    assert 'href="/handbook/"' in client.get("/console/").content.decode().split("<footer")[1]
    assert resolve("/handbook/").view_name == "portal:handbook"
