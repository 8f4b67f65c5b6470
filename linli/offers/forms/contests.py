"""What is given about a contest: its terms, a work, a number with its mark, a judge's points."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused
from linli.kernel.uploads import ACCEPT_SOUND, Rebuilt, rebuild, rebuild_sound
from linli.offers.actions.contests import Verdict
from linli.offers.actions.entering import LONGEST_TITLE, LONGEST_WORDS, Work
from linli.offers.forms.dates import DAY, moment
from linli.offers.models import Contest, Criterion, Mark
from linli.offers.models.contest import AUDIO, IMAGE, KINDS, TEXT
from linli.offers.rules.telling import tells_who

TOLD = {
    "card": _("the number of an identity card"),
    "phone": _("a telephone number"),
    "address": _("an address by which somebody is reached"),
    "name": _("words that come before a name"),
}
_CRITERION = re.compile(r"(?P<name>.*\S)[\s:：,，]+(?P<weight>[0-9]{1,3})")
_PICTURES = "image/jpeg,image/png,image/webp,image/gif"


class CriteriaField(forms.CharField):
    """Criteria with their weights, one a line: a name, and a whole number after it."""

    def clean(self, value: Any) -> list[tuple[str, int]]:  # noqa: ANN401 - Django's own
        """Return (name, weight) of each line that is not empty."""
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        read = [_CRITERION.fullmatch(line.strip()) for line in lines]
        if None in read:
            raise forms.ValidationError(_("Write a weight after each criterion: “Form 40”."))
        return [(one["name"], int(one["weight"])) for one in read if one]


class TermsForm(forms.Form):
    """What may be sent in, until when, how long it is kept, how many prizes there are."""

    kinds = forms.MultipleChoiceField(
        label=_("What may be sent in"),
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        initial=[TEXT, IMAGE],
    )
    closes_at = moment(_("Taken until"))
    shown_until = forms.DateField(
        label=_("Kept and shown until"),
        widget=DAY,
        help_text=_(
            "On this day the keys to all works are destroyed. It may move earlier, never later."
        ),
    )
    prizes = forms.IntegerField(label=_("Prizes"), min_value=1, max_value=100, initial=3)
    criteria = CriteriaField(
        label=_("What it is judged by"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_(
            "One criterion a line, its weight after it: “Form 40”. Leave it empty, and judges give points as a whole."
        ),
    )


class WorkForm(forms.Form):
    """One work. It asks for no name and no address, and warns of one that stands in the text."""

    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    words = forms.CharField(
        label=_("Your text"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        help_text=_("For a picture or a recording: a few words about it, if you like."),
    )
    file = forms.FileField(label=_("Picture or recording"), required=False)
    shown = forms.BooleanField(
        label=_("It may hang on the public wall after the jury. I can take it down at any time."),
        required=False,
    )
    sure = forms.BooleanField(label=_("Send it as it is, all the same"), required=False)

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(KINDS)
        choices = [(kind, names[kind]) for kind in contest.kinds]
        way = forms.RadioSelect if choices[1:] else forms.HiddenInput
        self.fields["kind"] = forms.ChoiceField(
            label=_("What is it?"), choices=choices, widget=way, initial=choices[0][0]
        )
        self._fit(contest.kinds)
        self.warned: list[Any] = []
        self.made: Rebuilt | None = None

    def work(self) -> Work:
        """Return the work, once it is valid."""
        given = self.cleaned_data
        return Work(
            kind=given["kind"],
            title=given["title"],
            words=given["words"],
            file=self.made,
            shown=given["shown"],
        )

    def clean(self) -> dict[str, Any]:
        """Warn of what tells who somebody is, and write the file anew."""
        given: dict[str, Any] = super().clean() or {}
        found = tells_who(f"{given.get('title', '')}\n{given.get('words', '')}")
        self.warned = [TOLD[kind] for kind in found]
        if not self.warned:
            self.fields.pop("sure")
        elif not given.get("sure"):
            self.add_error("sure", _("Look at your text once more, or tick that it may stay so."))
        if not self.errors and given.get("kind") in {IMAGE, AUDIO}:
            self._rebuild(given["kind"], given.get("file"))
        return given

    def _rebuild(self, kind: str, file: Any) -> None:  # noqa: ANN401 - Django's own
        if not file:
            self.add_error("file", _("Add the picture or the recording."))
            return
        write_anew = rebuild if kind == IMAGE else rebuild_sound
        try:
            self.made = write_anew(file.read(), name=file.name or "")
        except Refused as refused:
            self.add_error("file", str(refused.sentence))

    def _fit(self, kinds: list[str]) -> None:
        """Ask for a file only where one may be sent in, and say which."""
        pictures, sound = IMAGE in kinds, AUDIO in kinds
        if not (pictures or sound):
            self.fields.pop("file")
            self.fields["words"].required = True
            self.fields["words"].help_text = ""
            return
        taken = [_PICTURES] * pictures + [ACCEPT_SOUND] * sound
        self.fields["file"].widget.attrs["accept"] = ",".join(taken)
        self.fields["file"].help_text = _FILES[pictures, sound]


_FILES = {
    (True, False): _("A photo or scan (JPEG, PNG, WebP, GIF), up to 10 MB. Where and when it was taken is removed."),
    (False, True): _("A recording as WAV (PCM), up to 10 MB. What else the file holds is removed."),
    (True, True): _("A picture (JPEG, PNG, WebP, GIF) or a recording as WAV (PCM), up to 10 MB. What else the file holds is removed."),
}  # fmt: skip


class MarkForm(forms.Form):
    """A number with its mark: what the maker of a work holds."""

    number = forms.IntegerField(
        label=_("Number of the work"),
        min_value=0,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "inputmode": "numeric"}),
    )
    mark = forms.CharField(
        label=_("Mark"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "inputmode": "numeric"}),
        help_text=_("Sixteen digits. Spaces make no difference."),
    )


class PointsForm(forms.Form):
    """What one judge gives one work: points as a whole, or by each criterion."""

    points = forms.IntegerField(label=_("Points, 0 to 100"), min_value=0, max_value=100)
    words = forms.CharField(
        label=_("What you say of it"),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - a QueryDict
        *,
        criteria: Sequence[Criterion] = (),
        mark: Mark | None = None,
    ) -> None:
        super().__init__(data, initial={"points": mark.points, "words": mark.words} if mark else {})
        self._criteria = criteria
        if not criteria:
            return
        del self.fields["points"]
        grades = {one.criterion_id: one.points for one in mark.grades.all()} if mark else {}
        for one in criteria:
            self.fields[f"grade_{one.number}"] = forms.IntegerField(
                label=one.name,
                min_value=0,
                max_value=100,
                initial=grades.get(one.pk),
                help_text=_("0 to 100; weight %(weight)s") % {"weight": one.weight},
            )
        self.order_fields([*(f"grade_{one.number}" for one in criteria), "words"])

    def verdict(self) -> Verdict:
        """Return what was given, once it is valid."""
        given = self.cleaned_data
        grades = {one.number: given[f"grade_{one.number}"] for one in self._criteria}
        return Verdict(given.get("points"), grades, given["words"])


class AsideForm(forms.Form):
    """Why a work is not judged and does not hang."""

    why = forms.CharField(
        label=_("Why"),
        max_length=120,
        required=False,
        help_text=_("It names somebody, it is an advertisement … Empty takes it back in."),
    )
