"""Cases of the town of the matrix: of the officer's own unit, of others, on their way, and held by a person."""

from datetime import timedelta

import pytest
from django.test import Client

from linli.cases.actions import causes, emergency, following, handing, handling, reading
from linli.cases.actions import topics as keeping
from linli.cases.models import Topic
from linli.kernel.looks import looks_of
from linli.kernel.models import Grant
from linli.kernel.uploads import Rebuilt
from tests.town import cases, cities, plans

LEAD, OTHER = plans.LEAD, plans.OTHER
PHOTO = Rebuilt(b"a photo", "image/png", "png")
CONTACT = cases.Contact("sms", "13800000000")
OWNER, STRANGER = cases.officer(LEAD), cases.officer(OTHER)


def build(has, *, at, hidden):
    """Return the parts of addresses, and the cookies of the person who holds a case."""
    has.own_topic = cases.topic("own", unit=LEAD, name="培训")
    has.topic_of_others = cases.topic("others", unit=OTHER, name="入学")
    cases.other()
    has.closed_topic = cases.topic("closed", unit=LEAD, name="旧事项")
    keeping.close_topic(by=cases.planner(), at=at, topic=has.closed_topic)
    town = Town(has, at, hidden)
    parts = town.cases() | town.ways() | town.glasses() | town.kept() | town.received()
    held, tickets = town.held()
    return parts | held, tickets


