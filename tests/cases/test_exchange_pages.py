"""Pages of the exchange: the person hands over, a planner keeps the cities, a unit reads what came."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from linli.cases.actions import following
from linli.cases.actions.partners import PartnerDraft, add_partner, end_partner
from linli.cases.models import Partner, Received, Referral
from linli.kernel import city_key
from linli.kernel.models import Grant, Look
from linli.kernel.note_keys import Kind, new_signer
from linli.kernel.refusals import Refused
from linli.kernel.uploads import Rebuilt
from tests.cases.console import desk, page, said, send
from tests.town import cases, cities
from tests.town.cases import HOUSING, LEGAL, WORDS
from tests.town.cities import NAME

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
THEIRS = new_signer("jinchang.example", Kind.NOTE).key


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def post(monkeypatch):
    with cities.post_office(monkeypatch) as carried:
        yield carried


def following_of(receipt):
    client = Client()
    given = {"code": receipt.case.code, "passphrase": receipt.passphrase}
    assert client.post("/en/follow/", given).status_code == 302
    return client


# The person


def test_hands_the_own_case_to_another_city():
    receipt, partner = cases.receipt(at=NOON), cities.partner()
    client, path = following_of(receipt), f"/en/follow/{receipt.case.code}/refer/"
    assert path in client.get(f"/en/follow/{receipt.case.code}/").content.decode()
    form = {"partner": partner.pk, "unit_name": LEGAL, "fields_given": ["words"], "days": "7", "once": "a-key-of-the-form-1"}  # fmt: skip

    answers = [client.post(path, form) for _ in "12"]

    assert [one.status_code for one in answers] == [302, 302]
    assert Referral.objects.get().unit_name == LEGAL
    assert Grant.objects.get(origin=NAME).fields == ["words"]
    shown = client.get(f"/en/follow/{receipt.case.code}/").content.decode()
    assert f"{LEGAL} · {NAME}" in shown


def test_offers_no_city_where_there_is_none():
    receipt = cases.receipt(at=NOON)
    client, path = following_of(receipt), f"/en/follow/{receipt.case.code}/refer/"

    assert path not in client.get(f"/en/follow/{receipt.case.code}/").content.decode()
    assert "no other city yet" in client.get(path).content.decode()


@pytest.mark.parametrize("changed", [{"unit_name": ""}, {"fields_given": []}, {"days": "9"}, {"partner": "0"}, {"fields_given": ["passing_on"]}])  # fmt: skip
def test_refuses_a_form_that_is_not_whole(changed):
    receipt, partner = cases.receipt(at=NOON), cities.partner()
    form = {"partner": partner.pk, "unit_name": LEGAL, "fields_given": ["words"], "days": "7"}

    answer = following_of(receipt).post(f"/en/follow/{receipt.case.code}/refer/", form | changed)

    assert (answer.status_code, Referral.objects.count()) == (422, 0)


def test_says_on_the_form_what_the_action_refuses():
    receipt, partner = cases.receipt(at=NOON), cities.partner()
    cities.referred(at=NOON, case=receipt.case)
    form = {"partner": partner.pk, "unit_name": LEGAL, "fields_given": ["words"], "days": "7"}

    answer = following_of(receipt).post(f"/en/follow/{receipt.case.code}/refer/", form)

    assert answer.status_code == 422
    assert "It is with this unit already." in answer.content.decode()


def test_leads_strangers_to_the_door(client):
    case = cases.asked(at=NOON)

    assert client.get(f"/en/follow/{case.code}/refer/").status_code == 302
    assert client.post(f"/en/follow/{case.code}/refer/").status_code == 302


# The planner


def draft(**changed):
    given = {"name": NAME, "origin": "https://linli.jinchang.example", "key": str(THEIRS), "fingerprint": city_key.fingerprint(THEIRS)}  # fmt: skip
    return given | changed


def test_adds_a_city_whose_fingerprint_was_compared():
    planner = desk(cases.planner())

    send(planner, "/console/partners/", **draft())

    kept = Partner.objects.get()
    assert (kept.name, kept.origin, kept.key) == (NAME, "https://linli.jinchang.example", str(THEIRS))  # fmt: skip
    shown = page(planner, "/console/partners/")
    assert city_key.fingerprint(THEIRS) in shown
    assert str(city_key.signer().key) in shown


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("no_name", {"name": " "}),
        ("fingerprint_differs", {"fingerprint": "12345"}),
        ("fingerprint_differs", {"fingerprint": ""}),
        ("key_wrong", {"key": "nonsense"}),
        ("key_wrong", {"key": str(new_signer("a.example", Kind.COSIGNATURE).key)}),
        ("origin_wrong", {"origin": "http://linli.jinchang.example"}),
        ("origin_wrong", {"origin": "https://linli.jinchang.example/path"}),
        ("origin_wrong", {"origin": "https://user:pass@linli.jinchang.example"}),
        ("origin_wrong", {"origin": "file:///etc/passwd"}),
        ("origin_wrong", {"origin": "https://linli.example:nonsense"}),
        ("origin_wrong", {"origin": "https://"}),
    ],
)
def test_refuses_a_city(code, changed):
    with pytest.raises(Refused) as refused:
        add_partner(by=cases.planner(), at=NOON, draft=PartnerDraft(**draft(**changed)))

    assert (refused.value.code, Partner.objects.count()) == (code, 0)


def test_refuses_our_own_key_a_taken_key_and_a_taken_name():
    ours = city_key.signer().key
    other = new_signer("zhangye.example", Kind.NOTE).key

    def refuses(code, **changed):
        with pytest.raises(Refused) as refused:
            add_partner(by=cases.planner(), at=NOON, draft=PartnerDraft(**draft(**changed)))
        assert refused.value.code == code

    refuses("key_wrong", key=str(ours), fingerprint=city_key.fingerprint(ours))
    add_partner(by=cases.planner(), at=NOON, draft=PartnerDraft(**draft()))
    refuses("key_taken", name="张掖市")
    refuses("partner_taken", key=str(other), fingerprint=city_key.fingerprint(other))
    assert Partner.objects.count() == 1


def test_ends_a_city_with_every_leave_to_read_there(post):
    received, planner = cities.received(at=NOON), desk(cases.planner())
    partner = Partner.objects.get()

    send(planner, f"/console/partners/{partner.pk}/end/")

    received.refresh_from_db()
    referral = Referral.objects.select_related("grant", "case").get()
    assert (received.state, referral.state, referral.grant.revoked_at) == ("over", "ended", NOON)
    assert referral.case.steps.filter(verb="grant_ended").count() == 1
    answer = cities.hand_in("/exchange/reads", cities.asking_to_read(referral, at=NOON))
    assert answer.json()["code"] == "unknown_sender"
    with pytest.raises(Refused) as refused:
        end_partner(by=cases.planner(), at=NOON, partner=partner)
    assert refused.value.code == "partner_ended"
    key, fingerprint = partner.key, city_key.fingerprint(city_key.signer().key)
    Partner.objects.update(key=str(THEIRS))
    assert key != str(THEIRS)
    again = PartnerDraft(**draft(origin="http://localhost"))
    assert add_partner(by=cases.planner(), at=NOON, draft=again).ended_on is None
    assert fingerprint


@pytest.mark.parametrize("who", [cases.officer(), cases.clerk(), cases.supervisor()])
def test_lets_planners_alone_keep_the_cities(who):
    partner, client = cities.partner(), desk(who)

    assert "Add a city" not in page(client, "/console/partners/")
    send(client, "/console/partners/", 403, **draft(name="张掖市"))
    send(client, f"/console/partners/{partner.pk}/end/", 403)
    for do in (
        lambda: add_partner(by=who, at=NOON, draft=PartnerDraft(**draft())),
        lambda: end_partner(by=who, at=NOON, partner=partner),
    ):
        with pytest.raises(Refused) as refused:
            do()
        assert refused.value.code == "not_allowed"
    assert Partner.objects.filter(ended_on=None).count() == 1


def test_reads_a_fingerprint_in_groups_of_five():
    groups = city_key.fingerprint(THEIRS).split()

    assert [len(one) for one in groups] == [5] * 8
    assert city_key.fingerprint(city_key.signer().key) != city_key.fingerprint(THEIRS)


# The unit over there


def test_lists_what_came_to_the_own_unit_without_a_word(post, django_assert_max_num_queries):
    received, officer = cities.received(at=NOON), desk(cases.officer(LEGAL))

    with django_assert_max_num_queries(8):
        shown = page(officer, "/console/received/")
    assert received.code in shown
    assert NAME in shown
    assert WORDS not in shown
    assert "Nothing from other cities" in page(desk(cases.officer(HOUSING)), "/console/received/")


def test_reads_it_on_one_page_that_nobody_keeps(post):
    case = cases.asked(at=NOON, place="3号楼", photos=(Rebuilt(b"jpeg", "image/jpeg", "jpg"),))
    received = cities.received(at=NOON, case=case, fields=("words", "photos"))
    officer = desk(cases.officer(LEGAL))
    assert WORDS not in page(officer, f"/console/received/{received.code}/")

    answer = send(officer, f"/console/received/{received.code}/read/", 200, purpose="help")

    assert WORDS in said(answer)
    assert "data:image/jpeg;base64,anBlZw==" in answer.content.decode()
    assert "3号楼" not in said(answer)
    assert "no-store" in answer["Cache-Control"]
    assert Look.objects.get().by_unit == f"{NAME} · {LEGAL}"


def test_tells_when_the_leave_has_ended(post):
    received, officer = cities.received(at=NOON), desk(cases.officer(LEGAL))
    referral = Referral.objects.select_related("case", "grant").get()
    following.revoke_grant(at=NOON, case=referral.case, grant=referral.grant)

    answer = send(officer, f"/console/received/{received.code}/read/", 410, purpose="help")

    assert "已经结束" in said(answer)
    assert WORDS not in said(answer)
    assert received.code in page(officer, f"/console/received/{received.code}/")


def test_accepts_and_finishes(post):
    received, officer = cities.received(at=NOON), desk(cases.officer(LEGAL))
    path = f"/console/received/{received.code}"

    send(officer, f"{path}/accept/")
    send(officer, f"{path}/done/", 422, words="")
    send(officer, f"{path}/done/", words="已指派律师。")
    send(officer, f"{path}/done/", 409, words="又一次。")

    assert Received.objects.get().state == "done"


def test_sends_it_back(post):
    received, officer = cities.received(at=NOON), desk(cases.officer(LEGAL))

    send(officer, f"/console/received/{received.code}/back/", 422, kind="lazy")
    send(officer, f"/console/received/{received.code}/back/", kind="not_ours", words="请找住建局")

    assert Received.objects.get().state == "declined"


DEEDS = ["", "read/", "accept/", "back/", "done/"]


@pytest.mark.parametrize("deed", DEEDS)
def test_hides_it_from_every_other_unit(post, deed):
    received = cities.received(at=NOON)
    client = desk(cases.officer(HOUSING))
    path = f"/console/received/{received.code}/{deed}"

    if deed:
        send(client, path, 404, purpose="help", kind="not_ours", words="x")
    else:
        page(client, path, 404)
    assert (Received.objects.get().state, Look.objects.count()) == ("waiting", 0)


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("who", [cases.planner(), cases.supervisor(LEGAL)])
def test_opens_for_handlers_alone(post, deed, who):
    received, client = cities.received(at=NOON), desk(who)
    path = f"/console/received/{received.code}/{deed}"

    if deed:
        send(client, path, 403)
    else:
        page(client, path, 403)
