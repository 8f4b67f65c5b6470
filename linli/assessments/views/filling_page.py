"""One part of a sheet as its page needs it: the parts with how far they are, the questions, what is known of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from linli.assessments.actions.filling import Part
from linli.assessments.forms.items import ItemsForm, Known
from linli.assessments.models import Assessment
from linli.assessments.queries.filling import FromFact, Working, from_facts, working
from linli.assessments.queries.item_words import Text, shown
from linli.assessments.queries.stage_words import KINDS
from linli.assessments.rules.filling import answered, seen_of
from linli.assessments.rules.instruments import Section
from linli.facts.models import Evidence


@dataclass(frozen=True, slots=True)
class Step:
    """One part in the list of parts: how many of its items are answered."""

    key: str
    title: Text
    done: int
    items: int
    here: bool


@dataclass(frozen=True)
class Page:
    """One part of a task's sheet."""

    task: Assessment
    sections: Sequence[Section]
    section: Section
    stands: Working
    facts: Mapping[str, FromFact]

    @property
    def following(self) -> Section | None:
        """The part after this one, None after the last."""
        place = self.sections.index(self.section) + 1
        return self.sections[place] if place < len(self.sections) else None

    @cached_property
    def evidence(self) -> dict[str, list[Evidence]]:
        """The evidence under the answers of this part."""
        keys = {one.key for one in self.section.items}
        of = {key: ids for key, ids in self.stands.backing.items() if key in keys}
        rows = Evidence.objects.in_bulk({pk for ids in of.values() for pk in ids})
        return {key: [rows[pk] for pk in ids if pk in rows] for key, ids in of.items()}

    def form(self, data: Any = None) -> ItemsForm:  # noqa: ANN401 - a QueryDict
        """Return the questions of this part."""
        known = Known(self.facts, self.evidence)
        items, answers = self.section.items, self.stands.answers
        return ItemsForm(data, items=items, answers=answers, known=known)

    def typed(
        self, items: Collection[str], answers: Mapping[str, Mapping[str, Any]], seen: str
    ) -> Part:
        """Return what was typed here, for keeping; `seen` stands for the whole part, whatever was right of it."""
        here = {one.key for one in self.section.items}
        wrong = here - set(items)
        others = {key: self.stands.answers[key] for key in wrong if key in self.stands.answers}
        return Part(here, {**answers, **others}, seen)

    def context(self, form: ItemsForm) -> dict[str, Any]:
        """Return what the page shows."""
        items = [one for section in self.sections for one in section.items]
        from_facts = [one.key for one in items if one.key in self.facts]
        waiting = [key for key in from_facts if key not in self.stands.answers]
        return {
            "task": self.task,
            "kind": KINDS[self.task.kind],
            "section": self.section,
            "title": shown(self.section.title),
            "steps": [self._step(one) for one in self.sections],
            "form": form,
            "seen": seen_of(self.stands.answers, [one.key for one in self.section.items]),
            "last": self.following is None,
            "items": len(items),
            "answered": answered(items, self.stands.answers, self.stands.proven),
            "from_facts": len(from_facts),
            "filled_share": round(100 * len(from_facts) / len(items)) if items else 0,
            "waiting": len(waiting),
            "kept_at": self.task.draft.at if self.stands.kept else None,
        }

    def _step(self, section: Section) -> Step:
        done = answered(section.items, self.stands.answers, self.stands.proven)
        here = section.key == self.section.key
        return Step(section.key, shown(section.title), done, len(section.items), here)


def page_of(task: Assessment, part: str) -> Page:
    """Return the part of a sheet that is asked for, else the first that is not answered, else the first."""
    form, stands = task.edition.form, working(task)
    sections = [one for one in form.sections if one.items]
    asked = next((one for one in sections if one.key == part), None)
    open_ones = (
        one
        for one in sections
        if answered(one.items, stands.answers, stands.proven) < len(one.items)
    )
    section = asked or next(open_ones, sections[0])
    return Page(task, sections, section, stands, from_facts(form, task.subject.area))
