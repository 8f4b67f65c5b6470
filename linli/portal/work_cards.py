"""Where a member of staff works: one card a place, by role. An engine that has a console adds its card here."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Role
from linli.kernel.text import Words
from linli.portal.cards import Card

# Who handles cases; planners and administrators see none.
_HANDLE, _KEEP = (
    (Role.OFFICER, Role.CLERK),
    (Role.PLANNER, Role.OFFICER, Role.CLERK, Role.SUPERVISOR),
)
# What only some roles may open; everything else is open to all staff.
_OF_ROLES: tuple[tuple[Words, Words, str, tuple[Role, ...]], ...] = (
    (
        _("Window"),
        _("Somebody stands at the counter: begin an ask, open what they show."),
        "cases:window",
        (Role.CLERK,),
    ),
    (_("Cases"), _("What people asked your unit, the most urgent first."), "cases:queue", _HANDLE),
    (
        _("Cases from other cities"),
        _("What the person handed to your unit from elsewhere: read there, kept nowhere."),
        "cases:received_list",
        _HANDLE,
    ),
    (
        _("How cases stand"),
        _("Counts by unit, and what was escalated. No words of anybody."),
        "cases:overview",
        (Role.SUPERVISOR,),
    ),
    (
        _("Offers"),
        _("Courses, events, appointments: sessions, rosters, the door, what came of them."),
        "offers:console_list",
        (Role.PLANNER, *_HANDLE),
    ),
    (
        _("Book for somebody"),
        _("At the window or on the telephone: they leave with code and passphrase."),
        "offers:counter",
        _HANDLE,
    ),
    (
        _("Funds"),
        _("Accounts, orders, matched money: what was posted, and what is missing."),
        "funds:console_list",
        (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR),
    ),
    (
        _("Checks to fill in"),
        _("What your unit was asked to check: itself, or another, with the last day."),
        "assessments:tasks",
        (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR),
    ),
    (
        _("Recognition schemes"),
        _("Schemes, rounds, who takes part and where each stands."),
        "assessments:console_schemes",
        (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR),
    ),
    (
        _("Visits today"),
        _("Where your unit goes today, with the checklist: on a telephone, without a network too."),
        "assessments:visits",
        (Role.OFFICER, Role.SUPERVISOR),
    ),
    (
        _("Decisions under assessment"),
        _(
            "Before a project or a rule is decided: what it does where, who assesses it, what was decided."
        ),
        "assessments:console_impacts",
        (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR),
    ),
    (
        _("Polls of your unit"),
        _("Slips to print and hand out, papers to count, and the polls that planners run."),
        "assessments:console_polls",
        (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR, Role.CLERK),
    ),
    (
        _("Food businesses"),
        _("Businesses with their premises, permits, inspections and keys."),
        "trace:operators",
        (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR),
    ),
    (
        _("Lots of food"),
        _("Every lot with its papers at the time, its chain and what the books say."),
        "trace:console_lots",
        (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR),
    ),
    (
        _("Enter for a business"),
        _("Somebody brings a paper: what was made, taken in, sold. You enter it in their book."),
        "trace:counter",
        (Role.PLANNER, Role.OFFICER, Role.CLERK),
    ),
    (
        _("Alerts about food"),
        _("What expires, failed or was found: settled with words."),
        "trace:alerts",
        (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR),
    ),
    (
        _("Releases of people's figures"),
        _("Which tables pass the gate: proposed, frozen by one, released by another."),
        "atlas:console_releases",
        (Role.PLANNER, Role.SUPERVISOR),
    ),
    (
        _("Boards and rates"),
        _("What your hall shows of its figures: chosen by one, published by another."),
        "atlas:console_boards",
        (Role.PLANNER, Role.OFFICER),
    ),
    (
        _("Writing reports"),
        _(
            "From templates whose figures come from the facts; errors are listed before anybody publishes."
        ),
        "reports:writing_list",
        (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR),
    ),
    (
        _("Exhibitions and reading walls"),
        _("Works with their words in three languages, labels to print."),
        "atlas:console_exhibitions",
        (Role.PLANNER, Role.OFFICER),
    ),
    (
        _("Boundaries and buildings"),
        _(
            "Map files brought with source, licence and approval number; squares of the schematic maps."
        ),
        "atlas:layers",
        (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR),
    ),
    (
        _("Ground and buses of a town"),
        _("What minutes to a counter are computed from."),
        "atlas:access_towns",
        (Role.PLANNER,),
    ),
    (
        _("Who answers for what"),
        _("Topics with their units and days, templates, officials."),
        "cases:topics",
        _KEEP,
    ),
    (
        _("Dropped promises"),
        _("What the next report does not answer, and figures that contradict each other."),
        "portal:console_dropped",
        (Role.PLANNER, Role.SUPERVISOR),
    ),
    (
        _("Forms to fill"),
        _("What others ask your unit for: filled with what is known, each cell with its source."),
        "reports:forms_asked",
        (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR),
    ),
    (
        _("Accounts"),
        _("Who may sign in, in which role and for which unit."),
        "portal:account_list",
        (Role.ADMINISTRATOR,),
    ),
    (
        _("Is this house fit?"),
        _(
            "Settings, keys, backups, jobs, clock, mail: how each is, and what to do. What is told ahead."
        ),
        "portal:check",
        (Role.ADMINISTRATOR,),
    ),
    (
        _("Texts and languages"),
        _("How far each language is, files for translators, and who has reviewed the words."),
        "portal:texts",
        (Role.ADMINISTRATOR,),
    ),
)
_WORK = (
    (_("Ledger"), _("Every task of every programme, with its lamp."), "plans:ledger"),
    (_("Work programmes"), _("Measures, tasks, and what was promised."), "plans:programmes"),
    (_("Reports"), _("Brought, read, reviewed, taken over."), "reports:console_list"),
    (_("Figures"), _("Indicators, imports, contradictions."), "facts:console_list"),
    (_("Meetings"), _("Leading groups, agendas, minutes, decisions."), "plans:bodies"),
    (_("Policy documents"), _("Numbers, issuers, what replaces what."), "plans:documents"),
    (_("Guides"), _("Services, papers, steps, promised days."), "directory:guide_list"),
    (
        _("Stations and halls"),
        _("Stations and halls, their hours and languages."),
        "directory:place_list",
    ),
    (_("Units"), _("Offices and how documents call them."), "directory:unit_list"),
)


def work_cards(role: Role) -> list[Card]:
    """The places where a member of staff of this role works."""
    own = [(title, words, name) for title, words, name, roles in _OF_ROLES if role in roles]
    return [Card(title, words, reverse(name)) for title, words, name in (*own, *_WORK)]
