"""With passwords, as on a managed server: one DATABASE_URL is enough for the owner and both roles."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from portal import cluster, embedded

CHECKOUT = Path(__file__).resolve().parents[2]
WHO = """
import django
django.setup()
from django.db import connections
for alias in ("default", "public"):
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_user")
        print(cursor.fetchone()[0])
"""


@pytest.fixture
def strict(tmp_path):
    """A server that asks everyone but its superuser for a password; the URL of its owner."""
    here = embedded.place(tmp_path / "var")
    with embedded.server(here):
        with psycopg.connect(
            host=str(here.socket), dbname="postgres", user="postgres", autocommit=True
        ) as admin:
            admin.execute(f"ALTER ROLE {cluster.OWNER} PASSWORD 'p@ss/1'")
            rules = "local all postgres trust\nlocal all all scram-sha-256\n"
            (here.data / "pg_hba.conf").write_text(rules)
            admin.execute("SELECT pg_reload_conf()")
        socket = str(here.socket).replace("/", "%2F")
        yield f"postgresql://{cluster.OWNER}:p%40ss%2F1@{socket}:5432/{cluster.DATABASE}"
    embedded.remove(here)


def run(url, *program, **variables):
    environment = os.environ | {"DATABASE_URL": url, "PLACARD_LOCAL": "on"} | variables
    environment |= {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    return subprocess.run(
        [sys.executable, *program], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )


def test_roles_get_passwords_of_their_own_from_the_owners(strict, tmp_path):
    created = run(strict, "manage.py", "create_roles", PLACARD_VAR=str(tmp_path / "files"))
    assert created.returncode == 0, created.stderr
    served = run(strict, "-c", WHO, PLACARD_CONNECT_AS="office", PLACARD_VAR=str(tmp_path / "files"))
    assert served.stdout.split() == ["placard_office", "placard_public"], served.stderr
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(strict.replace(f"//{cluster.OWNER}:", "//placard_public:"))
