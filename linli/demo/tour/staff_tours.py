"""What staff are shown: ten stops for each role, on the desk of the demo's own accounts."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.demo.tour.stops import Stop, Tour

STAFF: Final = (
    Tour(
        "clerk",
        _("A station clerk"),
        _("You sit at a window and help whoever comes."),
        "clerk",
        (
            Stop(
                _("Your desk"),
                _("What waits for you today, pile by pile; an empty pile is not shown."),
                "portal:console",
            ),
            Stop(
                _("Take a case in"),
                _(
                    "Look at the queue of your unit: how long each has waited, and which clock is near its end."
                ),
                "cases:queue",
            ),
            Stop(
                _("Help at the window"),
                _(
                    "Write down what somebody tells you; the slip you print has a code and a passphrase, no name."
                ),
                "cases:window",
            ),
            Stop(
                _("Cases from elsewhere"),
                _(
                    "A person in another city handed a case to your unit: accept it or send it back."
                ),
                "cases:received_list",
            ),
            Stop(
                _("Book for somebody"),
                _("Places kept for your station can be given by you, in three questions."),
                "offers:counter",
            ),
            Stop(
                _("Write who came"),
                _(
                    "The list of a session works at the door without a network; two telephones never count twice."
                ),
                "offers:console_list",
            ),
            Stop(
                _("Pair neighbours"),
                _("Who needs and who can help are matched by time and place alone."),
                "offers:console_pairs",
            ),
            Stop(
                _("Ready words"),
                _("Replies that your unit writes again and again, checked once."),
                "cases:replies",
            ),
            Stop(
                _("Help a shop"),
                _("A shop without a telephone has its book kept here: three fields a line."),
                "trace:counter",
            ),
            Stop(
                _("What you cannot do"),
                _(
                    "There is no search for people: a person is reached through a case, a booking or a code alone."
                ),
                "portal:privacy",
            ),
        ),
    ),
    Tour(
        "officer",
        _("An officer"),
        _("You read reports into tasks and keep the ledger."),
        "officer",
        (
            Stop(
                _("Your desk"),
                _("Tasks over their day, cases over their day, letters that wait for a report."),
                "portal:console",
            ),
            Stop(
                _("Reports"),
                _(
                    "Each report is shown beside what was read in it: figures, measures, documents, dates."
                ),
                "reports:console_list",
            ),
            Stop(
                _("The ledger"),
                _("Programmes, measures and tasks; a lamp is green on proof alone."),
                "plans:ledger",
            ),
            Stop(
                _("What is late"),
                _(
                    "The same ledger, red lamps first: each move of a day has its reason and who approved it."
                ),
                "plans:ledger",
                "lamp=red",
            ),
            Stop(
                _("On a timeline"),
                _("Promised days and moved days in one picture, first promise never overwritten."),
                "plans:ledger_timeline",
            ),
            Stop(
                _("Figures and where they come from"),
                _("A figure that others contradict stays beside theirs until somebody settles it."),
                "facts:console_list",
            ),
            Stop(
                _("Money"),
                _("Every fund, its accounts and what waits for a second person."),
                "funds:console_list",
            ),
            Stop(
                _("Courses and events"),
                _("Open a course, see who came in numbers, and what came of it after months."),
                "offers:console_list",
            ),
            Stop(
                _("Checks to fill in"),
                _("Answers are filled in by facts where one is known: you look and confirm."),
                "assessments:tasks",
            ),
            Stop(
                _("What everybody sees"),
                _("The same promises on the public page: sentence, unit, day and proof."),
                "plans:public_promises",
            ),
        ),
    ),
    Tour(
        "inspector",
        _("An inspector"),
        _("You check premises and programmes, never people."),
        "supervisor",
        (
            Stop(
                _("Your desk"),
                _("What is escalated, and where a second look was asked for."),
                "portal:console",
            ),
            Stop(
                _("Over their day"),
                _("Units and topics by how long people waited; people themselves stand nowhere."),
                "cases:overview",
            ),
            Stop(
                _("Promises that drift"),
                _("Which tasks were moved, how often, by how much."),
                "plans:ledger",
                "lamp=red",
            ),
            Stop(
                _("Inspections"),
                _("Planned and made, with checklist, findings and orders to put things right."),
                "assessments:console_inspections",
            ),
            Stop(
                _("Drawn, not chosen"),
                _("Sites and inspectors come out of a sealed seed that anybody can compute again."),
                "assessments:site_draws",
            ),
            Stop(
                _("On a telephone"),
                _(
                    "The visit's form works without a network and comes in once, however often it is sent."
                ),
                "assessments:visits",
            ),
            Stop(
                _("Told in public"),
                _("The result stands beside the words of the premises."),
                "assessments:inspections",
            ),
            Stop(
                _("Alerts about food"),
                _("A paper runs out, something grave was found, a lot must come back."),
                "trace:alerts",
            ),
            Stop(
                _("Samples and runs"),
                _("From seal to report: who had the sample when, and which controls failed."),
                "trace:samples",
            ),
            Stop(
                _("Recalls"),
                _("It is known at once whom a lot reached; a drill is counted like a real one."),
                "trace:console_recalls",
            ),
        ),
    ),
    Tour(
        "planner",
        _("A planner"),
        _("You set goals, rules and what is counted."),
        "planner",
        (
            Stop(
                _("Your desk"),
                _("What waits to be published, promised or approved."),
                "portal:console",
            ),
            Stop(
                _("Programmes"),
                _("Programmes carry a policy document out, down to tasks with units and days."),
                "plans:programmes",
            ),
            Stop(
                _("Policy documents"),
                _("Which are in force, what replaced them, and what each commits to."),
                "plans:documents",
            ),
            Stop(
                _("Joint meetings"),
                _("Agenda, minutes and decisions that become tasks."),
                "plans:bodies",
            ),
            Stop(
                _("Recognition"),
                _("Criteria, checks, polls and objections before anything is named."),
                "assessments:console_schemes",
            ),
            Stop(
                _("Before a decision"),
                _("Decisions are weighed first, and what was promised for it becomes a task."),
                "assessments:console_impacts",
            ),
            Stop(
                _("Languages that are promised"),
                _("Which language is promised at which hours, and where the promise is broken."),
                "directory:guarantee_list",
            ),
            Stop(
                _("Topics and who answers"),
                _("The competence map of the town: three clocks for each topic."),
                "cases:topics",
            ),
            Stop(
                _("Causes"),
                _("Many cases of one cause become one measure, and whoever asked hears of it."),
                "cases:causes",
            ),
            Stop(
                _("Boards for halls"),
                _("Released figures alone, made to hang on a wall."),
                "atlas:console_boards",
            ),
        ),
    ),
)
