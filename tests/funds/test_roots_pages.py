"""The signed books, for everybody: the roots, one to keep, the kit of a fund, the verifier."""

import json

import pytest

from linli.funds.models import Fund, Root
from linli.funds.schemas import verify_ledger
from linli.kernel import city_key
from linli.kernel.notes import read_note
from tests.town import funds as town
from tests.town.ledgers import DAY, sign, signed_fund

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.KEYS, settings.HOME = tmp_path / "keys", tmp_path


def publish(fund, at):
    Fund.objects.filter(pk=fund.pk).update(published_at=at)


def test_shows_the_roots_and_how_to_check_against_them(client, noon, django_assert_max_num_queries):
    fund = signed_fund(noon)
    publish(fund, noon)

    with django_assert_max_num_queries(8):
        page = client.get("/en/funds/roots/").content.decode()

    newest = Root.objects.first()
    assert newest.digest in page
    assert (
        str(city_key.signer().key).replace("+", "&#x2B;") in page
        or str(city_key.signer().key) in page
    )
    assert page.index("Root 3") < page.index("Root 1")
    assert f"/funds/{fund.code}/ledger.zip" in page


def test_says_that_nothing_is_signed_yet(client):
    assert "No day is signed yet" in client.get("/en/funds/roots/").content.decode()


def test_gives_a_root_as_it_was_signed(client, noon):
    signed_fund(noon)

    note = client.get("/en/funds/roots/2.txt").content.decode()
    assert read_note(note).text == f"{note.partition(chr(10) * 2)[0]}\n"
    answer = client.get("/en/funds/roots.jsonl")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert [json.loads(line)["root"] for line in lines] == [1, 2, 3]
    assert json.loads(lines[1])["note"] == note
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_gives_the_kit_of_a_published_fund_and_says_when_it_is_the_same(client, noon, tmp_path):
    fund = signed_fund(noon)
    way = f"/en/funds/{fund.code}/ledger.zip"
    assert client.get(way).status_code == 404
    publish(fund, noon)

    answer = client.get(way)
    kit = tmp_path / "kit.zip"
    kit.write_bytes(b"".join(answer.streaming_content))
    assert verify_ledger.main([str(kit), "--key", str(city_key.signer().key)]) == 0
    tag = answer.headers["ETag"]
    assert client.get(way, headers={"If-None-Match": tag}).status_code == 304

    of = {one.kind: one for one in fund.accounts.all()}
    town.posted(fund, "appropriate", (of["budget"], of["appropriated"], 1), at=noon)
    sign(noon + DAY)
    answer = client.get(way, headers={"If-None-Match": tag})
    answer.close()
    assert (answer.status_code, answer.headers["ETag"] != tag) == (200, True)


def test_makes_no_large_kit_while_somebody_waits(client, noon, monkeypatch):
    from linli.funds.views import roots

    monkeypatch.setattr(roots, "AT_ONCE", 4)
    fund = signed_fund(noon)
    publish(fund, noon)

    assert client.get(f"/en/funds/{fund.code}/ledger.zip").status_code == 404


def test_gives_the_verifier(client):
    answer = client.get("/en/funds/verify_ledger.py")

    source = b"".join(answer.streaming_content).decode()
    assert "import linli" not in source
    assert "from linli" not in source
    compile(source, "verify_ledger.py", "exec")
