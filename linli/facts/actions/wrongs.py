"""What is said when something cannot be known so: one sentence a code, for refusals and for rows."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words

WRONGS: dict[str, Words] = {
    "unknown_indicator": _("There is no such indicator. Define it first."),
    "unknown_area": _("There is no such area."),
    "ambiguous_area": _("Several areas bear this name. Give the code."),
    "unknown_period": _("This is not a period: write 2019, 2019-03, 2019-03-05 or 2016/2020."),
    "unknown_bound": _("Nobody knows how firmly this is meant: exactly, about, at least …?"),
    "not_a_number": _("This is not a number."),
    "wrong_unit": _("This is a percentage, but the indicator is not measured in percent."),
    "too_large": _("This number is larger than 900 trillion, which we do not keep."),
    "too_precise": _(
        "This number has more than 15 digits, or more than 6 after the point. Round it: no database"
        " would keep it exactly."
    ),
    "below_nought": _("A count is never less than nought."),
    "no_source": _("Say who or what says so."),
    "official_only": _(
        "Figures about groups of people come from official statistics only, for a county or larger,"
        " and are never counted here."
    ),
    "not_released": _("What is counted here about people is not public before it is released."),
    "release_only": _("This indicator holds what the release gate has let pass, and nothing else."),
    "stated_twice": _("An earlier row of this table says something else of the same."),
}
