"""Addresses of samples, methods, runs and results."""

from django.urls import URLPattern, path

from linli.kernel import draw_views
from linli.trace.exchange import results_data
from linli.trace.views import (
    lab_deeds,
    lab_methods,
    lab_results,
    lab_runs,
    lab_samples,
    sample_draws,
    sample_plans,
    trade_results,
)

PATHS: list[URLPattern] = [
    path("food/results/", lab_results.results, name="results"),
    path("food/results.csv", results_data.results_csv, name="results_csv"),
    path("food/results/<str:code>/", lab_results.result, name="result"),
    path("food/samples/", sample_draws.sample_draws, name="sample_draws"),
    path("food/samples/verify_draw.py", draw_views.verifier, name="sample_verifier"),
    path("food/samples/<str:code>/", sample_draws.sample_draw, name="sample_draw"),
    path("food/samples/<str:code>.json", sample_draws.sample_draw_file, name="sample_draw_file"),
    path("trade/results/", trade_results.trade_results, name="trade_results"),
    path("trade/results/<str:code>/", trade_results.trade_result, name="trade_result"),
    path("console/samples/", lab_samples.samples, name="samples"),
    path("console/samples/new/", lab_samples.sample_new, name="sample_new"),
    path("console/samples/plans/", sample_plans.sample_plans, name="sample_plans"),
    path("console/samples/plans/new/", sample_plans.sample_plan_new, name="sample_plan_new"),
    path("console/samples/plans/<str:code>/", sample_plans.sample_plan, name="sample_plan"),
    path(
        "console/samples/plans/<str:code>/withdraw/",
        sample_plans.sample_plan_withdraw,
        name="sample_plan_withdraw",
    ),
    path("console/samples/<str:code>/", lab_samples.sample, name="sample"),
    path("console/samples/<str:code>/labels/", lab_samples.sample_labels, name="sample_labels"),
    path("console/samples/<str:code>/do/<str:deed>/", lab_deeds.sample_deed, name="sample_deed"),
    path("console/laboratory/runs/", lab_runs.runs, name="runs"),
    path("console/laboratory/runs/new/", lab_runs.run_new, name="run_new"),
    path("console/laboratory/runs/<str:code>/", lab_runs.run, name="run"),
    path("console/laboratory/methods/", lab_methods.methods, name="methods"),
    path("console/laboratory/methods/new/", lab_methods.method_new, name="method_new"),
    path("console/laboratory/methods/<int:number>/", lab_methods.method, name="method"),
    path("console/laboratory/methods/<int:number>/end/", lab_methods.method_end, name="method_end"),
]
