"""Every Django form in our look, without markup in the pages: label, hint, error, control."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

_OURS = {
    "django/forms/widgets/radio.html": "ui/form/choices.html",
    "django/forms/widgets/checkbox_select.html": "ui/form/choices.html",
}
_CLASSES = {
    "textarea.html": "input input--area",
    "clearable_file_input.html": "input input--file",
    "file.html": "input input--file",
}
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
        return super().render(_OURS.get(template_name, template_name), context, request)
