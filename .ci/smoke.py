"""Starts `make demo` as a newcomer would, opens pages, presses Ctrl-C and looks whether anything is left."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

PORT = os.environ.get("SMOKE_PORT", "8765")
SITE = f"http://127.0.0.1:{PORT}"
PATIENCE = 300


def fetch(path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(SITE + path, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def wait_until_healthy(demo: subprocess.Popen) -> float:
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        if demo.poll() is not None:
            sys.exit(f"make demo ended with status {demo.returncode}")
        try:
            status, body = fetch("/healthz")
        except OSError:
            time.sleep(0.3)
            continue
        assert status == 200, (status, body)
        return time.monotonic() - begun
    sys.exit(f"make demo did not answer within {PATIENCE} s")


def answers() -> bool:
    try:
        fetch("/healthz")
    except OSError:
        return False
    return True


def main() -> None:
    if answers():
        sys.exit(f"something else listens on port {PORT}; set SMOKE_PORT to a free one")
    environment = os.environ | {"PORT": PORT}
    demo = subprocess.Popen(["make", "demo"], env=environment, start_new_session=True)
    try:
        print(f"healthy after {wait_until_healthy(demo):.1f} s")
        for path in ("/", "/ratings/"):
            status, body = fetch(path)
            assert status == 200, (path, status)
            assert "<html" in body, path
        second = subprocess.run(
            ["make", "demo"], env=environment, capture_output=True, text=True, check=False
        )
        assert second.returncode != 0
        assert "choose another: PORT=" in second.stderr, second.stderr
    finally:
        if demo.poll() is None:
            os.killpg(demo.pid, signal.SIGINT)  # Ctrl-C reaches the whole foreground group
        demo.wait(60)
    if answers():
        sys.exit("the server still answers after Ctrl-C")
    state = subprocess.run(
        [sys.executable, "-m", "portal.embedded", "status"], capture_output=True, text=True, check=True
    ).stdout
    if "DATABASE_URL" not in os.environ:
        assert "does not run" in state, state
    print("served, refused a second start on the same port, stopped, left nothing behind")


main()
