"""For what a unit may open what people left with their bookings, and what of it is then shown. Pure.

Each purpose shows the least that it needs; the words of the purposes stand in models/purposes.py.
"""

from typing import Final

# Prepare a meeting, interpreters and meals; know who stands at the door; tell somebody by hand.
SHOWN: Final = {
    "prepare": ("name", "note", "reply_language"),
    "door": ("name",),
    "tell": ("name", "contact", "reply_language"),
}
PURPOSES: Final = tuple(SHOWN)
