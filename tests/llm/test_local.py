"""`LLM("local")`: when its server starts, and what happens where it cannot."""

import asyncio
import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, get_ident
from types import ModuleType, SimpleNamespace

import pytest

from claimcompare.errors import LLMError
from claimcompare.llm import LLM, LLMSettings, local
from claimcompare.llm.address import Address
from claimcompare.llm.local import LocalServer
from tests.llm.server import KEY, ULM, ULM_JSON, City, FakeServer, model_at, prompt, says


class FakeLlama(ModuleType):
    """`xllamacpp` as far as an error needs it; no server of it ever starts."""

    def __init__(self) -> None:
        super().__init__("xllamacpp")
        self.given: list[SimpleNamespace] = []

    def CommonParams(self) -> SimpleNamespace:  # noqa: N802 - its name
        """Empty parameters."""
        return SimpleNamespace(model=SimpleNamespace())

    def Server(self, parameters: SimpleNamespace) -> None:  # noqa: N802 - its name
        """Refuse."""
        self.given.append(parameters)
        raise RuntimeError("failed to load model")


def served(address: Address) -> SimpleNamespace:
    """What is known of a server that was started."""
    return SimpleNamespace(address=address, stop=lambda: None)


@pytest.fixture
def llama(monkeypatch: pytest.MonkeyPatch) -> FakeLlama:
    """The extra is installed, it seems."""
    module = FakeLlama()
    monkeypatch.setitem(sys.modules, "xllamacpp", module)
    return module


@pytest.fixture
def _no_llama(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)


@pytest.mark.usefixtures("_no_llama")
def test_without_the_extra_the_error_says_how_to_install_it() -> None:
    with pytest.raises(LLMError, match=r"pip install 'claimcompare\[local\]'"):
        LocalServer(None)


@pytest.mark.usefixtures("_no_llama")
def test_asking_without_the_extra_says_how_to_install_it() -> None:
    with pytest.raises(LLMError, match=r"pip install 'claimcompare\[local\]'.*OPENAI_API_KEY"):
        LLM("local").ask(prompt(), City)


def test_a_missing_model_file_is_named_and_not_loaded(llama: FakeLlama, tmp_path: Path) -> None:
    with pytest.raises(LLMError, match=r"my\.gguf: no such model file"):
        LocalServer(tmp_path / "my.gguf")
    assert not llama.given


def test_a_folder_is_no_model_file(llama: FakeLlama, tmp_path: Path) -> None:
    with pytest.raises(LLMError, match="no such model file"):
        LLM("local", settings=LLMSettings(gguf=tmp_path)).ask(prompt(), City)
    assert not llama.given


def test_a_file_that_is_no_model_is_named(llama: FakeLlama, tmp_path: Path) -> None:
    gguf = tmp_path / "my.gguf"
    gguf.write_bytes(b"GGUF?")
    with pytest.raises(LLMError, match=r"my\.gguf: cannot be loaded.*failed to load model"):
        LocalServer(gguf)
    (parameters,) = llama.given
    assert parameters.model.path == str(gguf)


def test_the_server_listens_on_loopback_with_a_new_key_each_time(
    llama: FakeLlama, tmp_path: Path
) -> None:
    gguf = tmp_path / "my.gguf"
    gguf.touch()
    for _ in range(2):
        with pytest.raises(LLMError):
            LocalServer(gguf)
    one, other = llama.given
    assert (one.hostnames, one.port) == (["127.0.0.1"], 0)
    assert len(one.api_keys[0]) >= 32
    assert one.api_keys != other.api_keys


def test_the_server_starts_with_the_first_call_and_only_once(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Path | None] = []

    def start(gguf: Path | None) -> SimpleNamespace:
        started.append(gguf)
        return served(Address(server.url, "the server's", "embedded"))

    monkeypatch.setattr(local, "LocalServer", start)
    server.will_always(says(ULM_JSON))
    llm = LLM("local", settings=LLMSettings(gguf=Path("my.gguf"), cache=False))
    server.models.add(llm)
    assert not started
    assert [llm.ask(prompt(), City).value for _ in range(2)] == [ULM, ULM]
    assert started == [Path("my.gguf")]
    assert server.seen[1].headers["authorization"] == "Bearer the server's"


def test_answers_of_the_embedded_model_outlive_its_port_and_its_key(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keys = iter("abc")

    def start(gguf: Path | None) -> SimpleNamespace:
        url = f"{server.url}/{next(keys)}"
        return served(Address(url, url, f"embedded {gguf}"))

    monkeypatch.setattr(local, "LocalServer", start)
    server.will_always(says(ULM_JSON))
    for gguf in ("my.gguf", "my.gguf", "another.gguf"):
        with LLM("local", settings=LLMSettings(gguf=Path(gguf), cache_folder=tmp_path)) as llm:
            assert llm.ask(prompt(), City).value == ULM
    assert len(server.seen) == 2


def test_a_model_named_local_at_an_address_is_not_the_embedded_one(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    llm = model_at(server.will(says(ULM_JSON)), "local")
    assert not llm.is_local
    assert LLM("local").is_local
    assert llm.ask(prompt(), City).value == ULM
    assert server.seen[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_server_that_loads_holds_up_no_loop_and_is_started_once(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading, goes_on = Event(), Event()
    started: list[int] = []

    def start(_: Path | None) -> SimpleNamespace:
        started.append(get_ident())
        loading.set()
        assert goes_on.wait(10)
        return served(Address(server.url, KEY, "embedded"))

    async def asks() -> str:
        asking = asyncio.create_task(llm.aask(prompt(), City))
        # Had the loop to wait for the server, this would come too late for it.
        await asyncio.to_thread(loading.wait, 10)
        await asyncio.sleep(0)
        waiting.append(True)
        if len(waiting) == 2:
            goes_on.set()
        try:
            return (await asking).value.name
        finally:
            await llm.aclose()

    waiting: list[bool] = []
    monkeypatch.setattr(local, "LocalServer", start)
    server.will_always(says(ULM_JSON))
    llm = LLM("local", settings=LLMSettings(gguf=Path("my.gguf"), cache=False, logprobs=False))
    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(asyncio.run, asks()) for _ in range(2)]
        assert [one.result() for one in asked] == ["Ulm", "Ulm"]
    assert len(started) == 1


def test_a_server_that_could_not_start_is_started_anew(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(_: Path | None) -> SimpleNamespace:
        if tries.pop():
            raise LLMError("no such model file")
        return served(Address(server.url, KEY, "embedded"))

    tries = [False, True]
    monkeypatch.setattr(local, "LocalServer", start)
    server.will_always(says(ULM_JSON))
    llm = LLM("local", settings=LLMSettings(gguf=Path("my.gguf"), cache=False))
    server.models.add(llm)
    with pytest.raises(LLMError, match="no such model file"):
        llm.ask(prompt(), City)
    assert llm.ask(prompt(), City).value == ULM


def test_the_server_ends_with_the_model_object(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[bool] = []

    def start(_: Path | None) -> SimpleNamespace:
        stop = lambda: ended.append(server.is_idle())  # noqa: E731 - short enough
        return SimpleNamespace(address=Address(server.url, KEY, "embedded"), stop=stop)

    monkeypatch.setattr(local, "LocalServer", start)
    server.will_always(says(ULM_JSON))
    llm = LLM("local", settings=LLMSettings(gguf=Path("my.gguf"), cache=False))
    llm.ask(prompt(), City)
    llm.close()
    assert not ended
    llm.ask(prompt(), City)
    del llm
    gc.collect()
    # Its connections are closed by then, so that it has nobody to wait for.
    assert ended == [True]
