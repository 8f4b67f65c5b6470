"""Every code, key, nonce and choice of a world comes from its seed."""

import os
import random
from contextlib import contextmanager


@contextmanager
def from_seed(seed):
    """Yield the world's dice; what `secrets` and `uuid` draw meanwhile comes from others of the same seed.

    Both ask the operating system at two places alone. What the vendored cipher draws itself is left as it is: no
    outcome depends on it, and nothing sealed is in a trace.
    """
    names = random.Random(f"{seed} names")
    was = os.urandom, random._urandom
    os.urandom = random._urandom = names.randbytes
    try:
        yield random.Random(f"{seed} deeds")
    finally:
        os.urandom, random._urandom = was
