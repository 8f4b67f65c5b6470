"""Signed-in members of staff for the organizer's pages, and what a page says."""

import re

from django.test import Client

from linli.kernel.models import Staff


def desk(who):
    """Return a client signed in as this actor; each actor has one account."""
    name = f"{who.role}-{who.unit}-{who.name}"[:60]
    staff = Staff.objects.filter(username=name).first() or Staff.objects.create(
        username=name, name=who.name, role=who.role, unit=who.unit, password="long-enough-1"
    )
    client = Client()
    client.force_login(staff)
    return client


def page(client, address, status=200):
    """Return the text of a page, spaces made one."""
    answer = client.get(f"/en{address}")
    assert answer.status_code == status, said(answer)[:2000]
    return said(answer)


def send(client, address, status=302, /, **given):
    """Post a form; return the answer."""
    answer = client.post(f"/en{address}", given)
    assert answer.status_code == status, said(answer)[:3000]
    return answer


def said(answer):
    """Return what a reader reads of an answer's main part."""
    html = answer.content.decode()
    main = html.partition("<main")[2].partition("</main>")[0] or html
    text = re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style).*?</\1>", " ", main, flags=re.DOTALL))
    return " ".join(text.replace("&#x27;", "'").replace("&amp;", "&").split())
