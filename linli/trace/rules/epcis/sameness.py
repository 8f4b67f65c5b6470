"""Whether an event was captured before: keys for what comes twice, and a second look where a key is not enough. Pure."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Final

from linli.trace.rules.epcis.event_hash import LEFT_OUT, event_id
from linli.trace.rules.epcis.event_shapes import Event
from linli.trace.rules.epcis.spellings import instant, long_number

_MAY_BE_LONG: Final = re.compile(r'(?:":|[\[,])"?\s*[+-]?[0-9.][0-9.eE+-]{14,}\s*["\],}]')


def capture_key(event: Event) -> str:
    """Return what makes a capture the same as one before: the hash id, with a declaration's own hash added.

    Two events in a file that are the same make one; an event and the declaration against it make two.
    """
    name = event_id(event)
    said = event.get("errorDeclaration")
    if not isinstance(said, dict):
        return name
    spelled = said | {"declarationTime": instant(str(said.get("declarationTime", "")))}
    return f"{name}#{hashlib.sha256(_canonical(spelled).encode()).hexdigest()}"


def digest_of(event: Event, name: str, text: str) -> str:
    """Return what an event is kept under, given its hash id and its canonical JSON: the hash alone, and where that
    leaves something out (a declaration, the last digits of long numbers) a hyphen and a hash of this.
    """
    digest = name.removeprefix("ni:///sha-256;")[:64]
    said = event.get("errorDeclaration")
    left = sorted(_long(event)) if _MAY_BE_LONG.search(text) else []
    if isinstance(said, dict):
        spelled = said | {"declarationTime": instant(str(said.get("declarationTime", "")))}
        left.append(_canonical(spelled))
    return (
        f"{digest}-{hashlib.sha256(_canonical(left).encode()).hexdigest()[:15]}" if left else digest
    )


def same_event(one: Event, other: Event) -> bool:
    """Return whether two events say the same. Two with one id nearly always do; yet hashes round long numbers.

    An id is made with numbers as binary ones, as the published hashes are: in a field of an extension, numbers of
    eighteen digits may differ in the last ones and make the same id. Ask this before an event is taken as known.
    """
    return event_id(one) == event_id(other) and sorted(_long(one)) == sorted(_long(other))


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _long(value: object) -> Iterator[str]:
    """Yield the numbers that a hash would round, digit by digit."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in LEFT_OUT:
                yield from _long(one)
    elif isinstance(value, list):
        for one in value:
            yield from _long(one)
    elif number := long_number(value):
        yield number
