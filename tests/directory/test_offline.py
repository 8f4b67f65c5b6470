"""The directory in one signed file: it answers without the database, and only when it is genuine."""

import io
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from linli.directory import actions
from linli.directory.actions.offline import make_offline_file
from linli.directory.queries.offline import NotGenuine, answers, kept, opened
from linli.directory.rules.offline import Statement, packed, read_statement, unpacked
from linli.directory.tasks import TICKS
from linli.kernel import city_key
from linli.kernel.actors import system
from linli.kernel.note_keys import Kind, new_signer
from linli.kernel.notes import read_note, signed
from tests.directory.test_hsds import town  # noqa: F401 - the same town
from tests.town import services


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    settings.KEYS = settings.HOME / "keys"


@pytest.fixture
def made(town):  # noqa: F811
    return make_offline_file(by=system("test"), at=services.NOON)


@pytest.fixture
def taken(client, made, tmp_path):
    """The file and its note as somebody has fetched them, by the names that they come under."""
    for name in ("directory.sqlite3", "directory.note"):
        (tmp_path / name).write_bytes(client.get(f"/{name}").getvalue())
    return tmp_path / "directory.sqlite3"


def asked(file, words, key=None):
    key = key or city_key.signer().key
    database, _ = opened(file, file.with_suffix(".note"), key)
    try:
        return answers(database, words)
    finally:
        database.close()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", ["技能培训补贴", "技能补贴", "職業技能", "jinengpeixun", "jnbt", "职业技能陪训补贴", "培训 劳动"],
)  # fmt: skip
def test_finds_a_guide_as_the_search_does(taken, words):
    if words == "培训 劳动":
        assert asked(taken, words) == []
        return
    assert asked(taken, words)[0]["name"] == "职业技能培训补贴"


@pytest.mark.django_db
def test_tells_what_the_pages_tell(taken):
    guide, place = asked(taken, "技能培训补贴")[0], asked(taken, "祁连社区")[0]

    assert [paper["name"] for paper in guide["papers"]] == ["培训合格证书", "申请表"]
    assert [(one["name"], one["window"]) for one in guide["places"]] == [
        ("祁连社区邻里服务站", "3号窗口")
    ]
    assert guide["places"][0]["hours"][0]["rrule"] == "FREQ=WEEKLY;BYDAY=TU"
    assert place["address"] == "祁连街1号"
    assert place["hours"][0]["opens_at"] == "09:00"
    assert sorted(place["languages"]) == ["ug", "zh-Hans"]
    assert asked(taken, "没有这样的事") == []
    assert asked(taken, "！？") == []


@pytest.mark.django_db
def test_holds_what_anybody_can_read_with_sqlite(taken):
    database = sqlite3.connect(taken)
    try:
        about = dict(database.execute("SELECT name, value FROM about"))
        kinds = database.execute(
            "SELECT kind, count(*) FROM thing GROUP BY 1 ORDER BY 1"
        ).fetchall()
        special = dict(database.execute("SELECT day, works FROM special_day"))
        whole = database.execute("PRAGMA integrity_check").fetchone()
    finally:
        database.close()

    assert about["format"] == "1"
    assert kinds == [("place", 1), ("service", 2)]
    assert (special["2026-10-01"], special["2026-10-10"]) == (0, 1)
    assert "2026-11-23" not in special
    assert whole == ("ok",)


@pytest.mark.django_db
def test_signs_size_hash_version_and_date(client, made, taken):
    note = read_note((taken.with_suffix(".note")).read_text())
    statement = read_statement(note.text)

    assert statement == made.statement
    assert statement.size == taken.stat().st_size
    assert statement.made == services.NOON
    assert note.text.startswith("linli-directory/1\n")


def spoil_file(file):
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)


def spoil_size(file):
    file.write_bytes(file.read_bytes() + b"\0")


def spoil_note(file):
    note = file.with_suffix(".note")
    note.write_text(note.read_text().replace("size ", "size 1"))


def spoil_purpose(file):
    text = "linli-envelope/1\nsomething else\n"
    file.with_suffix(".note").write_text(str(signed(text, [city_key.signer()])))


