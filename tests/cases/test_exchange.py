"""A case handed to another city: an envelope without a word, read under the leave, never after it."""

import io
import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from linli.cases.actions import delivering, following, lending, receiving, referring
from linli.cases.actions.asking import Contact
from linli.cases.actions.forgetting import forget
from linli.cases.models import Received, Referral, Step
from linli.cases.rules import envelopes
from linli.cases.tasks import exchange
from linli.kernel import couriers, grants
from linli.kernel.looks import looks_of
from linli.kernel.models import Answered, Grant, Look
from linli.kernel.refusals import Refused
from linli.kernel.uploads import Rebuilt
from tests.town import cases, cities
from tests.town.cases import HOUSING, LEGAL, WORDS
from tests.town.cities import EXCHANGE, NAME

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # a Monday
PLACE = "3号楼2单元"


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def post(monkeypatch):
    with cities.post_office(monkeypatch) as carried:
        yield carried


def written():
    return [model.objects.count() for model in (Referral, Received, Grant, Step, Look)]


def refuses(code, do, **given):
    before = written()
    with pytest.raises(Refused) as refused:
        do(**given)
    assert refused.value.code == code
    assert written() == before


def test_gives_a_leave_and_signs_an_envelope_without_a_word():
    case = cases.asked(at=NOON, place=PLACE)
    referral = cities.referred(at=NOON, case=case)

    grant = Grant.objects.get(origin=NAME)
    said = envelopes.glance(referral.envelope)
    assert (grant.to_unit, grant.fields, grant.given_how) == (
        LEGAL,
        ["place", "words"],
        "follow_up",
    )
    assert grant.expires_at == NOON + timedelta(days=30)
    assert said == {
        "code": referral.code, "unit": LEGAL, "kind": "request", "fields": ["place", "words"],
        "until": grant.expires_at.isoformat(),
    }  # fmt: skip
    assert WORDS not in referral.envelope
    assert PLACE not in referral.envelope
    assert case.code not in referral.envelope
    step = case.steps.get(verb="referred")
    assert (step.shown, step.to_unit, referral.state) == (True, f"{NAME} · {LEGAL}", "waiting")


def test_lets_a_clerk_write_it_down_at_the_counter():
    case = cases.asked(at=NOON)
    given = {"at": NOON, "case": case, "partner": cities.partner(), "unit_name": LEGAL, "fields": ["words"], "days": 7, "how": "counter"}  # fmt: skip

    referring.refer(by=cases.clerk(), **given)

    assert Grant.objects.get(origin=NAME).given_how == "counter"
    assert case.steps.get(verb="referred").by_role == "clerk"


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("not_allowed", {"by": cases.officer()}),
        ("not_allowed", {"by": cases.clerk()}),
        ("not_allowed", {"how": "counter"}),
        ("no_unit", {"unit_name": "  "}),
        ("no_unit", {"unit_name": "长" * 121}),
        ("unknown_field", {"fields": ["words", "passing_on"]}),
        ("unknown_field", {"fields": ["name"]}),
        ("no_fields", {"fields": []}),
        ("no_days", {"days": 0}),
    ],
)
def test_refuses_to_refer(code, changed):
    given = {"case": cases.asked(at=NOON), "partner": cities.partner(), "unit_name": LEGAL, "fields": ["words"], "days": 30, "at": NOON}  # fmt: skip

    refuses(code, referring.refer, **given | changed)


def test_refuses_a_closed_case_an_ended_city_and_the_same_unit_twice():
    case, partner = cases.asked(at=NOON), cities.partner()
    given = {"case": case, "partner": partner, "unit_name": LEGAL, "fields": ["words"], "days": 30, "at": NOON}  # fmt: skip
    referring.refer(**given)
    refuses("referred_already", referring.refer, **given)
    following.withdraw(at=NOON, case=case)
    refuses("case_closed", referring.refer, **given)
    partner.ended_on = NOON.date()
    partner.save()
    refuses("partner_ended", referring.refer, **given | {"case": cases.asked(at=NOON)})


def test_delivers_and_places_it_before_the_unit(post):
    received = cities.received(at=NOON, place=PLACE)

    referral = Referral.objects.get()
    assert (received.unit.name, received.kind, received.fields) == (LEGAL, "request", ["place", "words"])  # fmt: skip
    assert (received.state, received.expires_at) == ("waiting", NOON + timedelta(days=30))
    assert (referral.state, post[0][0]) == ("delivered", "http://localhost/exchange/envelopes")


