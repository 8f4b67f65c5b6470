"""Addresses of exhibitions and reading walls: for everybody, and on the console."""

from django.urls import URLPattern, path

from linli.atlas.views import exhibitions, exhibitions_console

_OF = "console/exhibitions/<str:code>/"
_WORK = "exhibitions/<str:code>/<int:number>/"

PATHS: list[URLPattern] = [
    path("exhibitions/", exhibitions.exhibitions, name="exhibitions"),
    path("exhibitions/<str:code>/", exhibitions.exhibition, name="exhibition"),
    path("exhibitions/<str:code>/wall/", exhibitions.exhibition_wall, name="exhibition_wall"),
    path(_WORK, exhibitions.work, name="exhibition_work"),
    path(f"{_WORK}picture", exhibitions.exhibition_file, {"what": "picture"}, name="exhibition_picture"),
    path(f"{_WORK}sound", exhibitions.exhibition_file, {"what": "sound"}, name="exhibition_sound"),
    path("console/exhibitions/", exhibitions_console.console_exhibitions, name="console_exhibitions"),
    path("console/exhibitions/new/", exhibitions_console.exhibition_new, name="exhibition_new"),
    path(_OF, exhibitions_console.console_exhibition, name="console_exhibition"),
    path(f"{_OF}edit/", exhibitions_console.exhibition_edit, name="exhibition_edit"),
    path(f"{_OF}open/", exhibitions_console.exhibition_open, name="exhibition_open"),
    path(f"{_OF}close/", exhibitions_console.exhibition_close, name="exhibition_close"),
    path(f"{_OF}labels/", exhibitions_console.exhibition_labels, name="exhibition_labels"),
    path(f"{_OF}hang/", exhibitions_console.work_new, name="exhibit_new"),
    path(f"{_OF}exhibits/<int:pk>/", exhibitions_console.work_edit, name="exhibit_edit"),
    path(f"{_OF}exhibits/<int:pk>/picture", exhibitions_console.work_picture, name="exhibit_picture"),
    path(f"{_OF}exhibits/<int:pk>/remove/", exhibitions_console.work_remove, name="exhibit_remove"),
    path(f"{_OF}exhibits/<int:pk>/<slug:way>/", exhibitions_console.work_move, name="exhibit_move"),
]  # fmt: skip
