"""What narrows the console's lists of services and places, and what brings a package."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.forms.units import AreaField
from linli.directory.forms.wordings import Wordings, choose
from linli.directory.models import Location, Organization, Service, TaxonomyTerm
from linli.directory.queries import languages_spoken
from linli.directory.queries.package_reading import LARGEST

_ANY = [("", _("all"))]


class ServiceListForm(forms.Form):
    """The filters of the list of services; they live in the address."""

    words = forms.CharField(label=_("Words or code"), required=False, max_length=100)
    area = AreaField(label=_("Place"), required=False, max_length=60)
    organization = forms.ModelChoiceField(
        Organization.objects.all(), label=_("Offered by"), required=False, empty_label=_("all"),
        to_field_name="uuid",
    )  # fmt: skip
    term = forms.ModelChoiceField(
        TaxonomyTerm.objects.filter(taxonomy="theme"), label=_("Theme"), required=False,
        empty_label=_("all"), to_field_name="code",
    )  # fmt: skip
    status = forms.ChoiceField(label=_("State"), required=False, choices=[*_ANY, *Service.STATUSES])
    fresh = forms.ChoiceField(label=_("Freshness"), required=False)

    def __init__(self, data: Any, words: Wordings) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(data)
        choose(self.fields["fresh"], [*_ANY, *words.fresh.items()])


class PlaceListForm(forms.Form):
    """The filters of the list of places; they live in the address."""

    words = forms.CharField(label=_("Words or code"), required=False, max_length=100)
    area = AreaField(label=_("Place"), required=False, max_length=60)
    organization = forms.ModelChoiceField(
        Organization.objects.all(), label=_("Run by"), required=False, empty_label=_("all"),
        to_field_name="uuid",
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*_ANY, *Location.KINDS])
    language = forms.ChoiceField(label=_("Language spoken"), required=False)
    fresh = forms.ChoiceField(label=_("Freshness"), required=False)
    closed = forms.BooleanField(label=_("Closed ones too"), required=False)

    def __init__(self, data: Any, words: Wordings) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(data)
        choose(self.fields["fresh"], [*_ANY, *words.fresh.items()])
        spoken = [(tag, words.languages.get(tag, tag)) for tag in languages_spoken()]
        choose(self.fields["language"], [*_ANY, *spoken])


class OfferForm(forms.Form):
    """One more place at which a service is offered."""

    location = forms.ModelChoiceField(
        Location.objects.none(), label=_("Place"), to_field_name="code"
    )
    window = forms.CharField(label=_("Window"), max_length=40, required=False)
    description = forms.CharField(label=_("Remark"), max_length=240, required=False)

    def __init__(self, data: Any, *, service: Service) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        location = self.fields["location"]
        assert isinstance(location, forms.ModelChoiceField)  # noqa: S101 - declared so above
        near = Location.objects.open_to_all().filter(area=service.organization.area_id)
        location.queryset = near.exclude(offers__service=service)


class BringPackageForm(forms.Form):
    """One package of the directory as a file."""

    file = forms.FileField(
        label=_("The package as a file"),
        help_text=_("A ZIP of CSV files, an XLSX with a sheet a table, or JSON, up to 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,.xlsx,.json,.csv"}),
    )
    area = AreaField(
        label=_("Place of what names none"),
        required=False,
        max_length=60,
        help_text=_("For organizations and places whose rows say no area."),
    )

    def clean_file(self) -> object:
        """Refuse what is too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."), code="too_large")
        return file
