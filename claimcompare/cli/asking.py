"""Claims and their stances put to somebody, who marks them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from claimcompare import Assertion, Claim, Comparison
from claimcompare.cli.outputs import say
from claimcompare.report.outlets import article_names
from claimcompare.report.sides import doubts_in_words, other_claims, sides
from claimcompare.report.sureness import how_sure
from claimcompare.report.voices import who
from claimcompare.schema.review import MOST_NOTE, Mark, Review, clipped, seen_in
from claimcompare.stages.marks import matched

_VERDICTS = {"r": "right", "w": "wrong", "c": "check"}
_STANCES = {"s": "support", "d": "denial", "c": "context"}
_KEYS = "r right, w wrong, c to be checked, n note, s skip, b back, q quit > "
_WHO = "who says it (Enter: not known, - the article itself) > "
_SIDE = "where it stands (s support, d denial, c context, Enter: not known) > "
_OWN_VOICE = "-"
# Asks for a line, None at the end.
Lines = Callable[[str], str | None]


class Item(NamedTuple):
    """A claim, or where it stands on a proposition."""

    claim: Claim
    proposition: str | None = None
    assertion: Assertion | None = None


class _Ended(Exception):
    """Nobody answers any more."""


def items_of(comparison: Comparison) -> list[Item]:
    """What there is to mark: each claim of a dispute with its stances, then all other claims."""
    return list(dict.fromkeys(_items(comparison)))


def _items(comparison: Comparison) -> Iterator[Item]:
    for dispute in comparison.disputes:
        for _, placed in sides(dispute, comparison):
            for one in placed:
                yield Item(one.claim)
                yield Item(one.claim, dispute.proposition, one.assertion)
    yield from map(Item, other_claims(comparison))


class Asking:
    """Goes through the items from the first that is not marked; each mark is saved at once."""

    def __init__(
        self, review: Review, comparison: Comparison, *, save: Callable[[Review], None]
    ) -> None:
        self.items = items_of(comparison)
        self._comparison = comparison
        self._review = review
        self._save = save
        self._outlets = article_names(comparison)
        self._hashes = {one.id: one.sha256 for one in comparison.articles}
        self._notes: dict[int, str] = {}
        found = matched(review, comparison)
        self._marks: dict[int, Mark] = {}
        for at, item in enumerate(self.items):
            mark = found.claims.get(item.claim.id)
            if item.proposition is not None:
                mark = found.stance(item.proposition, item.claim.id)
            if mark:
                self._marks[at] = mark

    @property
    def marked(self) -> int:
        """How many items have a mark."""
        return len(self._marks)

    def run(self, line: Lines) -> None:
        """Ask until all is marked or skipped, or nobody answers."""
        at = self._next(-1)
        try:
            while at < len(self.items):
                at = self._asked(at, line)
        except _Ended:
            return

    def _next(self, at: int) -> int:
        """The next item that has no mark."""
        later = range(at + 1, len(self.items))
        return next((one for one in later if one not in self._marks), len(self.items))

    def _asked(self, at: int, line: Lines) -> int:
        """Where to go after the answer about an item."""
        for told in self._shown(at):
            say(told)
        key, _, rest = _answer(line, _KEYS).partition(" ")
        match key.lower():
            case "r" | "w" | "c":
                if rest:
                    self._note(at, rest)
                self._mark(at, _VERDICTS[key.lower()], line)
                return self._next(at)
            case "n":
                self._note(at, rest or _answer(line, "note > "))
                return at
            case "s":
                return at + 1 if at in self._marks else self._next(at)
            case "b":
                return max(0, at - 1)
            case "q":
                raise _Ended
        say(f"{key!a} is none of the keys")
        return at

    def _mark(self, at: int, verdict: str, line: Lines) -> None:
        item, before = self.items[at], self._marks.get(at)
        told: dict[str, Any] = {"about": "claim"}
        if item.assertion:
            proposition = clipped(item.proposition or "")
            stance = item.assertion.stance
            told = {"about": "stance", "proposition": proposition, "stance": stance}
        if verdict == "wrong":
            told |= _right_side(line) if item.assertion else _right_speaker(line)
        note = self._notes.pop(at, before.note if before else "")
        of = seen_in(self._hashes[item.claim.article_id], item.claim, self._comparison)
        now = datetime.now(UTC).replace(microsecond=0)
        mark = Mark(verdict=verdict, note=note, at=now, of=of, **told)
        self._put(at, mark)

    def _note(self, at: int, note: str) -> None:
        """Keep a note, with the mark if there is one, else for the mark to come."""
        if len(note) > MOST_NOTE:
            say(f"the note is cut off after {MOST_NOTE} characters")
        note = note[:MOST_NOTE]
        if at in self._marks:
            self._put(at, self._marks[at].model_copy(update={"note": note}))
        else:
            self._notes[at] = note

    def _put(self, at: int, mark: Mark) -> None:
        self._review = self._review.with_marks([mark], without=self._marks.get(at))
        self._marks[at] = mark
        self._save(self._review)

    def _shown(self, at: int) -> Iterator[str]:
        item = self.items[at]
        yield ""
        about = "claim" if item.proposition is None else "stance"
        yield f"{at + 1} of {len(self.items)}, {about}: {who(item.claim, self._comparison)}"
        yield f"  {item.claim.text}"
        for span in item.claim.evidence:
            yield f"  “{span.text}” ({self._outlets[item.claim.article_id]})"
        if doubts := doubts_in_words(item.claim):
            yield f"  {doubts}"
        if item.assertion:
            sure = how_sure(item.assertion)
            stance = item.assertion.stance or "no stance"
            yield f"  on “{item.proposition}”: {stance}{f' ({sure})' if sure else ''}"
        if at in self._marks:
            yield f"  {self._marks[at].says}"
        elif at in self._notes:
            yield f"  note: {self._notes[at]}"


def _answer(line: Lines, prompt: str) -> str:
    answer = line(prompt)
    if answer is None:
        raise _Ended
    return answer


def _right_speaker(line: Lines) -> dict[str, Any]:
    name = _answer(line, _WHO)
    if not name:
        return {}
    return {"right_speaker": {"name": None if name == _OWN_VOICE else name[:1000]}}


def _right_side(line: Lines) -> dict[str, Any]:
    while side := _answer(line, _SIDE).lower():
        for key, stance in _STANCES.items():
            if side in (key, stance):
                return {"right_stance": stance}
        say(f"{side!a} is none of the sides")
    return {}
