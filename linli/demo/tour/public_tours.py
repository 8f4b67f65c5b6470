"""What anybody is shown: ten stops for a resident, ten for whoever wants to know whether it is true."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.demo.tour.stops import Stop, Tour

PUBLIC: Final = (
    Tour(
        "resident",
        _("A resident"),
        _("You need something, and say no name."),
        "",
        (
            Stop(
                _("Ask the way"),
                _(
                    "Type what you need in your own words: services, places and pages are found at once."
                ),
                "portal:search",
                "q=培训",
            ),
            Stop(
                _("Read a guide"),
                _(
                    "Which papers, how many days, what it costs, and what stands in when a paper is missing."
                ),
                "directory:services",
            ),
            Stop(
                _("Find an open counter"),
                _(
                    "Each station says whether it is open now, and which languages are spoken there today."
                ),
                "directory:stations",
            ),
            Stop(
                _("Ask without an account"),
                _(
                    "Five short pages; at the end you get a code and a passphrase, and nothing else is asked."
                ),
                "cases:ask_what",
            ),
            Stop(
                _("Follow your case"),
                _(
                    "Code and passphrase open it: who may read it, who has looked, and how many days are left."
                ),
                "cases:follow",
            ),
            Stop(
                _("Book a course"),
                _(
                    "Free places are counted live; a full course has a waiting list that keeps groups together."
                ),
                "offers:list",
            ),
            Stop(
                _("Look for work"),
                _(
                    "Posts of the job fairs, with pay and place; an interview is booked in the same way."
                ),
                "offers:vacancies",
            ),
            Stop(
                _("Check your food"),
                _(
                    "What was inspected, tested or called back, with the words of the business beside it."
                ),
                "trace:food",
            ),
            Stop(
                _("See how far it is"),
                _("How many minutes it is to an open counter that speaks your language."),
                "atlas:access",
            ),
            Stop(
                _("Know what is kept"),
                _(
                    "Every kind of entry that the platform holds, for how long, and what is never built."
                ),
                "portal:held",
            ),
        ),
    ),
    Tour(
        "public",
        _("The public"),
        _("You want to know whether it is true."),
        "",
        (
            Stop(
                _("Promises"),
                _("Each promise with its sentence, unit, day, proof and drift."),
                "plans:public_promises",
            ),
            Stop(
                _("Figures"),
                _("Each figure leads to its source, and to what was said before."),
                "facts:public_list",
            ),
            Stop(
                _("Reports"),
                _("The report as it was published, and every item read in it marked."),
                "reports:public_list",
            ),
            Stop(
                _("Public money"),
                _("From appropriation to what is unspent; each total is the address of a query."),
                "funds:list",
            ),
            Stop(
                _("Projects"),
                _("Works, visits and both sides' word; what was said then beside now."),
                "funds:projects",
            ),
            Stop(
                _("Recompute the ledger"),
                _("Each day's root is signed; one file computes everything again on your machine."),
                "funds:roots",
            ),
            Stop(
                _("Honours"),
                _("Who was named, by which score, and whether the level still stands."),
                "assessments:honours",
            ),
            Stop(
                _("The atlas"),
                _("Each figure as a map, as a table and as words; what was kept back is hatched."),
                "atlas:atlas",
            ),
            Stop(
                _("Open data"),
                _("All of it to take along, with a key to verify that it is whole."),
                "atlas:open_data",
            ),
            Stop(
                _("The look log"),
                _("Every look at somebody's entries is in a log that nobody can shorten unseen."),
                "portal:log",
            ),
        ),
    ),
)
