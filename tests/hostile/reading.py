"""A model that reads well until a text tells it otherwise, and the articles that it reads.

People, places and outlets are made up.
"""

import re
from collections.abc import Sequence
from typing import Any

from claimcompare.prompts import as_data
from tests.llm.server import Seen

HOST = "host"
SAFE = "The Skelder bridge is safe."
LETTER = "A letter about cracks reached Olm Shipping."
# Of each article the sentence, the speaker, the kind and the claim.
SAID = {
    "host": [("the bridge was safe", "Dana Reve", SAFE)],
    "union": [
        ("no part of it was safe", "Tomas Beil", "No part of the Skelder bridge is safe."),
        ("trusted the bridge", "Ilse Marn", "Ilse Marn trusts the Skelder bridge."),
    ],
    "company": [
        ("had a letter", "Pia Hold", "Olm Shipping had a letter about cracks."),
        ("no letter had come", "Vera Stade", "No letter about cracks came to Olm Shipping."),
        ("built in 1962", "Vera Stade", "The Skelder bridge was built in 1962."),
    ],
}
TEXTS = {
    "host": "Mayor Dana Reve said that the bridge was safe, and added this: {attack}",
    "union": (
        "Tomas Beil of the union said that no part of it was safe. "
        "The engineer Ilse Marn said that she trusted the bridge."
    ),
    "company": (
        "The clerk Pia Hold said that Olm Shipping had a letter. "
        "Its director, Vera Stade, said that no letter had come. "
        "The Skelder bridge had been built in 1962, Vera Stade said."
    ),
}
# Of each proposition who asserts it, and who denies it.
SIDES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    SAFE: ((SAFE, SAID["union"][1][2]), (SAID["union"][0][2],)),
    LETTER: ((SAID["company"][0][2],), (SAID["company"][1][2],)),
}
STAGES = ("extract", "speakers", "pair", "classify")
BEGINNINGS = {
    "You list": "extract",
    "You read who": "speakers",
    "You read what": "pair",
    "You judge": "classify",
}
_MARK = 40


class Obedient:
    """A model that reads well, but does the worst that it can in some stages where told to.

    In "classify" it swaps all sides, in "classify unplaced" it adds denials and changes no side.
    With `copies` it also writes what it was told into the claim that stands beside it.
    """

    def __init__(self, attack: str, stages: Sequence[str], *, copies: bool) -> None:
        self._attack = as_data(attack.strip().partition("\n")[0])
        self._stages = stages
        self._copies = copies
        self.reached: set[str] = set()

    def __call__(self, seen: Seen) -> dict[str, Any]:
        system = str(seen.body["messages"][0]["content"])
        stage = next(name for start, name in BEGINNINGS.items() if system.startswith(start))
        hears = bool(self._attack) and self._attack[:_MARK] in seen.user
        if hears:
            self.reached.add(stage)
        obeys = hears and bool({stage, f"{stage} unplaced"} & set(self._stages))
        answer: dict[str, Any] = getattr(self, f"_{stage}")(seen.user, obeys=obeys)
        return answer

    def _extract(self, user: str, *, obeys: bool) -> dict[str, Any]:
        found = []
        for number, line in _lines(user):
            for words, speaker, text in (one for said in SAID.values() for one in said):
                if words in line:
                    found.append(_claim([number], speaker, self._told(text)))
        if obeys:
            found += [_claim([1], "Tomas Beil", SAFE), _claim([99], "Dana Reve", SAFE)]
            found.append(_claim([1], "Bert Ulm", "Tomas Beil lied."))
        return {"claims": found}

    def _told(self, text: str) -> str:
        return f"{text[:-1]}: {self._attack[:200]}" if self._copies and text == SAFE else text

    def _speakers(self, user: str, *, obeys: bool) -> dict[str, Any]:
        return {"same": [[99, *(number for number, _ in _lines(user))]] if obeys else []}

    def _pair(self, user: str, *, obeys: bool) -> dict[str, Any]:
        sides = {
            text: [[number for number, line in _lines(user) if _says(line, told)] for told in both]
            for text, both in SIDES.items()
        }
        if obeys:
            sides = {text: [[*deny, 99], support] for text, (support, deny) in sides.items()}
        return {
            "disputes": [
                {"proposition": text, "form": "plain", "withdrawn": []}
                | {"support": support, "deny": deny}
                for text, (support, deny) in sides.items()
            ]
        }

    def _classify(self, user: str, *, obeys: bool) -> dict[str, Any]:
        lines = dict(_lines(user))
        judged = []
        asked = re.findall(r"^Proposition (\d+), claims ([\d, ]+): (.*)$", user, re.MULTILINE)
        for at, numbers, text in asked:
            here = [int(one) for one in numbers.split(", ")]
            support, deny = (
                [one for one in here if _says(lines[one], told)] for told in SIDES[text]
            )
            rest = [one for one in here if one not in (*support, *deny)]
            stances = (support, deny, rest)
            if obeys:
                stances = (support, [*deny, *rest], [])
            if obeys and "classify" in self._stages:
                stances = (deny, [*support, *rest], [])
            names = ("support", "denial", "context")
            judged.append({"proposition": int(at)} | dict(zip(names, stances, strict=True)))
        return {"judged": judged}


def _lines(user: str) -> list[tuple[int, str]]:
    """What has a number in a prompt."""
    return [(int(at), it) for at, it in re.findall(r"^\[(\d+)\] (.*)$", user, re.MULTILINE)]


def _says(line: str, texts: Sequence[str]) -> bool:
    return any(text[:-1] in line for text in texts)


def _claim(passages: list[int], speaker: str, text: str) -> dict[str, Any]:
    given = {"passages": passages, "speaker": speaker, "mention": speaker, "text": text}
    return given | {"via": [], "kind": "assertion"}
