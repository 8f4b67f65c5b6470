"""How stories are told through HTTP: a person opens a page, fills in the form that stands there, and sends it."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cases.console import desk, said

__all__ = ["asks", "books", "desk", "file", "follows", "offer_of", "opens", "press", "read", "said"]


def file(name, text):
    data = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile(name, data)


def read(client, address, status=200):
    """Return the words of a page."""
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code, said(answer)[:1500])
    return said(answer)


def press(client, address, to="", /, gives=302, **fields):
    """Open a page, fill in the form that goes to an address that ends so, and send it; return the answer.

    A field is named with __ for -. Whatever the form holds already goes along as it stands.
    """
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code, said(page)[:1500])
    return _sent(client, address, to, gives, fields, page.content.decode())


def _sent(client, address, to, gives, fields, html):
    forms = _Forms()
    forms.feed(html.partition("<main")[2].partition("</main>")[0])
    given = {name.replace("__", "-"): value for name, value in fields.items()}
    found = [one for one in forms.found if one.goes_to(to) and one.names >= given.keys()]
    assert found, (address, to, [(one.action, sorted(one.names)) for one in forms.found])
    form = next((one for one in found if one.action in {"", address}), found[0])
    answer = client.post(urljoin(address, form.action.partition("#")[0]), form.held | given)
    assert answer.status_code == gives, (form.action, answer.status_code, said(answer)[:2500])
    return answer


class _Form:
    def __init__(self, given):
        self.action = given.get("action") or ""
        self.posts = (given.get("method") or "").lower() == "post"
        self.held, self.names = {}, set()

    def goes_to(self, to):
        return self.posts and self.action.partition("#")[0].endswith(to)

    def holds(self, name, value):
        self.held.setdefault(name, []).append(value or "")


class _Forms(HTMLParser):
    """The forms of a page, each with what it holds as a browser would send it."""

    def __init__(self):
        super().__init__()
        self.found, self._open, self._choice, self._area = [], None, None, None

    def handle_starttag(self, tag, attrs):
        given = {name: value if value is not None else "" for name, value in attrs}
        if tag == "form":
            self._open = _Form(given)
            self.found.append(self._open)
        elif self._open is not None:
            self._part(tag, given)

    def _part(self, tag, given):
        name = given.get("name")
        if name and tag in {"input", "select", "textarea", "button"}:
            self._open.names.add(name)
        if tag == "input" and name and "disabled" not in given:
            self._input(name, given)
        elif tag == "select":
            self._choice = [name, "multiple" in given, False]
        elif tag == "option" and self._choice:
            self._chosen(given)
        elif tag == "textarea":
            self._area = [name, ""]

    def _input(self, name, given):
        kind = given.get("type", "text")
        box = kind in {"checkbox", "radio"}
        if (not box or "checked" in given) and kind not in {"file", "submit", "image"}:
            self._open.holds(name, given.get("value", "on" if box else ""))

    def _chosen(self, given):
        name, multiple, begun = self._choice
        if "selected" in given:
            if begun and not multiple:
                self._open.held.pop(name, None)
            self._open.holds(name, given.get("value", ""))
            self._choice[2] = True
        elif not begun and not multiple and name not in self._open.held:
            self._open.holds(name, given.get("value", ""))
            self._choice[2] = True

    def handle_data(self, data):
        if self._area:
            self._area[1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._choice = None
        elif tag == "textarea" and self._area:
            if self._open is not None:
                self._open.holds(self._area[0], self._area[1].removeprefix("\n"))
            self._area = None


def asks(words, *, topic="", place=None, answer=None):
    """Ask as anybody does, page by page; return the code and the passphrase of the slip."""
    person = Client()
    answer_of = {
        "topic": {"topic": topic} if topic else {},
        "place": place or {},
        "answer": answer or {},
    }
    page = press(person, "/ask/", words=words).url
    for _step in range(6):
        if page.endswith("/receipt/"):
            break
        page = press(person, page, **answer_of.get(page.split("/")[-2], {})).url
    slip = person.get(page).content.decode()
    code, passphrase = re.findall(r'class="claim[^"]*"><bdi dir="ltr">([^<]+)', slip)[:2]
    return code, passphrase


def follows(code, passphrase):
    """Come back with both: a browser of their own, and the page of the case."""
    person = Client()
    return person, press(person, "/follow/", code=code, passphrase=passphrase).url


def books(session, *, size=1, **left):
    """Book places of a session as anybody does; return the browser, the code and the passphrase."""
    person, given = Client(), {"size": str(size)}
    page = press(person, f"/offers/sessions/{session.code}/book/", **given).url
    page = press(person, page, **({"channel": "none"} | left)).url
    page = press(person, page).url
    slip = person.get(page).content.decode()
    code, passphrase = re.findall(r'class="claim[^"]*"><bdi dir="ltr">([^<]+)', slip)[:2]
    return person, code, passphrase


def opens(code, passphrase):
    """Come back to a booking: a browser of their own, and the page of the booking."""
    person = Client()
    return person, press(person, "/bookings/", code=code, passphrase=passphrase).url


def offer_of(officer, *, kind, title, unit, area="620200"):
    """Open and publish an offer at its unit's desk; return its code."""
    at_desk = press(
        officer, "/console/offers/new/", kind=kind, title=title, unit=unit.code, area=area, cost="0"
    ).url
    press(officer, at_desk, "/publish/")
    return at_desk.rstrip("/").rpartition("/")[2]
