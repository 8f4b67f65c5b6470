"""The lists of the console by the names of their addresses, and which of them may not be taken away, with the reason.

What stays: rows about one person's matter, counts of persons (they pass the release gate or nothing), and steps on a way.
"""

from django.utils.translation import gettext_lazy as _

from linli.kernel.list_pages import ListPage

_MATTERS = _(
    "Each row is somebody's own matter: it is read here, by who handles it, and goes nowhere else."
)
_COUNTS = _(
    "These are counts of people's matters: they leave the house through the release gate alone."
)
_NAMES = _("The rows name persons of this house: their list is kept here and nowhere else.")
_STEP = _("This is a step on the way to somebody's matter, no list to keep.")
_SQUARES = _("This is a picture of a week; the same sessions stand in the list of offers.")

# Lists whose file is made of their page.
_TAKEN = (
    "assessments:console_honours", "assessments:console_impacts", "assessments:console_inspections",
    "assessments:console_instruments", "assessments:console_polls", "assessments:console_schemes",
    "assessments:site_draws", "assessments:tasks",
    "atlas:access_towns", "atlas:console_boards", "atlas:console_exhibitions", "atlas:console_rates",
    "atlas:console_releases", "atlas:layers", "atlas:layouts",
    "cases:partners", "cases:topics",
    "directory:guarantee_list", "directory:guide_list", "directory:organization_list",
    "directory:place_list", "directory:term_list", "directory:unit_list",
    "facts:console_list",
    "funds:console_attested", "funds:console_batches", "funds:console_collections", "funds:console_list",
    "funds:console_matches", "funds:console_orders", "funds:console_priorities", "funds:console_programmes",
    "funds:console_projects",
    "offers:console_contests", "offers:console_list", "offers:console_quizzes", "offers:kept_vacancies",
    "plans:documents", "plans:programmes",
    "reports:console_list", "reports:forms_asked", "reports:template_list", "reports:writing_list",
    "trace:alerts", "trace:applications", "trace:captures", "trace:certificates", "trace:console_lots",
    "trace:console_recalls", "trace:methods", "trace:operators", "trace:paper_kinds", "trace:permits_held",
    "trace:runs", "trace:sample_plans", "trace:samples",
)  # fmt: skip

LISTS = (
    ListPage("plans:ledger", files=("plans:ledger_csv", "plans:ledger_xlsx")),
    *(
        ListPage(name, views_of="plans:ledger", files=("plans:ledger_csv", "plans:ledger_xlsx"))
        for name in ("plans:ledger_tree", "plans:ledger_timeline")
    ),
    *map(ListPage, _TAKEN),
    *(
        ListPage(name, stays=_MATTERS)
        for name in (
            *("cases:queue", "cases:received_list", "cases:causes", "cases:emergency"),
            *("assessments:objections", "offers:console_pairs", "portal:concerns"),
        )
    ),
    ListPage("cases:overview", stays=_COUNTS),
    *(
        ListPage(name, stays=_NAMES)
        for name in (
            *("cases:officials", "assessments:conflicts", "assessments:pool"),
            "portal:account_list",
        )
    ),
    *(ListPage(name, stays=_STEP) for name in ("offers:counter", "trace:counter")),
    ListPage("offers:console_grid", stays=_SQUARES),
)
