"""What somebody types who fetches a certificate, or checks one."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.offers.actions.certifying import LONGEST_NAME
from linli.offers.models import Certificate
from linli.offers.rules.credentials import LONGEST


class NameForm(forms.Form):
    """The name that stands on the paper, or none. It goes into no table of ours."""

    named = forms.CharField(
        label=_("Name on the certificate"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "You may leave it empty. We do not keep it: the certificate holds a mark by which whoever"
            " knows the name can compare it, and nobody can read it."
        ),
    )


class CheckForm(forms.Form):
    """A certificate as a file or as text, and the name on the paper, if it is to be compared."""

    file = forms.FileField(label=_("The file of the certificate"), required=False)
    text = forms.CharField(
        label=_("Or its text, or the address in the square code"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(
            attrs={"rows": 4, "autocomplete": "off", "dir": "ltr", "spellcheck": "false"}
        ),
    )
    named = forms.CharField(
        label=_("Name on the paper"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Only if you want to compare it. It is not kept."),
    )

    def clean(self) -> dict[str, Any]:
        """Take the text from the file when there is one."""
        given: dict[str, Any] = super().clean() or {}
        file = given.get("file")
        if file and file.size > LONGEST:
            self.add_error("file", _("This is no certificate: it is too large."))
        elif file:
            given["text"] = file.read().decode("utf-8", "replace")
        if not given.get("text") and not self.errors:
            self.add_error("text", _("Choose a file or paste the text."))
        return given


class _ByBooking(forms.ModelChoiceField[Certificate]):
    """Certificates named by the code of their booking: they have no name of their own."""

    def label_from_instance(self, obj: Certificate) -> str:
        return f"{obj.booking.code} · {obj.issued_at:%Y-%m-%d}"


class WithdrawForm(forms.Form):
    """Which certificate of a course should not stand, and why."""

    certificate = _ByBooking(
        label=_("Certificate"), queryset=Certificate.objects.none(), to_field_name="number"
    )
    why = forms.CharField(label=_("Why"), max_length=120, help_text=_("It is kept here, and told to nobody who checks."))  # fmt: skip

    def __init__(self, *args: Any, standing: QuerySet[Certificate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Certificate]", self.fields["certificate"])
        field.empty_label = gettext("Choose a booking")
        field.queryset = standing
