"""Who speaks: the comparison's list of speakers tells, and no rule about names."""

import ast
from pathlib import Path

import claimcompare.report
from claimcompare.report import render
from claimcompare.report.voices import full_name, spellings, voice, voice_names, who
from tests.report import assertion, claim, comparison, dispute, known

CLAIMS = (
    claim("a:1", "Lavrov", "The lock is shut."),
    claim("b:1", "Sergei Lavrov", "The lock is shut again.", via="Fenwick Post"),
    claim("c:1", None, "The lock is open."),
)
SIDES = dispute(
    "The lock is shut.",
    assertion("a:1", "support", 0.9),
    assertion("c:1", "denial", 0.9),
    assertion("b:1", "support", 0.8),
)
MADE = known(comparison(CLAIMS, (SIDES,)), ("Sergei Lavrov", "Lavrov"))


def test_a_speaker_has_the_fullest_name_wherever_claims_are_grouped() -> None:
    first, second, third = MADE.claims
    assert voice(first) == voice(second) != voice(third)
    assert full_name(first, MADE) == "Sergei Lavrov"
    assert who(second, MADE) == "Sergei Lavrov, relayed by Fenwick Post"
    assert who(third, MADE) == "The article itself"
    for form in ("text", "markdown"):
        assert render(MADE, form).count("Sergei Lavrov") == 3
    assert spellings(MADE) == {"s0": ("Lavrov",)}


def test_in_its_article_a_speaker_is_called_what_that_calls_him() -> None:
    page = render(MADE, "html")
    assert page.count("<bdi>Lavrov</bdi>") == 1  # in the matrix, as another spelling
    standing = MADE.articles[0].model_copy(update={"text": "The lock is shut."})
    told = MADE.model_copy(update={"articles": (standing, *MADE.articles[1:])})
    assert 'claim 1, Lavrov"' in render(told, "html")


def test_names_alone_join_nobody() -> None:
    apart = comparison(CLAIMS)
    assert len({voice(one) for one in apart.claims}) == 3
    assert list(voice_names(apart).values()) == ["Lavrov", "Sergei Lavrov", "c, in its own voice"]


def test_each_article_has_a_voice_of_its_own() -> None:
    two = (claim("a:1", None, "Yes."), claim("b:1", None, "No."))
    assert voice(two[0]) != voice(two[1])


def test_reports_know_nothing_of_small_models() -> None:
    folder = Path(claimcompare.report.__file__).parent
    for file in folder.rglob("*.py"):
        tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        imported = {node.module or "" for node in tree if isinstance(node, ast.ImportFrom)}
        assert not any(one.startswith("claimcompare.small") for one in imported), file
        stages = {one for one in imported if one.startswith("claimcompare.stages")}
        assert stages <= {"claimcompare.stages.occurrence", "claimcompare.stages.reprints"}, file
