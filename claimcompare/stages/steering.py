"""Words in an article that speak to the reader of a prompt and not to the reader of news.

Marks of chats, prompts and code give such words away by themselves. Plain words do so together:
an order and what only a reader of prompts can do with it, also in disguise.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator

from claimcompare.stages.quotes import quotations

# No sentence of news runs on for so long; cut into pieces it fills many passages.
ENDLESS = 600
_STOP = re.compile(r"(?<=\w{3}[.!?\u2026])\W*\s(?=\W*[^\W\d_a-z])|[\u3002\uff01\uff1f]")
_MARKUP = re.compile(
    r"<[|/!]|<<|<[a-z][\w:-]*[\s>/]|\|>|>>|\{\s*\}|^\W*(?:system|assistant|user)\W*$|"
    r"[\[\u3010]/?(?:INST|SYS|SYSTEM|USER|ASSISTANT|END|EO[FST])\b|"
    r"\[\d+\]|```|~~~|\{\{|\}\}|\{[%#]|[%#]\}|\$\{|%\(\w+\)|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|"
    r"(?:%[0-9a-f]{2}){4}|&(?:[a-z]{2,6}|#\w+);|^\s*#{2,}\s|\bbegin new\b|(?<!\w)-{3,}(?!\w)|"
    r"={3,}|\*{3,}|"
    r"[{\[]\s*[\"'\u201c\u201d]\w+[\"'\u201c\u201d]\s*:|^\s*[{\[]|"
    r"[\"'\u201c\u201d]\s*:\s*(?:[\[{]|null\b)|"
    r"[\"'\u201c\u201d](?:who|speaker|via|cue|text|claims?|stance|sentences|answer|role|content)"
    r"[\"'\u201c\u201d]\s*:|^\s*(?:EOF|EOT|END)\W*$|\b(?:end of|end)[ _-](?:the )?"
    r"(?:article|text|input|output|prompt|passages?|document|context|instructions?|transcript)\b|"
    r"^\W*(?:system|assistant|user|human|ai|developer|model|bot|passages?|sentences?|before|answer|"
    r"example|input|output|tool|instructions?|response|prompt|task|label|q|question)(?:\s+(?:\d+|"
    r"message|prompt|turn|role))?\W*[:>]|^\W*\(\d+\)|"
    r"\b(?:stance|speaker|verdict|via|cue|who|role)\s*[:=]\s*[\"\w]",
    re.IGNORECASE | re.MULTILINE,
)
# Tags, overrides and isolates of direction, invisible operators: no keyboard writes them.
_UNSEEN = re.compile(
    "[\u2060-\u2064\u2066-\u206f\u202a-\u202e\U000e0000-\U000e007f\x00-\x08\x0e-\x1f\x7f]"
    "|[\u200b\ufeff]{3}"
)
# What web pages are full of, and what may cut a word in two where nobody sees it.
_THIN = re.compile("[\u00ad\u200b-\u200f\ufeff\u180e]")
_MIXED = re.compile(
    "[a-z][\u0370-\u052f]+[a-z]|[\u0400-\u052f][a-z]+[\u0400-\u052f]|\\b[\u0430\u0435\u043e\u0440\u0441\u0445\u0456][a-z]{2}"
    "|[\U0001d400-\U0001d7ff\u24b6-\u24e9]",
    re.IGNORECASE,
)
_BLOB = re.compile(
    r"(?<![\w/.-])(?=[A-Za-z0-9+/]*\d)(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])"
    r"[A-Za-z0-9+/]{24,}={0,2}|\b[0-9a-f]{32,}\b|[A-Za-z0-9]{60,}"
)
_SPACED = re.compile(r"\b\w(?:[\s.-]+\w\b){5,}")
_DIGITS = re.compile(r"[a-z][013457]+[a-z]", re.IGNORECASE)
_LETTERS = str.maketrans("013457", "oieast")

_WORDS = {
    # To turn away from what was asked before.
    "disregard": r"\b(?:ignore|disregard|forget|overrid(?:e|es|ing)|overwrite|bypass|discard|skip|"
    r"supersedes?|cancel|pay no (?:attention|heed)|take no notice|do(?: not|n't) (?:follow|obey|"
    r"apply)|"
    r"(?:no longer|not) (?:apply|valid|in force)|(?:is|are|be) (?:void|ignored|skipped|"
    r"disregarded)|"
    r"set aside|stop (?:following|reading)|"
    r"ignorieren?|missachten?|vergiss|vergessen sie|au\u00dfer acht|beachte\w* nicht|"
    r"ignorez?|oubliez?|ne ten(?:ez|ir|iens) (?:pas|aucun) compte|fa(?:is|ites) abstraction|"
    r"ignor(?:a|en|ad)|olvid(?:a|e|en|ar)|caso omiso|no tengas? en cuenta|prescind(?:a|e)|"
    r"drop|start over|refuse to|\u00fcberspring\w*|sautez?|omit(?:e|a|an)|dimentica|esque\u00e7a|"
    r"zignoruj|zapomnij|pomi\u0144|negeer|vergeet|yok say\w*|g\u00f6rmezden|unut)\b|"
    r"игнориру(?:й|ем)|пропусти|飛ばし|забудь|не обращай|отмен(?:и|яю)|не учитыва|"
    r"ігнору(?:й|ва)|не зважай|скасу(?:й|ва)|не врахову|"
    r"무시|잊어|نادیده|لا تلتزم|لا تتبع|अनदेखा|تجاهل|انس(?!\w)|انسوا|انسى|تغاض|"
    r"忽略|忽视|無視し(?!て(?:い|き))|無視せよ|無視する|无视|忘记|忘掉|"
    r"不要理会|不必理会|跳过|忘れ(?:て|ろ|なさい)|従わず|従うな|不要遵守|不要听",
    # What was asked before.
    "order": r"\b(?:instructions?|prompts?|rules?|guidelines?|directions|the above|above|"
    r"preceding|previous|"
    r"prior|earlier|foregoing|guidance|commands?|everything|whatever|before this|so far|next|"
    r"following|rest|others|this (?:line|document|page)|"
    r"anweisung\w*|vorgaben|obige\w*|vorherige\w*|bisherige\w*|alles|regeln|"
    r"instructions|consignes|pr\u00e9c\u00e8de\w*|pr\u00e9c\u00e9dente?s?|ci-dessus|tout|"
    r"r\u00e8gles|"
    r"instrucci\w+|anterior(?:es)?|lo anterior|todo|reglas|indicaciones|istruzioni|"
    r"instru\u00e7\u00f5es|"
    r"polece(?:\u0144|nia)|instructies|talimat\w*)\b|지시|명령|निर्देश|"
    r"инструкци|предыдущ|всё|указани|правила|выше|інструкці|попередні|усе|все, що|вказівк|"
    r"التعليمات|ما سبق|السابق|الأوامر|指令|以上|上述|之前|前面|提示|规则|"
    r"上記|指示|これまで|前の|以前",
    # What an answer is about or made of.
    "matter": r"\b(?:claims?|statements?|sentences?|speakers?|assertions?|passages?|quotes?|"
    r"quotations?|"
    r"paragraphs?|output|(?:the|your|this|next|all|every) answers?|responses?|json|labels?|"
    r"stances?|"
    r"fields?|keys|attributions?|empty (?:list|object)|article|text|page|summar(?:y|ies)|null|"
    r"lists?|"
    r"what .{1,30} sa(?:ys?|id)|speaks|spoken|spoke|remarks?|words|voice|own answers|"
    r"behauptung\w*|aussagen?|sprecher\w*|zitate?|antwort|ausgabe|(?:leere )?liste|s\u00e4tze?|"
    r"artikels?|"
    r"affirmations?|d\u00e9clarations?|citations?|phrases?|locuteurs?|r\u00e9pon(?:se|dez|ds)|"
    r"liste|article|"
    r"afirmaci\w+|declaraci\w+|citas?|frases?|hablantes?|respuesta|responda?|lista|art\u00edculo|"
    r"dichiarazioni|declara\u00e7\u00f5es)\b|"
    r"утвержден|высказыван|заявлени|цитат|предложени|ответ|списк|список|стать|спикер|говорящ|"
    r"твердженн|висловлюван|відповід|речен|статт|мовц|"
    r"ادعاء|الادعاءات|تصريح|التصريحات|الجمل|المتحدث|الاقتباسات|الإجابة|وأجب|أجب|قائمة|المقال|"
    r"声明|陈述|主张|发言|說法|说法|句子|引语|引文|回答|输出|列表|本文|文章|主張|発言|話者|引用|出力|リスト|記事|文章",
    # What is done to it.
    "treat": r"\b(?:mark|label|classif|treat|attribut|assign|tag|list|extract|return|output|"
    r"record|credit|"
    r"count|regard|consider|read|tak|omit|leave|left|exclud|replac|chang|swap|renam|put|set|report|"
    r"treat|deny|give|gav|print|answer|add|remov|delet|made|make|reject|skip|pick|nam|invert|"
    r"markier|kennzeichn|zuordn|ordne|zuzu|stufe|behandel|werte|gib|geben|antwort|schreib|"
    r"f\u00fchre|"
    r"marqu|attribu|consid\u00e8r|class|r\u00e9pond|renvo|trait|indiqu|list|"
    r"marca|marque|atribu|clasif|consider|respond|devuelv|trat|cuent|tribu|rispond)\w*|"
    r"отмет|пометь|припис|ответ|счита|классифиц|вывед|верни|укаж|познач|дайте|вважа|класиф|вкаж|"
    r"نسب|ضع|وضع|صنف|اعتبر|أجب|اعتبار|标记|标为|标注|归于|归给|视为|输出|分类|返回|列出|回答|"
    r"分類|出力|とみな|扱|回答|答え|割り当て|帰属|として",
    # That it be done.
    "ought": r"\b(?:must|should|shall|please|kindly|needs? to|has to|have to|(?:is|are|be) to be|"
    r"requires?|we ask|essential|"
    r"required|requested|(?:is|are) asked|ought|would be (?:most |very )?(?:helpful|best|correct|"
    r"good)|"
    r"correct answer|as (?:an? )?(?:denial|support|context)|"
    r"zuzu\w+|muss|m\u00fcssen|soll(?:en|te|ten)?|bitte|(?:ist|sind) zu|"
    r"doi(?:t|vent)|devr\w+|veuillez|il faut|merci de|pri\u00e8re de|"
    r"deben?|deber\u00eda\w*|por favor|hay que|se ruega|conviene|si prega|favor)\b|"
    r"должн|следует|нужно|необходимо|надо|пожалуйста|просьба|просим|"
    r"повинн|слід|треба|потрібно|будь ласка|прохання|просимо|має бути|мають бути|"
    r"يجب|يرجى|الرجاء|ينبغي|必须|应该|应当|应|请|請|務必|务必|只|ください|べき|しなさい|せよ|しろ",
    # Who reads prompts.
    "lasting": r"\b(?:henceforth|from now on|from here on|throughout|whatever (?:it|they|he|"
    r"she) sa\w+)\b",
    "model": r"(?<![a-z])(?:ai|ki|ia)(?![a-z])|\b(?:language models?|llms?|chatbots?|gpt\S*|"
    r"a\.i\.|artificial intelligence|assistants?|"
    r"algorithms?|bots?|the model|models?|automated (?:readers?|systems?|tools?)|software|parsers?|"
    r"annotators?|machines?|extractors?|whoever (?:reads|extracts|processes|summari[sz]es)|"
    r"computers?|summari[sz]ers?|databases?|data ?sets?|machine learning|operators?|developer mode|"
    r"sprachmodelle?|ki-\w+|mod\u00e8les? de lang\w+|modelos? de lenguaje|asistentes?)\b|"
    r"языков\w+ модел|нейросет|мовн\w+ модел|нейромереж|نموذج اللغ|الذكاء الاصطناعي|"
    r"语言模型|人工智能|助手|言語モデル|アシスタント",
}
_FOUND = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _WORDS.items()}
_NEAR = 90
_TOGETHER = (
    ("disregard", "order"),
    ("disregard", "matter"),
    ("ought", "treat", "matter"),
    ("model", "ought", "matter"),
    ("model", "treat", "ought"),
    ("model", "treat", "matter"),
    ("lasting", "matter"),
)
# News speaks to its readers in quotations alone.
_YOU = re.compile(
    r"\b(?:you|yours?|yourself|du (?:bist|sollst|musst|wirst)|dich|dir|deine?\w*|tu|toi|tes|vous|"
    r"votre|vos|usted)\b"
    r"|\b(?:ты|тебе|тебя|тво[йяеи]\w*|вы|вам|ваш\w*|ти|тобі|тебе|твій|ви|вам)\b|你|您|あなた|أنت|당신",
    re.IGNORECASE,
)
_FOR_YOU = ("matter", "model", "disregard", "order")
_COMMAND = (
    r"(?:mark|label|classify|treat|attribute|assign|tag|list|extract|return|output|print|answer|"
    r"respond|reply|say|give|change|swap|rename|leave out|omit|remove|delete|add|"
    r"credit|"
    r"replace|insert|include|exclude|translate|repeat|append|generate|invent|do not|don't|"
    r""
    r"name|drop|leave|let|keep|switch|invert|reveal|write|put|use|make|consider|mix up|"
    r"suppose|stay|"
    r"forget|assume|turn|render|set|refuse|pretend|"
    r"markiere|kennzeichne|antworte|nenne|schreibe|behandle|marque[zs]?|r\u00e9ponde?[zs]|"
    r"attribue[zs]?|marca|responde|atribuye|devuelve|отметь|отметьте|ответь|ответьте|познач|"
    r"позначте|відповідай)"
)
_ADDRESS = re.compile(
    r"(?:^\W*|[.!?:;]\s+|\band )(?:now |then |please |kindly |bitte |only |never |"
    rf"always |instead,? )?{_COMMAND}\b.{{0,60}}?(?:{_WORDS['matter']})"
    r"|\b(?:before|above|after|below) this (?:sentence|line|paragraph|passage|point)\b"
    r"|\b(?:du bist|vous \u00eates|tu es) (?:jetzt|nun|maintenant|d\u00e9sormais)\b|"
    r"\bahora eres\b|\beres ahora\b"
    r"|\bwhat(?:ever)? you (?:were|(?:have|had) been) (?:told|asked)\b|\bnew (?:task|"
    r"instructions?|system|prompt)\b"
    r"|\byour (?:\w+ )?(?:task|instructions?|output|prompt|role) (?:is|are|now|must|should)\b"
    r"|\b(?:instructions?|orders?) (?:to|for) (?:you|the model|the assistant|the ai)\b"
    r"|\b(?:system prompt|as an? (?:ai|language model|assistant)\b|you, the (?:ai|model|assistant))"
    r"|^(?:you are now (?:an?|the|in|no)|pretend (?:to|that)|imagine (?:that )?you|act as)\b"
    r"|\b(?:article|text|passage|document|input|material)\b.{0,12}\b(?:(?:ends|stops) here|"
    r"is over)\b"
    r"|\b(?:this|here|that) (?:concludes|ends|is the end of) (?:the|this|our) (?:article|text|"
    r"story|report)"
    r"|\b(?:answer|return|reply|respond|output)\w*\s+(?:with\s+|only\s+|just\s+)*(?:null|nothing|"
    r"an? empty)\b"
    rf"|^\W*(?:dear|attention|achtung|hey|hello|внимание|увага)\b.{{0,25}}(?:{_WORDS['model']})[^,:]*[:,]"
    rf"|^\W*(?:to|for|an|\u00e0|para|إلى)\b.{{0,25}}(?:{_WORDS['model']})[^:]{{0,20}}:"
    r"|(?:人工智能|AI|助手|モデル|模型)(?:请|へ|は|必须|须|注意|应)"
    r"|\b(?:note|hint|message|correction|hinweis|nachricht|note|aviso|nota|mensaje)\s+"
    r"(?:to|for|an|\u00e0|para|al?|f\u00fcr) .{0,30}?"
    rf"(?:{_WORDS['model']})"
    r"|\b(?:sentences?|passages?|speakers?|claims?) (?:no\.? |number )?\d+ (?:(?:to|and|-) \d+ )?"
    r"(?:is|are|was|were|must|should|in fact|really)\b"
    r"|(?:ты|вы) теперь\b|теперь (?:ты|вы)\b|тепер (?:ти|ви)\b|(?:ти|ви) тепер\b"
    r"|أنت الآن|你现在是|从现在起|あなたは今",
    re.IGNORECASE,
)


def steers(text: str) -> bool:
    """Whether a stretch of an article is better read alone, since it may be meant for a model.

    Being wrong costs a call and some context, for this stretch only; what it says is still read.
    """
    shown = _THIN.sub("", text)
    return bool(
        any(len(sentence) >= ENDLESS for sentence in _STOP.split(text))
        or any(shape.search(text) for shape in (_MARKUP, _UNSEEN, _BLOB))
        or _MIXED.search(shown)
        or any(map(_orders, _readings(unicodedata.normalize("NFKC", shown))))
    )


def _readings(text: str) -> Iterator[str]:
    """The text, and what it says if it is in disguise."""
    yield text
    yield text[::-1]
    yield codecs.encode(text, "rot13")
    if _SPACED.search(text):
        yield re.sub(r"(?<=\b\w)[ .-](?=\w\b)", "", text)
    if _DIGITS.search(text):
        yield text.translate(_LETTERS)


def _orders(text: str) -> bool:
    """Whether plain words tell a reader of prompts what to do."""
    if _MARKUP.search(text) or _ADDRESS.search(text):
        return True
    places = {
        name: [match.start() for match in words.finditer(text)] for name, words in _FOUND.items()
    }
    quoted = {at for start, end in quotations(text) for at in range(start, end)}
    told = [at.start() for at in _YOU.finditer(text) if at.start() not in quoted]
    return any(_meet([places[name] for name in names]) for names in _TOGETHER) or any(
        _meet([told, places[name]]) for name in _FOR_YOU
    )


def _meet(places: list[list[int]]) -> bool:
    """Whether words of each kind stand near one of the first kind."""
    return any(
        all(any(abs(at - first) <= _NEAR for at in others) for others in places[1:])
        for first in places[0]
    )
