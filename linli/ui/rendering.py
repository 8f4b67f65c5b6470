"""Every Django form in our look, without markup in the pages: label, hint, error, control."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_OURS = {
    "django/forms/widgets/radio.html": "ui/form/choices.html",
    "django/forms/widgets/checkbox_select.html": "ui/form/choices.html",
}
_CLASSES = {
    "textarea.html": "input input--area",
    "clearable_file_input.html": "input input--file",
    "file.html": "input input--file",
}
_SELECT = "django/forms/widgets/select.html"
_BARE = ("checkbox.html", "radio.html", "hidden.html", "checkbox_option.html", "radio_option.html")


class FormRenderer(TemplatesSetting):
    """Our templates for forms and fields; Django's for controls, with our classes on them."""

    form_template_name = "ui/form/form.html"
    field_template_name = "ui/form/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Render one form, field or control."""
        widget, kind = context.get("widget"), template_name.rpartition("/")[2]
        if widget and kind not in _BARE:
            # Built anew for each rendering, so that the form's own attributes stay as they are.
            widget["attrs"] = {"class": _CLASSES.get(kind, "input"), **widget["attrs"]}
        if widget and template_name == _SELECT:
            return _select(widget)
        return super().render(_OURS.get(template_name, template_name), context, request)


def _select(widget: dict[str, Any]) -> SafeString:
    """Write a select in one go: Django renders two templates for each option, and there are thousands of places."""
    groups = [(name, _options(options)) for name, options, _index in widget["optgroups"]]
    inner = format_html_join("", "{}", ((_group(name, options),) for name, options in groups))
    attributes = flatatt({"name": widget["name"], **_said(widget["attrs"])})
    return format_html("<select{}>{}\n</select>\n", attributes, inner)


def _group(name: str | None, options: SafeString) -> SafeString:
    if not name:
        return options
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, options)


def _options(options: list[dict[str, Any]]) -> SafeString:
    rows = (
        (str(one["value"]), flatatt(_said(one["attrs"])), localize(one["label"])) for one in options
    )
    return format_html_join("", '\n  <option value="{}"{}>{}</option>', rows)


def _said(attributes: dict[str, Any]) -> dict[str, Any]:
    """Return attributes as Django's templates write them: None as a word."""
    return {name: "None" if value is None else value for name, value in attributes.items()}
