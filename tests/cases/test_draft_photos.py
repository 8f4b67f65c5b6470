"""Photos of a draft, sending it once, and having everything forgotten: what is refused changes nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from linli.cases.actions import draft_photos, drafts, forgetting, purging
from linli.cases.models import Case, Draft
from linli.cases.views import ask_send
from linli.kernel.actors import Role
from linli.kernel.limits import forget_all
from linli.kernel.models import Grant
from linli.kernel.refusals import Refused
from linli.kernel.uploads import Rebuilt
from tests.town import asking as town
from tests.town.races import at_once
from tests.town.staff import actor

PHOTO = Rebuilt(b"CNRY-photo", "image/png", "png")
PLANNER = actor(Role.PLANNER)


@pytest.fixture
def draft(db):
    made, _passphrase = drafts.save_draft(at=town.AT, draft=None, answers={"words": "x"})
    return made


def kept_file(draft):
    (photo,) = draft.photos
    digest = photo["digest"]
    return Path(settings.MEDIA_ROOT) / "sealed" / digest[:2] / digest


def test_keeps_a_photo_sealed(draft):
    draft_photos.add_photo(at=town.AT, draft=draft, photo=PHOTO)

    assert b"CNRY" not in kept_file(draft).read_bytes()


def test_removes_the_file_with_its_photo(draft, django_capture_on_commit_callbacks):
    draft_photos.add_photo(at=town.AT, draft=draft, photo=PHOTO)
    path = kept_file(draft)

    with django_capture_on_commit_callbacks(execute=True):
        draft_photos.drop_photo(at=town.AT, draft=draft, code=draft.photos[0]["code"])

    assert not path.exists()
    assert Draft.objects.get().photos == []


@pytest.mark.parametrize("way", ["discard", "purge"])
def test_leaves_no_file_of_a_draft_that_is_gone(draft, django_capture_on_commit_callbacks, way):
    draft_photos.add_photo(at=town.AT, draft=draft, photo=PHOTO)
    path = kept_file(draft)

    with django_capture_on_commit_callbacks(execute=True):
        if way == "discard":
            draft_photos.discard(at=town.AT, draft=draft)
        else:
            purging.purge_drafts(at=town.AT + timedelta(days=8))

    assert not path.exists()
    assert not Draft.objects.exists()


def test_takes_no_fourth_photo(draft):
    for _ in range(3):
        draft_photos.add_photo(at=town.AT, draft=draft, photo=PHOTO)

    with pytest.raises(Refused, match="too_many_photos"):
        draft_photos.add_photo(at=town.AT, draft=draft, photo=PHOTO)

    assert len(Draft.objects.get().photos) == 3


def test_takes_no_photo_when_the_week_is_over(draft):
    with pytest.raises(Refused, match="gone"):
        draft_photos.add_photo(at=town.AT + timedelta(days=7), draft=draft, photo=PHOTO)

    assert Draft.objects.get().photos == []


def test_refuses_staff_who_see_no_case(draft):
    draft_photos.add_photo(at=town.AT, draft=draft, photo=PHOTO)
    code = draft.photos[0]["code"]
    for act in (
        lambda: draft_photos.add_photo(by=PLANNER, at=town.AT, draft=draft, photo=PHOTO),
        lambda: draft_photos.drop_photo(by=PLANNER, at=town.AT, draft=draft, code=code),
        lambda: draft_photos.discard(by=PLANNER, at=town.AT, draft=draft),
    ):
        with pytest.raises(Refused, match="not_allowed"):
            act()

    assert len(Draft.objects.get().photos) == 1


@pytest.mark.parametrize("deed", ["add", "drop", "discard"])
def test_refuses_a_draft_that_was_sent_meanwhile(draft, deed):
    draft_photos.discard(at=town.AT, draft=Draft.objects.get())

    with pytest.raises(Refused, match="gone"):
        {
            "add": lambda: draft_photos.add_photo(at=town.AT, draft=draft, photo=PHOTO),
            "drop": lambda: draft_photos.drop_photo(at=town.AT, draft=draft, code="x"),
            "discard": lambda: draft_photos.discard(at=town.AT, draft=draft),
        }[deed]()


def test_lets_only_the_person_have_it_forgotten(db):
    case = town.asked().case

    with pytest.raises(Refused, match="not_allowed"):
        forgetting.forget(by=actor(Role.OFFICER, unit=case.unit.name), at=town.AT, case=case)

    case.refresh_from_db()
    assert case.state == Case.RECEIVED
    assert Grant.objects.filter(revoked_at=None).exists()


def test_forgets_and_leaves_a_count(db, django_capture_on_commit_callbacks):
    case = town.asked().case

    with django_capture_on_commit_callbacks(execute=True):
        forgetting.forget(at=town.AT, case=case)
        forgetting.forget(at=town.AT, case=case)  # a second time changes nothing
    purging.purge_cases(at=town.AT)

    case.refresh_from_db()
    assert (case.state, case.words, case.secret) == (Case.WITHDRAWN, None, "")
    assert not Grant.objects.filter(revoked_at=None).exists()


def sent_twice():
    """Send one draft from two windows at the same moment, without the key of a form."""
    forget_all()
    town.town()
    with time_machine.travel(town.AT, tick=False):
        first = Client()
        first.post("/en/ask/", {"words": town.SAID})
        cookie = first.cookies["asking"].value

        def send(_number):
            window = Client()
            window.cookies["asking"] = cookie
            assert window.post("/en/ask/check/", {"sent": "1"}).status_code == 302

        assert at_once(2, send) == []


@pytest.mark.django_db(transaction=True)
def test_sends_a_draft_once_from_two_windows():
    sent_twice()

    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_would_notice_a_draft_that_is_sent_twice(monkeypatch):
    """The control: without discarding the draft first, each window sends it."""
    monkeypatch.setattr(ask_send, "discard", lambda **_given: None)

    sent_twice()

    assert Case.objects.count() == 2
