"""Certificates in the browser, without JavaScript: fetched by who holds the booking, checked by anybody."""

import io
import json
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest
import time_machine

from linli.kernel.limits import forget_all
from linli.offers.actions import certifying
from linli.offers.models import Certificate
from linli.offers.queries import certificates as known
from linli.offers.rules import checking, credentials, proofs
from linli.offers.rules.jcs import canonical
from tests.town import courses, offers

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
AT = BEGAN + courses.AFTER
NAME = "马小明"


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    forget_all()
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def one():
    return courses.passed(at=BEGAN)


def let_in(client, one):
    client.post("/en/bookings/", {"code": one.booking.code, "passphrase": one.passphrase})
    return f"/en/bookings/{one.booking.code}/certificate/"


def fetched(client, one, named=NAME):
    """Fetch the certificate; return the page that hands it over."""
    return client.post(let_in(client, one), {"named": named})


def checked(client, text, **more):
    return client.post("/en/credentials/", {"text": text} | more)


def test_leads_from_the_booking_to_the_certificate(client, one):
    way = let_in(client, one)
    page = client.get(f"/en/bookings/{one.booking.code}/")
    assert f'href="{way}"' in page.content.decode()


def test_says_nothing_of_certificates_before_anything_was_reached(client):
    session = offers.session(at=BEGAN)
    early = courses.taken(session, at=BEGAN)
    way = let_in(client, early)
    page = client.get(f"/en/bookings/{early.booking.code}/").content.decode()
    assert way not in page
    answer = client.post(way, {"named": ""})
    assert answer.status_code == 422
    assert not Certificate.objects.exists()


def test_keeps_everybody_out_who_has_no_passphrase(client, one):
    way = f"/en/bookings/{one.booking.code}/certificate/"
    assert client.get(way).status_code == 302
    assert client.post(way, {"named": ""}).status_code == 302
    assert not Certificate.objects.exists()


