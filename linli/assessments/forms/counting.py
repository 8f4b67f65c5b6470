"""What the units at each level of a scheme are counted as."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.assessments.forms.schemes import choose
from linli.assessments.models import Scheme
from linli.facts.models import Indicator


class CountsForm(forms.Form):
    """One field for each level of a scheme."""

    def __init__(self, data: Any, *, scheme: Scheme) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        counts = Indicator.objects.public().filter(kind="count", about_people=False)
        for level in scheme.levels:
            self.fields[level["key"]] = forms.ModelChoiceField(
                Indicator.objects.none(), label=level["name"], required=False, to_field_name="code"
            )
            choose(self, level["key"], counts.order_by("code"), _("Not counted"))
            self.initial[level["key"]] = level.get("indicator", "")
