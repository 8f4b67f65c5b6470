"""Papers that are handed in: a photo or a PDF, and what stands on a certificate."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused, on_form
from linli.kernel.uploads import ACCEPT, Rebuilt, rebuild
from linli.trace.actions.certificates import CertificateDraft
from linli.trace.forms.permits import DAY
from linli.trace.models import PaperKind


class FileForm(forms.Form):
    """One paper."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A photo (JPEG, PNG, WebP or GIF) or a PDF, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    nobody_shown = forms.BooleanField(
        label=_("I have looked: nobody can be recognised in it, and it names nobody.")
    )

    def paper(self) -> Rebuilt | None:
        """Return the file made harmless, None where it cannot be accepted: the form says why."""
        given: Any = self.cleaned_data.get("file")
        if given is None:
            return None
        try:
            return rebuild(given.read(), name=given.name)
        except Refused as refused:
            on_form(self, refused, "file")
            return None


class KindField(forms.ModelChoiceField[PaperKind]):
    """One kind of paper, by its name."""

    def label_from_instance(self, obj: PaperKind) -> str:
        """Return its name."""
        return obj.name


class PaperForm(FileForm):
    """One paper of an application, of a kind that is still to come."""

    kind = KindField(PaperKind.objects.none(), label=_("Paper"), to_field_name="key")
    field_order = ("kind", "file", "nobody_shown")

    def __init__(self, *args: Any, kinds: list[PaperKind]) -> None:
        super().__init__(*args)
        field = self.fields["kind"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = PaperKind.objects.filter(pk__in=[one.pk for one in kinds])
        if kinds:
            self.initial.setdefault("kind", kinds[0].key)


class CertificateForm(FileForm):
    """What stands on a certificate of a supplier."""

    kind = KindField(PaperKind.objects.none(), label=_("Kind"), to_field_name="key")
    supplier = forms.CharField(
        label=_("Supplier"), max_length=120, help_text=_("The business that it was given to.")
    )
    goods = forms.CharField(label=_("For which goods"), max_length=200)
    number = forms.CharField(label=_("Number on the paper"), max_length=60)
    issuer = forms.CharField(label=_("Issued by"), max_length=120)
    valid_from = forms.DateField(label=_("Valid from"), **DAY)
    valid_until = forms.DateField(label=_("Valid until"), help_text=_("The last day."), **DAY)
    field_order = (
        "kind", "supplier", "goods", "number", "issuer", "valid_from", "valid_until",
        "file", "nobody_shown",
    )  # fmt: skip

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["file"].required = self.fields["nobody_shown"].required = False
        field = self.fields["kind"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = PaperKind.objects.filter(use=PaperKind.GOODS, ended_on=None)

    def clean(self) -> dict[str, Any]:
        """Ask that somebody has looked at a file that is brought."""
        given = super().clean() or self.cleaned_data
        if given.get("file") and not given.get("nobody_shown"):
            self.add_error("nobody_shown", _("Look at the file first, and say so."))
        return given

    def draft(self) -> CertificateDraft | None:
        """Return what was given, None where its file cannot be accepted."""
        paper = self.paper()
        if self.errors:
            return None
        names = ("kind", "number", "issuer", "supplier", "goods", "valid_from", "valid_until")
        return CertificateDraft(**{name: self.cleaned_data[name] for name in names}, paper=paper)
