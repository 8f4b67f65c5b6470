"""The words of the register in plain language. How long is a number of the code's own, never one typed twice."""

from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.signatures import KEPT_DAYS as SIGNATURE_DAYS
from linli.assessments.rules.notices import OBJECTION_AFTER, OBJECTION_AT_MOST, SHOWN_YEARS
from linli.assessments.rules.polls import POLL_DAYS
from linli.atlas.actions.releases import KEPT_YEARS
from linli.cases.rules.retention import DRAFT_DAYS, OPEN_AT_MOST
from linli.funds.rules.gifts import RECEIPT_DAYS
from linli.funds.rules.payments import DIFFERENCE_DAYS, WAITING_DAYS
from linli.kernel.desk_news import KEPT as NEWS_KEPT
from linli.kernel.idempotency import KEPT as REPLAYED
from linli.kernel.text import Words
from linli.offers.rules.retention import (
    ASKED_UNTIL,
    KEPT_AT_MOST,
    PAIRED_AT_MOST,
    VISIT_DAYS,
    WORKS_AT_MOST,
)

PARTS: Final[dict[str, Words]] = {
    "people": _("Of people, and only when they ask for something"),
    "staff": _("Of staff and officials"),
    "work": _("Of the town's work"),
    "house": _("So that the house runs and can be checked"),
}
WHAT: Final[dict[str, Words]] = {
    "said": _("What you say, what you wish for, where it is, and what is answered"),
    "files": _("Your photos and papers: the file itself is sealed; its kind and size are noted"),
    "contact": _("How to reach you, if you left a way"),
    "language": _("The language of the answer, if you chose one"),
    "draft": _("What you have begun to ask and not sent"),
    "draft_row": _("That a draft was begun: its code and day"),
    "door": _("A fingerprint of your passphrase"),
    "hall": _("The station or hall that your case is about, while it runs"),
    "course": _("The course of a case: code, topic, part of town, unit, steps, days"),
    "grants": _("Your leave: which unit may read what, from when, until when"),
    "looks": _("Who looked: the role, the unit, when, what for"),
    "glass_reason": _("Why emergency access was asked for"),
    "glass": _("That emergency access was asked for, by whom, and who decided"),
    "letters": _("A message to you that is on its way"),
    "letter_rows": _("That a message was sent, and when"),
    "key_rows": _("That there is a key, and the day on which it is destroyed"),
    "log_key": _("The key that ties the lines of the look log to your case"),
    "replays": _("The answer to a form sent twice, sealed under the sender's own key"),
    "ratings": _("A grade for a unit in a month, tied to no case"),
    "tokens": _("That a token for a grade was used"),
    "poll_counts": _("The sums of a poll while it runs: no answer stands alone"),
    "poll_slips": _(
        "That there is a slip for a poll, and whether it was used; not by whom, not when"
    ),
    "received": _("That another town handed a case to us; its words stay there"),
    "place_said": _(
        "What you want to be called, how to reach you, and what the organizer should know"
    ),
    "follow_said": _("How to ask you later what came of it, if you allowed it"),
    "places": _("That places were booked: code, how many, through which door, when, who came"),
    "came_of_it": _(
        "What came of it, and that a certificate was issued: a number and a fingerprint"
    ),
    "works": _("What was sent in to a contest, by nobody we know"),
    "work_rows": _(
        "That a work was sent in: a number drawn by chance, its kind, its place; not who, not when"
    ),
    "visits": _("That the answers of a visit to a quiz were counted"),
    "neighbour_said": _("What you told for a neighbour who would help you, or whom you would help"),
    "pairs": _("That somebody wants help or gives it: code, station, times of the week, yes or no"),
    "gift_receipt": _("That a receipt was written for a gift: code, day, amount; not for whom"),
    "refused_lines": _(
        "That a bank did not pay a line of a payment file: the line's number, its amount, what kind of reason;"
        " not whose"
    ),
    "payment_files": _("That a payment file waits to be read: its size; the file itself is sealed"),
    "objection_said": _("What you object to a result"),
    "objection_row": _("That there is an objection, and a fingerprint of its passphrase"),
    "honour_name": _("The name that you put to an honour, so that it is shown"),
    "honour_row": _("That a slip to an honour was given, and a fingerprint of its passphrase"),
    "signature": _("What somebody signed after a visit to their premises, or why they did not"),
    "signature_row": _("That a visit was signed for or was not: a code, no name"),
    "marks": _("Points that a jury gave, by the judge's name"),
    "accounts": _("Accounts of staff: name, office e-mail, unit, role, second factors"),
    "sessions": _("That a member of staff is signed in"),
    "account_steps": _("How accounts were changed, and by whom"),
    "views": _("Filters that a member of staff has saved"),
    "desk_marks": _("How far a member of staff has read the own desk, and which news come by mail"),
    "desk_news": _("What the house told its staff: days, letters, decisions; nothing of residents"),
    "officials": _("Officials who answer for petitions, by office and name as published"),
    "directory": _("Services, stations, units, topics and places"),
    "offers": _("Courses, events, appointments, their days and places"),
    "assessments": _("Instruments, schemes, rounds, who assessed which unit, and their answers"),
    "food": _("Food businesses, their premises, permits, inspections, products and lots"),
    "goods_events": _("What businesses told of goods: what became of which lot, where and when"),
    "money": _("Funds, accounts, every movement of money, projects"),
    "batches": _(
        "Payment batches: a file's fingerprint, how many lines, how much; nothing of who is paid"
    ),
    "promises": _("Programmes, measures and tasks"),
    "desk": _("Reports on tasks, moves, meetings, causes, reply templates, partner towns"),
    "figures": _("Figures and the evidence for them"),
    "ways_ground": _("Squares of towns and their buses, by which ways to counters are reckoned"),
    "map_layers": _(
        "Boundaries, public buildings and schematic maps: whose map, under which number"
    ),
    "boards": _("Boards of figures: what an office shows, in which order and words"),
    "exhibitions": _(
        "Works that hang in exhibitions, with their words and who is named with leave"
    ),
    "releases": _("Tables of people's figures that were released, and what was kept back"),
    "frozen_table": _("Such a table as it was counted, sealed: numbers by place, of nobody"),
    "reports": _("Published work reports and what was read in them"),
    "written": _("Reports that were written here, their templates, and which figure they say"),
    "history": _("Who of the staff changed what, and when"),
    "proofs": _("The look log's seals and counts, which name nobody"),
    "text_editions": _(
        "Words of these pages in each language, and who has reviewed them for which unit"
    ),
    "queue": _("Jobs that wait: the code of a message, never its words"),
    "lists": _("Lists that the software keeps for itself"),
}
CLASSES: Final[dict[str, Words]] = {
    "P0": _("public"),
    "P1": _("for staff"),
    "P2": _("codes, days and offices"),
    "P3": _("sealed"),
}
PURPOSES: Final[dict[str, Words]] = {
    "answer": _("to answer what you asked"),
    "reach": _("to send you word"),
    "language": _("to answer in your language"),
    "resume": _("so that you can go on later"),
    "open": _("to open your case for you and for nobody else"),
    "clocks": _("to keep the promised days, and to show you what happened"),
    "consent": _("to let in whom you let in, and nobody else"),
    "place": _("to keep your place, and to give places fairly"),
    "came_of_it": _("to show what came of it, and to prove it for you"),
    "works": _("to judge works, and to show those whose makers allow it"),
    "pairs": _("to bring neighbours together by place and time"),
    "honour": _("to show your name where you want it shown"),
    "gift": _("to show the giver what became of a gift"),
    "see_who": _("so that you can see who looked, and prove it"),
    "emergency": _("to let a second person decide in an emergency"),
    "seal": _("to seal, and to destroy on its day"),
    "once": _("so that nothing happens twice"),
    "better": _("to see where units do well and where not"),
    "opinion": _("to count what people think, without knowing who"),
    "sign_in": _("to let staff in, and nobody else"),
    "who_did": _("so that somebody answers for every change"),
    "comfort": _("to find the same list again"),
    "desk": _("so that staff miss no day and see what changed"),
    "answerable": _("so that somebody answers by name"),
    "find": _("so that services are found"),
    "promises": _("to show what was promised and what became of it"),
    "assess": _("to recognise and check units so that anybody can compute it again"),
    "food": _("so that anybody can check the food that they buy"),
    "gate": _("to release figures from which nobody can be worked out"),
    "money": _("to show what became of public money"),
    "figures": _("to show where a number comes from"),
    "machine": _("so that the software works"),
}
BASES: Final[dict[str, Words]] = {
    "asked": _("you asked for it"),
    "chosen": _("you chose it"),
    "consent": _("your leave"),
    "duty": _("a public duty"),
    "vital": _("an emergency"),
    "work": _("their work here"),
}
OWNERS: Final[dict[str, Words]] = {
    "unit": _("the unit that is competent"),
    "house": _("who runs this site"),
}
KEPT: Final[dict[str, Words]] = {
    "case": _(
        "%(most)d days at most after your case has ended, as its topic says; a case that never ends, for"
        " %(open)d days more. Then the key is destroyed"
    ),
    "booking": _("%(booking)d days at most after the last meeting. Then the key is destroyed"),
    "follow": _(
        "until the last question may be answered no more, %(follow)d days after the end at most. Then the key is"
        " destroyed"
    ),
    "places": _("stays, and counts; from that day on nothing in it opens any more"),
    "works": _(
        "until the contest's last day, %(works)d days after it closed at most. Then the key is destroyed"
    ),
    "visit": _("%(visit)d days after that visit"),
    "receipt": _("%(receipt)d days after the gift"),
    "refused_lines": _("%(differences)d days after the bank's answer; counts and sums stay"),
    "payment_file": _("until it is read, %(waiting)d days at most. Then the key is destroyed"),
    "pairing": _("%(pairing)d days at most, or until you end it. Then the key is destroyed"),
    "running": _("until your case ends; then it is sealed with what you said"),
    "looks": _("as long as what they are about"),
    "count": _("stays, and counts; from the day of your case's end nothing in it opens any more"),
    "draft": _("%(draft)d days"),
    "sent": _("until it is sent, at the latest as long as your case"),
    "replay": _("%(replay)d hours"),
    "objection": _(
        "%(objection)d days after it was decided, %(objection_most)d days at most. Then the key is destroyed"
    ),
    "honour": _(
        "as long as you want it shown, %(honour)d years at most, or until you take it away. Then the key is"
        " destroyed"
    ),
    "signature": _("%(signature)d days after the visit. Then the key is destroyed"),
    "poll": _(
        "until the poll's result is told, %(poll)d days after its last day at most. Then the key is destroyed"
    ),
    "token": _("until tokens of that month lapse"),
    "office": _("as long as the account"),
    "session": _("%(session)d hours"),
    "job": _("until it is done; one that failed, %(job)d days"),
    "news": _("%(news)d days after it was told"),
    "frozen": _("%(frozen)d years. Then the key is destroyed"),
    "ever": _("stays"),
}
NUMBERS: Final[dict[str, int]] = {
    "draft": DRAFT_DAYS,
    "open": OPEN_AT_MOST,
    "replay": round(REPLAYED.total_seconds() / 3600),
    "booking": KEPT_AT_MOST,
    "follow": ASKED_UNTIL,
    "works": WORKS_AT_MOST,
    "visit": VISIT_DAYS,
    "receipt": RECEIPT_DAYS,
    "differences": DIFFERENCE_DAYS,
    "waiting": WAITING_DAYS,
    "pairing": PAIRED_AT_MOST,
    "poll": POLL_DAYS,
    "objection": OBJECTION_AFTER,
    "objection_most": OBJECTION_AT_MOST,
    "honour": max(SHOWN_YEARS),
    "signature": SIGNATURE_DAYS,
    "session": round(settings.SESSION_COOKIE_AGE / 3600),
    "frozen": KEPT_YEARS,
    "job": 90,
    "news": NEWS_KEPT.days,
}
