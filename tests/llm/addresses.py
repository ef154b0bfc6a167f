"""Base URLs where no model is."""

import socket


def refused_url() -> str:
    """A base URL where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    return f"http://127.0.0.1:{port}/v1"


# What is not tried twice, because it can never work.
MALFORMED = ("127.0.0.1:8000/v1", "localhost", "ftp://127.0.0.1/v1")
