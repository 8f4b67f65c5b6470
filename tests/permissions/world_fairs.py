"""What the matrix asks of job fairs and vacancies: one with wishes, one that is ripe, one that is being held."""

from datetime import timedelta

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.kernel import files
from linli.kernel.actors import HOLDER
from linli.kernel.codes import new_code
from linli.offers.actions.booking import Wanted, book
from linli.offers.models import Interview
from linli.offers.rules.vacancies import FIELDS
from linli.offers.views.vacancies_bring import SALT
from tests.town import fairs, offers, services

EMPLOYER = "嘉峪关市牛肉面协会"
_CELLS = (
    EMPLOYER,
    "绣娘",
    "2",
    "嘉峪关市",
    "全职",
    "3000",
    "4000",
    "刺绣。",
    "会刺绣。",
    "2027-06-30",
)
TABLE = "\n".join((",".join(names[0] for names in FIELDS.values()), ",".join(_CELLS)))


def build(has, *, at):
    """Return the parts of addresses, and the cookies of the person who holds a booking."""
    has.fair = fairs.fair(at=at)
    has.stand = fairs.stand(has.fair, EMPLOYER, at=at)
    has.free_stand = fairs.stand(has.fair, "乙企业", at=at)
    has.vacancy = fairs.vacancy(has.stand, at=at)
    ripe = fairs.fair(at=at - timedelta(days=28))
    fairs.stand(ripe, EMPLOYER, at=at, walk_in_percent=50)
    kept = offers.session(at=at, of=offers.offer(at=at, kind="fair", published=False))
    has.fair_booking = book(by=HOLDER, at=at, session=has.fair, wanted=Wanted())
    code, other = has.fair_booking.booking.code, offers.booked(has.fair, at=at).code
    come = _talk(has.stand, has.fair_booking.booking, has.vacancy)
    token = {
        "digest": files.set_aside(TABLE.encode(), at=at + timedelta(days=1)), "name": "a.csv",
        "fair": "", "unit": has.lead.code,
    }  # fmt: skip
    parts = {
        "fair": {"code": has.fair.code},
        "ripe fair": {"code": ripe.code},
        "kept fair": {"code": kept.code},
        "session that is no fair": {"code": has.session.code},
        "vacancy": {"code": has.vacancy.code},
        "no vacancy": {"code": "7K3M-92QD"},
        "stand": {"number": has.free_stand.pk},
        "table of vacancies": {"token": signing.dumps(token, salt=SALT, compress=True)},
        "forged table of vacancies": {"token": signing.dumps(token, salt=f"not {SALT}")},
        "held fair": {"code": code},
        "fair without a ticket": {"code": other},
        "held talk": {"code": code, "talk": come.code, "deed": "accept"},
        "held talk without deed": {"code": code, "talk": come.code, "deed": "zzz"},
        "talk without a ticket": {"code": other, "talk": come.code, "deed": "accept"},
    }
    parts |= _held(has, at)
    cookies = _cookies(has.fair_booking)
    return parts, {name: cookies for name in parts if name.startswith("held ")}


def _held(has, at):
    """A fair that began yesterday: a time kept for who just comes, and a talk that took place."""
    begun = fairs.fair(at=at - timedelta(days=30))
    stand = fairs.stand(begun, EMPLOYER, at=at - timedelta(days=30))
    has.post = fairs.vacancy(stand, at=at, title="面点师")
    kept = _talk(stand, None, None, state="kept")
    done = _talk(stand, None, has.post, state="done", later=30)
    return {
        "talk to hold": {"code": kept.code, "deed": "came"},
        "talk held": {"code": done.code, "deed": "offer"},
        "talk without deed": {"code": done.code, "deed": "zzz"},
    }


def _talk(stand, booking, vacancy, *, state="proposed", later=0):
    begins = stand.session.starts_at + timedelta(minutes=later)
    return Interview.objects.create(
        code=new_code(), stand=stand, lane=0, starts_at=begins, ends_at=begins + timedelta(minutes=15),
        booking=booking, vacancy=vacancy, state=state,
    )  # fmt: skip


def _cookies(receipt):
    client = Client()
    client.post("/bookings/", {"code": receipt.booking.code, "passphrase": receipt.passphrase})
    return {name: one.value for name, one in client.cookies.items()}


def _vacancy(has):
    return {
        "organization": has.stand.organization.uuid, "title": "后厨", "posts": "2", "area": "620200",
        "employment": "FULL_TIME", "valid_until": "2027-01-31", "unit": has.lead.code,
        "stand": has.stand.pk,
    }  # fmt: skip


def _stand(has):
    return {
        "organization": services.organization("乙企业", unit="").uuid, "zone": "online", "place": "B2",
        "lanes": "2", "minutes": "20", "walk_in_percent": "10",
    }  # fmt: skip


SENT = {
    ("offers:booking_fair", "valid"): lambda has: {"wish_1": has.vacancy.code},
    ("offers:vacancy_new", "valid"): _vacancy,
    ("offers:vacancy_edit", "valid"): _vacancy,
    ("offers:vacancy_table", "valid"): lambda has: {
        "unit": has.lead.code, "file": SimpleUploadedFile("a.csv", TABLE.encode()),
    },
    ("offers:fair_desk", "valid"): lambda has: {
        "wishes_until": "2026-12-10T09:00", "gap_minutes": "10",
    },
    ("offers:stand_new", "valid"): _stand,
    ("offers:stand_edit", "valid"): _stand,
    ("offers:talk_deed", "valid"): lambda has: {"post": has.post.code},
}  # fmt: skip
