"""What the sign-in page of a demo shows, and no other."""

from django import template
from django.conf import settings

from linli.demo.staff import LOGINS, PASSWORD, Login

register = template.Library()


@register.simple_tag
def demo_logins() -> tuple[Login, ...]:
    """The demo's accounts; none where this is not a demo."""
    return LOGINS if settings.DEMO else ()


@register.simple_tag
def demo_password() -> str:
    """Their password; empty where this is not a demo."""
    return PASSWORD if settings.DEMO else ""
