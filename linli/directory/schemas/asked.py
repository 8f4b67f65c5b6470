"""What may be asked of the search and of the list of places. It stands in the address and nowhere else."""

from typing import Any, NamedTuple

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Location, Organization
from linli.directory.queries import languages_spoken, terms_of
from linli.directory.queries.standing import once_an_edition
from linli.directory.rules.entries import Facets
from linli.directory.rules.folding import LONGEST
from linli.directory.schemas.telling import KINDS, LANGUAGE_NAMES
from linli.kernel.text import Words

Choices = list[tuple[str, Words]]


class FindForm(forms.Form):
    """Words and facets. What cannot be is left out, so that old links keep working."""

    q = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What"), required=False)
    area = forms.ChoiceField(label=_("Place"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    language = forms.ChoiceField(label=_("Language spoken"), required=False)
    free = forms.BooleanField(label=_("Free of charge"), required=False)
    open = forms.BooleanField(label=_("Open at this moment"), required=False)

    def __init__(self, data: Any) -> None:  # noqa: ANN401 - a QueryDict, or a dict in tests
        super().__init__(data, auto_id="find_%s")
        offer(self, "kind", list(KINDS.items()))
        there = offered()
        offer(self, "area", there.areas)
        offer(self, "theme", there.themes)
        offer(self, "language", there.languages)

    @property
    def words(self) -> str:
        """What was typed."""
        return str(self.data.get("q", ""))[:LONGEST].replace("\0", "").strip()

    @property
    def facets(self) -> Facets:
        """What was chosen of what can be."""
        self.full_clean()
        said = self.cleaned_data
        return Facets(
            kind=said.get("kind", ""),
            area=said.get("area", ""),
            theme=said.get("theme", ""),
            language=said.get("language", ""),
            free=bool(said.get("free")),
            open=bool(said.get("open")),
        )


class PlacesForm(forms.Form):
    """What narrows the list of places."""

    area = forms.ChoiceField(label=_("Place"), required=False)
    language = forms.ChoiceField(label=_("Language spoken"), required=False)
    open = forms.BooleanField(label=_("Open at this moment"), required=False)

    def __init__(self, data: Any, *, places_only: bool = False) -> None:  # noqa: ANN401
        super().__init__(data, auto_id="places_%s")
        there = offered()
        self.areas = there.areas
        offer(self, "area", there.areas)
        offer(self, "language", there.languages)
        if places_only:
            del self.fields["open"]

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen of what can be."""
        self.full_clean()
        return self.cleaned_data


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Let a field be chosen from these, or left open."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so
    field.choices = [("", _("All")), *choices]


def areas_offered() -> Choices:
    """Return the areas that have a place or an organization, by code."""
    places = Location.objects.open_to_all().filter(area=OuterRef("pk"))
    organizations = Organization.objects.filter(area=OuterRef("pk"), closed_on=None)
    return list(
        Area.objects.filter(Exists(places) | Exists(organizations)).values_list("code", "name")
    )


def languages_offered() -> Choices:
    """Return the languages that are spoken at some place."""
    return [(tag, LANGUAGE_NAMES.get(tag, tag)) for tag in languages_spoken()]


class Offered(NamedTuple):
    """What may be chosen from."""

    areas: Choices
    themes: Choices
    languages: Choices


@once_an_edition
def offered() -> Offered:
    """Return the areas, themes and languages that there are."""
    themes: Choices = list(terms_of("theme").values_list("code", "name"))
    return Offered(areas_offered(), themes, languages_offered())
