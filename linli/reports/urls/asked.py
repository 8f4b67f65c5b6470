"""Addresses of forms that others send us to fill."""

from django.urls import URLPattern, path

from linli.reports.views import asked_choosing, asked_console, asked_deeds, asked_public

_DESK = "console/forms-asked/"
_ONE = f"{_DESK}<slug:code>/"
urlpatterns: list[URLPattern] = [
    path("forms-asked/", asked_public.public_forms, name="public_forms"),
    path("forms-asked/<slug:code>/", asked_public.public_form, name="public_form"),
    path("forms-asked/<slug:code>/cells.json", asked_public.public_cells, name="public_form_cells"),
    path(_DESK, asked_console.forms_list, name="forms_asked"),
    path(f"{_DESK}bring/", asked_console.bring_form, name="bring_form"),
    path(_ONE, asked_console.form_asked, name="form_asked"),
    path(f"{_ONE}map/<int:sheet>/", asked_deeds.map_sheet, name="map_sheet"),
    path(f"{_ONE}tell/", asked_deeds.tell_cells, name="tell_cells"),
    path(f"{_ONE}choose/<int:sheet>/<slug:spot>/", asked_choosing.choose_cell, name="choose_cell"),
    path(f"{_ONE}filled.xlsx", asked_console.filled_form, name="filled_form"),
    path(f"{_ONE}cells.json", asked_console.form_cells, name="form_cells"),
    path(f"{_ONE}send/", asked_deeds.send_form, name="send_form"),
    path(f"{_ONE}refuse/", asked_deeds.refuse_form, name="refuse_form"),
    path(f"{_ONE}aside/", asked_deeds.lay_form_aside, name="lay_form_aside"),
]
