"""For which operator a key speaks."""

from hashlib import sha256

from linli.kernel.actors import Actor, Role
from linli.kernel.codes import read_code
from linli.kernel.passphrases import opens
from linli.trace.models import Operator, OperatorKey


def operator_of_program(secret: str) -> Operator | None:
    """Return the operator whose program sent this secret, or None. One query."""
    digest = sha256(secret.encode()).hexdigest()
    found = OperatorKey.objects.filter(kind=OperatorKey.PROGRAM, ended_at=None, digest=digest)
    key = found.select_related("operator__unit").first()
    return key.operator if key and key.operator.closed_on is None else None


def operator_of_phrase(code: str, phrase: str) -> Operator | None:
    """Return the operator that a code and its passphrase belong to, or None; unknown and wrong take as long."""
    read = read_code(code) or ""
    found = OperatorKey.objects.filter(
        kind=OperatorKey.PHRASE, ended_at=None, operator__code=read, operator__closed_on=None
    )
    key = found.select_related("operator__unit").first()
    return key.operator if opens(read, phrase, key.digest if key else "") and key else None


def as_operator(operator: Operator) -> Actor:
    """Return who acts when an operator's key does: a business, no person."""
    return Actor(f"operator {operator.code}", Role.HOLDER, "")