class Town:
    """What the actions of cases make."""

    def __init__(self, has, at, hidden):
        self.has, self.at, self.words = has, at, f"{hidden}：楼道的灯坏了。"

    def asked(self, topic=None, **more):
        given = {"topic": topic or self.has.own_topic, "words": self.words, "photos": (PHOTO,)}
        given |= {"contact": CONTACT, "fields_granted": (*cases.MAY_PASS_ON, "contact")}
        return cases.receipt(at=self.at, **given | more)

    def taken(self, topic=None, **more):
        case = self.asked(topic, **more).case
        by = cases.officer(case.unit.name)
        return handling.take(by=by, at=self.at, case=case)

    def cases(self):
        has = self.has
        has.new, has.own = self.asked().case, self.taken()
        has.others = self.taken(has.topic_of_others)
        has.new_of_others = self.asked(has.topic_of_others).case
        has.paused = handling.pause(
            by=OWNER, at=self.at, case=self.taken(), kind="papers", words="等待材料。"
        )
        has.public = self.asked(public=True).case
        has.merged = self.taken()
        has.cause = causes.merge(by=OWNER, at=self.at, cases=[has.merged], title="电缆老化")
        return {
            "new case": {"code": has.new.code},
            "own case": {"code": has.own.code},
            "another's case": {"code": has.others.code},
            "paused case": {"code": has.paused.code},
            "cause": {"code": has.cause.code},
            "paper": {"code": has.own.code, "key": has.own.attachments.get().code},
            "another's paper": {"code": has.others.code, "key": has.others.attachments.get().code},
        }

    def ways(self):
        has = self.has
        has.coming = self._on(self.taken(has.topic_of_others), LEAD)
        has.going = self._on(self.taken(), OTHER)
        has.helped = self.taken(has.topic_of_others)
        handling.join(by=STRANGER, at=self.at, case=has.helped, unit=has.lead, words="请协助。")
        gone = self._on(self.taken(), OTHER)
        handing.accept(by=STRANGER, at=self.at, hand_over=gone)
        return {
            "way to us": {"code": has.coming.code},
            "case coming to us": {"code": has.coming.case.code},
            "case on its way": {"code": has.going.case.code},
            "way to others": {"code": has.going.code},
            "helped case": {"code": has.helped.code},
            "case that went on": {"code": gone.case.code},
        }

    def _on(self, case, to):
        return cases.handed_on(at=self.at, to=to, case=case)

    def glasses(self):
        has, by = self.has, cases.supervisor()
        at = self.at + timedelta(hours=23)
        said = {"at": at, "hours": 24, "reason": "来电称屋内有人受伤。"}
        case = self.taken(has.topic_of_others)
        has.open_glass = emergency.ask_to_break(by=OWNER, case=case, **said)
        emergency.let_in(by=by, at=at, case=case, glass=has.open_glass)
        has.waiting_glass = emergency.ask_to_break(by=OWNER, case=has.helped, **said)
        has.strange_glass = emergency.ask_to_break(by=STRANGER, case=has.paused, **said)
        emergency.let_in(by=by, at=at, case=has.paused, glass=has.strange_glass)
        photo = case.attachments.get().code
        return {
            "open glass": {"code": has.open_glass.code},
            "waiting glass": {"code": has.waiting_glass.code},
            "another's glass": {"code": has.strange_glass.code},
            "paper behind glass": {"code": has.open_glass.code, "key": photo},
        }

    def kept(self):
        has, at = self.has, self.at
        words = {"at": at, "name": "收到", "language": "zh-hans", "words": "已收到。"}
        has.reply = keeping.write_template(by=OWNER, **words)
        has.reply_of_others = keeping.write_template(by=STRANGER, **words)
        has.leader = keeping.name_official(
            by=cases.planner(), at=at, unit=has.lead, office="分管领导", name="王某"
        )
        has.partner = cities.partner()
        return {
            "topic": {"code": has.own_topic.code},
            "closed topic": {"code": has.closed_topic.code},
            "own reply": {"key": has.reply.pk},
            "another's reply": {"key": has.reply_of_others.pk},
            "official": {"key": has.leader.pk},
            "partner": {"key": has.partner.pk},
        }

    def received(self):
        has, at = self.has, self.at
        with pytest.MonkeyPatch.context() as patch, cities.post_office(patch):
            for name, unit in (("received", LEAD), ("received_by_others", OTHER)):
                case = self.asked().case
                setattr(has, name, cities.received(at=at, case=case, unit=unit))
        return {
            "received case": {"code": has.received.code},
            "case that others received": {"code": has.received_by_others.code},
        }

    def held(self):
        """The case of somebody who typed the passphrase, with all that they may decide."""
        has, at = self.has, self.at
        legal = cases.topic(
            "legal", unit=LEAD, name="法律援助", kind=Topic.LEGAL_AID, sensitive=True
        )
        receipt = self.asked(legal)
        has.receipt, case = receipt, receipt.case
        handling.take(by=OWNER, at=at, case=case)
        way = self._on(case, OTHER)
        reading.read(by=OWNER, at=at, case=case, purpose="handle")
        has.rated = cases.closed(at=at, topic=has.own_topic, words=self.words)
        held = held_parts(case, way)
        parts = {f"held {name}": {"code": case.code} | more for name, more in held.items()}
        parts |= {
            f"{name} without a ticket": {"code": has.own.code} | more for name, more in held.items()
        }
        client = Client()
        client.post("/follow/", {"code": case.code, "passphrase": receipt.passphrase})
        cookies = {name: one.value for name, one in client.cookies.items()}
        tickets = {name: cookies for name in parts if name.startswith("held ")}
        parts |= {
            "no deed": {"code": has.own.code, "deed": "zzz"},
            "no photo": {"code": "zzz"},
            "token": {"token": following.offer_rating(at=at, case=has.rated)},
            "no token": {"token": "zzz"},
        }
        return parts | open311(has, case), tickets


def held_parts(case, way):
    """Return what of a case is named in addresses of the person who holds it."""
    return {
        "case": {},
        "photo": {"photo": case.attachments.get().code},
        "grant": {"grant": Grant.objects.filter(about=case.code).first().code},
        "way": {"hand_over": way.code},
        "look": {"look": looks_of(case.subject)[0].code},
        "deed": {"deed": "add"},
    }


def open311(has, case):
    form = {"form": "json"}
    return {
        "form": form,
        "topic form": form | {"code": has.own_topic.code},
        "no topic form": form | {"code": "zzz"},
        "case form": form | {"code": case.code},
        "public case form": form | {"code": has.public.code},
    }
