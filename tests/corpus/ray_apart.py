"""Programs that start a Ray cluster, run so that nothing of it is left."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
_SOON = 0.05
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
    """Kill what is left of the processes that write logs there, and wait for their end."""
    while left := [process for process in Path("/proc").glob("[0-9]*") if _writes(process, folder)]:
        for process in left:
            with suppress(ProcessLookupError):
                os.kill(int(process.name), signal.SIGKILL)
        time.sleep(_SOON)


def _writes(process: Path, folder: str) -> bool:
    # Those that have ended meanwhile, and other users', cannot be seen.
    with suppress(OSError):
        for file in (process / "fd").iterdir():
            with suppress(FileNotFoundError):
                if str(file.readlink()).startswith(folder):
                    return True
    return False
