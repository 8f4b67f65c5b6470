"""A form while it is built: one part put in, moved or taken out at a time. Pure: a form in, another one out.

Whoever changes a part says as what they saw it (`mark`), so that nobody writes over what somebody else wrote.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from linli.assessments.rules.instruments import (
    Form,
    Item,
    Level,
    Section,
    Texts,
    digest,
    written,
)

T = TypeVar("T")
Edit = Callable[[Form], Form]
SECTION, ITEM = "s", "q"


class Unfit(ValueError):
    """An edit that a form does not take; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def mark(part: Section | Item | tuple[Level, ...]) -> str:
    """Return a short text that differs when a part does; of a section without its items."""
    if isinstance(part, Section):
        return digest([part.key, dict(part.title)])[:16]
    if isinstance(part, Item):
        return digest(written(Form((), (Section("", {}, (part,)),))))[:16]
    return digest(written(Form((), (), part)))[:16]


def fresh_key(letter: str, taken: Iterable[str]) -> str:
    """Return the next key of a letter: higher than any that ever was, so that no question takes another's place."""
    numbers = [int(key[1:]) for key in taken if key[:1] == letter and key[1:].isdecimal()]
    return f"{letter}{max(numbers, default=0) + 1}"


def keys_of(form: Form) -> set[str]:
    """Return the keys of all sections and items."""
    return {section.key for section in form.sections} | {item.key for item in form.items()}


def tidied(form: Form) -> Form:
    """Return the form as it is kept: texts without spaces around them, none that is empty."""
    sections = tuple(
        Section(one.key, _plain(one.title), tuple(_tidy_item(item) for item in one.items))
        for one in form.sections
    )
    levels = tuple(replace(one, title=_plain(one.title)) for one in form.levels)
    return Form(tuple(form.languages), sections, levels)


def _tidy_item(item: Item) -> Item:
    bounds = {name: getattr(item, name).strip() for name in ("nought", "full", "indicator")}
    return replace(item, text=_plain(item.text), guidance=_plain(item.guidance), **bounds)


def _plain(texts: Texts) -> dict[str, str]:
    lines = {tag: text.replace("\r\n", "\n").replace("\r", "\n") for tag, text in texts.items()}
    return {tag: text.strip() for tag, text in lines.items() if text.strip()}


def find_section(form: Form, key: str) -> Section:
    """Return a section. Raises Unfit gone."""
    for one in form.sections:
        if one.key == key:
            return one
    raise Unfit("gone")


def find_item(form: Form, key: str) -> tuple[Section, Item]:
    """Return an item and its section. Raises Unfit gone."""
    for section in form.sections:
        for item in section.items:
            if item.key == key:
                return section, item
    raise Unfit("gone")


def section_added(key: str, title: Texts) -> Edit:
    """Put an empty section at the end."""
    return lambda form: replace(form, sections=(*form.sections, Section(key, title, ())))


def item_added(section: str, item: Item) -> Edit:
    """Put an item at the end of a section."""

    def edit(form: Form) -> Form:
        there = find_section(form, section)
        return section_put(form, replace(there, items=(*there.items, item)))

    return edit


def section_titled(key: str, title: Texts, *, seen: str) -> Edit:
    """Give a section another title."""

    def edit(form: Form) -> Form:
        there = find_section(form, key)
        _same(there, seen)
        return section_put(form, replace(there, title=title))

    return edit


def item_put(item: Item, *, section: str, seen: str) -> Edit:
    """Put an item in the place of the one with its key; in another section, at its end."""

    def edit(form: Form) -> Form:
        there, before = find_item(form, item.key)
        _same(before, seen)
        if section in ("", there.key):
            items = tuple(item if one.key == item.key else one for one in there.items)
            return section_put(form, replace(there, items=items))
        find_section(form, section)
        return item_added(section, item)(item_out(item.key, seen=seen)(form))

    return edit


def item_out(key: str, *, seen: str) -> Edit:
    """Take an item out."""

    def edit(form: Form) -> Form:
        there, before = find_item(form, key)
        _same(before, seen)
        return section_put(
            form, replace(there, items=tuple(x for x in there.items if x.key != key))
        )

    return edit


def section_out(key: str, *, seen: str) -> Edit:
    """Take a section out that has no items. Raises Unfit not_empty."""

    def edit(form: Form) -> Form:
        there = find_section(form, key)
        _same(there, seen)
        if there.items:
            raise Unfit("not_empty")
        return replace(form, sections=tuple(x for x in form.sections if x.key != key))

    return edit


def moved(key: str, by: int) -> Edit:
    """Move a section, or an item, by so many places: an item beyond the end of its section goes to the next."""

    def edit(form: Form) -> Form:
        keys = [one.key for one in form.sections]
        if key in keys:
            return replace(form, sections=_swapped(form.sections, keys.index(key), by))
        section, item = find_item(form, key)
        place = [one.key for one in section.items].index(key)
        if 0 <= place + by < len(section.items):
            return section_put(form, replace(section, items=_swapped(section.items, place, by)))
        return _across(form, section, item, 1 if by > 0 else -1)

    return edit


def _across(form: Form, section: Section, item: Item, way: int) -> Form:
    there = form.sections.index(section) + way
    if not 0 <= there < len(form.sections):
        return form
    left = replace(section, items=tuple(one for one in section.items if one.key != item.key))
    into = form.sections[there]
    items = (item, *into.items) if way > 0 else (*into.items, item)
    return section_put(section_put(form, left), replace(into, items=items))


def _swapped(parts: tuple[T, ...], place: int, by: int) -> tuple[T, ...]:
    rest = [*parts]
    one = rest.pop(place)
    rest.insert(min(max(place + by, 0), len(rest)), one)
    return tuple(rest)


def levels_put(levels: Iterable[Level], *, seen: str) -> Edit:
    """Say the levels anew."""

    def edit(form: Form) -> Form:
        _same(form.levels, seen)
        return replace(form, levels=tuple(levels))

    return edit


def section_put(form: Form, section: Section) -> Form:
    """Return the form with this section in the place of the one with its key."""
    sections = tuple(section if one.key == section.key else one for one in form.sections)
    return replace(form, sections=sections)


def _same(part: Section | Item | tuple[Level, ...], seen: str) -> None:
    if mark(part) != seen:
        raise Unfit("changed_meanwhile")