def test_places_an_unknown_unit_before_the_window_which_can_only_send_it_back(post):
    cases.other()
    received = cities.received(at=NOON, unit="没有这个单位")
    by = cases.officer(cases.TRIAGE)

    assert received.unit.name == cases.TRIAGE
    for do in (
        lambda: cities.read(received, at=NOON),
        lambda: receiving.accept(by=by, at=NOON, received=received),
    ):
        with pytest.raises(Refused) as refused:
            do()
        assert refused.value.code == "not_meant"
    receiving.decline(
        by=by, at=NOON, received=received, kind="not_ours", words="请选法律援助中心。"
    )
    assert Referral.objects.get().state == "declined"
    assert Look.objects.count() == 0


def test_keeps_what_nobody_can_take_waiting(post):
    referral = cities.referred(at=NOON, unit="没有这个单位")

    assert delivering.deliver(by=EXCHANGE, at=NOON) == 0
    assert (Referral.objects.get().state, Received.objects.count()) == ("waiting", 0)
    assert post[0][2].json()["code"] == "no_unit"
    cases.other()
    assert delivering.deliver(by=EXCHANGE, at=NOON) == 1
    assert Received.objects.get().their_code == referral.code


def test_tries_again_when_nobody_answers_and_counts_a_lost_answer_as_taken(monkeypatch, post):
    referral = cities.referred(at=NOON)

    def silent(address, letter):
        raise couriers.Unreachable("URLError")

    with monkeypatch.context() as patched:
        patched.setattr(delivering, "carry", silent)
        assert delivering.deliver(by=EXCHANGE, at=NOON) == 0
    assert cities.hand_in("/exchange/envelopes", referral.envelope).status_code == 201

    assert delivering.deliver(by=EXCHANGE, at=NOON) == 1
    assert post[0][2].status_code == 409
    assert (Referral.objects.get().state, Received.objects.count()) == ("delivered", 1)


def test_delivers_nothing_once_the_leave_is_taken_back(post):
    referral = cities.referred(at=NOON)
    following.revoke_grant(at=NOON, case=referral.case, grant=referral.grant)

    assert exchange(NOON) == 1
    assert (Referral.objects.get().state, post) == ("ended", [])


def test_reads_exactly_what_was_granted_and_the_person_sees_who(post):
    case = cases.asked(
        at=NOON, place=PLACE, wish="修好", contact=Contact("sms", "13800000000"),
        reply_language="ug", photos=(Rebuilt(b"jpeg", "image/jpeg", "jpg"),),
    )  # fmt: skip
    received = cities.received(at=NOON, case=case, fields=("words", "contact", "photos"))

    told = cities.read(received, at=NOON)

    assert told.texts == {"words": WORDS, "contact": "13800000000"}
    assert [(one.media_type, one.base64) for one in told.photos] == [("image/jpeg", "anBlZw==")]
    [seen] = looks_of(case.subject)
    assert (seen.by_unit, seen.by_role, seen.verb) == (f"{NAME} · {LEGAL}", "officer", "fetched")
    assert (seen.about, seen.purpose, seen.fields) == (case.code, "help", "contact,photos,words")
    assert PLACE not in post[-1][2].content.decode()
    assert "修好" not in post[-1][2].content.decode()


def over(do):
    with pytest.raises(Refused) as refused:
        do()
    assert (refused.value.code, refused.value.status) == ("grant_over", 410)


def ways_to_end():
    def revoke(referral):
        following.revoke_grant(at=NOON, case=referral.case, grant=referral.grant)

    return {
        "revoked": revoke,
        "withdrawn": lambda referral: following.withdraw(at=NOON, case=referral.case),
        "forgotten": lambda referral: forget(at=NOON, case=referral.case),
    }


@pytest.mark.parametrize("way", ways_to_end())
def test_reads_nothing_after_the_leave_and_keeps_a_tombstone(post, way):
    received = cities.received(at=NOON)
    referral = Referral.objects.select_related("case", "grant").get()
    assert cities.read(received, at=NOON).texts["words"] == WORDS
    looks = Look.objects.count()
    ways_to_end()[way](referral)

    over(lambda: cities.read(received, at=NOON))

    received.refresh_from_db()
    assert (received.state, received.over_at, received.fields, received.envelope) == ("over", NOON, [], "")  # fmt: skip
    assert Look.objects.count() <= looks
    assert WORDS not in post[-1][2].content.decode()
    over(lambda: cities.read(received, at=NOON))


def test_would_read_on_without_the_check_of_the_leave(post, monkeypatch):
    received = cities.received(at=NOON)
    referral = Referral.objects.select_related("case", "grant").get()
    following.revoke_grant(at=NOON, case=referral.case, grant=referral.grant)
    monkeypatch.setattr(referring, "_stands", lambda referral, at: True)

    assert cities.read(received, at=NOON).texts["words"] == WORDS


