"""Sets everything up and serves the portal to this machine, with the server that production uses."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
from io import StringIO

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

PATIENCE = 15  # seconds that requests under way get when the server stops


class Command(BaseCommand):
    """What a newcomer starts; every step is skipped when it was done before."""

    help = "Prepares the database, loads the demo if there is nothing in it, and serves the portal."
    requires_system_checks = ()  # they connect as roles that do not exist yet

    def add_arguments(self, parser):
        """Address and port; `make demo` passes HOST and PORT."""
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args, host, port, workers, **options):
        """Set up, say where, serve until interrupted."""
        _refuse_port_in_use(host, port)
        self.stdout.write("Preparing the database.")
        self.stdout.flush()
        for step in ("create_roles", "migrate", "sync_schemes"):
            call_command(step, verbosity=0, stdout=StringIO())
        call_command("load_demo", if_empty=True, stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0)
        connections.close_all()
        self.stdout.write(self.style.SUCCESS(f"\nServing at http://{host}:{port}    (stop with Ctrl-C)\n"))
        self.stdout.flush()
        _serve(host, port, workers)


def _refuse_port_in_use(host: str, port: str) -> None:
    """Find out before the long work, and in plain words."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CommandError(f"PORT is {port!r}. Set it to a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host}:{port}: {os.strerror(error.errno)}. "
                f"Stop what uses that port, or choose another: PORT=8765 make demo"
            ) from None


def _serve(host: str, port: str, workers: int) -> None:
    """Run granian until it ends or we are told to; it never outlives this process."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    command += ["--host", host, "--port", port, "--workers", str(workers), "--blocking-threads", "4"]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", str(PATIENCE)]
    command += ["portal.wsgi:application"]
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    # A session of its own: Ctrl-C reaches this process alone, which then tells the server once.
    server = subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_parent)
    try:
        status = server.wait()
    except KeyboardInterrupt:
        server.terminate()
        try:
            server.wait(PATIENCE + 5)
        except subprocess.TimeoutExpired:
            server.kill()
        return
    if status > 0:
        raise CommandError(f"The server ended with status {status}.")


def _interrupt(number, frame):
    raise KeyboardInterrupt


def _die_with_parent():
    """On Linux the kernel ends the server when this process is killed, so that no port stays taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
