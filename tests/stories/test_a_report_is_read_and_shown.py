"""The promise 工作汇报: a report that an officer brings becomes a reading that everybody can check."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.demo.staff import PASSWORD, hire
from linli.demo.town import REPORTS

pytestmark = pytest.mark.django_db


def sign_in(client, username):
    page = client.post("/account/login/", {"login": username, "password": PASSWORD})
    assert page.status_code == 302


def test_a_report_of_jiayuguan_is_brought_read_published_and_checked(client):
    hire()
    officer, planner = "officer", "planner"
    data = (REPORTS / "jiayuguan.txt").read_bytes()

    # The unit's officer brings the page as it stands on the web, spam and all.
    sign_in(client, officer)
    brought = client.post(
        "/console/reports/receive/", {"file": SimpleUploadedFile("jiayuguan.txt", data)}
    )
    address = brought.url
    reading = client.get(address)
    assert reading.context["report"].area == "620200"
    assert reading.context["report"].printed_on is None

    # The officer may not publish; the planner may.
    assert client.post(f"{address}publish/").status_code == 403
    client.post("/account/logout/")
    sign_in(client, planner)
    assert client.post(f"{address}publish/").status_code == 302
    client.post("/account/logout/")

    # Anybody checks a figure against its words.
    public = address.replace("/console", "")
    assert client.get(public).status_code == 200
    data = client.get(f"{public}reading.json").json()
    money = next(
        figure
        for figure in data["figures"]
        if figure["unit"] == "CNY" and figure["value"] == 8_000_000
    )
    assert data["text"][money["start"] : money["end"]] == money["surface"]

    # What describes watching people is text, with the service that meets the need beside it.
    page = client.get(public)
    assert page.context["out_of_scope"]
    shown = {row["item"].id for row in page.context["measures"]}
    assert not shown & {row["item"].id for row in page.context["out_of_scope"]}
