"""What is given about an objection: the objection itself, the code that opens it, what is decided, what a unit says."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.objecting import LONGEST, Objected
from linli.assessments.actions.resolving import Said
from linli.assessments.models import Objection, Resolution
from linli.assessments.rules.instruments import Form, said
from linli.assessments.rules.stages import SITE

_WORDS = forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "dir": "auto"})


class ObjectionForm(forms.Form):
    """An objection. It asks for no name, no address, no telephone number."""

    ground = forms.ChoiceField(
        label=_("What is your objection about?"),
        choices=Objection.GROUNDS,
        widget=forms.RadioSelect,
    )
    item = forms.ChoiceField(
        label=_("Which question?"),
        required=False,
        help_text=_("This, and what it is about, everybody can read."),
    )
    words = forms.CharField(
        label=_("What is not right?"),
        max_length=LONGEST,
        widget=_WORDS,
        help_text=_("Only who decides reads this; it is deleted afterwards. You need not say who you are."),
    )  # fmt: skip

    def __init__(self, data: Any, *, of: Form, language: str) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        items = [(one.key, said(one.text, language)) for one in of.items()]
        self.fields["item"].choices = [("", _("The result as a whole")), *items]  # type: ignore[attr-defined]

    def objected(self) -> Objected:
        """Return the objection, once it is valid."""
        given = self.cleaned_data
        return Objected(ground=given["ground"], item=given["item"], words=given["words"])


class SlipForm(forms.Form):
    """What somebody holds: a code and its passphrase."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "dir": "ltr", "autocapitalize": "characters"}
        ),
    )
    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "inputmode": "numeric"}),
        help_text=_("Sixteen digits. Spaces make no difference."),
    )


class ResolveForm(forms.Form):
    """Whether an objection is right, why, and what follows."""

    REJECTED = "rejected"

    outcome = forms.ChoiceField(label=_("What is decided?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("The reason"),
        max_length=LONGEST,
        widget=_WORDS,
        help_text=_("Everybody can read it. Name no person."),
    )

    def __init__(self, data: Any, *, of: Objection) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        backs = [one for one in Resolution.BACK if one[0] != SITE or self._looks_on_site(of)]
        choices = [(back, _("Upheld: %(what)s") % {"what": words}) for back, words in backs]
        self.fields["outcome"].choices = [*choices, (self.REJECTED, _("Rejected"))]  # type: ignore[attr-defined]

    def said(self) -> Said:
        """Return what is decided, once it is valid."""
        outcome, reason = self.cleaned_data["outcome"], self.cleaned_data["reason"]
        if outcome == self.REJECTED:
            return Said(upheld=False, reason=reason)
        return Said(upheld=True, reason=reason, back=outcome)

    @staticmethod
    def _looks_on_site(of: Objection) -> bool:
        return SITE in of.result.candidacy.round.weights


class ReplyForm(forms.Form):
    """What a unit says to its result, or to one objection."""

    to = forms.ChoiceField(label=_("To what"), required=False)
    words = forms.CharField(
        label=_("What the unit says"),
        max_length=LONGEST,
        widget=_WORDS,
        help_text=_("Everybody can read it, beside the result, and it stays. Name no person."),
    )

    def __init__(self, data: Any, *, objections: Iterable[Objection]) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        those = [
            (one.code, f"{one.get_ground_display()} · {one.made_on:%Y-%m-%d}") for one in objections
        ]
        self.fields["to"].choices = [("", _("The result as a whole")), *those]  # type: ignore[attr-defined]
