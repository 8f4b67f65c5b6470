"""The languages of a form: which there are, which of them holds, and what is said in one of them. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from linli.assessments.rules.building import Edit, Unfit, find_section, section_put
from linli.assessments.rules.instruments import Form, Item, Section, Texts, digest


def language_added(tag: str) -> Edit:
    """Let texts be said in another language too. Raises Unfit language_there."""

    def edit(form: Form) -> Form:
        if tag in form.languages:
            raise Unfit("language_there")
        return replace(form, languages=(*form.languages, tag))

    return edit


def language_first(tag: str) -> Edit:
    """Let this language be the one that holds."""

    def edit(form: Form) -> Form:
        rest = tuple(one for one in form.languages if one != tag)
        if len(rest) == len(form.languages):
            raise Unfit("gone")
        return replace(form, languages=(tag, *rest))

    return edit


def language_out(tag: str) -> Edit:
    """Take a language out with all texts in it. Raises Unfit only_language."""

    def edit(form: Form) -> Form:
        rest = tuple(one for one in form.languages if one != tag)
        if not rest:
            raise Unfit("only_language")
        return in_languages(form, rest)

    return edit


def in_languages(form: Form, languages: tuple[str, ...]) -> Form:
    """Return the form in these languages alone."""

    def kept(texts: Texts) -> dict[str, str]:
        return {tag: text for tag, text in texts.items() if tag in languages}

    def item_kept(item: Item) -> Item:
        return replace(item, text=kept(item.text), guidance=kept(item.guidance))

    sections = tuple(
        Section(one.key, kept(one.title), tuple(item_kept(item) for item in one.items))
        for one in form.sections
    )
    levels = tuple(replace(one, title=kept(one.title)) for one in form.levels)
    return Form(languages, sections, levels)


def translated(said: Mapping[str, tuple[str, str]], tag: str, *, seen: str, section: str) -> Edit:
    """Say a section in a language: by key, text and guidance; `seen`: the texts of that language as they were."""

    def edit(form: Form) -> Form:
        there = find_section(form, section)
        if tag not in form.languages:
            raise Unfit("gone")
        if texts_mark(there, tag) != seen:
            raise Unfit("changed_meanwhile")
        items = tuple(_said(item, tag, said[item.key]) for item in there.items if item.key in said)
        if len(items) != len(there.items):
            raise Unfit("changed_meanwhile")
        title = {**there.title, tag: said.get(section, ("", ""))[0]}
        return section_put(form, Section(section, title, items))

    return edit


def texts_mark(section: Section, tag: str) -> str:
    """Return a text that differs when a section's texts in a language do, or its items are others."""
    texts = [[one.key, one.text.get(tag), one.guidance.get(tag)] for one in section.items]
    return digest([section.key, section.title.get(tag), texts])[:16]


def _said(item: Item, tag: str, words: tuple[str, str]) -> Item:
    text, guidance = words
    return replace(item, text={**item.text, tag: text}, guidance={**item.guidance, tag: guidance})
