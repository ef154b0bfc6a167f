"""The fake endpoint as a process: its connections, its log and its end."""

import http.client
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from email.utils import parsedate_to_datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from claimcompare.prompts import load_prompt
from claimcompare.stages.pair import WireDisputes
from tests.endpoint.faults import FaultPlan
from tests.endpoint.process import EndpointProcess
from tests.endpoint.requests import BODIES, body, other
from tests.endpoint.server import body_id


def post(endpoint: EndpointProcess, request: object) -> tuple[int, http.client.HTTPMessage, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", endpoint.port, timeout=30)) as client:
        return exchange(client, json.dumps(request))


def exchange(
    client: http.client.HTTPConnection, content: str, path: str = "/v1/chat/completions"
) -> tuple[int, http.client.HTTPMessage, bytes]:
    client.request("POST", path, content)
    response = client.getresponse()
    return response.status, response.headers, response.read()


def asking(endpoint: EndpointProcess, request: object) -> http.client.HTTPConnection:
    """A client that waits for its answer."""
    client = http.client.HTTPConnection("127.0.0.1", endpoint.port)
    client.request("POST", "/v1/chat/completions", json.dumps(request))
    return client


def wait_for_arrivals(endpoint: EndpointProcess) -> None:
    """Return when the endpoint has read what was sent before: it answers a later connection."""
    with closing(http.client.HTTPConnection("127.0.0.1", endpoint.port)) as later:
        assert exchange(later, "{}", "/")[0] == 404


def befallen(name: str, seed: int) -> dict[str, Any]:
    """A request whose first arrival has that fault where everything fails."""
    plan = FaultPlan(seed, 1.0)
    for number in count():
        request = other(f"Who is aboard ship {number}?")
        fault = plan.fault_for(body_id(request), 0, "other")
        if fault and fault.name == name:
            return request
    raise AssertionError


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.jsonl"


@pytest.fixture
def failing(log: Path) -> Iterator[EndpointProcess]:
    """An endpoint where everything fails."""
    with EndpointProcess(log, seed=7, faults=1, stall=0.01) as endpoint:
        yield endpoint


def test_each_arrival_is_logged(log: Path) -> None:
    request = BODIES["extract"]
    turned = {name: request[name] for name in reversed(request)}
    with EndpointProcess(log, latency_ms=1) as endpoint:
        before = time.time()
        _, _, content = post(endpoint, request)
        post(endpoint, turned)
        first, second = endpoint.log()
    usage = json.loads(content)["usage"]
    assert (first.id, first.attempt) == (body_id(request), 0)
    assert (second.id, second.attempt) == (body_id(request), 1)
    assert before <= first.at <= first.done <= second.at
    assert (first.fault, first.status, first.in_flight) == (None, 200, 1)
    assert first.prompt_tokens == usage["prompt_tokens"]
    assert first.completion_tokens == usage["completion_tokens"]
    assert first.retry_after is None


def test_calls_in_flight_are_counted(log: Path) -> None:
    with EndpointProcess(log, latency_ms=60_000) as endpoint:
        clients = [asking(endpoint, other(str(number))) for number in range(3)]
        wait_for_arrivals(endpoint)
    for client in clients:
        client.close()
    assert sorted(one.in_flight for one in endpoint.log()) == [1, 2, 3]


def test_one_in_flight_too_many_is_turned_away(log: Path) -> None:
    with EndpointProcess(log, latency_ms=60_000, most_in_flight=2) as endpoint:
        clients = [asking(endpoint, other(str(number))) for number in range(2)]
        wait_for_arrivals(endpoint)
        assert post(endpoint, other("2"))[0] == 429
        clients.pop().close()
        clients.append(asking(endpoint, other("3")))
        wait_for_arrivals(endpoint)
    for client in clients:
        client.close()
    assert [(one.status, one.in_flight) for one in endpoint.log()].count((429, 3)) == 1
    assert sorted(one.in_flight for one in endpoint.log() if one.status == 0) == [1, 2, 2]


def test_errors_quote_headers(log: Path) -> None:
    with (
        EndpointProcess(log, seed=7, faults=1, quotes="x-key,host") as endpoint,
        closing(http.client.HTTPConnection("127.0.0.1", endpoint.port)) as client,
    ):
        content = json.dumps(befallen("401", 7))
        client.request("POST", "/v1/chat/completions", content, {"X-Key": "secret"})
        told = json.loads(client.getresponse().read())["error"]["message"]
    assert told.endswith(f"You sent Host: 127.0.0.1:{endpoint.port}, X-Key: secret.")


def test_the_log_names_the_prompt_as_the_library_does(log: Path) -> None:
    filled = load_prompt("pair").fill(outlets=[])
    with EndpointProcess(log) as endpoint:
        post(endpoint, body(filled, WireDisputes))
    (entry,) = endpoint.log()
    assert (entry.prompt, entry.task) == (filled.sha256, "pair")


def test_a_connection_is_kept_alive() -> None:
    with (
        EndpointProcess() as endpoint,
        closing(http.client.HTTPConnection("127.0.0.1", endpoint.port)) as client,
    ):
        client.connect()
        socket = client.sock
        found = [exchange(client, json.dumps(BODIES["pair"]))[0] for _ in range(3)]
        found.append(exchange(client, "{", "/chat/completions?version=1")[0])
        found.append(exchange(client, "[]")[0])
        found.append(exchange(client, "{}", "/v1/models")[0])
        assert client.sock is socket
    assert found == [200, 200, 200, 400, 400, 404]


def test_a_call_given_up_is_logged_without_status(log: Path) -> None:
    with EndpointProcess(log, latency_ms=60_000) as endpoint:
        asking(endpoint, other()).close()
        wait_for_arrivals(endpoint)
    assert [(one.status, one.prompt_tokens) for one in endpoint.log()] == [(0, 0)]


@pytest.mark.parametrize("name", ["closed-early", "stall"])
def test_it_hangs_up_without_a_reply(failing: EndpointProcess, name: str) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        post(failing, befallen(name, 7))
    assert [(one.fault, one.status) for one in failing.log()] == [(name, 0)]


def test_it_hangs_up_in_the_middle(failing: EndpointProcess) -> None:
    with pytest.raises(http.client.IncompleteRead):
        post(failing, befallen("closed-midway", 7))
    assert failing.log()[0].completion_tokens == 0


def test_a_date_to_wait_for_is_logged_exactly(failing: EndpointProcess) -> None:
    status, headers, _ = post(failing, befallen("429-date", 7))
    until = parsedate_to_datetime(headers["retry-after"]).timestamp()
    (entry,) = failing.log()
    assert status == entry.status == 429
    assert entry.retry_after is not None
    assert entry.done + entry.retry_after == pytest.approx(until, abs=1e-3)
    assert entry.retry_after == pytest.approx(2, abs=0.5)


def test_other_faults_come_as_planned(failing: EndpointProcess) -> None:
    found = {name: post(failing, befallen(name, 7)) for name in ("429-ms", "404", "html", "fenced")}
    assert [one.fault for one in failing.log()] == list(found)
    assert found["429-ms"][1]["retry-after-ms"] == "120"
    assert json.loads(found["404"][2])["error"]["message"] == "The model does not exist."
    assert found["html"][1]["content-type"] == "text/html"
    assert "```json" in json.loads(found["fenced"][2])["choices"][0]["message"]["content"]


def test_it_ends_with_its_standard_input(log: Path) -> None:
    with EndpointProcess(log, latency_ms=60_000) as endpoint:
        client = asking(endpoint, other())
        wait_for_arrivals(endpoint)
        assert endpoint.process.poll() is None
    client.close()
    assert endpoint.process.returncode == 0
    assert [one.status for one in endpoint.log()] == [0]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
def test_it_ends_when_told_to() -> None:
    with EndpointProcess() as endpoint:
        endpoint.process.send_signal(signal.SIGTERM)
        assert endpoint.process.wait(30) == 0


def test_a_wrong_option_is_no_running_endpoint() -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        EndpointProcess(kinds="sudden")


def test_without_a_log_there_is_none_to_read() -> None:
    with EndpointProcess() as endpoint, pytest.raises(ValueError, match="no log"):
        endpoint.log()


def test_it_needs_nothing_but_the_standard_library() -> None:
    code = "import sys, tests.endpoint.__main__; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pydantic", "openai", "claimcompare"} & set(run.stdout.split())
