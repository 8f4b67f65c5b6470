"""What is asked of who saves a view of a list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.list_pages import lists


class SaveViewForm(forms.Form):
    """A name for the filters that are set now, and whom it is for."""

    name = forms.CharField(label=_("Name of this view"), max_length=60)
    shared = forms.BooleanField(label=_("Share with your unit"), required=False)
    first = forms.BooleanField(label=_("Open the list with it"), required=False)
    page = forms.CharField(max_length=80, widget=forms.HiddenInput)
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def clean_page(self) -> str:
        """Let only a list of ours have views."""
        name = str(self.cleaned_data["page"])
        if name not in lists():
            raise forms.ValidationError(_("There is no such list."))
        return lists()[name].views_of or name
