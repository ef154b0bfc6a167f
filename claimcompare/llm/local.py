"""The embedded model: llama.cpp's own server, on loopback, inside this process."""

import ctypes
import os
import secrets
from functools import partial
from pathlib import Path
from weakref import ref

from claimcompare.errors import LLMError
from claimcompare.llm.address import Address
from claimcompare.llm.weights import HOW_TO_INSTALL, weights_path

CONTEXT_TOKENS = 8_192
# A second answer at once gains nothing on a CPU: two took as long together as in turn.
PARALLEL = 1


class LocalServer:
    """A running server with a random port and key; it ends with its owner or the process.

    Loads in seconds and holds about 1.5 GB. Raises LLMError where the extra is missing.
    """

    def __init__(self, gguf: Path | None) -> None:
        try:
            import xllamacpp
        except ImportError:
            raise LLMError(HOW_TO_INSTALL) from None
        if gguf is not None and not gguf.is_file():
            raise LLMError(f"{gguf}: no such model file")
        api_key = secrets.token_urlsafe(24)
        parameters = xllamacpp.CommonParams()
        weights = gguf or weights_path()
        parameters.model.path = str(weights)
        parameters.hostnames = ["127.0.0.1"]
        parameters.port = 0
        parameters.api_keys = [api_key]
        parameters.n_ctx = CONTEXT_TOKENS
        parameters.n_parallel = PARALLEL
        parameters.use_jinja = True
        parameters.ui = False
        parameters.verbosity = 0
        try:
            server = xllamacpp.Server(parameters)
        except RuntimeError as error:
            raise LLMError(
                f"{parameters.model.path}: cannot be loaded as a GGUF model ({error})"
            ) from error
        # Port and key differ from run to run; the file is what the answers depend on.
        seen = weights.stat()
        name = f"embedded {weights.resolve()} {seen.st_size} {seen.st_mtime_ns}"
        self.address = Address(f"{server.listening_address}/v1", api_key, name)
        self._running = [server]
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=partial(_keep, ref(self)))

    def stop(self) -> None:
        """End the server and its threads.

        A process that ends before them crashes: they use what llama.cpp has torn down by then.
        """
        self._running.clear()


def _keep(of_parent: "ref[LocalServer]") -> None:
    """Never take down in a child of a fork what waits for threads that only the parent has."""
    server = of_parent()
    for one in server._running if server else ():  # noqa: SLF001 - a callback of its own
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(one))
