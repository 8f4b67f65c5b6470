"""The frame of a page, header and footer, rendered once for all who see it alike.

Of all that stands in it only the page's own address differs from page to page: it is put in afterwards.
"""

from dataclasses import replace
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from linli.ui.languages import DEFAULT
from linli.ui.look import Look, address_in
from linli.ui.wording import in_force

_HERE = "/\ue000"  # stands for the page's address; in no address does this sign stand unquoted


def framed(name: str, look: Look, view_name: str) -> SafeString:
    """Return a part of the frame as it is for whoever is not signed in."""
    here = address_in(look.path, DEFAULT)
    somewhere = replace(look, path=address_in(_HERE, look.language.code))
    made = _rendered(name, somewhere, view_name, in_force.mark())
    return mark_safe(made.replace(_HERE, escape(here)))  # noqa: S308 - escaped


@lru_cache(maxsize=512)
def _rendered(name: str, look: Look, view_name: str, _words: str) -> str:
    """Render in the active language, which is the look's, in the words that are in force."""
    asked = {"resolver_match": {"view_name": view_name}}
    return render_to_string(name, {"look": look, "request": asked})
