"""One chunk is read: asked about, answered, checked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from claimcompare.errors import LLMError, LLMOutputError
from claimcompare.llm import LLM
from claimcompare.prompts import PromptFile
from claimcompare.schema import LedgerRow, Outcome
from claimcompare.stages.checks import check
from claimcompare.stages.chunks import Chunk
from claimcompare.stages.log import StageLog
from claimcompare.stages.passages import Passage
from claimcompare.stages.statements import Checked, Given, Refused, Said
from claimcompare.stages.subjects import subject
from claimcompare.stages.wire import WireClaim, WireClaims, full_claims, lean_claims
from claimcompare.stages.wording import own_words


class Reader(NamedTuple):
    """What chunks are read with, and how thoroughly."""

    llm: LLM
    prompt: PromptFile
    lean: bool
    twice: bool


class Reading(NamedTuple):
    """What came of one chunk; no answer at all leaves an error."""

    found: tuple[Checked, ...]
    log: StageLog
    error: LLMError | None = None
    answered: bool = False
    apart: bool = False


async def read_chunk(reader: Reader, chunk: Chunk) -> Reading:
    """The claims of a chunk; what seems to report something and got none may be read twice."""
    first = await _read_once(reader, chunk)
    claimed = {checked.evidence.start for checked in first.found}
    asked = chunk.asked(lean=reader.lean).values()
    missed = tuple(one for one in asked if one.reports and one.start not in claimed)
    if not (reader.twice and first.answered and missed):
        return first
    second = await _read_once(reader, chunk.only(missed))
    found = sorted(first.found + second.found, key=lambda checked: checked.evidence.start)
    return first._replace(found=tuple(found), log=first.log + second.log)


async def _read_once(reader: Reader, chunk: Chunk) -> Reading:
    """The claims of one chunk; one whose answer is cut off is read in two halves."""
    asked = chunk.asked(lean=reader.lean)
    if not asked:
        return _unasked(reader, chunk)
    filled = reader.prompt.fill(**chunk.values(), worded=not reader.lean)
    wire = lean_claims(asked) if reader.lean else full_claims(asked)
    try:
        answer = await reader.llm.aask(filled, wire)
    except LLMOutputError as error:
        log = StageLog(usage=error.usage, prompts=(filled.use,))
        if error.fault == "truncated" and len(chunk.read) > 1:
            return await _read_halves(reader, chunk, log)
        return Reading((), log + _row(chunk, "failed", str(chunk), str(error)))
    except LLMError as error:
        log = StageLog(usage=error.usage, prompts=(filled.use,))
        return Reading((), log + _row(chunk, "failed", str(chunk), str(error)), error)
    log = StageLog(usage=answer.usage, prompts=(filled.use,))
    said = _said(answer.value, asked) + _told(reader, chunk)
    return _checked(said, chunk, reader.prompt.system, log)


def _unasked(reader: Reader, chunk: Chunk) -> Reading:
    """What a chunk tells without a call."""
    said = _told(reader, chunk)
    if not said:
        nothing = "nothing new" if chunk.known else "nothing"
        return Reading((), _row(chunk, "kept", str(chunk), f"{nothing} in it reports what is said"))
    return _checked(said, chunk, reader.prompt.system, StageLog())


async def _read_halves(reader: Reader, chunk: Chunk, log: StageLog) -> Reading:
    left, right = chunk.halves()
    one = await _read_once(reader, left)
    other = await _read_once(reader, right)
    return Reading(
        one.found + other.found,
        log + one.log + other.log,
        answered=one.answered or other.answered,
        apart=chunk.apart,
    )


def _said(answer: WireClaims, asked: Mapping[str, Passage]) -> list[Said]:
    return [
        said
        for key, claims in answer.by_key().items()
        for claim in claims
        for said in said_of(claim, asked[key])
    ]


def _told(reader: Reader, chunk: Chunk) -> list[Said]:
    """What the passages tell by themselves; a reader who words its claims is asked for those."""
    claims = chunk.told() if reader.lean else ()
    return [said for claim, passage in claims for said in said_of(claim, passage)]


def said_of(claim: WireClaim, passage: Passage) -> Iterator[Said]:
    """One claim if the model worded it, else one for each that stands in the passage."""
    own = own_words(passage)
    for words in own if claim.wording is None else (" ".join(own),):
        yield Said(
            evidence=passage,
            who=claim.who,
            speaker=claim.speaker,
            via=tuple(claim.relayers),
            cue=passage.cues[0].text if passage.cues else None,
            wording=claim.wording,
            own_words=words,
            subject=subject(passage),
            goes_on=passage.goes_on,
        )


def _checked(claims: Sequence[Said], chunk: Chunk, examples: str, log: StageLog) -> Reading:
    given = Given(chunk.read, chunk.before, chunk.names, examples)
    found: list[Checked] = []
    called = bool(log.prompts)
    for claim in sorted(claims, key=lambda one: one.evidence.start):
        item = f"{chunk}: {claim.speaker or 'the article'}: {claim.wording or claim.own_words}"
        try:
            checked = check(claim, given, found)
        except Refused as reason:
            log += _row(chunk, "rejected", item, str(reason))
            continue
        found.append(checked)
        if checked.note:
            log += _row(chunk, "kept", f"{chunk}: {checked.text}", checked.note)
    kept = f"{len(found)} of {len(claims)} claims kept" if claims else "nobody claims anything"
    log += _row(chunk, "kept", str(chunk), kept if called else f"{kept}, without a call")
    return Reading(tuple(found), log, answered=called, apart=chunk.apart)


def _row(chunk: Chunk, outcome: Outcome, item: str, reason: str) -> StageLog:
    row = LedgerRow(
        stage="extract", outcome=outcome, item=item, reason=reason, article_id=chunk.article.id
    )
    return StageLog(ledger=(row,))
