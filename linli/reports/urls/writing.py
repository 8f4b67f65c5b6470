"""Addresses of what is written: templates, drafts, reports."""

from django.urls import URLPattern, path

from linli.reports.views import writing_console, writing_move, writing_templates, written

_OF = "console/writing/<slug:code>/"
_TEMPLATES = "console/writing/templates/"

urlpatterns: list[URLPattern] = [
    path("written/", written.written_list, name="written_list"),
    path("written/<slug:code>/", written.written, name="written"),
    path("written/<slug:code>/since/", written.written_since, name="written_since"),
    path("written/<slug:code>/<int:number>/", written.written_edition, name="written_edition"),
    path("written/compare/<slug:earlier>/<slug:later>/", written.written_compare, name="written_compare"),
    path("console/writing/", writing_console.writing_list, name="writing_list"),
    path("console/writing/new/", writing_console.writing_new, name="writing_new"),
    path(_TEMPLATES, writing_templates.template_list, name="template_list"),
    path(f"{_TEMPLATES}new/", writing_templates.template_new, name="template_new"),
    path(f"{_TEMPLATES}<slug:code>/", writing_templates.template_edit, name="template_edit"),
    path(_OF, writing_console.writing_one, name="writing"),
    path(f"{_OF}edit/", writing_console.writing_edit, name="writing_edit"),
    path(f"{_OF}move/", writing_move.writing_move, name="writing_move"),
    path(f"{_OF}publish/", writing_console.writing_publish, name="writing_publish"),
    path(f"{_OF}withdraw/", writing_console.writing_withdraw, name="writing_withdraw"),
    path(f"{_OF}remove/", writing_console.writing_remove, name="writing_remove"),
]  # fmt: skip
