"""Programs that start a Ray cluster, run so that nothing of it is left."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
_ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    # Nobody else gets in: so everything listens on loopback alone, on Linux, too.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    "RAY_AUTH_MODE": "disabled",
    "DESK_KEY": "sk-desk",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    # Else the first actor would be given what is for all.
    "RAY_DATA_DEFAULT_WAIT_FOR_MIN_ACTORS_S": "120",
    # A lost node is missed after some seconds; a busy one is not.
    "RAY_health_check_period_ms": "500",
    "RAY_health_check_timeout_ms": "10000",
}


def ran_apart(module: str, *arguments: str, seconds: float = 240) -> Any:
    """What a program prints in its last line, as JSON; raises AssertionError where it fails."""
    # Short, since the names of sockets are.
    with tempfile.TemporaryDirectory(prefix="r", ignore_cleanup_errors=True) as folder:
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", module, *arguments],
                cwd=_ROOT,
                env=os.environ | _ENVIRONMENT | {"PYTHONPATH": str(_ROOT), "RAY_TMPDIR": folder},
                capture_output=True,
                encoding="utf-8",
                timeout=seconds,
                check=False,
            )
        finally:
            _end_all(folder)
    assert done.returncode == 0, done.stderr[-5_000:]
    return json.loads(done.stdout.splitlines()[-1])


def _end_all(folder: str) -> None:
    """Kill what is left of the processes that were given this folder."""
    told = f"RAY_TMPDIR={folder}\0".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if told in (process / "environ").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)
        except OSError:
            # It has ended, or it is another user's.
            continue
