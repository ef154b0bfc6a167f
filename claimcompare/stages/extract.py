"""Articles in, claims out: the model cites sentence numbers, the code computes offsets."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from claimcompare.errors import LLMOutputError
from claimcompare.llm import LLM
from claimcompare.prompts import PromptFile, as_data, load_prompt
from claimcompare.schema import Article, Claim, LedgerRow, Outcome, Record, Sentence, Span
from claimcompare.stages.checks import Checked, Given, Refused, WireClaim, check
from claimcompare.stages.log import Progress, StageLog, at_most, each, joined
from claimcompare.stages.names import Names, fullest
from claimcompare.stages.settings import CompareSettings

MANY_SENTENCES = 40
CLAIMS_PER_SENTENCE = 4
MAX_CHARACTERS = 8_000
SENTENCES_BEFORE = 2
MAX_CHARACTERS_BEFORE = 900


class WireClaims(BaseModel):
    """The model's answer."""

    model_config = ConfigDict(extra="forbid")

    claims: list[WireClaim]


class Extraction(Record):
    """The claims of some articles, and what became of every sentence and claim."""

    claims: tuple[Claim, ...]
    log: StageLog


class _Chunk(NamedTuple):
    """Sentences to read in one call, and those before them that tell who is meant."""

    article: Article
    names: Names
    before: tuple[Sentence, ...]
    read: tuple[Sentence, ...]

    def __str__(self) -> str:
        first, last = self.read[0].number, self.read[-1].number
        return f"sentence {first}" if first == last else f"sentences {first} to {last}"


class _Reading(NamedTuple):
    """What came of one chunk; the claims have no ids yet."""

    found: tuple[Checked, ...]
    log: StageLog


async def aextract(
    articles: Iterable[Article],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Extraction:
    """The claims of each article, in the order of the text.

    A chunk whose answer cannot be used becomes a failed row of the ledger.
    Raises PromptError, RecordingError, LLMError.
    """
    settings = settings or CompareSettings()
    prompt = load_prompt("extract", settings.prompts)
    size = settings.sentences_per_call or (1 if llm.is_local else MANY_SENTENCES)
    chunks = [chunk for article in articles for chunk in _chunks(article, size)]
    readings = await each("extract", [_read(chunk, prompt, llm) for chunk in chunks], progress)
    by_article: dict[str, list[_Reading]] = {}
    for chunk, reading in zip(chunks, readings, strict=True):
        by_article.setdefault(chunk.article.id, []).append(reading)
    extractions = [_of_article(article_id, found) for article_id, found in by_article.items()]
    return Extraction(
        claims=tuple(claim for extraction in extractions for claim in extraction.claims),
        log=joined(extraction.log for extraction in extractions),
    )


def _chunks(article: Article, size: int) -> Iterator[_Chunk]:
    sentences = article.sentences()
    names = Names(article.text)
    first = 0
    while first < len(sentences):
        end = first + 1
        while end < min(first + size, len(sentences)) and _fits(sentences[first : end + 1]):
            end += 1
        yield _Chunk(article, names, _last(sentences[:first]), sentences[first:end])
        first = end


def _fits(sentences: Sequence[Sentence]) -> bool:
    return sum(len(sentence.text) for sentence in sentences) <= MAX_CHARACTERS


def _last(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """The last few sentences, as far as they are short."""
    last = sentences[-SENTENCES_BEFORE:]
    while sum(len(sentence.text) for sentence in last) > MAX_CHARACTERS_BEFORE:
        last = last[1:]
    return last


async def _read(chunk: _Chunk, prompt: PromptFile, llm: LLM) -> _Reading:
    """The claims of one chunk; one whose answer is cut off is read in two halves."""
    filled = prompt.fill(
        before=" ".join(as_data(sentence.text) for sentence in chunk.before),
        sentences=[(sentence.number, as_data(sentence.text)) for sentence in chunk.read],
    )
    try:
        bounded = at_most(WireClaims, "claims", CLAIMS_PER_SENTENCE * len(chunk.read))
        answer = await llm.aask(filled, bounded)
    except LLMOutputError as error:
        log = StageLog(usage=error.usage, prompts=(filled,))
        if error.fault == "truncated" and len(chunk.read) > 1:
            return await _read_halves(chunk, prompt, llm, log)
        return _Reading((), log + _row(chunk, "failed", str(chunk), str(error)))
    log = StageLog(usage=answer.usage, prompts=(filled,))
    return _checked(answer.value.claims, chunk, prompt.system, log)


async def _read_halves(chunk: _Chunk, prompt: PromptFile, llm: LLM, log: StageLog) -> _Reading:
    middle = len(chunk.read) // 2
    left, right = chunk.read[:middle], chunk.read[middle:]
    one = await _read(chunk._replace(read=left), prompt, llm)
    other = await _read(chunk._replace(before=_last(chunk.before + left), read=right), prompt, llm)
    return _Reading(one.found + other.found, log + one.log + other.log)


def _checked(claims: Sequence[WireClaim], chunk: _Chunk, examples: str, log: StageLog) -> _Reading:
    given = Given(chunk.read, chunk.before, chunk.names, examples)
    found: list[Checked] = []
    for claim in claims:
        item = f"{chunk}: {claim.speaker or 'the article'}: {claim.text}"
        try:
            checked = check(claim, given, found)
        except Refused as reason:
            log += _row(chunk, "rejected", item, str(reason))
            continue
        found.append(checked)
        if checked.note:
            log += _row(chunk, "kept", f"{chunk}: {checked.text}", checked.note)
    kept = f"{len(found)} of {len(claims)} claims kept" if claims else "nobody claims anything"
    return _Reading(tuple(found), log + _row(chunk, "kept", str(chunk), kept))


def _row(chunk: _Chunk, outcome: Outcome, item: str, reason: str) -> StageLog:
    row = LedgerRow(
        stage="extract", outcome=outcome, item=item, reason=reason, article_id=chunk.article.id
    )
    return StageLog(ledger=(row,))


def _of_article(article_id: str, readings: Sequence[_Reading]) -> Extraction:
    found = [checked for reading in readings for checked in reading.found]
    speakers = frozenset(checked.speaker for checked in found if checked.speaker)
    claims = tuple(
        Claim(
            id=f"{article_id}:{number}",
            article_id=article_id,
            speaker=fullest(checked.speaker, speakers) if checked.speaker else None,
            via=checked.via,
            cue=checked.cue,
            text=checked.text,
            evidence=tuple(
                Span(start=sentence.start, end=sentence.end, text=sentence.text)
                for sentence in checked.evidence
            ),
        )
        for number, checked in enumerate(found, start=1)
    )
    return Extraction(claims=claims, log=joined(reading.log for reading in readings))


def extract(
    articles: Iterable[Article],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Extraction:
    """Like `aextract`, from code that is not async."""
    return llm.run(aextract(articles, llm=llm, settings=settings, progress=progress))
