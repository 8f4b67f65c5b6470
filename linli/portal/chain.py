"""From promise to proof: the steps of the chain, and the places whose reports it begins with."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words


@dataclass(frozen=True, slots=True)
class Step:
    """One step, where it can be looked at, and what is counted there: one of the counts of the home page, or ""."""

    title: Words
    words: Words
    route: str
    counts: str = ""


STEPS = (
    Step(_("A sentence"), _("A report says what will be done."), "reports:public_list", "reports"),
    Step(
        _("A promise"),
        _("It becomes a task with a unit and a date."),
        "plans:public_promises",
        "promises",
    ),
    Step(_("Money"), _("What is paid for it can be followed."), "funds:list", "funds"),
    Step(
        _("A service"),
        _("People find it and use it without an account."),
        "directory:services",
        "services",
    ),
    Step(
        _("An outcome"),
        _("Who came is counted, never who they are."),
        "atlas:releases",
        "releases",
    ),
    Step(
        _("A figure"),
        _("Every number leads back to what was counted."),
        "facts:public_list",
        "figures",
    ),
    Step(
        _("The next sentence"),
        _("The next report is held against what was promised."),
        "portal:dropped",
    ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the five: its code (GB/T 2260), and when its report was published."""

    name: Words
    code: str
    published: Words


PLACES = (
    Place(_("Qilihe District, Lanzhou, Gansu"), "620103", "2018-07-13"),
    Place(_("Jiayuguan City, Gansu"), "620200", _("no date is printed")),
    Place(_("Lanzhou City, Gansu"), "620100", "2017-03-22"),
    Place(_("Liubei District, Liuzhou, Guangxi"), "450205", "2022-12-08"),
    Place(_("Jinniu District, Chengdu, Sichuan"), "510106", "2022-10-12"),
)

LIMITS = (
    _("No field anywhere for a person's ethnicity, religion or opinion."),
    _("No list of residents, no search for people, no score of a person."),
    _("No cameras, no plates, no phones, no record of where anybody goes."),
    _("Services are open without an account; what must be known is sealed and expires."),
    _("Every look at a person's record is logged, and that person can see the log."),
)
