"""For tests of what uses claimcompare: a model that answers by a function, without a server.

    from claimcompare import Article, compare
    from claimcompare.testing import FakeLLM

    def answer(prompt):
        if prompt.name == "extract":
            return {"claims": []}
        raise AssertionError(f"nothing else is asked of an article without claims: {prompt.name}")

    with FakeLLM(answer) as llm:
        comparison = compare([Article(id="a", text="It rained in Velmo.")], llm=llm)
    assert comparison.claims == ()

For answers of a real model, recorded once and replayed ever after, there is the pytest fixture
`claimcompare_llm`; see `claimcompare.pytest_plugin`.
"""

from claimcompare.llm.fake import Answering, FakeLLM, Reply

__all__ = ["Answering", "FakeLLM", "Reply"]
