"""The words of the closed lists in rules/opening.py."""

from django.utils.translation import gettext_lazy as _

PURPOSES = (
    ("prepare", _("Prepare: names and notes")),
    ("door", _("At the door: names")),
    ("tell", _("Tell them something: names and addresses")),
)
