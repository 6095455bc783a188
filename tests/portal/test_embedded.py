"""Every promise of the embedded PostgreSQL, by really doing it: shared, stopped, killed, closed in, far."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from portal import cluster, embedded, places

CHECKOUT = Path(__file__).resolve().parents[2]
AS_ROOT = os.geteuid() == 0
only_root = pytest.mark.skipif(not AS_ROOT, reason="only root needs another user to run PostgreSQL as")


@pytest.fixture
def home(tmp_path):
    """A folder for a cluster of one's own; whatever was started there is stopped and deleted."""
    yield tmp_path / "var"
    for var in tmp_path.rglob("postgres-1[68].lock"):
        embedded.remove(embedded.place(var.parent))


@contextmanager
def another_program(var):
    """A second process that uses the server of `var` until the block ends."""
    script = "echo ready; read line"
    process = _start(var, "run", "sh", "-c", script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.communicate()


def _start(var, *arguments, **options):
    command = [sys.executable, "-m", "portal.embedded", *arguments]
    return subprocess.Popen(command, cwd=CHECKOUT, env=os.environ | {"PLACARD_VAR": str(var)}, **options)


def query(here, sql):
    where = embedded.connection(here)
    with psycopg.connect(
        host=where["HOST"], port=5432, dbname=where["NAME"], user=where["USER"], autocommit=True
    ) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait(10)


def test_the_last_user_stops_the_server(home):
    with another_program(home):
        here = embedded.place(home)
        running = cluster.postmaster(here)
        with embedded.server(here):
            assert cluster.postmaster(here) == running
            assert query(here, "SELECT 1") == 1
        assert cluster.postmaster(here) == running
    assert cluster.postmaster(here) is None
    assert not (here.socket / places.SOCKET).exists()


def test_it_listens_on_no_port_and_lets_nobody_else_in(home):
    with embedded.server(embedded.place(home)) as here:
        assert query(here, "SELECT current_setting('listen_addresses')") == ""
        assert here.socket.stat().st_mode & 0o777 == 0o700
        assert here.data.stat().st_mode & 0o777 == 0o700
        assert query(here, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        assert not [c for c in cluster.postmaster(here).net_connections("inet") if c.status == "LISTEN"]


def test_what_was_committed_survives_a_killed_run(home):
    with another_program(home) as program:
        here = embedded.place(home)
        query(here, "CREATE TABLE kept AS SELECT 42 AS answer")
        kill(cluster.postmaster(here))
        kill(program)
    with embedded.server(here):
        assert query(here, "SELECT answer FROM kept") == 42
    assert cluster.postmaster(here) is None


def test_a_killed_user_does_not_keep_the_server_running(home):
    with another_program(home) as program:
        here = embedded.place(home)
        kill(program)
        assert cluster.postmaster(here)
    with embedded.server(here):
        pass
    assert cluster.postmaster(here) is None


def test_it_starts_when_another_program_bears_the_number_of_the_killed_server(home):
    with embedded.server(embedded.place(home)) as here:
        kill(cluster.postmaster(here))
    account = places.system_user()
    identity = {"user": account[0], "group": account[1], "extra_groups": []} if account else {}
    stranger = subprocess.Popen(["sleep", "60"], cwd="/", **identity)
    try:
        stale = here.data / "postmaster.pid"
        stale.write_text("\n".join([str(stranger.pid), *stale.read_text().splitlines()[1:]]))
        with embedded.server(here):
            assert query(here, "SELECT 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_two_programs_may_start_it_at_once(home):
    both = [_start(home, "run", "true", stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [(program.communicate()[1], program.returncode) for program in both] == [("", 0), ("", 0)]
    assert cluster.postmaster(embedded.place(home)) is None


def test_a_half_made_cluster_is_made_again(home):
    here = embedded.place(home)
    places.prepare(here, places.system_user())
    draft = here.home / "data.draft"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18\n")  # as a killed initdb leaves it
    with embedded.server(here):
        assert query(here, "SELECT 1") == 1


def test_variables_meant_for_clients_do_not_lead_it_astray(home, monkeypatch):
    for name, value in {"PGPORT": "1", "PGDATA": "/nowhere", "PGHOST": "example.org", "PGUSER": "me"}.items():
        monkeypatch.setenv(name, value)
    with embedded.server(embedded.place(home)) as here:
        assert query(here, "SELECT current_user") == cluster.OWNER


@only_root
def test_root_may_keep_the_checkout_closed(home, tmp_path):
    closed = tmp_path / "closed"
    (closed / "checkout").mkdir(parents=True)
    closed.chmod(0o700)
    with embedded.server(embedded.place(closed / "checkout" / "var")) as here:
        assert query(here, "SELECT 1") == 1
        assert cluster.postmaster(here).uids().effective == pwd.getpwnam(places.ACCOUNT).pw_uid != 0
    assert closed.stat().st_mode & 0o777 == 0o700
    assert not here.home.is_relative_to(tmp_path)


@only_root
def test_a_copied_checkout_gets_a_database_of_its_own(home, tmp_path):
    with embedded.server(embedded.place(home)) as here:
        query(here, "CREATE TABLE mine ()")
        shutil.copytree(home, tmp_path / "copy" / "var")
        with embedded.server(embedded.place(tmp_path / "copy" / "var")) as theirs:
            assert theirs.home != here.home
            assert query(theirs, "SELECT count(*) FROM pg_tables WHERE tablename = 'mine'") == 0
    assert embedded.place(home).home == here.home


@only_root
def test_a_moved_checkout_keeps_its_database(home, tmp_path):
    here = embedded.place(home)
    home.rename(tmp_path / "moved")
    assert embedded.place(tmp_path / "moved").home == here.home


def test_a_path_longer_than_a_socket_name_works(home, tmp_path):
    far = tmp_path.joinpath(*["a-folder-with-a-long-name"] * 6, "var")
    with embedded.server(embedded.place(far)) as here:
        assert query(here, "SELECT 1") == 1


@only_root
@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")  # it has no threads
def test_a_path_longer_than_a_socket_name_works_for_an_ordinary_user_too():
    """The test becomes that user in a child process: a new program might not be able to read Python."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        _use_far_place_as_nobody(folder)


def _use_far_place_as_nobody(folder):
    programs = folder / "programs"
    source = Path(psutil.__file__).parents[1] / places.WHEEL / places.VERSIONS[18]
    places._copy_programs(source.parent, source, programs)
    far = folder.joinpath(*["a-folder-with-a-long-name"] * 6)
    far.mkdir(parents=True)
    nobody = pwd.getpwnam("nobody")
    os.chown(far, nobody.pw_uid, nobody.pw_gid)
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
            places.programs = lambda here: programs / places.WHEEL / source.name / "bin"
            here = places.locate(far / "var", 18)
            with embedded.server(here):
                works = query(here, "SELECT 1") == 1 and here.home.is_relative_to(far)
            embedded.remove(here)
            os._exit(0 if works and not here.socket.is_relative_to(far) and not here.socket.exists() else 1)
        except BaseException as error:
            (far / "error").write_text(repr(error))
            os._exit(2)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == 0, (far / "error").read_text() if (far / "error").exists() else ""


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path, monkeypatch):
    here = places.locate(tmp_path / "var", 18, as_root=False)
    here.home.mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    here.socket.symlink_to(elsewhere)
    with pytest.raises(embedded.EmbeddedError, match="belongs to another user"):
        places.prepare(here, None)


def test_an_unknown_version_is_refused_with_what_to_set(monkeypatch):
    monkeypatch.setenv("PLACARD_PG", "12")
    with pytest.raises(embedded.EmbeddedError, match="comes as 16 and 18"):
        embedded.place()
