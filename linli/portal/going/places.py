"""Every page of the console that has no code in its address, by its title: where one can go at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Role
from linli.kernel.text import Words

# Titles as the pages have them, and what the door of each says of roles is asked of the door itself.
PLACES: tuple[tuple[Words, str], ...] = (
    (_("Desk"), "portal:console"),
    (_("News for me"), "portal:news"),
    (_("My views"), "portal:views"),
    (_("Cases"), "cases:queue"),
    (_("Window"), "cases:window"),
    (_("From other cities"), "cases:received_list"),
    (_("How cases stand"), "cases:overview"),
    (_("Causes"), "cases:causes"),
    (_("Emergency"), "cases:emergency"),
    (_("Reply templates"), "cases:replies"),
    (_("Who answers for what"), "cases:topics"),
    (_("Open a topic"), "cases:new_topic"),
    (_("Officials who answer for petitions"), "cases:officials"),
    (_("Cities we exchange cases with"), "cases:partners"),
    (_("Concerns about food"), "portal:concerns"),
    (_("Ledger"), "plans:ledger"),
    (_("Ledger as a tree"), "plans:ledger_tree"),
    (_("Ledger as a timeline"), "plans:ledger_timeline"),
    (_("Bring a breakdown table"), "plans:breakdown"),
    (_("Work programmes"), "plans:programmes"),
    (_("Begin a programme"), "plans:new_programme"),
    (_("Policy documents"), "plans:documents"),
    (_("Enter a policy document"), "plans:new_document"),
    (_("Working bodies and meetings"), "plans:bodies"),
    (_("Found a body"), "plans:new_body"),
    (_("Reports"), "reports:console_list"),
    (_("Writing reports"), "reports:writing_list"),
    (_("Begin a report"), "reports:writing_new"),
    (_("Templates"), "reports:template_list"),
    (_("Facts"), "facts:console_list"),
    (_("Define an indicator"), "facts:define"),
    (_("Bring a table of facts"), "facts:bring"),
    (_("Contradictions"), "facts:contradictions"),
    (_("Checks to fill in"), "assessments:tasks"),
    (_("Recognition schemes"), "assessments:console_schemes"),
    (_("A new scheme"), "assessments:scheme_new"),
    (_("Instruments"), "assessments:console_instruments"),
    (_("Honours"), "assessments:console_honours"),
    (_("Objections"), "assessments:objections"),
    (_("Inspections"), "assessments:console_inspections"),
    (_("Plan a visit"), "assessments:inspection_new"),
    (_("Visits today"), "assessments:visits"),
    (_("Draws for inspections"), "assessments:site_draws"),
    (_("Pool of inspectors"), "assessments:pool"),
    (_("Conflicts"), "assessments:conflicts"),
    (_("Decisions under assessment"), "assessments:console_impacts"),
    (_("Assess a decision"), "assessments:impact_new"),
    (_("Polls"), "assessments:console_polls"),
    (_("A new poll"), "assessments:poll_new"),
    (_("Offers"), "offers:console_list"),
    (_("A new offer"), "offers:console_new"),
    (_("Week by place"), "offers:console_grid"),
    (_("Book for somebody"), "offers:counter"),
    (_("Vacancies"), "offers:kept_vacancies"),
    (_("A new vacancy"), "offers:vacancy_new"),
    (_("Contests"), "offers:console_contests"),
    (_("Quizzes"), "offers:console_quizzes"),
    (_("Pairs"), "offers:console_pairs"),
    (_("Funds"), "funds:console_list"),
    (_("Open a fund"), "funds:console_new"),
    (_("Orders for money"), "funds:console_orders"),
    (_("Matched money"), "funds:console_matches"),
    (_("Payment batches"), "funds:console_batches"),
    (_("Donations"), "funds:console_collections"),
    (_("Projects"), "funds:console_projects"),
    (_("Programme lines"), "funds:console_programmes"),
    (_("What two sides say"), "funds:console_attested"),
    (_("Priority areas"), "funds:console_priorities"),
    (_("Bring a table of money"), "funds:bring_ways"),
    (_("Food businesses"), "trace:operators"),
    (_("Enter a food business"), "trace:operator_new"),
    (_("Permits"), "trace:applications"),
    (_("Permits in the register"), "trace:permits_held"),
    (_("Papers that are asked for"), "trace:paper_kinds"),
    (_("Certificates"), "trace:certificates"),
    (_("Alerts about food"), "trace:alerts"),
    (_("Lots of food"), "trace:console_lots"),
    (_("Recalls"), "trace:console_recalls"),
    (_("Call a lot back"), "trace:recall_new"),
    (_("Samples"), "trace:samples"),
    (_("Order a sample"), "trace:sample_new"),
    (_("Draws of samples"), "trace:sample_plans"),
    (_("Runs of the laboratory"), "trace:runs"),
    (_("Methods of laboratories"), "trace:methods"),
    (_("Files of events"), "trace:captures"),
    (_("Enter for a business"), "trace:counter"),
    (_("Release gate"), "atlas:console_releases"),
    (_("Boards"), "atlas:console_boards"),
    (_("Rates"), "atlas:console_rates"),
    (_("Exhibitions"), "atlas:console_exhibitions"),
    (_("Map layers"), "atlas:layers"),
    (_("Schematic maps"), "atlas:layouts"),
    (_("Ways to a counter"), "atlas:access_towns"),
    (_("Services"), "directory:guide_list"),
    (_("Stations and venues"), "directory:place_list"),
    (_("Organizations"), "directory:organization_list"),
    (_("Words to sort by"), "directory:term_list"),
    (_("Language guarantees"), "directory:guarantee_list"),
    (_("Units"), "directory:unit_list"),
    (_("A new unit"), "directory:unit_new"),
    (_("Accounts"), "portal:account_list"),
    (_("What keeps your account safe"), "mfa_index"),
    (_("Handbook"), "portal:handbook"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One page of the console."""

    title: Words
    address: str


def may_enter(role: Role, name: str) -> bool:
    """Say whether the door of a page lets this role in."""
    roles: Iterable[Role] = getattr(resolve(reverse(name)).func, "roles", ())
    return not roles or role in roles


def places(role: Role) -> Iterator[Place]:
    """Yield the pages that this role may enter."""
    for title, name in PLACES:
        if may_enter(role, name):
            yield Place(title, reverse(name))


def found_places(role: Role, words: str) -> list[Place]:
    """Return the pages whose title holds every word, in the language of the page."""
    asked = words.casefold().split()
    return [
        place for place in places(role) if all(one in str(place.title).casefold() for one in asked)
    ]
