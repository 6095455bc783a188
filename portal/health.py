"""Answers load balancers and monitors: is the database there, for readers and for the back office?"""

import logging

from django.db import DatabaseError, connections
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request) -> JsonResponse:
    """200 `{"status": "ok"}` when both connections answer, else 503; why not stands in the log, not here."""
    answers = {alias: _answers(alias) for alias in ("public", "default")}
    healthy = all(answers.values())
    return JsonResponse(
        {
            "status": "ok" if healthy else "unavailable",
            "public": "ok" if answers["public"] else "unavailable",
            "office": "ok" if answers["default"] else "unavailable",
        },
        status=200 if healthy else 503,
    )


def _answers(alias: str) -> bool:
    connection = connections[alias]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError as error:
        log.error("healthz: the database %r does not answer: %s", alias, error)
        if not connection.in_atomic_block:
            connection.close()  # the next request begins with a fresh connection
        return False
