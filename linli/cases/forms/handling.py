"""What a unit gives when it handles a case: an answer, a note, a reason, another topic. One small form a deed."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.choosing import choose, words
from linli.cases.models import Case, Cause, Leader, ReplyTemplate, Topic
from linli.cases.models.reasons import EXTENSIONS, PAUSES


class ReplyForm(forms.Form):
    """An answer that the person reads. `language` is theirs: it says which templates are offered."""

    template = forms.ModelChoiceField(
        ReplyTemplate.objects.none(), label=_("Begin with a template"), required=False
    )
    words = words(_("Your answer"), rows=6, most=8000)
    language = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, unit: str, language: str = "") -> None:  # noqa: ANN401
        super().__init__(data, initial={"language": language}, prefix="reply")
        tongue = language or self["language"].value() or ""
        choose(self, "template", reply_templates(unit, tongue))

    @property
    def typed(self) -> str:
        """What stands in the field of words now."""
        return str(self["words"].value() or "").rstrip()

    @property
    def tongue(self) -> str:
        """The language of the answer, as a tag."""
        return str(self["language"].value() or "")


class NoteForm(forms.Form):
    """Words for the house alone."""

    words = words(
        _("Note"),
        hint=_(
            "The units that handle this case read it. It is not on the person's page, but in the copy of"
            " everything that they may take: write nothing that you would not say to them."
        ),
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, prefix="note")


class PauseForm(forms.Form):
    """Why the clocks stand still."""

    kind = forms.ChoiceField(label=_("Why the clocks stand still"), choices=PAUSES)
    words = words(_("Say it to the person"), hint=_("The person reads it. Each pause is counted."))

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, prefix="pause")


class ExtendForm(forms.Form):
    """How many more working days, and why."""

    days = forms.IntegerField(label=_("Working days more"), min_value=1, widget=forms.NumberInput)
    kind = forms.ChoiceField(label=_("Why it takes longer"), choices=EXTENSIONS)
    words = words(
        _("Say it to the person"),
        hint=_("The person reads it. The first promised day stays beside the new one."),
    )

    def __init__(self, data: Any = None, *, most: int) -> None:  # noqa: ANN401
        super().__init__(data, prefix="extend")
        self.fields["days"].help_text = _("At most %(days)d, and twice at most.") % {"days": most}


class _TopicChoice(forms.ModelChoiceField[Topic]):
    """A topic by its name, with the unit that answers for it."""

    def label_from_instance(self, obj: Topic) -> str:
        """Say which unit the case would go to."""
        return f"{obj.name} → {obj.unit.name}"


class TopicForm(forms.Form):
    """What a case is really about: its unit answers from then on."""

    topic = _TopicChoice(
        Topic.objects.none(), label=_("What it is really about"), to_field_name="code"
    )

    def __init__(self, data: Any = None, *, case: Case) -> None:  # noqa: ANN401
        super().__init__(data, prefix="assign")
        others = Topic.objects.asked_for().exclude(pk=case.topic_id).select_related("unit")
        choose(self, "topic", others)


class LeaderForm(forms.Form):
    """The official who answers for a petition."""

    leader = forms.ModelChoiceField(Leader.objects.none(), label=_("Official"))

    def __init__(self, data: Any = None, *, leaders: QuerySet[Leader]) -> None:  # noqa: ANN401
        super().__init__(data, prefix="leader")
        choose(self, "leader", leaders)


class RevealForm(forms.Form):
    """Why somebody's telephone or mail must be seen."""

    reason = words(
        _("Why you need it"), hint=_("The person reads in their own log that you looked, and why.")
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, prefix="reveal")


class MergeForm(forms.Form):
    """Several cases, one cause: a new one by its title, or one that is known."""

    cause = forms.ModelChoiceField(
        Cause.objects.none(),
        label=_("A cause that is known"),
        to_field_name="code",
        required=False,
    )
    title = forms.CharField(
        label=_("Title of the new cause"),
        max_length=120,
        required=False,
        help_text=_("What is wrong, in a few words. Name nobody."),
    )

    def __init__(self, data: Any = None, *, causes: QuerySet[Cause]) -> None:  # noqa: ANN401
        super().__init__(data)
        choose(self, "cause", causes, _("A new one"))

    def clean(self) -> dict[str, Any]:
        """Ask for one of both."""
        given = super().clean() or {}
        if not given.get("cause") and not given.get("title"):
            self.add_error("title", _("Give the cause a title, or choose one that is known."))
        return given


class SettleForm(forms.Form):
    """What everybody hears whose case had this cause."""

    words = words(_("What was done about it"), rows=5)

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, prefix="settle")


def reply_templates(unit: str, language: str) -> QuerySet[ReplyTemplate]:
    """Return the replies that a unit writes often, in one language."""
    return ReplyTemplate.objects.filter(unit__name=unit, language=language)
