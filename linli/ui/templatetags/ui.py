"""Components that are one line of a template: status, lamp, a language's own name, a code."""

from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from linli.kernel.text import Words
from linli.ui.languages import Language

register = template.Library()

STATES = ("plain", "done", "soon", "late", "note", "brand")


@register.simple_tag
def status(state: str, words: Words) -> SafeString:
    """A state as a word with its colour: `{% status "done" words %}`."""
    return format_html('<span class="tag tag--{}">{}</span>', known(state), words)


@register.simple_tag
def lamp(state: str, words: Words) -> SafeString:
    """A state as a word with its shape and colour: `{% lamp "late" words %}`."""
    return format_html('<span class="lamp lamp--{}">{}</span>', known(state), words)


# Twelve times on every page, and always the same.
@register.simple_tag
@cache
def own_name(language: Language) -> SafeString:
    """A language by its own name, in its own script and direction."""
    return format_html(
        '<bdi class="own-name" lang="{}" dir="{}">{}</bdi>',
        language.tag,
        language.direction,
        language.own_name,
    )


@register.simple_tag
def code(value: str) -> SafeString:
    """A code that keeps its order inside any script."""
    return format_html('<bdi dir="ltr"><code>{}</code></bdi>', value)


def known(state: str) -> str:
    """The state, or ValueError: a misspelt state would be an unmarked one."""
    if state not in STATES:
        raise ValueError(f"no such state: {state!r}; states are {', '.join(STATES)}")
    return state
