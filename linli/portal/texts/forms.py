"""What is asked of who brings a translator's file, and lets it in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words
from linli.ui.wording.comparing import Kind


class FileForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("The translator's file"),
        help_text=_("A PO file, 4 MB at most. It is shown before anything of it is in force."),
        widget=forms.FileInput(attrs={"accept": ".po,text/x-gettext-translation"}),
    )


class ReviewForm(forms.Form):
    """Who has reviewed the words, and with which edition they were compared."""

    reviewer_name = forms.CharField(label=_("Reviewed by"), max_length=60)
    reviewer_unit = forms.CharField(label=_("Of which unit"), max_length=120)
    reviewed_on = forms.DateField(
        label=_("Reviewed on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    base = forms.IntegerField(min_value=0, max_value=10**9, widget=forms.HiddenInput)


class BackForm(forms.Form):
    """Which earlier edition is put back, 0 for the words of the release, in place of which."""

    number = forms.IntegerField(min_value=0, max_value=10**9)
    base = forms.IntegerField(min_value=0, max_value=10**9)


KINDS: dict[str, Words] = {
    Kind.NEW: _("New words"),
    Kind.CHANGED: _("Other words than before"),
    Kind.UNSURE: _("Unsure: kept, and not shown"),
    Kind.LEFT: _("Still without words"),
}
