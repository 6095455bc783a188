"""The alias `public` in tests: it sees what the test wrote, and is still nobody but the public."""

import pytest
from django.db import ProgrammingError, connections, transaction


@pytest.mark.django_db
def test_public_statements_run_as_the_public_role_inside_the_test_transaction():
    with connections["default"].cursor() as ours, connections["public"].cursor() as theirs:
        ours.execute("SELECT current_user, pg_backend_pid()")
        owner, process = ours.fetchone()
        theirs.execute("SELECT current_user, pg_backend_pid(), current_setting('search_path')")
        assert theirs.fetchone() == ("placard_public", process, "disclosed")
        ours.execute("SELECT current_user")
        assert ours.fetchone() == (owner,)


@pytest.mark.django_db
def test_public_statements_are_refused_what_the_role_may_not_read():
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic("public"),
        connections["public"].cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM public.auth_user")
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() != ("placard_public",)


@pytest.mark.django_db(transaction=True)
def test_the_real_public_connection_is_read_only_and_impatient():
    with connections["public"].cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('transaction_read_only')")
        assert cursor.fetchone() == ("placard_public", "on")
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('work_mem')")
        assert cursor.fetchone() == ("5s", "32MB")
