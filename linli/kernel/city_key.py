"""The key by which this city signs what it sends to other cities: a file beside the master key, made when it
is first asked for. Others trust its public half, whose fingerprint two people compare by telephone.
"""

from hashlib import sha256
from pathlib import Path

from django.conf import settings

from linli.kernel.log_key import make_signer
from linli.kernel.note_keys import Signer, VerifierKey, read_signer

_FILE = "city.key"


def signer() -> Signer:
    """Return the city's key, named after its host."""
    kept = Path(settings.KEYS) / _FILE
    if not kept.exists():
        make_signer(kept, settings.LOG_ORIGIN.removesuffix("/log"))
    return read_signer(kept.read_text())


def fingerprint(key: VerifierKey) -> str:
    """Return forty digits in groups of five, to be read aloud: 132 bits of a hash of the whole key."""
    digest = int.from_bytes(sha256(str(key).encode()).digest(), "big") % 10**40
    digits = f"{digest:040}"
    return " ".join(digits[start : start + 5] for start in range(0, len(digits), 5))
