"""A claim in the article's own words, without the words that report it."""

from collections import Counter

from claimcompare.schema import Span
from claimcompare.stages.cues import Cue, cues, is_verb
from claimcompare.stages.lexicon import (
    ADDRESSING,
    ANOTHER_CLAUSE,
    ARTICLES,
    ASIDES,
    ASKING,
    CITING,
    CLAUSE_VERBS,
    COMPLEMENTISERS,
    DETERMINERS,
    JOINING,
    NEGATORS,
    PERSONS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SAYING,
    SUBJECT_PRONOUNS,
)
from claimcompare.stages.passages import Passage
from claimcompare.stages.quotes import has_quotation_mark, quotations
from claimcompare.stages.subjects import subject
from claimcompare.stages.words import is_ended, negated, normal, rejecting, words

_MOSTLY = 0.4
_FEWEST_WORDS = 3
# Between the verb and its "that", and in a clause that only reports, stand few words.
_NEAR, _SHORT, _LONGEST_CLAUSE = 6, 9, 12
_MARKS = '"\u201c\u201d\u201e\u00ab\u00bb'
_EDGES = " \t\u00a0,;:-\u2013\u2014\u3001\uff0c"


def own_words(passage: Passage) -> tuple[str, ...]:
    """What is claimed in a passage as it stands there: often one claim, or one for each "that".

    The words that report it are left out where the rest is understood without them.
    """
    text = plain(passage.text)
    cue = _cue_in(text, passage)
    who = subject(passage) or ""
    behind = cue and _behind(text, cue, who)
    found = (_quoted(text), behind, cue and _before(text, cue, who))
    claimed = next((one for one in found if one and _is_understood(one, text)), text)
    parts = ANOTHER_CLAUSE.split(claimed) if claimed == behind else [claimed]
    whole = min(len(words(part)) for part in parts) >= _FEWEST_WORDS
    return tuple(map(_as_sentence, parts if whole else [claimed]))


def with_name(passage: Span, claimed: str, mention: Span, speaker: str) -> str:
    """A claim that is a whole passage, with the speaker's name in the place of "he" or "she"."""
    if normal(mention.text) not in SUBJECT_PRONOUNS or claimed != _as_sentence(plain(passage.text)):
        return claimed
    at, end = mention.start - passage.start, mention.end - passage.start
    return _as_sentence(plain(f"{passage.text[:at]}{speaker}{passage.text[end:]}"))


