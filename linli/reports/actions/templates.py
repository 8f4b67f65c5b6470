"""Begin a template, change it. Each text is a version that stays: reports rest on the one they were begun in."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.reports.models import Template, TemplateVersion
from linli.reports.models.writing import LANGUAGES, LONGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateDraft:
    """What a template is called in three languages, and its text."""

    kind: str
    language: str
    title: str
    title_hant: str
    title_en: str
    text: str

    @property
    def titles(self) -> dict[str, str]:
        """The titles, without spaces around them."""
        return {name: getattr(self, name).strip() for name in ("title", "title_hant", "title_en")}


@transaction.atomic
def begin_template(*, by: Actor, at: datetime, draft: TemplateDraft) -> Template:
    """Begin a template. What is wrong in its text keeps nobody from keeping it, but from writing with it.

    Refuses: not_allowed; unknown_kind; unknown_language; no_title unless it is titled in three languages; no_words; too_long.
    """
    allow(by, Role.PLANNER, Role.OFFICER)
    if draft.kind not in dict(Template.KINDS):
        raise Refused("unknown_kind", _("Choose what kind of paper it is for."))
    if draft.language not in dict(LANGUAGES):
        raise Refused("unknown_language", _("Choose the language of the text."))
    _check(draft)
    template = Template.objects.create(
        code=new_code(), kind=draft.kind, language=draft.language, version=1, **draft.titles,
        **signed(by, at),
    )  # fmt: skip
    _add(by, at, template, draft.text)
    return template


@transaction.atomic
def change_template(
    *, by: Actor, at: datetime, template: Template, base: int, draft: TemplateDraft
) -> Template:
    """Change titles and text of a template; base: the version that was looked at. Kind and language stay.

    Refuses: not_allowed; no_title; no_words; too_long; changed_meanwhile when somebody else has added a version.
    """
    allow(by, Role.PLANNER, Role.OFFICER)
    _check(draft)
    kept = Template.objects.select_for_update(no_key=True).get(pk=template.pk)
    if kept.version != base:
        raise Refused(
            "changed_meanwhile",
            _("Somebody changed it since you looked. Yours stands below; look at theirs."),
            status=409,
        )
    for name, value in draft.titles.items():
        setattr(kept, name, value)
    newest = kept.versions.get(number=kept.version)
    if newest.text != _tidy(draft.text):
        kept.version += 1
        _add(by, at, kept, draft.text)
    kept.save(update_fields=[*draft.titles, "version"])
    return kept


def _add(by: Actor, at: datetime, template: Template, text: str) -> None:
    TemplateVersion.objects.create(
        template=template, number=template.version, text=_tidy(text), **signed(by, at)
    )


def _check(draft: TemplateDraft) -> None:
    if not all(draft.titles.values()):
        raise Refused("no_title", _("Give the title in all three languages."))
    if not draft.text.strip():
        raise Refused("no_words", _("Say it in words."))
    if len(draft.text) > LONGEST:
        raise Refused("too_long", _("This text is longer than we take."))


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip("\n")
