"""Words that were let in are on the next page, in every process; nothing is asked of the database for that."""

import json
import threading

import pytest
from django.utils.translation import gettext, ngettext, override, trans_real

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.ui.context import Look
from linli.ui.languages import language_of
from linli.ui.tasks import TICKS
from linli.ui.wording import in_force
from linli.ui.wording.bringing import bring_up
from linli.ui.wording.comparing import compared
from linli.ui.wording.own import rows_of, standing
from tests.town import wording as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
KEEPER = actor(Role.ADMINISTRATOR, name="管理员")
NAME = in_force.NAME


@pytest.fixture
def home(tmp_path):
    with town.house(tmp_path) as home:
        yield home


def said(text, code="zh-hans"):
    with override(code):
        return gettext(text)


def complete(code="ug", at=None):
    own = compared(code, {}, town.whole(code)).own
    how = standing(code, own)
    draft = town.TextDraft(code, rows_of(own), how.texts, how.lacking, how.unsure, **town.REVIEWER)
    town.keep_texts(by=KEEPER, at=at, base=0, draft=draft)
    bring_up()


def test_puts_words_on_every_page_and_takes_them_back(client, home, noon):
    before = client.get("/")
    town.let_in(KEEPER, noon, {"Search": "寻一寻"})

    after, same = client.get("/"), client.get("/en/")

    assert "寻一寻" not in before.text
    assert "寻一寻" in after.text
    assert "寻一寻" not in same.text
    # A browser that kept the page is given the new one.
    assert client.get("/", headers={"if-none-match": before["ETag"]}).status_code == 200
    town.let_in(KEEPER, noon, {"Search": "搜索"})
    assert "寻一寻" not in client.get("/").text
    assert not (home / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo").exists()


def test_reaches_what_falls_back_on_the_default_language(home, noon):
    town.let_in(KEEPER, noon, {"Search": "寻一寻"})
    town.let_in(KEEPER, noon, {"Search": "Look for"}, code="en")

    assert [said("Search", code) for code in ("zh-hans", "bo", "ug", "en")] == [
        "寻一寻",
        "寻一寻",
        "寻一寻",
        "Look for",
    ]
    assert said("Search", "zh-hant") == "搜尋"


def test_notices_what_another_process_let_in(client, home, noon):
    client.get("/")
    loaded = in_force.mark()
    town.let_in(KEEPER, noon, {"Search": "寻一寻"})
    # As in a process that has not looked since: it has the old catalogues, and the old mark.
    (home / "locale").rename(home / "aside")
    in_force.refresh()
    assert said("Search") == "搜索"
    (home / "aside").rename(home / "locale")

    assert loaded == ""
    assert "寻一寻" in client.get("/").text


def test_keeps_the_old_words_without_the_look_at_the_mark(client, home, noon, monkeypatch):
    """The control: who never looks goes on in the words it has loaded."""
    client.get("/")
    monkeypatch.setattr(in_force, "_mark", lambda: "")
    town.let_in(KEEPER, noon, {"Search": "寻一寻"})

    assert "寻一寻" not in client.get("/").text


def test_asks_nothing_of_the_database_for_a_page(client, home, noon, django_assert_num_queries):
    town.let_in(KEEPER, noon, {"Search": "寻一寻"})
    client.get("/accessibility/")

    with django_assert_num_queries(0):
        client.get("/accessibility/")
    with django_assert_num_queries(1):
        assert bring_up() == 0


def test_makes_lost_files_anew_by_the_minute(home, noon):
    town.let_in(KEEPER, noon, {"Search": "寻一寻"})
    for path in (home / "locale").rglob("*.*"):
        path.unlink()
    in_force.refresh()
    assert said("Search") == "搜索"

    assert TICKS[0].run(now()) == 1

    assert said("Search") == "寻一寻"


@pytest.mark.parametrize("words", ["", "{}", "[]", '{"release": 1, "editions": 2, "lacking": 3}'])
def test_stays_as_delivered_when_the_file_says_nothing(home, words):
    (home / "locale").mkdir()
    (home / "locale" / NAME).write_text(words)

    in_force.refresh()

    assert said("Search") == "搜索"
    assert in_force.told() == in_force.InForce()


def test_shows_a_laid_out_language_once_no_text_lacks_words(client, home, noon):
    town.let_in(KEEPER, noon, {"Search": "ئىزدە"}, code="ug")
    half = client.get("/ug/")
    complete("bo", noon)
    whole = client.get("/bo/")

    # A page is not in two languages: words wait until none is lacking.
    assert '<body lang="zh-Hans">' in half.text
    assert "ئىزدە" not in half.text
    assert "<body>" in whole.text
    assert said("Search", "bo") == "ئا Search"
    look = Look(language_of("bo"), "/")
    assert (look.fallen_back, look.partly_fallen_back, look.text_tag) == (False, False, "bo")


def test_says_so_when_a_new_release_brings_texts(home, noon):
    complete("ug", noon)
    path = home / "locale" / NAME
    told = json.loads(path.read_text())
    path.write_text(json.dumps(told | {"lacking": {"ug": 3}}))
    in_force.refresh()

    look = Look(language_of("ug"), "/")

    assert (look.fallen_back, look.partly_fallen_back, look.text_tag) == (False, True, "ug")
    # Another release: the minute makes the files anew.
    path.write_text(json.dumps(told | {"release": "another"}))
    bring_up()
    assert json.loads(path.read_text()) == told
    with override("ug"):
        assert (
            ngettext("%(days)s working day", "%(days)s working days", 1)
            == "ئا %(days)s working days"
        )
        assert gettext("This field is required.") != "这个字段是必填项。"


def test_never_fails_who_reads_while_words_change(home, noon):
    failures, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            try:
                with override("zh-hant"):
                    gettext("Search")
            except Exception as error:
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(3):
        town.let_in(KEEPER, noon, {"Search": f"找{number}"})
    stop.set()
    for reader in readers:
        reader.join()

    assert failures == []
    assert trans_real.translation("zh-hans").gettext("Search") == "找2"
