"""After its day nothing of a case is left but a row that counts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from linli.cases.actions import drafts, emergency, following, handing, purging
from linli.cases.models import Attachment, Case, Draft, HandOver, Rating, SpentToken, Step
from linli.kernel.actors import Role
from linli.kernel.models import BreakGlass
from linli.kernel.refusals import Refused
from linli.kernel.subjects import destroy_due
from linli.kernel.uploads import Rebuilt
from tests.town import cases as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)
A_DAY = timedelta(days=1)
PHOTO = Rebuilt(b"jpeg", "image/jpeg", "jpg")


def sealed_files():
    return {
        path.name for path in (Path(settings.MEDIA_ROOT) / "sealed").rglob("*") if path.is_file()
    }


def purge(at):
    destroy_due(at)
    return purging.purge_cases(at=at)


def test_leaves_a_row_that_counts():
    before = sealed_files()
    contact = town.Contact("sms", "13800000000")
    case = town.closed(at=MONDAY, contact=contact, wish="快", place="3号楼", photos=(PHOTO,))
    stays = town.answered(at=MONDAY)
    emergency.ask_to_break(
        by=town.officer(town.LEGAL), at=MONDAY, case=case, reason="有人身危险", hours=1
    )

    assert purge(MONDAY + 179 * A_DAY) == 0
    assert purge(MONDAY + 180 * A_DAY) == 1

    row = Case.objects.get(pk=case.pk)
    assert (row.words, row.wish, row.place, row.contact, row.reply_language) == (None,) * 5
    assert (row.secret, row.state, row.kind) == ("", "closed", "request")
    assert row.purged_at == MONDAY + 180 * A_DAY
    assert list(row.steps.filter(words__isnull=False)) == []
    assert row.steps.count() == 5
    assert Attachment.objects.count() == 0
    assert sealed_files() == before
    assert BreakGlass.objects.get().reason is None
    assert Case.objects.get(pk=stays.pk).words is not None


def test_may_be_repeated():
    town.closed(at=MONDAY)

    assert purge(MONDAY + 180 * A_DAY) == 1
    assert purge(MONDAY + 181 * A_DAY) == 0


def test_ends_a_case_that_outlived_its_key():
    case = town.taken(at=MONDAY)
    late = MONDAY + 2000 * A_DAY

    assert purge(late) == 1

    row = Case.objects.get()
    assert (row.state, row.closed_at, row.next_due_at) == ("withdrawn", late, None)
    assert case.steps.last().verb == "lapsed"


def test_ends_what_was_on_its_way():
    way = town.handed_on(at=MONDAY)
    late = MONDAY + 2000 * A_DAY

    assert purge(late) == 1

    assert HandOver.objects.get().state == "ended"
    with pytest.raises(Refused) as caught:
        handing.accept(by=town.officer(town.LEGAL), at=late, hand_over=way)
    assert caught.value.code == "already_decided"


@pytest.mark.parametrize(
    ("deed", "code"), [(following.offer_rating, "gone"), (following.object_to, "case_closed")]
)
def test_refuses_whoever_still_has_the_page(deed, code):
    """A page that was opened before the purge, and a button on it that is pressed after."""
    case = town.closed_by_calendar(at=MONDAY, topic=town.topic("brief", kept_days=1))
    late = MONDAY + 10 * A_DAY
    assert purge(late) == 1

    given = {"words": "没有解决。"} if deed is following.object_to else {}
    with pytest.raises(Refused) as caught:
        deed(at=late, case=case, **given)

    assert caught.value.code == code
    assert Case.objects.get().state == "closed"


def test_stays_purged():
    town.closed(at=MONDAY)
    purge(MONDAY + 180 * A_DAY)

    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Case.objects.update(urged=1)
    with pytest.raises(DatabaseError, match="stays as a count"), transaction.atomic():
        Case.objects.all()._raw_delete("default")


def test_would_change_without_the_trigger():
    """The control."""
    town.closed(at=MONDAY)
    purge(MONDAY + 180 * A_DAY)
    where = " ON cases_case" if connection.vendor == "postgresql" else ""

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER cases_case_purged_stays_purged{where}")
        assert Case.objects.update(urged=1) == 1
        transaction.set_rollback(True)


def test_forgets_drafts_after_a_week_and_spent_tokens_after_their_time():
    draft, _ = drafts.save_draft(at=MONDAY, draft=None, answers={"words": "秘密"})
    token = following.offer_rating(at=MONDAY, case=town.closed(at=MONDAY))
    following.rate(token=token, grade=1, solved="no", at=MONDAY)

    assert purging.purge_drafts(at=MONDAY + 6 * A_DAY) == 0
    assert purging.purge_drafts(at=MONDAY + 7 * A_DAY) == 1
    assert Draft.objects.count() == 0
    assert purging.purge_tokens(at=datetime(2026, 12, 31, tzinfo=UTC)) == 0
    assert purging.purge_tokens(at=datetime(2027, 1, 1, tzinfo=UTC)) == 1
    assert (SpentToken.objects.count(), Rating.objects.count()) == (0, 1)
    assert draft.subject.purge_on == (MONDAY + 7 * A_DAY).date()


@pytest.mark.parametrize("deed", [purging.purge_cases, purging.purge_drafts, purging.purge_tokens])
def test_leaves_purging_to_the_calendar(deed):
    town.closed(at=MONDAY)

    with pytest.raises(Refused, match="not_allowed"):
        deed(by=actor(Role.ADMINISTRATOR), at=MONDAY + 400 * A_DAY)

    assert Step.objects.filter(words__isnull=False).count() == 1
