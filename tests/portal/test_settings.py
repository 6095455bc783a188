"""The settings refuse half a configuration, and say what to set; each case is a fresh process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
OWNER = "postgresql://owner:secret@db.example.org/ratings"
INSTALLED = {"DATABASE_URL": OWNER, "SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "ratings.example.org"}
SHOW = """
import json
from django.conf import settings as s
keys = "DEBUG EMBEDDED SECRET_KEY ALLOWED_HOSTS HTTPS DATABASES SECURE_HSTS_SECONDS PLACARD_NAME".split()
print(json.dumps({key: getattr(s, key) for key in keys}))
"""
OURS = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "PUBLIC_DATABASE_URL", "OFFICE_DATABASE_URL", "DEBUG")


def run(var, program=("-c", SHOW), **variables):
    clean = {k: v for k, v in os.environ.items() if k not in OURS and not k.startswith("PLACARD_")}
    environment = clean | {"DJANGO_SETTINGS_MODULE": "portal.settings", "PLACARD_VAR": str(var)} | variables
    return subprocess.run(
        [sys.executable, *program], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )


def settings(var, **variables):
    done = run(var, **variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def without(name):
    return {key: value for key, value in INSTALLED.items() if key != name}


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        (without("SECRET_KEY"), "SECRET_KEY is not set. Set it to 50 or more random characters"),
        (without("ALLOWED_HOSTS"), "ALLOWED_HOSTS is not set. Set it to the host names"),
        (INSTALLED | {"SECRET_KEY": "  "}, "SECRET_KEY is not set"),
        ({"PUBLIC_DATABASE_URL": OWNER}, "DATABASE_URL is not. Set DATABASE_URL to the owner"),
        ({"OFFICE_DATABASE_URL": OWNER}, "DATABASE_URL is not. Set DATABASE_URL to the owner"),
        (
            INSTALLED | {"DATABASE_URL": "mysql://me@db/x"},
            "not an address of PostgreSQL. Set DATABASE_URL to",
        ),
        (INSTALLED | {"DATABASE_URL": "postgresql://db.example.org/x"}, "DATABASE_URL names no user"),
        (INSTALLED | {"DATABASE_URL": "postgresql://me@db"}, "DATABASE_URL names no dbname"),
        (INSTALLED | {"DATABASE_URL": f"{OWNER}?colour=red"}, "DATABASE_URL cannot be read"),
        ({"DEBUG": "maybe"}, "DEBUG is 'maybe'. Set it to on or off."),
        ({"PLACARD_HTTPS": "2"}, "PLACARD_HTTPS is '2'. Set it to on or off."),
        ({"PLACARD_PAGE_CACHE": "0"}, "PLACARD_PAGE_CACHE is '0'. Set it to whole megabytes, such as 64."),
        ({"PLACARD_SCHEMES_DIR": "/no/such/folder"}, "there is no such folder. Create it or unset"),
        ({"PLACARD_RULES_DIR": "/no/such/folder"}, "there is no such folder. Create it or unset"),
        ({"PLACARD_PG": "15"}, "PLACARD_PG is '15'. The embedded PostgreSQL comes as 16 and 18"),
    ],
)
def test_half_a_configuration_is_refused_with_what_to_set(tmp_path, variables, message):
    done = run(tmp_path, program=("manage.py", "check"), **variables)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret@" not in done.stderr


def test_without_any_variable_it_serves_this_machine_alone(tmp_path):
    found = settings(tmp_path)
    assert found["EMBEDDED"]
    assert not found["DEBUG"]
    assert not found["HTTPS"]
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]


def test_the_generated_key_is_kept_and_belongs_to_its_owner_alone(tmp_path):
    first, second = settings(tmp_path), settings(tmp_path)
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_an_installation_speaks_https_unless_told_otherwise(tmp_path):
    found = settings(tmp_path, **INSTALLED)
    assert found["HTTPS"]
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert not settings(tmp_path, **INSTALLED, PLACARD_HTTPS="off")["HTTPS"]


def test_each_process_connects_with_the_least_role_that_does_its_work(tmp_path):
    command, served = (
        settings(tmp_path, **INSTALLED),
        settings(tmp_path, **INSTALLED, PLACARD_CONNECT_AS="office"),
    )
    assert command["DATABASES"]["default"]["USER"] == "owner"
    assert served["DATABASES"]["default"]["USER"] == "placard_office"
    assert command["DATABASES"]["public"]["USER"] == served["DATABASES"]["public"]["USER"] == "placard_public"


def test_the_passwords_of_the_roles_are_derived_and_differ(tmp_path):
    databases = settings(tmp_path, **INSTALLED, PLACARD_CONNECT_AS="office")["DATABASES"]
    office, public = (databases[alias]["PASSWORD"] for alias in ("default", "public"))
    assert len({office, public, "secret"}) == 3
    assert len(office) == len(public) == 64
    assert settings(tmp_path, **INSTALLED)["DATABASES"]["public"]["PASSWORD"] == public


def test_the_public_connection_keeps_its_limits_on_a_server_of_ones_own(tmp_path):
    replicas = "postgresql://placard_public:word@a,b,c:5432/ratings?target_session_attrs=prefer-standby"
    public = settings(tmp_path, **INSTALLED, PUBLIC_DATABASE_URL=replicas)["DATABASES"]["public"]
    assert public["HOST"] == "a,b,c"
    assert public["PASSWORD"] == "word"
    assert public["OPTIONS"]["target_session_attrs"] == "prefer-standby"
    for limit in ("search_path=disclosed", "default_transaction_read_only=on", "statement_timeout=5s"):
        assert f"-c {limit}" in public["OPTIONS"]["options"]


def test_a_web_process_needs_no_owner_when_both_its_roles_are_given(tmp_path):
    roles = {
        "OFFICE_DATABASE_URL": "postgresql://placard_office:a@db/ratings",
        "PUBLIC_DATABASE_URL": "postgresql://placard_public:b@db/ratings",
    }
    found = settings(tmp_path, **without("DATABASE_URL"), **roles, PLACARD_CONNECT_AS="office")
    assert not found["EMBEDDED"]
    assert found["DATABASES"]["default"]["PASSWORD"] == "a"


def test_the_authority_names_its_portal(tmp_path):
    assert settings(tmp_path, PLACARD_NAME="Ratings of Example County")["PLACARD_NAME"].startswith("Ratings")
