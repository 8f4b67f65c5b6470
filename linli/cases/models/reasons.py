"""The closed lists of rules/reasons.py in words for people, and those of what happens to a case."""

from django.utils.translation import gettext_lazy as _

FIELDS = (
    ("words", _("What was said")),
    ("wish", _("What is wished for")),
    ("place", _("Where it is")),
    ("photos", _("Photos and papers")),
    ("reply_language", _("Language of the answer")),
    ("contact", _("How to reach the person")),
    ("passing_on", _("May be handed to another unit")),
)
HAND_OVERS = (
    ("competence", _("Another unit is competent")),
    ("capacity", _("We cannot do it in time")),
    ("error", _("It reached us by mistake")),
    ("place", _("It is another unit's place")),
    ("level", _("A unit above decides")),
    ("assigned", _("Given to the unit of its topic")),
)
DECLINES = (
    ("not_ours", _("We are not competent")),
    ("no_capacity", _("We cannot do it in time")),
    ("not_our_place", _("It is not our place")),
    ("wrong_topic", _("The topic is another one")),
    ("needs_more", _("Something is missing to decide")),
)
PAUSES = (
    ("papers", _("Waiting for papers")),
    ("holder", _("Waiting for the person's answer")),
    ("authority", _("Waiting for another authority")),
    ("court", _("Waiting for a court")),
)
EXTENSIONS = (
    ("hard", _("The matter is hard")),
    ("many_units", _("Several units must agree")),
    ("on_site", _("It must be seen on site")),
    ("expert", _("An expert must look at it")),
    ("season", _("It depends on the season")),
)
TASK_NEWS = (
    ("promised", _("It is promised in the plans")),
    ("moved", _("Its day has moved")),
    ("done", _("It is done, and was checked")),
    ("dropped", _("It was given up")),
)
PURPOSES = (
    ("triage", _("to find who answers")),
    ("handle", _("to handle the case")),
    ("decide", _("to decide about a hand-over")),
    ("help", _("to help the unit that answers")),
    ("check", _("to check the answer")),
    ("contact", _("to reach the person")),
    ("reply", _("to send word to the person")),
    ("emergency", _("an emergency, let in by a second person")),
    ("counter", _("at the window, with the person there")),
)
VERBS = (
    ("asked", _("asked")),
    ("taken", _("taken in hand")),
    ("assigned", _("given another topic")),
    ("handed_on", _("handed on")),
    ("wants_leave", _("waits for your leave to hand on")),
    ("leave_given", _("leave given to hand on")),
    ("kept_here", _("leave refused to hand on")),
    ("accepted", _("hand-over accepted")),
    ("declined", _("hand-over declined")),
    ("called_back", _("hand-over called back")),
    ("replied", _("answered")),
    ("noted", _("noted")),
    ("added", _("something added")),
    ("urged", _("urged")),
    ("withdrew", _("withdrawn")),
    ("objected", _("not solved, the person says")),
    ("closed", _("closed by the person")),
    ("timed_out", _("closed: nobody objected in time")),
    ("lapsed", _("ended with its retention")),
    ("paused", _("clocks stand still")),
    ("resumed", _("clocks run again")),
    ("extended", _("given more time")),
    ("merged", _("joined to one cause")),
    ("settled", _("the cause is settled")),
    ("met", _("news of what is done about the cause")),
    ("escalated", _("overdue: told to supervision")),
    ("joined", _("another unit helps")),
    ("joined_done", _("the other unit has done its part")),
    ("leader_named", _("an official named who answers for it")),
    ("referred", _("handed to another city")),
    ("granted", _("leave given to read")),
    ("grant_ended", _("leave to read taken back")),
    ("contact_seen", _("looked up how to reach the person")),
    ("glass_asked", _("emergency access asked for")),
    ("glass_opened", _("emergency access let in")),
    ("glass_kept", _("emergency access refused")),
    ("told", _("told at the window")),
    ("asked_why", _("asked why somebody looked")),
)
