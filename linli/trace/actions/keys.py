"""Keys of operators: given on paper or for a program, ended at once. Of a secret only a hash is kept."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from linli.kernel.actors import Actor
from linli.kernel.passphrases import keyed_hash, new_passphrase, read_passphrase
from linli.kernel.signed import signed
from linli.trace.actions.keeping import own
from linli.trace.models import Operator, OperatorKey


@transaction.atomic
def hand_phrase(*, by: Actor, at: datetime, operator: Operator) -> str:
    """Return a passphrase for an operator, to be handed over on paper; the one before opens nothing any more.

    Refuses: not_allowed; not_own_unit.
    """
    own(by=by, at=at, unit=operator.unit)
    Operator.objects.select_for_update(no_key=True).get(pk=operator.pk)
    operator.keys.filter(kind=OperatorKey.PHRASE, ended_at=None).update(ended_at=at)
    phrase = new_passphrase()
    OperatorKey.objects.create(
        operator=operator,
        kind=OperatorKey.PHRASE,
        digest=keyed_hash(operator.code, read_passphrase(phrase) or ""),
        **signed(by, at),
    )
    return phrase


@transaction.atomic
def give_program_key(*, by: Actor, at: datetime, operator: Operator, name: str) -> str:
    """Return the secret of a new key for one program of an operator; it is never shown again.

    Refuses: not_allowed; not_own_unit.
    """
    own(by=by, at=at, unit=operator.unit)
    secret = f"linli_food_{secrets.token_urlsafe(32)}"
    OperatorKey.objects.create(
        operator=operator,
        kind=OperatorKey.PROGRAM,
        name=name.strip()[:60],
        digest=sha256(secret.encode()).hexdigest(),
        **signed(by, at),
    )
    return secret


@transaction.atomic
def end_key(*, by: Actor, at: datetime, key: OperatorKey) -> None:
    """End a key; a second time changes nothing.

    Refuses: not_allowed; not_own_unit.
    """
    own(by=by, at=at, unit=key.operator.unit)
    OperatorKey.objects.filter(pk=key.pk, ended_at=None).update(ended_at=at)
