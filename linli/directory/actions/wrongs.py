"""Why a draft or a row is not taken, in the reader's language, by the codes of the rules."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words

WRONGS: dict[str, Words] = {
    "no_name": _("A name is missing."),
    "too_long": _("A text is longer than fits."),
    "too_many_parts": _("There are more than a hundred parts. Leave some out."),
    "unknown_status": _("The state is offered, paused or ended."),
    "unknown_kind": _("There is no such kind of place."),
    "unknown_form": _("There is no such form of a paper."),
    "unknown_way_in": _("There is no such way in. Take one of the list."),
    "unknown_language": _("A language is written as its tag, such as zh-Hans, ug or bo."),
    "unknown_way_of_speaking": _(
        "A language is spoken in person, by phone or by video, on a weekday."
    ),
    "language_stands_twice": _("A language stands twice on one weekday in one way."),
    "unknown_days_off": _("On public holidays a place is closed, or open as on any day."),
    "not_a_rule_of_days": _("The opening days are no rule that we can read."),
    "closes_before_it_opens": _("It closes before it opens."),
    "ends_before_it_begins": _("The hours end before they begin."),
    "promises_more_than_the_law": _("The promised time is longer than the statutory time."),
    "number_out_of_range": _("A number is too small or too large."),
    "not_on_the_map": _("Rows and columns of the map go from 0 to 99."),
    "not_a_number": _("This is no telephone number."),
    "not_a_rule": _("A rule of whom it is for is none of those that can be asked about."),
    "group_of_people": _(
        "A rule names a group of people by origin, faith or conviction. "
        "Services are for whoever needs them: leave it out."
    ),
    "trait_of_a_person": _(
        "A rule asks about a trait of a person. Linli asks about none: leave it out."
    ),
    "unknown_area": _("There is no such area."),
    "unknown_organization": _("There is no such organization."),
    "unknown_unit": _("No unit bears this name."),
    "unknown_service": _("There is no such service."),
    "unknown_location": _("There is no such place in the directory."),
    "unknown_term": _("There is no such word to sort by."),
    "above_itself": _("A word cannot stand above itself."),
    "instead_of_itself": _("A service is no alternative to itself."),
    "name_taken": _("Another organization bears this name."),
    "unit_taken": _("This unit is another organization already."),
    "offered_there_already": _("The service is offered at this place already."),
    "not_an_id": _("The id is no UUID."),
    "id_stands_twice": _("The id stands twice in the table."),
    "not_a_time": _("A time or day cannot be read."),
    "changed_meanwhile": _("Somebody changed it in the meantime. Look at it again, then save."),
    "already_closed": _("It is closed already."),
    "not_allowed": _("Your role may not do this."),
}
