"""Azure OpenAI: another path, another header, other variables."""

import pytest

from claimcompare.errors import LLMError, LLMUnavailable
from claimcompare.llm import LLM, LLMSettings
from tests.llm.server import KEY, ULM, ULM_JSON, City, FakeServer, fails, prompt, says

VERSION = "2024-10-21"
SETTINGS = LLMSettings(api_version=VERSION, attempts=2, max_wait=0, cache=False)


def azure(server: FakeServer, end: str = "", settings: LLMSettings = SETTINGS) -> LLM:
    url = server.url.removesuffix("/v1") + end
    llm = LLM("gpt-x", base_url=url, api_key=KEY, settings=settings)
    server.models.add(llm)
    return llm


@pytest.mark.parametrize("end", ["", "/"])
def test_the_request_goes_to_the_deployment_with_version_and_key(
    server: FakeServer, end: str
) -> None:
    server.will(says(ULM_JSON))
    assert azure(server, end).ask(prompt(), City).value == ULM
    (seen,) = server.seen
    assert seen.path == f"/openai/deployments/gpt-x/chat/completions?api-version={VERSION}"
    assert seen.headers["api-key"] == KEY
    assert KEY not in seen.headers.get("authorization", "")


def test_choices_and_retries_go_the_same_way(server: FakeServer) -> None:
    server.will(fails(503), says("s", logprobs={"s": -0.1}))
    found = azure(server).choose(prompt(), ("support", "denial"))
    assert found.probabilities["support"] == 1
    assert len({request.path for request in server.seen}) == 1
    assert "/deployments/gpt-x/" in server.seen[1].path


def test_address_and_key_come_from_azures_variables(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "azure-environment")
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", server.url.removesuffix("/v1"))
    server.will(says(ULM_JSON))
    with LLM("gpt-x", settings=SETTINGS) as llm:
        llm.ask(prompt(), City)
    assert server.seen[0].headers["api-key"] == "azure-environment"


def test_without_a_key_the_error_names_azures_variables(server: FakeServer) -> None:
    url = server.url.removesuffix("/v1")
    with (
        LLM("gpt-x", base_url=url, settings=SETTINGS) as llm,
        pytest.raises(LLMError, match=r"AZURE_OPENAI_API_KEY.*AZURE_OPENAI_ENDPOINT"),
    ):
        llm.ask(prompt(), City)


def test_the_key_is_not_shown(server: FakeServer) -> None:
    llm = azure(server.will_always(fails(503, f"no luck with {KEY}")))
    with pytest.raises(LLMUnavailable) as caught:
        llm.ask(prompt(), City)
    assert KEY not in f"{caught.value} {llm!r} {llm.settings!r}"


def test_a_filtered_prompt_is_a_fault_of_the_answer(server: FakeServer) -> None:
    server.will(fails(400, "The response was filtered.", "content_filter"))
    with pytest.raises(LLMError, match="extract: filtered by the endpoint"):
        azure(server).ask(prompt(), City)


def test_without_an_address_the_error_names_its_variable() -> None:
    with (
        LLM("gpt-x", api_key=KEY, settings=SETTINGS) as llm,
        pytest.raises(LLMError, match="AZURE_OPENAI_ENDPOINT"),
    ):
        llm.ask(prompt(), City)
