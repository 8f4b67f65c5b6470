"""The translator's pages: how far each language is, its file, what a file would change, letting it in, putting back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from linli.kernel.actors import Role
from linli.kernel.models import TextEdition
from tests.town import wording as town
from tests.town.staff import account

pytestmark = pytest.mark.django_db
ZH = reverse("portal:texts_language", args=["zh-hans"])
REVIEW = {"reviewer_name": "阿依古丽", "reviewer_unit": "民宗局", "reviewed_on": "2026-11-20"}


@pytest.fixture
def home(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    with town.house(tmp_path):
        yield


@pytest.fixture
def keeper(home):
    client = Client()
    staff = account(Role.ADMINISTRATOR)
    client.force_login(staff)
    return client


def bring(client, *texts, address=ZH, **given):
    file = SimpleUploadedFile("zh.po", town.po(*texts, **given))
    return client.post(address, {"file": file})


def test_lists_every_language(keeper, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        page = keeper.get(reverse("portal:texts"))

    assert page.status_code == 200
    assert [language.code for language, _edition, _standing in page.context["rows"]] == [
        "zh-hans", "zh-hant", "en", "ug", "bo", "mn-mong",
    ]  # fmt: skip
    assert [one.lacking == 0 for _language, _edition, one in page.context["rows"]] == [True] * 3 + [
        False
    ] * 3


def test_gives_a_file_and_shows_what_it_changes_before_it_is_in_force(keeper):
    file = keeper.get(reverse("portal:texts_file", args=["zh-hans"]))
    changed = file.content.replace('msgstr "搜索"'.encode(), 'msgstr "寻一寻"'.encode(), 1)
    taken = keeper.post(ZH, {"file": SimpleUploadedFile("a.po", changed)})
    shown = keeper.get(taken["Location"])

    assert file["Content-Disposition"] == 'attachment; filename="linli-zh-Hans.po"'
    assert [(one.before, one.after) for one in shown.context["page"]] == [(("搜索",), ("寻一寻",))]
    assert "寻一寻" not in keeper.get("/").text
    assert not TextEdition.objects.exists()

    done = keeper.post(taken["Location"], REVIEW | {"base": "0"})

    kept = TextEdition.objects.get()
    assert done["Location"] == ZH
    assert (kept.language, kept.number, kept.brought, kept.lacking, kept.reviewer_name, kept.by_name) == (
        "zh-hans", 1, 1, 0, "阿依古丽", "甲",
    )  # fmt: skip
    assert len(kept.words) == 1
    assert "寻一寻" in keeper.get("/").text
    assert kept.sha256 in keeper.get(ZH).text


def test_tells_what_is_wrong_and_keeps_nothing(keeper):
    wrong = bring(keeper, ("Search", "<i>找</i>"))
    other = bring(keeper, ("Search", "找"), language="en")
    none = keeper.post(ZH, {})

    assert [one.status_code for one in (wrong, other, none)] == [422] * 3
    assert [one.line for one in wrong.context["faults"]] == [7]
    assert not TextEdition.objects.exists()


def test_refuses_a_review_that_is_none_and_an_edition_that_came_meanwhile(keeper):
    look = bring(keeper, ("Search", "找"))["Location"]
    own = keeper.post(look, REVIEW | {"base": "0", "reviewer_name": "甲"})
    bare = keeper.post(look, {"base": "0"})
    keeper.post(bring(keeper, ("Home", "家"))["Location"], REVIEW | {"base": "0"})
    late = keeper.post(look, REVIEW | {"base": "0"})

    assert [one.status_code for one in (own, bare, late)] == [422, 422, 409]
    assert TextEdition.objects.count() == 1
    # Who looks again lets both in.
    keeper.post(look, REVIEW | {"base": late.context["form"]["base"].value()})
    assert len(TextEdition.objects.first().words) == 2


def test_puts_an_earlier_edition_back_and_the_words_as_delivered(keeper):
    back = reverse("portal:texts_back", args=["zh-hans"])
    for words in ("找", "寻"):
        keeper.post(
            bring(keeper, ("Search", words))["Location"],
            REVIEW | {"base": TextEdition.objects.count()},
        )

    first = keeper.post(back, {"number": "1", "base": "2"})
    late = keeper.post(back, {"number": "0", "base": "2"})
    missing = keeper.post(back, {"number": "9", "base": "10"})
    empty = keeper.post(back, {})
    delivered = keeper.post(back, {"number": "0", "base": "3"})

    codes = [one.status_code for one in (first, late, missing, empty, delivered)]
    assert codes == [302, 409, 404, 422, 302]
    assert [(one.number, one.back_to, one.words) for one in TextEdition.objects.all()] == [
        (4, 0, []),
        (3, 1, [["", "Search", ["找"], False]]),
        (2, None, [["", "Search", ["寻"], False]]),
        (1, None, [["", "Search", ["找"], False]]),
    ]


def test_says_which_texts_are_none_of_ours_and_that_nothing_changes(keeper):
    look = keeper.get(bring(keeper, ("None of ours", "不是"), ("Search", "搜索"))["Location"])

    assert (look.context["unknown"], look.context["brought"]) == (["None of ours"], 0)
    assert keeper.get(reverse("portal:texts_language", args=["xx"])).status_code == 404
    assert (
        keeper.get(
            reverse("portal:texts_look", args=["ug", look.request["PATH_INFO"].split("/")[-2]])
        ).status_code
        == 404
    )
    assert keeper.get(reverse("portal:texts_look", args=["zh-hans", "forged"])).status_code == 404
