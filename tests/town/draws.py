"""Draws for tests: a session whose places lots decide, who enters, a witness that signs the log."""

import secrets
from datetime import timedelta

from linli.kernel import checkpoints
from linli.kernel.actors import HOLDER
from linli.kernel.codes import new_code
from linli.kernel.log_keeping import newest
from linli.kernel.looks import sequence
from linli.kernel.models import Cosignature
from linli.kernel.note_keys import Kind, new_signer
from linli.kernel.notes import read_note
from linli.kernel.subjects import new_subject
from linli.offers.actions import draws
from linli.offers.actions.booking import Wanted
from linli.offers.models import Booking, Draw
from tests.town import offers

WITNESS = new_signer("w.example", Kind.COSIGNATURE)


def session(capacity=4, *, at, **overrides):
    return offers.session(capacity, at=at, **({"way": "draw"} | overrides))


def planned(*, at, witness="", **overrides):
    """Return a planned draw; a witness is named to it without asking the settings."""
    made = session(at=at, **overrides)
    draw = draws.plan(by=offers.officer(), at=at, session=made)
    if not witness:
        return draw
    draw_of_witness = Draw(
        session=session(at=at, **overrides), committed_at=at, commitment=draw.commitment,
        witness=witness,
    )  # fmt: skip
    draw_of_witness.save()
    return draw_of_witness


def entered(draw=None, *, at, session=None, by=HOLDER, **wanted):
    of = session or draw.session
    return draws.enter(by=by, at=at, session=of, wanted=Wanted(**wanted)).booking


def close(draw):
    return draws.close(by=offers.officer(), at=draw.session.booking_until, session=draw.session)


def draw(planned):
    """Close, have the log signed, and draw."""
    later = planned.session.booking_until
    if Draw.objects.get(pk=planned.pk).closed_at is None:
        close(planned)
    sequence(later + timedelta(seconds=10))
    return draws.draw(by=offers.officer(), at=later, session=planned.session)


def cosign(*, signer=WITNESS, at=1_800_000_000):
    """Let the witness sign the newest state of the log; return its line."""
    checkpoint = newest()
    line = checkpoints.cosign(read_note(checkpoint.note), signer, at).line()
    Cosignature.objects.create(
        checkpoint=checkpoint, witness=signer.key.name, line=line, at=checkpoint.at
    )
    return line


def insert_copy(booking, *, session):
    """Write another booking past all actions."""
    copy = Booking.objects.get(pk=booking.pk)
    copy.pk, copy.session, copy.once = None, session, ""
    copy.code, copy.ticket = new_code(), secrets.token_hex(4)
    copy.subject = new_subject(
        purpose="booking", purge_on=copy.subject.purge_on, at=booking.booked_at
    )
    copy.save(force_insert=True)
