"""Processes that end in the middle of work, or that are forked after it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.llm.server import ULM_JSON, FakeServer, Reply, Seen, says

pytestmark = pytest.mark.long

BEGIN = """
import asyncio, os, signal, sys, threading
from claimcompare import LLM, LLMSettings
from tests.llm.server import City, prompt
llm = LLM("m", base_url=sys.argv[1], api_key="k", settings=LLMSettings(cache=False))

def tell(name):
    # In one write, so that what two processes tell never mixes.
    os.write(1, f"{name} ".encode())

async def names():
    for name in ("a", "late", "c"):
        asked = [asyncio.create_task(llm.aask(prompt(one), City)) for one in (name, "late")]
        yield (await asked[0]).value.name
"""
ENDS = {
    "in the loop": "for name in llm.stream(names()):\n    sys.exit()",
    "held": "stream = llm.stream(names())\nnext(stream)\nsys.exit()",
    "held in a frame": """
def main():
    stream = llm.stream(names())
    next(stream)
    raise SystemExit
main()""",
    "nothing closed": "llm.ask(prompt('a'), City)",
    "another thread": """
begun = threading.Event()
def work():
    begun.set()
    llm.ask(prompt("late"), City)
threading.Thread(target=work, daemon=True).start()
begun.wait()
llm.ask(prompt("a"), City)
""",
}
INTERRUPTED = """
signal.signal(signal.SIGINT, signal.default_int_handler)
def press():
    os.kill(os.getpid(), signal.SIGINT)
threading.Timer(0.5, press).start()
for name in llm.stream(names()):
    pass
"""
FORKS = {
    "sync": "tell(llm.ask(prompt('a'), City).value.name)",
    "async": "tell(asyncio.run(llm.aask(prompt('a'), City)).value.name)",
    "stream": "tell(next(llm.stream(names())))",
}
FORKED = """
from concurrent.futures import ThreadPoolExecutor
llm.ask(prompt("a"), City)
threading.Thread(target=llm.ask, args=(prompt("late"), City), daemon=True).start()
child = os.fork()
{work}
if child:
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
POOL = """
import multiprocessing
def name(one):
    return llm.ask(prompt(one), City).value.name
name("a")
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(*pool.map(name, "ab"))
"""
has_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")


@pytest.fixture
def slow(server: FakeServer) -> FakeServer:
    """An endpoint that answers at once, but "late" only when the client is gone."""

    def answer(request: Seen) -> Reply:
        if request.user == "late":
            with server.changed:
                server.changed.wait(20)
        return says(ULM_JSON)

    return server.will_always(answer)


def run(script: str, server: FakeServer) -> "subprocess.CompletedProcess[str]":
    """What a script leaves on its way out."""
    try:
        return subprocess.run(
            [sys.executable, "-W", "error", "-c", BEGIN + script, server.url],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        with server.changed:
            server.changed.notify_all()


@pytest.mark.parametrize("script", ENDS.values(), ids=ENDS)
def test_an_exit_in_the_middle_says_nothing(slow: FakeServer, script: str) -> None:
    done = run(script, slow)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal")
def test_ctrl_c_in_the_middle_tells_of_nothing_else(slow: FakeServer) -> None:
    done = run(INTERRUPTED, slow)
    assert done.stderr.splitlines()[-1] == "KeyboardInterrupt"
    assert done.stderr.count("Traceback") == 1
    assert not any(word in done.stderr for word in ("Exception ignored", "never"))


@has_fork
@pytest.mark.parametrize("work", FORKS.values(), ids=FORKS)
def test_a_model_works_on_in_both_processes_after_a_fork(slow: FakeServer, work: str) -> None:
    done = run(FORKED.format(work=work), slow)
    assert (done.stdout.split(), done.returncode) == (["Ulm"] * 2, 0), done.stderr


@has_fork
def test_a_fork_shares_what_is_kept_but_not_what_is_open(slow: FakeServer, tmp_path: Path) -> None:
    work = FORKS["sync"] + "\n" + FORKS["sync"].replace("'a'", "'b'")
    kept = f"""
from pathlib import Path
settings = LLMSettings(cache_folder=Path({str(tmp_path)!r}))
llm = LLM("m", base_url=sys.argv[1], api_key="k", settings=settings)
"""
    script = kept + FORKED.format(work=work)
    done = run(script, slow)
    assert (done.stdout.split(), done.returncode) == (["Ulm"] * 4, 0), done.stderr
    assert sum(one.user == "a" for one in slow.seen) == 1


@has_fork
def test_a_pool_of_forked_processes_may_share_a_used_model(slow: FakeServer) -> None:
    done = run(POOL, slow)
    assert (done.stdout.split(), done.returncode) == (["Ulm"] * 2, 0), done.stderr
