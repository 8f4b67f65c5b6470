"""What the matrix asks of food businesses: one of the own unit with premises, keys, a reply and an alert; another's."""

from datetime import timedelta

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.kernel import files
from linli.kernel.actors import system
from linli.trace.actions import keys, replies
from linli.trace.actions.alerts import AlertDraft, raise_alert
from linli.trace.actions.visits import record_visit
from linli.trace.events import Visited
from linli.trace.models import Alert
from linli.trace.queries.keys import as_operator
from linli.trace.views.operator_tables import SALT
from tests.town import trace

__all__ = ["SENT", "build"]
TABLE = "经营者名称,门店名称,所在地,地址,经营项目\n辛店,辛店,620200,1 号,餐饮\n"
_NUMBER = 901  # of its credit code: no other part of the town takes it


def build(has, *, at):
    """Return the parts of addresses, and the cookies of the business that signed in."""
    one = trace.operator("清香餐饮有限公司", at=at, number=_NUMBER, unit=has.lead)
    has.food_place = trace.premises("清香二店", at=at, of=one, tile=(3, 5))
    empty = trace.premises("清香旧店", at=at, of=one)
    visited = Visited("9T5N-3KQD", has.food_place.code, "检查一处", at.date(), 8000, 3, 2, 1)
    record_visit(by=system("flow"), at=at, visited=visited)
    phrase = keys.hand_phrase(by=trace.officer(has.lead), at=at, operator=one)
    keys.give_program_key(by=trace.officer(has.lead), at=at, operator=one, name="收银")
    said = replies.reply(by=as_operator(one), at=at, premises=has.food_place, words="已整改。")
    draft = AlertDraft(has.lead, Alert.CHECK, "visit 9T5N-3KQD", "/food/", {"operator": one.name})
    alert = raise_alert(by=system("flow"), at=at, draft=draft)
    # What is set aside is held for a day: not the whole of it is over yet.
    brought = {
        "digest": files.set_aside(TABLE.encode(), at=at + timedelta(hours=23)),
        "name": "t.csv",
    }
    brought["unit"] = has.lead.code
    program = one.keys.get(kind="program")
    parts = {
        "food business": {"code": one.code},
        "food business's program": {"code": one.code, "pk": program.pk},
        "food premises": {"code": has.food_place.code},
        "food premises to close": {"code": empty.code},
        "held food premises": {"code": has.food_place.code},
        "food business's reply": {"pk": said.pk},
        "held food business's reply": {"code": has.food_place.code, "pk": said.pk},
        "alert about food": {"code": alert.code},
        "table of food premises": {"token": signing.dumps(brought, salt=SALT, compress=True)},
        "forged table of food premises": {"token": signing.dumps(brought, salt="another")},
    }
    client = Client()
    client.post("/trade/in/", {"code": one.code, "passphrase": phrase})
    cookies = {name: held.value for name, held in client.cookies.items()}
    return parts, {name: cookies for name in parts if name.startswith("held ")}


def _premises(has):
    return {"name": "清香三店", "area": "620200", "street": "3 号", "activities": ["catering"]}


SENT = {
    ("trace:operator_new", "valid"): lambda has: {"name": "新店", "unit": has.lead.code},
    ("trace:premises_new", "valid"): _premises,
    ("trace:premises_close", "valid"): lambda has: {"on": "2026-11-22"},
    ("trace:operator_key", "valid"): lambda has: {"name": "冷库"},
    ("trace:operators_bring", "valid"): lambda has: {
        "unit": has.lead.code, "file": SimpleUploadedFile("t.csv", TABLE.encode()),
    },
    ("trace:reply_withhold", "valid"): lambda has: {"reason": "辱骂他人"},
    ("trace:alert", "valid"): lambda has: {"words": "已查处"},
    ("trace:trade_reply", "valid"): lambda has: {"words": "欢迎复查。"},
}  # fmt: skip
