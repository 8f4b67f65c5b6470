"""Whether this instance can serve: the database answers and every migration is in."""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

import linli


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 `{"status": "pass"}`, else 503 with what is wrong."""
    try:
        problem = "migrations are waiting" if _waiting() else None
    except DatabaseError:
        problem = "the database does not answer"
    body = {"status": "fail" if problem else "pass", "version": linli.__version__}
    if problem:
        body["output"] = problem
    wait = {"Retry-After": "5"} if problem else None
    return JsonResponse(body, status=503 if problem else 200, headers=wait)


def _waiting() -> bool:
    """Say whether a migration is to be done. All files are read again only when one of ours is not among those done."""
    if _ours() <= MigrationRecorder(connection).applied_migrations().keys():
        return False
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@cache
def _ours() -> frozenset[tuple[str, str]]:
    """Return the migrations that came with this release. Files do not change while a process lives."""
    return frozenset(MigrationLoader(None).graph.nodes)
