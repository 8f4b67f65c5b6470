"""What differs between two editions, part by part. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from linli.assessments.rules.instruments import Form, Item, Level, Section

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
LANGUAGES, SECTION, ITEM, LEVEL = "languages", "section", "item", "level"


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs: of what, by its key, in which field ("" where all of it came or went)."""

    how: str
    what: str
    key: str
    field: str = ""
    before: Any = None
    after: Any = None


def differences(old: Form, new: Form) -> list[Change]:
    """Return what differs, nothing where both ask the same: in the order of the new one, what went at its end."""
    found: list[Change] = []
    if old.languages != new.languages:
        found.append(Change(CHANGED, LANGUAGES, "", "order", old.languages, new.languages))
    sections = ({one.key: one for one in form.sections} for form in (old, new))
    found += _parts(SECTION, *sections)
    items = (
        {item.key: (section.key, item) for section in form.sections for item in section.items}
        for form in (old, new)
    )
    found += _parts(ITEM, *items)
    levels = ({one.key: one for one in form.levels} for form in (old, new))
    return [*found, *_parts(LEVEL, *levels), *_orders(old, new)]


def _parts(what: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for key, part in new.items():
        if key not in old:
            yield Change(ADDED, what, key, after=part)
            continue
        before, after = _fields(old[key]), _fields(part)
        for field in before | after:
            if before.get(field) != after.get(field):
                yield Change(CHANGED, what, key, field, before.get(field), after.get(field))
    for key, part in old.items():
        if key not in new:
            yield Change(REMOVED, what, key, before=part)


def _fields(part: Any) -> dict[str, Any]:  # noqa: ANN401 - a section, a level, or an item with its section's key
    """Return what a part says, a text of each language by itself."""
    if isinstance(part, Section):
        return _texts("title", part.title)
    if isinstance(part, Level):
        return {"at": part.at} | _texts("title", part.title)
    section, item = part
    plain = {
        name: getattr(item, name)
        for name in Item.__dataclass_fields__
        if name not in ("key", "text", "guidance")
    }
    texts = _texts("text", item.text) | _texts("guidance", item.guidance)
    return {"section": section} | texts | plain


def _texts(name: str, texts: Mapping[str, str]) -> dict[str, Any]:
    return {f"{name} {tag}": text for tag, text in texts.items()}


def _orders(old: Form, new: Form) -> Iterator[Change]:
    """Yield sections and items that stand in another order among those that both have."""
    for what, before, after in (
        (SECTION, [one.key for one in old.sections], [one.key for one in new.sections]),
        (ITEM, [one.key for one in old.items()], [one.key for one in new.items()]),
        (LEVEL, [one.key for one in old.levels], [one.key for one in new.levels]),
    ):
        both = {*before} & {*after}
        was, is_ = ([key for key in keys if key in both] for keys in (before, after))
        if was != is_:
            yield Change(CHANGED, what, "", "order", tuple(was), tuple(is_))
