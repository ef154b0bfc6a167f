"""What an article could hold to become more than text, and a comparison full of it."""

from typing import Any

from claimcompare.schema import (
    Agreement,
    Article,
    Assertion,
    ChangedPosition,
    Changes,
    Claim,
    Comparison,
    Copy,
    Dispute,
    Doubt,
    Gone,
    LedgerRow,
    NewVoice,
    OpposingPair,
    Probabilities,
    PromptUse,
    Provenance,
    Span,
    Speaker,
    Stance,
)
from claimcompare.usage import RunUsage, Usage

ATTACKS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</option></select><script>alert(1)</script>",
    "</template></noscript><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=https://a.example/x.js></script>",
    "<script type=module>import('https://a.example/x.js')</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://a.example/pixel.png>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    '" autofocus onfocus=alert(1) x="',
    "` onclick=`alert(1)`",
    "x onload=alert(1)",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=https://a.example/x.swf>",
    "<link rel=stylesheet href=https://a.example/x.css>",
    "<style>@import 'https://a.example/x.css';</style>",
    "<style>*{background:url(https://a.example/x)}</style>",
    "<meta http-equiv=refresh content='0;url=https://a.example'>",
    "<base href=https://a.example/>",
    "<form action=https://a.example><button>Go</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<a href=javascript:alert(1)>click</a>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "https://a.example/\"onclick='alert(1)'x=\"",
    "//a.example/x",
    "{{ 7 * 7 }}",
    "{{ ''.__class__.__mro__ }}",
    "{% raw %}{% include '/etc/passwd' %}",
    "${alert(1)}",
    "<% alert(1) %>",
    "{{constructor.constructor('alert(1)')()}}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\u003cscript\u003ealert(1)",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "\x00<script>alert(1)</script>",
    "\u202e<script>alert(1)</script>\u202c",
    "\ufeff\u2028<script>alert(1)</script>\u2029",
    "<!--><script>alert(1)</script>",
    "<x" * 50 + ">" * 50,
    "expression(alert(1))",
    "#main",
    "w1",
    "__proto__",
    "constructor",
]


WORDS = "The lock is sound."
SPAN = Span(start=0, end=len(WORDS), text=WORDS)
STANCES: tuple[Stance | None, ...] = ("support", "denial", "context", None, "support")


def _article(article_id: str) -> Article:
    texts = dict.fromkeys(set(Article.model_fields) - {"id", "text", "doubts"}, "x")
    return Article.model_validate({"id": article_id, "text": WORDS, **texts})


def _claim(claim_id: str) -> Claim:
    return Claim(
        id=claim_id,
        article_id="article-1",
        speaker="Ines Quill",
        mention=SPAN,
        via=("Fenwick Post",),
        speaker_id="speaker-1",
        text=WORDS,
        evidence=(SPAN,),
        doubts=(Doubt(kind="number", says="x"),),
    )


def _assertion(claim_id: str, stance: Stance | None) -> Assertion:
    return Assertion(
        claim_id=claim_id,
        stance=stance,
        probabilities=Probabilities(support=0.5, denial=0.5, context=0),
        agreement=Agreement(agreeing=1, readings=2),
        reason="unsure",
        withdrawn_by="claim-2" if claim_id == "claim-5" else None,
    )


def _moved(now: Stance) -> ChangedPosition:
    return ChangedPosition(
        proposition="x", speaker_id="x", was="support", now=now, claim="claim-1", by="claim-2"
    )


CLAIM_IDS = [f"claim-{number}" for number in range(1, 7)]
FULL = Comparison(
    articles=(_article("article-1"), _article("article-2")),
    speakers=(Speaker(id="speaker-1", name="x", names=("x",)),),
    claims=tuple(_claim(one) for one in CLAIM_IDS),
    disputes=(
        Dispute(
            proposition=WORDS,
            assertions=tuple(map(_assertion, CLAIM_IDS, STANCES)),
            pairs=(OpposingPair(support="claim-1", denial="claim-2", kind="denied"),),
        ),
    ),
    ledger=(
        LedgerRow(stage="extract", outcome="failed", item="x", reason="x", article_id="article-1"),
        LedgerRow(stage="pair", outcome="refused", item="x", reason="x", article_id="gone"),
        LedgerRow(stage="pair", outcome="abstained", item="claim-1", reason="x", article_id="x"),
    ),
    usage=RunUsage(extract_by_article={"article-1": Usage()}),
    provenance=Provenance(
        claimcompare="x",
        model="x",
        endpoint="x",
        prompts=(PromptUse(name="x", version="x", filled=("x",)),),
        small=True,
        judge="x",
        settings={"compare": {"x": "x"}},
    ),
    copies=(Copy(article_id="article-2", of="article-1", share=0.5),),
    changes=Changes(
        before="x",
        articles=("article-2",),
        corrected=("article-1",),
        outlets=("x",),
        speakers=("speaker-1",),
        claims=("claim-1",),
        disputes=("x",),
        voices=(NewVoice(proposition="x", stance="denial", speaker_id="x", claims=("claim-2",)),),
        reversed=(_moved("denial"),),
        withdrawn=(_moved("context"),),
        gone=(Gone(kind="claim", item="x", reason="x", article_id="x"),),
    ),
)
IDS = [*(one.id for one in FULL.articles), *(one.id for one in FULL.speakers), *CLAIM_IDS]


def everywhere(text: str) -> Comparison:
    """A comparison with that text in every field that can hold it, ids too."""
    return Comparison.model_validate(
        _filled(FULL.model_dump(mode="json", exclude_computed_fields=True), text)
    )


def _filled(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        filled = {_id(key, text): _filled(one, text) for key, one in value.items()}
        return filled | {"end": len(text)} if "start" in value else filled
    if isinstance(value, list):
        return [_filled(one, text) for one in value]
    if not isinstance(value, str) or value in CLOSED:
        return value
    return _id(value, text) if value in IDS else text


def _id(value: str, text: str) -> str:
    return f"{text}{IDS.index(value)}" if value in IDS else value


def _closed(schema: Any) -> set[str]:
    """The values of fields that hold one of a few words."""
    if isinstance(schema, list):
        return set().union(*map(_closed, schema))
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("enum", ())).union(*map(_closed, schema.values()))


CLOSED = _closed(Comparison.model_json_schema())
