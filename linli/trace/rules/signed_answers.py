"""An answer of the look-up that holds without a network: one line of JSON, signed as a note by the city's key. Pure.

Whoever has the key opens it; nothing in it may be believed before. It says itself until when it may be relied on.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from linli.kernel.note_keys import Signer, VerifierKey
from linli.kernel.notes import Forged, read_note, signed, signed_by

FORMAT: Final = "linli-lookup-1"


def sealed(answer: Mapping[str, Any], signer: Signer) -> str:
    """Return the signed note of an answer."""
    line = json.dumps({**answer, "format": FORMAT}, ensure_ascii=False, sort_keys=True)
    return str(signed(f"{line}\n", [signer]))


def opened(note: str, key: VerifierKey, at: datetime) -> dict[str, Any]:
    """Return the answer in a note. Raises Forged (a ValueError) for another's, a changed or another kind of note, and
    for one on which nobody may rely any more; Malformed for what is no note.
    """
    read = read_note(note)
    if key not in signed_by(read, [key]):
        raise Forged("The note is not signed with this key.")
    answer: dict[str, Any] = json.loads(read.text)
    if answer.get("format") != FORMAT:
        raise Forged("The note speaks of something else.")
    if at >= datetime.fromisoformat(answer["good_until"]):
        raise Forged("The note is too old to be relied on.")
    return answer
