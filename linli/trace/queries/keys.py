"""For which operator a key speaks."""

from hashlib import sha256

from linli.kernel.actors import Actor, Role
from linli.kernel.passphrases import opened_code
from linli.trace.models import Operator, OperatorKey


def operator_of_program(secret: str) -> Operator | None:
    """Return the operator whose program sent this secret, or None. One query."""
    digest = sha256(secret.encode()).hexdigest()
    found = OperatorKey.objects.filter(kind=OperatorKey.PROGRAM, ended_at=None, digest=digest)
    key = found.select_related("operator__unit").first()
    return key.operator if key and key.operator.closed_on is None else None


def operator_of_phrase(code: str, phrase: str) -> Operator | None:
    """Return the operator that a code and its passphrase belong to, or None; unknown and wrong take as long."""
    found = OperatorKey.objects.filter(
        kind=OperatorKey.PHRASE, ended_at=None, operator__closed_on=None
    )
    read = opened_code(found, code, phrase, by="operator__code", kept="digest")
    key = found.select_related("operator__unit").filter(operator__code=read).first()
    return key.operator if key else None


def as_operator(operator: Operator) -> Actor:
    """Return who acts when an operator's key does: a business, no person."""
    return Actor(f"operator {operator.code}", Role.HOLDER, "")
