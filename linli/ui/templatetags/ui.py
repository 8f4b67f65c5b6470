"""Components that are one line of a template: status, lamp, a language's own name, a code."""

from functools import cache

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from linli.kernel.text import Words
from linli.ui.framing import framed
from linli.ui.languages import Language

register = template.Library()

STATES = ("plain", "done", "soon", "late", "note", "brand")


@register.simple_tag
def status(state: str, words: Words) -> SafeString:
    """A state as a word with its colour: `{% status "done" words %}`.

    It stands in the direction of its own words: a number that begins them does not end them on a page from right to left.
    """
    return format_html('<span class="tag tag--{}" dir="auto">{}</span>', known(state), words)


@register.simple_tag
def lamp(state: str, words: Words) -> SafeString:
    """A state as a word with its shape and colour: `{% lamp "late" words %}`."""
    return format_html('<span class="lamp lamp--{}" dir="auto">{}</span>', known(state), words)


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


@register.simple_tag(takes_context=True)
def frame(context: Context, name: str) -> SafeString:
    """Header or footer: `{% frame "ui/_header.html" %}`; of staff, rendered anew with what they may do."""
    request, look = context.get("request"), context.get("look")
    user = getattr(request, "user", None)
    if look is None or (user and user.is_authenticated):
        whole = {str(name): value for name, value in context.flatten().items()}
        return mark_safe(render_to_string(name, whole))  # noqa: S308 - a template of ours
    match = getattr(request, "resolver_match", None)
    return framed(name, look, match.view_name if match else "")


@register.simple_tag
def code(value: str) -> SafeString:
    """A code that keeps its order inside any script."""
    return format_html('<bdi dir="ltr"><code>{}</code></bdi>', value)


def known(state: str) -> str:
    """The state, or ValueError: a misspelt state would be an unmarked one."""
    if state not in STATES:
        raise ValueError(f"no such state: {state!r}; states are {', '.join(STATES)}")
    return state
