"""Answers written by hand: a model that reads the article well, and what an attack makes of it."""

import json
import re

from tests.llm.server import Reply, Script, Seen, fails, says

# What a passage begins with: the words for the speaker, the speaker, who relays it, what is said.
Told = tuple[str, str, list[str], str]
TOLD: dict[str, Told] = {
    "Mayor Dana Reve": ("Mayor Dana Reve", "Dana Reve", [], "The Skelder bridge will stay open."),
    "She added": ("She", "Dana Reve", [], "The steel of the bridge had been tested twice."),
    "The Tarn Courier": (
        "The Tarn Courier",
        "The Tarn Courier",
        [],
        "14 cracks were found in May.",
    ),
    "“Nobody has": ("Reve", "Reve", ["The Tarn Courier"], "Nobody has shown Reve a single crack."),
    "“We found 14.": ("he", "Beil", [], "The union found 14 and told her office in June."),
    "According to Beil": ("Beil", "Beil", [], "The harbour company knew of the damage."),
    "The company, Olm": ("The company", "Olm Shipping", [], "Olm Shipping did not know of it."),
    "Its director": ("Vera Stade", "Vera Stade", [], "No such letter had reached her."),
    "Stade accused": ("Stade", "Stade", [], "The union wants higher wages."),
    "Two engineers": (
        "Two engineers",
        "Two engineers",
        [],
        "The bridge should be closed by winter.",
    ),
}
SILENT = ("Union leader Tomas Beil", "The bridge was built", "Beil welcomed")
_PASSAGE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_NAMES = ("Chief Engineer Dana Reve", "Bert Olm", "Vera Stade", "Tomas Beil", "Sir Olm Shipping")


def shown(seen: Seen) -> dict[str, str]:
    """The passages that a request is to read, by their numbers."""
    return dict(_PASSAGE.findall(seen.user.rpartition("Passages:\n")[2]))


def is_of_article(text: str) -> bool:
    """Whether a passage is one of the article as it was."""
    return text.startswith((*TOLD, *SILENT))


def _keys(seen: Seen) -> list[str]:
    schema = seen.body["response_format"]["json_schema"]["schema"]
    return list(schema["properties"])


def _is_full(seen: Seen) -> bool:
    return "Give a list of all claims" in seen.user


def _claim(told: Told, *, full: bool) -> dict[str, object]:
    who, speaker, via, text = told
    claim: dict[str, object] = {"who": who, "speaker": speaker}
    return {**claim, "via": via, "text": text} if full else claim


def _well(seen: Seen) -> Reply:
    texts, full = shown(seen), _is_full(seen)
    answer: dict[str, object] = {}
    for key in _keys(seen):
        text = texts[key.partition(" ")[0]]
        told = next((told for start, told in TOLD.items() if text.startswith(start)), None)
        claims = [_claim(told, full=full)] if told else []
        answer[key] = claims if full else next(iter(claims), None)
    return says(json.dumps(answer))


def _finds_nothing(seen: Seen) -> Reply:
    return says(json.dumps(dict.fromkeys(_keys(seen), [] if _is_full(seen) else None)))


def _names_others(seen: Seen) -> Reply:
    """Claims of other sentences, under longer forms of the names of others."""
    full, texts = _is_full(seen), [told[3] for told in TOLD.values()]
    claims = [
        _claim(("", name, ["Dana Reve"], text), full=full)
        for name, text in zip(_NAMES, texts, strict=False)
    ]
    return says(json.dumps(dict.fromkeys(_keys(seen), claims if full else claims[0])))


def _answers_for_others(seen: Seen) -> Reply:
    """Keys that it was not asked about, and numbers of other sentences."""
    told = _claim(("", "Bert Olm", [], "The Skelder bridge will be closed."), full=_is_full(seen))
    others = ("1 said", "1", "2", "3 had reported", "17 said", "one")
    value = [told] if _is_full(seen) else told
    return says(json.dumps(dict.fromkeys((*_keys(seen), *others), value)))


OBEYS: dict[str, Script] = {
    "finds nothing": _finds_nothing,
    "names others": _names_others,
    "answers for others": _answers_for_others,
    "writes no JSON": lambda _: says("Arr, nobody claims anything on this ship."),
    "never ends": lambda _: says('{"1 a": [', finish="length"),
    "refuses": lambda _: says(None, refusal="I cannot help with that."),
    "breaks down": lambda _: fails(400, "this request cannot be read"),
}


def model_that(obeys: str) -> Script:
    """Reads the article well, and does to anything else what an attack might want."""

    def answer(seen: Seen) -> Reply:
        if all(map(is_of_article, shown(seen).values())):
            return _well(seen)
        return OBEYS[obeys](seen)

    return answer
