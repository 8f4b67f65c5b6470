"""The closed lists of a case: why it is handed on, declined, paused, extended; what a grant may list; what
a look may be for. Codes only, stable for ever; their words for people stand in models/reasons.py.
"""

from typing import Final

# What a grant may list. `passing_on` is the person's tick that the unit may hand the case to another.
FIELDS: Final = ("words", "wish", "place", "photos", "reply_language", "contact", "passing_on")
SEALED: Final = ("words", "wish", "place", "reply_language")
BY_DEFAULT: Final = ("words", "wish", "place", "photos", "reply_language")
PASSING_ON: Final = "passing_on"

HAND_OVERS: Final = ("competence", "capacity", "error", "place", "level", "assigned")
DECLINES: Final = ("not_ours", "no_capacity", "not_our_place", "wrong_topic", "needs_more")
# Why all clocks stand still, and for how many working days at most: then they run again by themselves.
PAUSES: Final = {"papers": 15, "holder": 15, "authority": 30, "court": 60}
ENDED_BY_WORDS: Final = ("papers", "holder")  # what the person was waited for, and brought
EXTENSIONS: Final = ("hard", "many_units", "on_site", "expert", "season")
# What a unit does with a case that it answers for, helps with or was asked to take. To have written it down at a
# window, told what came of it, or looked in an emergency is none of that.
HANDLING: Final = (
    "taken", "assigned", "handed_on", "wants_leave", "called_back", "accepted", "declined", "replied", "noted",
    "paused", "resumed", "extended", "leader_named", "merged", "settled", "joined", "joined_done",
)  # fmt: skip
PURPOSES: Final = ("triage", "handle", "decide", "help", "check")
IN_AN_EMERGENCY: Final = "emergency"  # only through broken glass; never chosen
