"""Asking the database one thing."""

from django.db import connection


def value(expression, *params):
    """The value of an SQL expression."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression}", params)
        return cursor.fetchone()[0]


def column(query, *params):
    """The first column of a query as a list."""
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return [row[0] for row in cursor.fetchall()]
