"""What the matrix asks of notices and honours: results on notice, objected to, decided, confirmed; slips that are held."""

from datetime import timedelta

from django.test import Client

from linli.assessments.actions import deciding, honouring
from linli.assessments.models import Notice
from tests.town import assessments, scores
from tests.town import notices as town

__all__ = ["SENT", "build"]


def build(has, *, at, hidden):
    """Return the parts of addresses, and the cookies of who holds an objection, or an honour."""
    early = at - timedelta(60)
    scheme = assessments.scheme(at=early, name="示范公示")
    before = _scored(scheme, early, "示范一所", "示范二所", "示范三所")
    town.told(*before, at=early)
    later = town.ended(before[0], at=early)
    has.undecided, confirm, named = before
    town.decided(confirm, at=later)
    has.confirm = confirm
    award = deciding.confirm(by=town.second(), at=later, decision=town.decided(named, at=later))
    has.on_notice, has.to_tell, checked = _scored(scheme, at, has.lead, "示范四所", "示范五所")
    assessments.task(
        "site", has.lead, at=at, of=checked
    )  # the own supervisor's unit has a part in it
    town.told(has.on_notice, checked, at=at)
    mine, other = (town.objected(checked, at=at, words=f"{hidden}不实") for _ in range(2))
    has.honour_scheme = scheme
    own = town.honour(at=at, scheme=scheme, title="先进个人")
    honouring.show_name(at=at, honour=own.honour, name="某某")
    another = town.honour(at=at, scheme=scheme, title="先进个人")
    parts = {
        "no candidate": {"code": "zzz"},
        "candidate on notice": {"code": has.on_notice.code},
        "candidate to be decided": {"code": has.undecided.code},
        "notice": {"code": Notice.objects.get(results__candidacy=has.on_notice).code},
        "round to be told": {"code": has.on_notice.round.code},
        "round to be decided": {"code": has.undecided.round.code},
        "open objection": {"code": mine.objection.code},
        "held objection": {"code": mine.objection.code},
        "objection without a ticket": {"code": other.objection.code},
        "award": {"code": award.code},
        "held honour": {"code": own.honour.code},
        "honour without a ticket": {"code": another.honour.code},
    }
    has.objected, has.honoured = mine, own
    return parts, {
        "held objection": _let_in("/objections/", mine.objection.code, mine.passphrase),
        "held honour": _let_in("/honours/own/", own.honour.code, own.passphrase),
    }


def _scored(scheme, at, *units):
    """Candidates of one round, each with its score."""
    edition = assessments.edition(at=at, name="示范公示测评")
    held = assessments.opened(at=at, scheme=scheme, of=edition, weights={"self": 1})
    made = [scores.heard(one, at=at, of=held, says={"self": town.YES}) for one in units]
    for one in made:
        scores.score(one, at=at)
    return made


def _let_in(door, code, passphrase):
    client = Client()
    client.post(door, {"code": code, "passphrase": passphrase})
    return {name: morsel.value for name, morsel in client.cookies.items()}


def _slip(row, handed):
    return lambda has: {"code": row(has).code, "passphrase": handed(has).passphrase}


SENT = {
    ("assessments:object_to", "valid"): lambda has: {"ground": "facts", "words": "不实"},
    ("assessments:objection_door", "valid"): _slip(
        lambda has: has.objected.objection, lambda has: has.objected
    ),
    ("assessments:honour_door", "valid"): _slip(
        lambda has: has.honoured.honour, lambda has: has.honoured
    ),
    ("assessments:honour_name", "valid"): lambda has: {"name": "某某某", "agreed": "on"},
    ("assessments:round_notice", "valid"): lambda has: {"one": has.to_tell.code},
    ("assessments:round_decide", "valid"): lambda has: {"one": has.undecided.code},
    ("assessments:round_confirm", "valid"): lambda has: {"one": has.confirm.code},
    ("assessments:candidacy_decide", "valid"): lambda has: {"level": "none", "reason": "材料不实。"},
    ("assessments:result_reply", "valid"): lambda has: {"words": "我们说明如下。"},
    ("assessments:objection_resolve", "valid"): lambda has: {
        "outcome": "rejected", "reason": "核实无误。",
    },
    ("assessments:honour_new", "valid"): lambda has: {
        "scheme": has.honour_scheme.code, "unit": has.lead.code, "title": "先进个人", "level": "city",
        "named_on": "2026-11-01",
    },
    ("assessments:award_recheck", "valid"): lambda has: {
        "unit": has.third.code, "due_on": "2026-12-20",
    },
    ("assessments:award_conclude", "valid"): lambda has: {"to": "warned", "reason": "时开时停。"},
}  # fmt: skip
