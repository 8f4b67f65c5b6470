"""The key by which the house signs certificates and the list of those withdrawn: a file beside the master key,
made when it is first asked for. Its public half stands in every certificate.
"""

from pathlib import Path

from django.conf import settings

from linli.kernel.log_key import make_signer
from linli.kernel.note_keys import Signer, read_signer

_FILE = "badges.key"


def signer() -> Signer:
    """Return the key, named after the host."""
    kept = Path(settings.KEYS) / _FILE
    if not kept.exists():
        make_signer(kept, settings.LOG_ORIGIN.removesuffix("/log") + "/credentials")
    return read_signer(kept.read_text())
