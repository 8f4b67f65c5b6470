"""What is filled in together at the counter: who else should have a case, and what they may read of it."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.choosing import choose
from linli.cases.forms.exchange import ReferForm
from linli.cases.forms.handing import HandOnForm
from linli.cases.models import Topic
from linli.directory.models import Unit

SAID = _("The person says yes to this")


class HandOnHereForm(HandOnForm):
    """Another unit of this town, chosen by what it answers; the ticks are what the person lets it read."""

    said_yes = forms.BooleanField(label=SAID)

    def __init__(self, data: Any = None, *, own: str, held: frozenset[str]) -> None:  # noqa: ANN401
        super().__init__(data, own=own, held=held)
        answering = Unit.objects.working().filter(topics__in=Topic.objects.asked_for())
        choose(self, "unit", answering.exclude(name=own).distinct().order_by("name"))
        answers: dict[int, list[str]] = {}
        for unit, topic in Topic.objects.asked_for().values_list("unit", "name"):
            answers.setdefault(unit, []).append(topic)

        def told(obj: Unit) -> str:
            return f"{obj.name} · {'、'.join(answers[obj.pk])}"

        field = cast("forms.ModelChoiceField[Unit]", self.fields["unit"])
        field.label_from_instance = told  # type: ignore[method-assign]
        self.fields["fields_read"].label = _("What may it read?")
        self.initial["fields_read"] = []  # leave is what they tick, not what they forget to untick


class ReferHereForm(ReferForm):
    """A unit of another city; the ticks are what the person lets it read, and for how long."""

    said_yes = forms.BooleanField(label=SAID)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="away", **kwargs)
        self.initial["fields_given"] = []