def plain(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def _is_understood(claimed: str, text: str) -> bool:
    """Whether nothing that is left out says who is meant, or that it is not so."""
    kept = words(claimed)
    left_out = " ".join((Counter(words(text)) - Counter(kept)).elements())
    understood = len(kept) >= _FEWEST_WORDS and PERSONS.isdisjoint(kept)
    return understood and not (negated(left_out) or rejecting(left_out))


def _cue_in(text: str, passage: Passage) -> Cue | None:
    """The surest cue, where it stands once white space is plain; of a denial or a demand, none."""
    if not passage.cues or rejecting(passage.cues[0].text) or ASKING.match(passage.cues[0].text):
        return None
    name = passage.cues[0].text
    at = text.find(name, len(plain(passage.text[: passage.cues[0].start])))
    return passage.cues[0]._replace(start=at, end=at + len(name)) if at >= 0 else None


def _quoted(text: str) -> str | None:
    """What stands in quotation marks, if that is most of the text and begins like a sentence."""
    inside = [text[start:end].strip() for start, end in quotations(text)]
    whole = [one for one in inside if one and not one[0].islower()]
    size = sum(len(words(one)) for one in whole)
    if not whole or size < _MOSTLY * len(words(text)):
        return None
    return " ".join(_ended(one) for one in whole)


def _behind(text: str, cue: Cue, who: str) -> str | None:
    """The clause that follows "said that", "said:", "according to her," or "Ann Roe said"."""
    before, rest = text[: cue.start], text[cue.end :]
    told = bool(who) and who in before
    # "Ann Roe, who leads it, said" is told from "the man who said" by its last comma.
    inserted = told and before.rstrip().endswith(",")
    plainly = len(words(before)) <= _LONGEST_CLAUSE and RELATIVES.isdisjoint(words(before))
    if not cue.speech or not (inserted or plainly):
        return None
    opening = COMPLEMENTISERS.search(rest)
    if opening and _is_aside(words(rest[: opening.start()]), cue):
        return rest[opening.end() :]
    if told and cue.text in SAYING and _is_clause(rest):
        return rest
    # With more commas there is no telling where "According to Ann Roe, the mayor, …" ends.
    if not before and rest.count(",") == 1:
        clause, _, claimed = rest.partition(",")
        return claimed if len(words(clause)) <= _LONGEST_CLAUSE else None
    return None


def _is_clause(rest: str) -> bool:
    """Whether what follows "said" at once can be what was said, not when or where or "it"."""
    first = words(rest)[:1]
    begins = rest[:1].isspace() and rest[1:2].isalnum()
    return begins and first[0] not in ASIDES | PRONOUNS | NEGATORS


def _is_aside(between: list[str], cue: Cue) -> bool:
    """Whether words between a verb and its "that" only tell when, where or to whom."""
    if not between:
        return True
    return len(between) <= _NEAR and (between[0] in ASIDES or cue.text.casefold() in ADDRESSING)


def _before(text: str, cue: Cue, who: str) -> str | None:
    """The clause before ", she said" or ", according to her", with what goes on behind it."""
    claimed, comma, clause = _parted(text[: cue.start], who)
    behind = text[cue.end :]
    if not comma or not (CLAUSE_VERBS - ARTICLES).isdisjoint(words(clause)[:1]):
        return None
    if 0 < len(words(clause)) <= _SHORT and _goes_on(behind, cue):
        return _joined(claimed, behind[1:])
    is_longer = len(words(claimed)) > len(words(clause)) or "," in clause
    return _whole(claimed) if is_longer and _only_reports(words(clause), behind, cue) else None


def _whole(claimed: str) -> str:
    """A text without the mark of a quotation that ends behind it."""
    marks = [mark for mark in claimed if mark in _MARKS]
    return claimed[1:] if marks and marks == [claimed[0]] else claimed


def _parted(before: str, who: str) -> tuple[str, str, str]:
    """What stands before the last comma and behind it; "the keeper, Una Brock," is one part."""
    claimed, comma, clause = before.rpartition(",")
    if clause.strip() or not who or not claimed.endswith(f", {who}"):
        return claimed, comma, clause
    claimed, comma, described = claimed.removesuffix(f", {who}").rpartition(",")
    is_description = not DETERMINERS.isdisjoint(words(described)[:1])
    return (claimed, comma, f"{described}, {who}") if is_description else (before, "", "")


def _goes_on(behind: str, cue: Cue) -> bool:
    """Whether a claim goes on behind ", she said,": not with how or when she said so."""
    first = words(behind)[:1]
    is_manner = any(word.endswith("ing") for word in first)
    is_more = not (ASIDES | RELATIVES | JOINING | NEGATORS).isdisjoint(first)
    is_inserted = behind.startswith(",") and is_verb(cue.text) and bool(first)
    return is_inserted and not (is_manner or is_more)


def _joined(claimed: str, rest: str) -> str | None:
    """The two parts of a clause; those of a quotation are left where they are."""
    if has_quotation_mark(claimed + rest) or "''" in claimed + rest:
        return None
    return claimed + ("" if words(rest)[0] in CLAUSE_VERBS else ",") + rest


def _only_reports(before: list[str], behind: str, cue: Cue) -> bool:
    """Whether the words around a cue say who speaks, and perhaps where or when, but not what."""
    found = words(behind)
    is_aside = not (ASIDES | PREPOSITIONS).isdisjoint(found[:1])
    if not before:
        return len(found) <= _SHORT and (cue.names_source or (cue.text in SAYING and not is_aside))
    ends = not found or is_aside or cue.names_source or _is_manner(behind)
    most = _SHORT if cue.speech else _FEWEST_WORDS
    named = cue.text.casefold() in ADDRESSING
    return (ends or named) and len(before) <= most and len(found) <= (_SHORT if named else _NEAR)


def _is_manner(behind: str) -> bool:
    """Whether it tells how somebody spoke, or who told him, not what else: not ", adding"."""
    first = words(behind)[0]
    tells_more = bool(cues(first)) and first not in CITING
    return behind.startswith(",") and first.endswith("ing") and not tells_more


def _as_sentence(text: str) -> str:
    text = text.strip(_EDGES)
    return _ended(text[:1].upper() + text[1:])


def _ended(text: str) -> str:
    text = text.rstrip(_EDGES)
    return text if is_ended(text) or not text else f"{text}."
