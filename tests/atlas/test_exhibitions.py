"""Exhibitions: hung by one, opened by another as they were seen; what is open stays, and nobody hangs without leave."""

import pytest
from django.db import DatabaseError, transaction

from linli.atlas.actions import exhibitions, works
from linli.atlas.models import Exhibition, ExhibitionEdition, Work
from linli.atlas.queries.exhibitions import neighbours, works_of
from linli.kernel import files
from linli.kernel.refusals import Refused
from tests.town import atlas_exhibitions as town
from tests.town import culture

pytestmark = pytest.mark.django_db
AT = town.AT


def refused(deed, *given, **named):
    with pytest.raises(Refused) as caught:
        deed(*given, **named)
    return caught.value.code


def titles(exhibition):
    return [one.title for one in works_of(exhibition)]


@pytest.fixture
def exhibition():
    made = town.exhibition()
    town.hung(made, given=town.with_picture())
    town.hung(made, given=town.work_draft(title="戈壁", title_hant="戈壁", title_en="The desert"))
    return made


def test_is_opened_as_it_was_seen_and_stays(exhibition):
    first = town.opened(exhibition)
    told = first.content
    assert (first.number, first.drafted_by, first.by_name) == (1, "经办人", "规划员")
    assert [one["title"]["en"] for one in told["works"]] == ["The fortress", "The desert"]
    assert told["works"][0]["picture"] == files.digest_of(
        files.fetch(works_of(exhibition)[0].picture)
    )
    works.take_down_work(by=town.officer(), at=AT, work=exhibition.works.first())
    first.refresh_from_db()
    assert len(first.content["works"]) == 2
    assert Exhibition.objects.opened().get() == exhibition
    assert town.opened(exhibition).number == 2
    assert refused(town.opened, exhibition) == "nothing_new"


def test_is_moved_through_work_by_work(exhibition):
    first, second = works_of(exhibition)
    works.move_work(by=town.officer(), at=AT, work=second, up=True)
    works.move_work(by=town.officer(), at=AT, work=second, up=True)
    assert titles(exhibition) == ["戈壁", "关城"]
    works.move_work(by=town.officer(), at=AT, work=second, up=False)
    assert titles(exhibition) == ["关城", "戈壁"]
    assert [neighbours(1, 2), neighbours(2, 2)] == [(None, 2), (1, None)]
    first.delete()
    assert (
        refused(works.change_work, by=town.officer(), at=AT, work=first, draft=town.work_draft())
        == "gone"
    )


def test_keeps_its_files_until_others_are_given(exhibition):
    first = works_of(exhibition)[0]
    before = first.picture
    changed = works.change_work(
        by=town.officer(), at=AT, work=first, draft=town.work_draft(shows="一座关城")
    )
    assert (changed.picture, changed.shows) == (before, "一座关城")
    gone = works.change_work(
        by=town.officer(), at=AT, work=first, draft=town.work_draft(no_picture=True, shows="x")
    )
    assert (gone.picture, gone.picture_type, gone.shows) == ("", "", "")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"leave": False}, "no_leave"),
        ({"source": "street"}, "unknown_source"),
        ({"source_name": " "}, "no_source"),
        ({"title_en": ""}, "no_title"),
        ({"text": " "}, "nothing_to_see"),
        ({"picture": culture.rebuilt(b"%PDF", "application/pdf"), "shows": "x"}, "not_a_photo"),
        ({"picture": culture.rebuilt()}, "no_picture_words"),
        ({"sound": culture.rebuilt(b"RIFF", "audio/wav")}, "no_sound_words"),
    ],
)
def test_hangs_nothing_that_is_not_whole(given, code):
    exhibition = town.exhibition()
    assert refused(town.hung, exhibition, given=town.work_draft(**given)) == code
    assert not Work.objects.exists()


def test_is_the_deed_of_who_may(exhibition):
    assert refused(town.hung, exhibition, by=town.officer("别的单位")) == "not_own_unit"
    assert refused(town.opened, exhibition, by=town.officer()) == "not_allowed"
    town.hung(exhibition, by=town.planner())
    assert refused(town.opened, exhibition) == "own_draft"
    assert (
        refused(
            exhibitions.open_exhibition,
            by=town.planner("另一人"),
            at=AT,
            exhibition=exhibition,
            seen="x",
        )
        == "changed_meanwhile"
    )
    assert (
        refused(exhibitions.close_exhibition, by=town.planner(), at=AT, exhibition=exhibition)
        == "not_open"
    )
    assert refused(town.opened, town.exhibition(title="空")) == "no_works"
    assert refused(town.exhibition, title_en="") == "no_title"
    assert refused(town.exhibition, kind="fair") == "unknown_kind"


def test_is_held_by_the_database(exhibition):
    edition = town.opened(exhibition)
    forbidden = [
        lambda: ExhibitionEdition.objects.filter(pk=edition.pk).update(number=9),
        lambda: ExhibitionEdition.objects.filter(pk=edition.pk).delete(),
        lambda: Exhibition.objects.filter(pk=exhibition.pk).delete(),
        lambda: Work.objects.filter(exhibition=exhibition).update(text="", picture="", sound=""),
        lambda: Work.objects.filter(exhibition=exhibition).exclude(picture="").update(shows=""),
        lambda: ExhibitionEdition.objects.create(
            exhibition=exhibition, number=2, content={}, digest="x", drafted_by="甲", by_name="甲",
            by_role="planner", by_unit="", at=AT,
        ),
    ]  # fmt: skip
    for deed in forbidden:
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
    # The control: of a draft, and by another, the same is written.
    Work.objects.filter(exhibition=exhibition).update(maker="")
    ExhibitionEdition.objects.create(
        exhibition=exhibition, number=2, content={}, digest="x", drafted_by="甲", by_name="乙",
        by_role="planner", by_unit="", at=AT,
    )  # fmt: skip