def test_hands_over_file_and_paper_that_hold(client, one):
    page = fetched(client, one)

    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store, private"
    assert NAME in page.content.decode()
    sent = {"credential": page.context["text"], "named": NAME}
    file = client.post("/en/credentials/file/", sent | {"form": "json"})
    assert file["Content-Type"] == "application/vc"
    assert credentials.digest(json.loads(file.content)) == Certificate.objects.get().digest

    paper = client.post("/en/credentials/file/", sent | {"form": "pdf"})
    assert paper["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(paper.content)) as pdf:
        assert pdf.attachments["certificate.json"].get_file().read_bytes() == file.content
    words = pypdfium2.PdfDocument(paper.content)[0].get_textpage().get_text_range()
    for said in (NAME, "拉面师培训班", offers.LABOUR, "2026-12-21", page.context["document"]["id"]):
        assert said in words


def test_puts_no_name_on_paper_that_the_holder_did_not_choose(client, one):
    page = fetched(client, one)
    sent = {"credential": page.context["text"], "named": "别人", "form": "pdf"}
    paper = client.post("/en/credentials/file/", sent)
    words = pypdfium2.PdfDocument(paper.content)[0].get_textpage().get_text_range()
    assert "别人" not in words
    assert "拉面师培训班" in words


def test_prints_no_certificate_that_is_not_ours(client, one):
    document = fetched(client, one).context["document"]
    for wrong in (canonical(document | {"name": "厨师长"}).decode(), "{}", ""):
        sent = {"credential": wrong, "form": "pdf"}
        assert client.post("/en/credentials/file/", sent).status_code == 404


def test_withdraws_what_was_lost_and_makes_another(client, one):
    first = fetched(client, one)
    way = let_in(client, one)
    assert client.post(way, {"named": ""}).status_code == 409
    number = str(Certificate.objects.get().number)

    client.post(f"{way}withdraw/", {"number": number})

    assert client.post(way, {"named": ""}).status_code == 200
    assert checked(client, first.context["text"]).context["told"].state == "late"
    assert Certificate.objects.filter(revoked_at=None).count() == 1


@pytest.mark.parametrize("number", ["", "x", "7", "9" * 30])
def test_withdraws_nothing_of_others(client, one, number):
    fetched(client, one)
    stranger = courses.passed(at=BEGAN, of=one.booking.session.offer)
    way = let_in(client, stranger)
    assert client.post(f"{way}withdraw/", {"number": number}).status_code == 404
    ours = Certificate.objects.get()
    assert client.post(f"{way}withdraw/", {"number": ours.number}).status_code == 404
    ours.refresh_from_db()
    assert ours.revoked_at is None


class TestCheck:
    @pytest.fixture
    def document(self, one):
        return certifying.certify(at=AT, booking=one.booking, named=NAME).document

    def test_holds_pasted_packed_or_as_a_file(self, client, document):
        text = canonical(document).decode()
        for answer in (
            checked(client, text),
            checked(client, f"{document['id']}#{credentials.compact(document)}"),
            client.post("/en/credentials/", {"file": io.BytesIO(text.encode())}),
        ):
            assert answer.status_code == 200
            assert answer.context["told"].state == "done"
            assert answer.context["says"]["title"] == "拉面师培训班"
            assert NAME not in answer.content.decode()

    def test_compares_the_name_on_the_paper(self, client, document):
        text = canonical(document).decode()
        assert checked(client, text, named=NAME).context["told"].state == "done"
        assert checked(client, text, named="别人").context["told"].state == "late"

    def test_fails_in_plain_words_when_it_was_changed(self, client, document):
        answer = checked(client, canonical(document | {"name": "厨师长"}).decode())
        assert answer.context["told"].state == "late"
        assert "The signature does not fit" in answer.content.decode()
        assert answer.context["says"] is None

    def test_fails_for_our_signature_under_what_we_never_handed_out(self, client, document):
        unsigned = {name: said for name, said in document.items() if name != "proof"}
        again = known.signed(unsigned | {"name": "厨师长"}, AT)
        answer = checked(client, canonical(again).decode())
        assert answer.context["verdict"].faults == ("not_handed_out",)

    def test_leaves_open_what_another_city_signed(self, client, document, settings, tmp_path):
        settings.KEYS = tmp_path / "other"
        answer = checked(client, canonical(document).decode())
        assert answer.context["told"].state == "soon"
        page = answer.content.decode()
        assert document["issuer"]["id"] in page
        assert document["credentialStatus"]["statusListCredential"] in page

    def test_says_when_nothing_can_be_read(self, client):
        assert checked(client, "x").context["verdict"].faults == ("unreadable",)
        assert checked(client, "").status_code == 422
        large = io.BytesIO(b"{" + b" " * 70_000)
        assert client.post("/en/credentials/", {"file": large}).status_code == 422

    def test_tells_of_a_number_whether_it_counts(self, client, document):
        way = document["id"].removeprefix(known.own_host())
        assert "counts" in client.get(f"/en{way}").content.decode()
        certifying.withdraw(at=AT, certificate=Certificate.objects.get())
        assert "was withdrawn" in client.get(f"/en{way}").content.decode()
        other = way[:-4] + "0000"
        page = client.get(f"/en{other}")
        assert page.status_code == 404
        assert "We know of no certificate" in page.content.decode()

    def test_gives_the_list_signed_and_the_same_to_everybody(self, client, document):
        first = client.get("/credentials/status/0")
        assert first["Content-Type"] == "application/vc"
        assert first["Cache-Control"] == "public, max-age=300"
        assert proofs.signer_of(json.loads(first.content)).startswith(known.issuer("").did)
        verdict = checking.check(canonical(document).decode(), AT)
        assert checking.with_status(verdict, first.content.decode(), AT).holds
        again = client.get("/credentials/status/0", headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304
        assert client.get("/en/credentials/status/0").content == first.content
        assert client.get("/credentials/status/1").status_code == 404
