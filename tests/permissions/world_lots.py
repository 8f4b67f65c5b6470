"""What the matrix asks of books: a business of the own unit with a lot and two lines; it signed in, or staff enter for it."""

import io
from dataclasses import replace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.kernel.sheets import write_xlsx
from linli.trace.actions import book, keys
from linli.trace.queries.keys import as_operator
from linli.trace.queries.shop_shelf import Shelf, Typed
from tests.town import trace

__all__ = ["SENT", "build"]
_NUMBER = 941  # of its credit code: no other part of the town takes it


def build(has, *, at):
    """Return the parts of addresses, and the cookies of the business that signed in."""
    one = trace.operator("清香酱卤坊", at=at, number=_NUMBER, unit=has.lead)
    place = trace.premises("清香酱卤坊", at=at, of=one)
    shelf, by = Shelf(one, place, at), as_operator(one)
    deed = shelf.read("made", Typed("酱牛肉", "30"))
    [made] = book.enter(by=by, at=at, operator=one, deeds=[deed]).lines
    sold = replace(shelf.read("sold", Typed(made.lot.code, "2")), lot=made.lot)
    [line] = book.enter(by=by, at=at, operator=one, deeds=[sold]).lines
    has.book_slip = {
        "code": one.code,
        "passphrase": keys.hand_phrase(by=trace.officer(has.lead), at=at, operator=one),
    }
    has.book_lot = made.lot
    of = {"of": one.code}
    named = {
        "book": {},
        "kind of deed": {"kind": "sold"},
        "book line": {"code": line.code},
        "product": {"code": made.lot.product.code},
        "lot in a book": {"code": made.lot.code},
    }
    parts = {name: dict(what) for name, what in named.items()}
    parts |= {f"held {name}": dict(what) for name, what in named.items()}
    parts |= {f"{name} at a window": of | what for name, what in named.items()}
    client = Client()
    client.post("/trade/in/", has.book_slip)
    cookies = {name: held.value for name, held in client.cookies.items()}
    return parts, {f"held {name}": cookies for name in named}


def _table(has):
    rows = [(has.book_lot.code, "1", "")]
    data = write_xlsx(["货品", "数量", "去向"], rows, title="t")
    return {"kind": "sold", "file": SimpleUploadedFile("t.xlsx", io.BytesIO(data).read())}


def _deed(amount):
    return lambda has: {"what": has.book_lot.code, "how_much": amount, "who": ""}


_BOTH = {
    "entry": _deed("1"),
    "line_correct": _deed("3"),
    "sheet": _table,
    "products": lambda has: {"name": "卤牛腱"},
}
SENT = {
    (f"trace:{desk}_{name}", "valid"): given
    for desk in ("trade", "counter")
    for name, given in _BOTH.items()
} | {("trace:trade_door", "valid"): lambda has: has.book_slip}
