"""Whether this instance can serve: the database answers and every migration is in."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

import linli


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 `{"status": "pass"}`, else 503 with what is wrong."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        problem = "migrations are waiting" if waiting else None
    except DatabaseError:
        problem = "the database does not answer"
    body = {"status": "fail" if problem else "pass", "version": linli.__version__}
    if problem:
        body["output"] = problem
    return JsonResponse(body, status=503 if problem else 200)