def test_ends_with_its_day_on_both_sides(post):
    received = cities.received(at=NOON, days=7)
    at = NOON + timedelta(days=7)

    with time_machine.travel(at, tick=False):
        assert (
            cities.hand_in(
                "/exchange/reads", cities.asking_to_read(Referral.objects.get(), at=at)
            ).status_code
            == 410
        )
        assert exchange(at) == 2

    received.refresh_from_db()
    assert (received.state, Referral.objects.get().state) == ("over", "ended")


def test_tells_no_other_unit_even_of_the_same_city(post):
    received = cities.received(at=NOON)
    referral = Referral.objects.get()
    answer = cities.hand_in(
        "/exchange/reads", cities.asking_to_read(referral, at=NOON, unit=HOUSING)
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "no_referral")
    with pytest.raises(Refused) as refused:
        cities.read(received, at=NOON, by=cases.officer(HOUSING))
    assert (refused.value.code, refused.value.status) == ("not_own_case", 404)
    assert Look.objects.count() == 0


@pytest.mark.parametrize(
    ("status", "code", "changed"),
    [
        (404, "no_referral", {"code": "0000-0000"}),
        (403, "unknown_role", {"role": "administrator"}),
        (403, "unknown_role", {"role": "system"}),
        (422, "unknown_purpose", {"purpose": "curious"}),
        (403, "stale", {"at": NOON - timedelta(seconds=61)}),
        (403, "stale", {"at": NOON + timedelta(seconds=61)}),
        (403, "unknown_sender", {"signer": cities.stranger()}),
        (403, "unknown_sender", {"to": cities.stranger()}),
    ],
)
def test_refuses_a_read(post, status, code, changed):
    cities.received(at=NOON)
    given = {"at": NOON} | changed
    if "to" in given:
        given["to"] = given["to"].key

    answer = cities.hand_in(
        "/exchange/reads", cities.asking_to_read(Referral.objects.get(), **given)
    )

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert WORDS not in answer.content.decode()
    assert Look.objects.count() == 0


def test_hears_a_read_once_even_when_it_was_refused(post):
    cities.received(at=NOON)
    note = cities.asking_to_read(Referral.objects.get(), at=NOON)
    wrong = cities.asking_to_read(Referral.objects.get(), at=NOON, purpose="curious", once="other")

    statuses = [cities.hand_in("/exchange/reads", one).status_code for one in (note, note, wrong, wrong)]  # fmt: skip

    assert statuses == [200, 409, 422, 409]
    assert Look.objects.count() == 1


def test_would_hear_a_read_twice_without_its_memory(post, monkeypatch):
    cities.received(at=NOON)
    note = cities.asking_to_read(Referral.objects.get(), at=NOON)
    monkeypatch.setattr(lending, "_hear_once", lambda partner, message: None)

    assert [cities.hand_in("/exchange/reads", note).status_code for _ in "12"] == [200, 200]


def test_remembers_a_day_what_it_heard(post):
    from linli.kernel.idempotency import forget as forget_answers

    cities.received(at=NOON)
    cities.hand_in("/exchange/reads", cities.asking_to_read(Referral.objects.get(), at=NOON))

    assert forget_answers(NOON + timedelta(hours=23)) == 0
    assert forget_answers(NOON + timedelta(hours=24)) == 1
    assert Answered.objects.count() == 0


@pytest.mark.parametrize("path", ["envelopes", "reads", "answers"])
@pytest.mark.parametrize("letter", ["", "hello", "\n\n", "x" * 300_000, "linli.exchange/1 read\n{}\n\n— a b\n"])  # fmt: skip
def test_refuses_what_is_no_letter(path, letter):
    cities.partner()

    answer = cities.hand_in(f"/exchange/{path}", letter)

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert "no-store" in answer["Cache-Control"]


def test_takes_letters_by_post_alone(client):
    assert client.get("/exchange/reads").status_code == 405


def test_shows_the_public_key_alone(client):
    from linli.kernel.city_key import signer

    assert client.get("/exchange/key").content.decode() == f"{signer().key}\n"
    assert "PRIVATE" not in client.get("/exchange/key").content.decode()


def test_refuses_an_envelope_that_no_city_on_the_list_signed():
    cases.unit(LEGAL)
    cities.partner()
    said = {"code": "7K3M-92QD", "unit": LEGAL, "kind": "request", "fields": ["words"], "until": (NOON + timedelta(days=1)).isoformat()}  # fmt: skip
    stranger = cities.stranger()

    refused = cities.hand_in(
        "/exchange/envelopes", cities.note(envelopes.HAND_OVER, said, at=NOON, signer=stranger)
    )

    assert (refused.json()["code"], Received.objects.count()) == ("unknown_sender", 0)
    cities.partner(name="张掖市", key=stranger.key, origin="http://127.0.0.1:9")
    note = cities.note(envelopes.HAND_OVER, said, at=NOON, signer=stranger)
    # The code has the wrong check character.
    assert cities.hand_in("/exchange/envelopes", note).json()["code"] == "unreadable"


