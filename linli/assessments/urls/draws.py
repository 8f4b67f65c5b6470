"""Who assesses whom; draws of sites and inspectors."""

from django.urls import URLPattern, path

from linli.assessments.views import assigning, conflicts, draws_public, site_draws
from linli.kernel import draw_views

PATHS: list[URLPattern] = [
    path("schemes/draws/", draws_public.draws, name="draws"),
    path("schemes/draws/verify_draw.py", draw_views.verifier, name="draw_verifier"),
    path("schemes/draws/<str:code>/", draws_public.draw, name="draw"),
    path("schemes/draws/<str:code>.json", draws_public.draw_file, name="draw_file"),
    path("console/conflicts/", conflicts.conflicts, name="conflicts"),
    path("console/conflicts/<int:number>/end/", conflicts.conflict_end, name="conflict_end"),
    path("console/rounds/<str:code>/assign/", assigning.assign, name="assign"),
    path("console/site-draws/", site_draws.site_draws, name="site_draws"),
    path("console/site-draws/new/", site_draws.site_draw_new, name="site_draw_new"),
    path("console/site-draws/pool/", conflicts.pool, name="pool"),
    path("console/site-draws/pool/<str:code>/", conflicts.inspector, name="inspector"),
    path("console/site-draws/pool/<str:code>/end/", conflicts.inspector_end, name="inspector_end"),
    path(
        "console/site-draws/recusals/<int:number>/end/", conflicts.recusal_end, name="recusal_end"
    ),
    path("console/site-draws/<str:code>/", site_draws.site_draw, name="site_draw"),
    path("console/site-draws/<str:code>/withdraw/", site_draws.draw_withdraw, name="draw_withdraw"),
]
