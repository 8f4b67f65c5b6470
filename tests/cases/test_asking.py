"""Ask: sealed under a key of its own, its clocks running, its unit's grant given; refused without a trace."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.cases.actions.asking import Asked, Contact, ask
from linli.cases.actions.drafts import drop_draft, open_draft, save_draft
from linli.cases.models import Attachment, Case, ClockEvent, Draft, Step, Topic
from linli.kernel import keystore
from linli.kernel.actors import HOLDER, Role
from linli.kernel.fields import unseal
from linli.kernel.models import Grant, Subject
from linli.kernel.passphrases import opens
from linli.kernel.refusals import Refused
from linli.kernel.sealed_files import open_sealed
from linli.kernel.subjects import Gone, key_of
from linli.kernel.uploads import Rebuilt
from tests.town import cases as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # a Monday


def written():
    return [model.objects.count() for model in (Case, Subject, Step, ClockEvent, Grant, Attachment)]


def test_keeps_what_was_asked_sealed():
    photo = Rebuilt(b"jpeg bytes", "image/jpeg", "jpg")

    case, _ = town.receipt(
        at=NOON,
        wish="修好",
        place="3号楼2单元",
        contact=Contact("sms", "138 0000 0000"),
        reply_language="ug",
        photos=(photo,),
    )

    kept = Case.objects.get()
    key = key_of(kept.subject, at=NOON)
    assert {name: unseal(kept, key, name) for name in ("words", "wish", "place")} == {
        "words": town.WORDS,
        "wish": "修好",
        "place": "3号楼2单元",
    }
    assert unseal(kept, key, "contact") == {"sms": "13800000000"}
    assert unseal(kept, key, "reply_language") == "ug"
    attachment = kept.attachments.get()
    assert open_sealed(key, attachment.code, attachment.digest) == b"jpeg bytes"
    assert (kept.code, kept.state, kept.kind) == (case.code, "received", "request")
    assert town.WORDS.encode() not in bytes(kept.words)


def test_gives_a_passphrase_and_keeps_its_keyed_hash():
    case, passphrase = town.receipt(at=NOON)

    assert opens(case.code, passphrase, case.secret)
    assert passphrase.replace(" ", "") not in case.secret


def test_starts_three_clocks_from_the_moment_of_asking():
    case = Case.objects.get(pk=town.asked(at=NOON).pk)

    closing = [datetime(2026, 11, 24, 10, tzinfo=UTC), datetime(2026, 11, 30, 10, tzinfo=UTC)]
    assert [case.step_due_at, case.unit_due_at] == closing
    assert case.first_due_at == case.due_at == datetime(2026, 12, 7, 10, tzinfo=UTC)
    assert case.next_due_at == case.step_due_at
    assert [(e.clock, e.verb, e.due_at) for e in case.clock_events.all()] == [
        ("step", "started", case.step_due_at),
        ("unit", "started", case.unit_due_at),
        ("case", "started", case.due_at),
    ]


def test_lets_the_unit_of_the_topic_read_what_was_ticked():
    case = town.asked(at=NOON, fields_granted=("wish", "contact"))

    grant = Grant.objects.get()
    assert (grant.to_unit, grant.about, grant.purpose) == (town.HOUSING, case.code, "handle")
    assert (grant.given_how, grant.fields) == ("asking", ["contact", "wish", "words"])
    assert grant.expires_at.date() <= case.subject.purge_on


def test_says_at_asking_when_all_of_it_goes():
    case = town.asked(at=NOON)

    assert case.subject.purge_on == NOON.date() + timedelta(days=400 + 3 * 10 + 180)


def test_sends_what_fits_no_topic_to_the_window():
    town.other()

    case = town.asked(at=NOON, topic=None)

    assert (case.topic.code, case.unit.name) == ("other", town.TRIAGE)


def test_keeps_sensitive_cases_out_of_the_public_list():
    legal = town.topic("violence", unit=town.LEGAL, sensitive=True, kind=Topic.LEGAL_AID)

    assert town.asked(at=NOON, topic=legal, public=True).public is False
    assert town.asked(at=NOON, public=True).public is True


def test_asks_in_few_queries(django_assert_max_num_queries):
    asked = Asked(topic=town.topic(), area=town.directory.area(), words="x")

    with django_assert_max_num_queries(8):  # two of them the savepoint's
        ask(by=HOLDER, at=NOON, asked=asked)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"words": "  "}, "no_words"),
        ({"words": "长" * 8001}, "words_too_long"),
        ({"topic": None}, "no_topic"),
        ({"fields_granted": ("words", "birthday")}, "unknown_field"),
        ({"channel": "horse"}, "unknown_channel"),
        ({"contact": Contact("sms", "no number")}, "address_wrong"),
        ({"photos": (Rebuilt(b"x", "image/png", "png"),) * 6}, "too_many_photos"),
    ],
)
def test_refuses_and_keeps_nothing(changed, code):
    topic = town.topic()
    before = written()

    with pytest.raises(Refused) as refused:
        town.receipt(at=NOON, **({"topic": topic} | changed))

    assert refused.value.code == code
    assert written() == before


def test_refuses_a_topic_that_was_closed():
    closed = town.topic(closed_on=NOON.date())

    with pytest.raises(Refused, match="topic_closed"):
        town.asked(at=NOON, topic=closed)

    assert Case.objects.count() == 0


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PLANNER, Role.SUPERVISOR])
def test_leaves_asking_to_the_person_and_the_window(role):
    asked = Asked(topic=town.topic(), area=town.directory.area(), words="x")

    with pytest.raises(Refused, match="not_allowed"):
        ask(by=actor(role), at=NOON, asked=asked)

    assert Case.objects.count() == 0


def test_draws_another_code_when_one_is_taken(monkeypatch):
    from linli.cases.actions import asking

    taken = town.asked(at=NOON).code
    codes = iter([taken, "7K3M-92QD"])
    monkeypatch.setattr(asking, "new_code", lambda: next(codes))

    assert town.asked(at=NOON).code == "7K3M-92QD"


def test_finds_a_draft_again_by_code_and_passphrase():
    draft, passphrase = save_draft(at=NOON, draft=None, answers={"words": "秘密"})
    again, nothing = save_draft(at=NOON, draft=draft, answers={"words": "秘密", "wish": "快"})

    opened = open_draft(at=NOON, code=draft.code.lower(), passphrase=passphrase)

    assert nothing is None
    assert again.pk == opened.pk
    assert unseal(opened, key_of(opened.subject, at=NOON), "answers") == {
        "words": "秘密",
        "wish": "快",
    }


@pytest.mark.parametrize("wrong", ["code", "passphrase", "late"])
def test_refuses_a_draft_to_whoever_does_not_hold_it(wrong):
    draft, passphrase = save_draft(at=NOON, draft=None, answers={})
    code = "7K3M-92QD" if wrong == "code" else draft.code
    said = "0000 0000 0000 0000" if wrong == "passphrase" else passphrase
    at = NOON + timedelta(days=7) if wrong == "late" else NOON

    with pytest.raises(Refused) as refused:
        open_draft(at=at, code=code, passphrase=said)

    assert (refused.value.code, refused.value.status) == ("wrong_code", 404)


def test_drops_a_draft_and_its_key(django_capture_on_commit_callbacks):
    draft, _ = save_draft(at=NOON, draft=None, answers={"words": "秘密"})
    subject = draft.subject

    with django_capture_on_commit_callbacks(execute=True):
        drop_draft(at=NOON, draft=draft)

    assert Draft.objects.count() == 0
    assert subject.code not in keystore.store().alive("", 10_000)
    with pytest.raises(Gone):
        key_of(Subject.objects.get(pk=subject.pk), at=NOON)


def test_refuses_drafts_that_never_end_and_staff_who_see_no_case():
    with pytest.raises(Refused, match="draft_too_long"):
        save_draft(at=NOON, draft=None, answers={"words": "长" * 50_000})
    with pytest.raises(Refused, match="not_allowed"):
        save_draft(by=actor(Role.PLANNER), at=NOON, draft=None, answers={})

    assert Draft.objects.count() == 0
    assert HOLDER.role == Role.HOLDER