def test_lets_the_other_unit_accept_and_finish_for_the_person_to_read(post):
    received = cities.received(at=NOON)
    by = cases.officer(LEGAL)

    receiving.accept(by=by, at=NOON, received=received)
    assert Referral.objects.get().state == "accepted"
    receiving.finish(by=by, at=NOON, received=received, words="已为您指派律师。")

    referral = Referral.objects.select_related("case").get()
    steps = referral.case.steps.filter(by_unit=f"{NAME} · {LEGAL}")
    assert [(one.verb, one.shown) for one in steps] == [("accepted", True), ("joined_done", True)]
    assert (referral.state, received.state) == ("done", "done")
    assert grants.granted_fields(referral.case.subject, referral.case.code, LEGAL, NOON, origin=NAME) == set()  # fmt: skip
    from linli.cases.actions import reading

    assert "已为您指派律师。" in [
        one.words for one in reading.own(at=NOON, case=referral.case).steps
    ]


def test_refuses_answers_out_of_turn(post):
    received, by = cities.received(at=NOON), cases.officer(LEGAL)

    refuses("out_of_turn", receiving.finish, by=by, at=NOON, received=received)
    refuses("unknown_reason", receiving.decline, by=by, at=NOON, received=received, kind="lazy")
    refuses("not_allowed", receiving.accept, by=cases.supervisor(LEGAL), at=NOON, received=received)
    refuses("not_own_case", receiving.accept, by=cases.officer(HOUSING), at=NOON, received=received)
    receiving.decline(by=by, at=NOON, received=received, kind="not_ours")
    refuses("out_of_turn", receiving.accept, by=by, at=NOON, received=received)
    over(lambda: cities.read(received, at=NOON))


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("unknown_answer", {"verb": "sold"}),
        ("unknown_reason", {"verb": "declined", "kind": ""}),
        ("unknown_reason", {"verb": "accepted", "kind": "not_ours"}),
        ("out_of_turn", {"verb": "done"}),
        ("unknown_role", {"role": "planner"}),
    ],
)
def test_refuses_an_answer(post, code, changed):
    cities.received(at=NOON)
    referral = Referral.objects.get()
    said = {"code": referral.code, "unit": LEGAL, "role": "officer", "verb": "accepted", "kind": "", "words": ""}  # fmt: skip

    answer = cities.hand_in(
        "/exchange/answers", cities.note(envelopes.ANSWER, said | changed, at=NOON)
    )

    assert answer.json()["code"] == code
    assert Referral.objects.get().state == "delivered"


def test_hears_an_answer_twice_as_once(post):
    received = cities.received(at=NOON)
    stale = Received.objects.select_related("unit", "partner").get()
    by = cases.officer(LEGAL)
    receiving.accept(by=by, at=NOON, received=received)

    receiving.accept(by=by, at=NOON, received=stale)

    assert stale.state == "accepted"
    assert Step.objects.filter(verb="accepted").count() == 1


@pytest.mark.parametrize("answer", [couriers.Answer(200, "nonsense"), couriers.Answer(200, '{"fields": {}}'), couriers.Answer(503, ""), couriers.Answer(429, "")])  # fmt: skip
def test_takes_nonsense_and_faults_for_silence(post, monkeypatch, answer):
    received = cities.received(at=NOON)
    monkeypatch.setattr(receiving, "carry", lambda *_: answer)

    with pytest.raises(Refused) as refused:
        cities.read(received, at=NOON)
    assert refused.value.code == "origin_silent"
    received.refresh_from_db()
    assert received.state == "waiting"


def test_shows_nothing_that_was_not_granted_even_if_told(post, monkeypatch):
    received = cities.received(at=NOON, fields=("words",))
    monkeypatch.setattr(receiving, "carry", lambda *_: couriers.Answer(200, '{"fields": {"words": "a", "contact": "b", "photos": [{"media_type": "image/png", "base64": "eA=="}]}}'))  # fmt: skip

    told = cities.read(received, at=NOON)

    assert (told.texts, told.photos) == ({"words": "a"}, ())


def test_keeps_no_word_where_it_was_received(post, caplog):
    """What this process wrote for the receiving side: its row, its log, its queue."""
    caplog.set_level(logging.DEBUG)
    received = cities.received(at=NOON, place=PLACE)
    cities.read(received, at=NOON)
    referral = Referral.objects.get()

    dump = io.StringIO()
    call_command("dumpdata", "cases.received", "cases.referral", "kernel.answered", stdout=dump)

    for canary in (WORDS, PLACE, WORDS[:6]):
        assert canary not in dump.getvalue()
        assert canary.encode("unicode_escape").decode() not in dump.getvalue()
        assert canary not in caplog.text
    assert referral.envelope
    assert connection.vendor in {"sqlite", "postgresql"}