def spoil_signature(file):
    note = read_note(file.with_suffix(".note").read_text())
    stranger = new_signer("somebody", Kind.NOTE)
    file.with_suffix(".note").write_text(str(signed(note.text, [stranger])))


def spoil_nothing(file):
    file.with_suffix(".note").write_text("hello\n")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spoil", [spoil_file, spoil_size, spoil_note, spoil_purpose, spoil_signature, spoil_nothing]
)
def test_answers_nothing_from_what_is_not_genuine(taken, spoil):
    assert asked(taken, "技能补贴")
    spoil(taken)

    with pytest.raises(NotGenuine):
        asked(taken, "技能补贴")


@pytest.mark.django_db
def test_believes_no_other_key(taken):
    with pytest.raises(NotGenuine):
        asked(taken, "技能补贴", new_signer("somebody", Kind.NOTE).key)


@pytest.mark.django_db
def test_is_made_anew_only_when_the_directory_has_changed(made, town):  # noqa: F811
    (tick,) = TICKS
    later = services.NOON + timedelta(hours=2)

    assert tick.run(later) == 0
    assert kept() == made
    actions.end_service(by=services.planner(), at=later, service=town["guide"])
    assert tick.run(later) == 1
    renewed = kept()
    assert renewed.statement.version != made.statement.version
    assert not made.file.exists()
    assert len([*renewed.file.parent.glob("*.sqlite3"), *renewed.file.parent.glob("*.note")]) == 2
    assert asked(renewed.file, "技能培训补贴") == []


@pytest.mark.django_db
def test_serves_the_file_once(client, made):
    response = client.get("/directory.sqlite3")
    body = response.getvalue()
    again = client.get("/directory.sqlite3", headers={"if-none-match": response["ETag"]})

    assert len(body) == made.statement.size
    assert response["Content-Type"] == "application/vnd.sqlite3"
    assert 'filename="directory.sqlite3"' in response["Content-Disposition"]
    assert again.status_code == 304


@pytest.mark.django_db
def test_shows_how_to_verify_it(client, made):
    page = client.get("/en/directory/")

    assert page.context["kept"] == made
    assert page.context["key"] == str(city_key.signer().key)
    assert made.statement.digest in page.content.decode()
    assert client.get("/directory/").status_code == 200


@pytest.mark.django_db
def test_lets_nobody_wait_for_a_large_one(client, monkeypatch, town):  # noqa: F811
    monkeypatch.setattr("linli.directory.exchange.offline.AT_ONCE", 0)

    assert client.get("/directory.sqlite3").status_code == 404
    assert client.get("/directory.note").status_code == 404
    assert client.get("/directory/").context["kept"] is None
    assert kept() is None


@pytest.mark.django_db
def test_finds_on_the_command_line(taken, django_assert_num_queries):
    out = io.StringIO()
    with django_assert_num_queries(0):
        call_command("find", str(taken), "技能", "补贴", key=str(city_key.signer().key), stdout=out)
    said = out.getvalue()

    assert "职业技能培训补贴" in said
    assert "- 申请表" in said
    assert "@ 祁连社区邻里服务站 祁连街1号 3号窗口" in said


@pytest.mark.django_db
def test_finds_nothing_in_a_forged_file_on_the_command_line(taken):
    spoil_file(taken)
    key = str(city_key.signer().key)

    with pytest.raises(CommandError, match="not the one that was signed"):
        call_command("find", str(taken), "补贴", key=key)
    with pytest.raises(CommandError):
        call_command("find", str(taken), "补贴", key="no key")
    with pytest.raises(CommandError):
        call_command("find", str(taken.with_name("none.sqlite3")), "补贴", key=key)


@given(
    st.integers(0, 10**9),
    st.binary(min_size=32, max_size=32),
    st.integers(1_700_000_000, 4_000_000_000),
)
def test_reads_the_statement_that_it_writes(size, digest, made):
    said = Statement("town.example", "1-2-3", datetime.fromtimestamp(made, UTC), size, digest.hex())

    assert read_statement(str(said)) == said
    assert read_statement(str(said) + "more\n") is None


@given(st.lists(st.dictionaries(st.text(), st.text(), max_size=3), min_size=1, max_size=9))
def test_unpacks_what_it_packs(things):
    block = packed(things)

    assert [unpacked(block, line) for line in range(len(things))] == things
