"""Word lists of the languages that news is often read in: more words make checks sharper."""

import re

_ENGLISH = frozenset(
    "a about after again all also an and any are as at be because been before being but by can "
    "could did do does during each for from further had has have having he her here him his how "
    "i if in into is it its itself may me might more most must my of off on once only or other "
    "our out over own said same say says she should so some such than that the their them then "
    "there these they this those through to too under until up upon was we were what when where "
    "which while who whom whose why will with would you your".split()
)
FUNCTION_WORDS = _ENGLISH | frozenset(
    "der die das den dem des ein eine einen und oder ist sind war mit von zu im in auf für dass "
    "le la les un une des du de et ou est sont dans que qui pour par sur au aux "
    "el los las una unos y o es son en del por para con se su "
    "и в на с что это как по из за от для он она они".split()
)

NEGATORS = frozenset(
    "not no never none neither nor nobody nothing nowhere without cannot "
    "nicht kein keine keinen nie niemals ohne ne pas jamais aucun aucune sans nunca ningún sin "
    "не нет ни никогда без ні немає لا لم لن ليس غير".split()
)
CONTRACTED_NOT = re.compile(r"n't$")
UNSPACED_NEGATION = re.compile(r"[不没沒无無未]|ない|ません")

# "Not only", "nobody has done more than she": negators in a sentence that asserts, without case.
NO_NEGATION = re.compile(
    r"\bnot\s+(?:only|just|merely)\b|"
    r"\b(?:no|nobody|nothing|never|none)\b(?!\s+(?:more|less))[^.,;:!?]{0,60}?"
    r"\b(?:more|better|greater|worse|less|fewer)\b[^.,;:!?]{0,60}?\bthan\b"
)

# Words with which somebody objects to what was said, in a text without differences of case.
REJECTION = re.compile(
    r"\b(?:den(?:y|ie[sd]|ying|ials?)|reject\w*|disput\w*|refut\w*|contradict\w*|contest\w*|"
    r"dismiss\w*|fals(?:e|ely|ehoods?)|untrue|untruth|lies?|lied|lying|fiction|fabricat\w*|hoax|"
    r"invent(?:ed|ion)|rebut\w*|repudiat\w*|withdr[ae]w\w*|retract\w*|recant\w*|wrong(?:ly)?|"
    r"incorrect\w*|baseless|unfounded|groundless|mistaken|misheard|mis(?:led|leading)|"
    r"doubt\w*|refus\w*|challeng\w*|rubbish\w*|nonsense|unlikely|impossible|"
    r"bestreit\w*|bestritt\w*|dementier\w*|zurückgewiesen|falsch\w*|lüge\w*|"
    r"démen\w*|nie|nier|nié|rejet\w*|faux|fausse|mensonge\w*|"
    r"nieg\w*|negó|negar|desment\w*|desmint\w*|rechaz\w*|fals[oa]s?|mentira\w*|"
    r"опроверг\w*|отриц\w*|отверг\w*|ложь|ложн\w*|неправд\w*|заперечу\w*|спросту\w*|брехн\w*)\b"
    r"|نفى|تنفي|ينفي|كاذب|否认|否認|驳斥|反駁|虚假|否定|虚偽"
)

_GOODS = (
    "seat|spot|place|permit|permission|visa|licen[cs]e|chance|bail|parole|loan|promotion|pension|"
    "entry|access|request|appeal|hearing|vote"
)
# "Neither confirm nor deny", "denied him a seat": what only looks as if it rejected a statement.
NO_REJECTION = re.compile(
    r"(?:\b(?:nor|not|never|cannot|hardly|nobody|no one|confirm(?:,|,? or))|n't)"
    r"(?:\s+(?:be|been|yet|ever))?(?:\s+\w+ly)?\s+(?:den(?:y|ie[sd]|ying)|disput\w*|reject\w*)\b|"
    r"\b(?:no|without(?:\s+a)?)\s+doubt\b|\bscience fiction\b|"
    r"\bwithdr[ae]w\w*\s+(?:from|(?:\w+\s+)?(?:troops|forces|soldiers))\b|"
    r"\bt(?:ook|ake[ns]?|aking)\s+back\s+(?:to|(?:the\s+)?(?:village|town|city|control|power|land|"
    r"territory|seats?|house|senate))\b|"
    r"\bfalse\s+(?:statements?\s+to|testimony|alarms?|pretences|pretenses|names?)\b|"
    r"\bden(?:y|ie[sd]|ying)\s+(?:(?:him|her|them|us|me|you|an?\s+\w+(?:\s+\w+)?)\s+)?"
    rf"(?:(?:an?|the|any)\s+)?(?:{_GOODS})s?\b"
)

# Words with which somebody takes back what he or she said before.
WITHDRAWAL = re.compile(
    r"\b(?:withdr[ae]w\w*|retract\w*|recant\w*|correct(?:s|ed|ing|ions?)|revis(?:e[sd]|ing|ions?)|"
    r"t(?:ake|akes|ook|aken|aking) back|no longer|backtrack\w*|amend(?:s|ed|ing)|misspoke\w*|"
    r"zur\u00fcckgenommen|nahm\w* zur\u00fcck|korrigier\w*|berichtig\w*|widerr[iu]ef\w*|"
    r"r\u00e9tract\w*|corrig\w*|rectifi\w*|retir(?:\u00e9\w*|er|a|ait|ent|ar\w*|ad[oa]s?|\u00f3)|rectific\w*|"
    r"отозвал\w*|исправил\w*|взял\w* назад|відкликал\w*|виправил\w*)\b"
    r"|سحب|صحح|تراجع|撤回|更正|收回|訂正"
)

# Those of both with which as much is said of other things: "he lied to the court", "doubts remain".
LOOSE_OBJECTION = re.compile(
    r"lie[ds]?|lying|wrong|wrongly|falsely|incorrectly|doubt\w*|refus\w*|challeng\w*|contest\w*|"
    r"invent(?:ed|ion)|fabricat(?:es?|ing)|dismiss\w*|mis(?:led|leading)|mistaken|unlikely|impossible|"
    r"withdrawals?|correct\w*|revis\w*|amend\w*|no longer"
)
# Where they are said of a statement all the same: "dismissed her claims", "a lie".
OF_A_STATEMENT = re.compile(
    r"\b(?:dismiss|challeng|contest)\w*\s+(?:\S+\s+){0,3}?(?:claims?|critiques?|criticisms?|reports?|"
    r"allegations?|accusations?|charges|suggestions?|assertions?|statements?|figures?|accounts?|"
    r"ideas?|notions?|as)\b|\b(?:a|another|all)\s+(?:\w+\s+)?lies?\b"
)

# What is denied without being said again, and the words with which it was said.
ACCUSATIONS = re.compile(
    r"\b(?:accusations?|allegations?|charges?|claims|wrongdoing|vorw(?:urf|ürfe)\w*|"
    r"anschuldigung\w*|allégations?|acusaci(?:ón|ones)|обвинени\w*|звинувач\w*)\b"
)
ACCUSING = re.compile(
    r"\b(?:accus\w*|alleg(?:e[ds]?|ing|edly|ations?)|charg(?:ed|es|ing)\s+(?:with|that)|"
    r"claim(?:s|ed|ing)?|blam(?:e[ds]?|ing)|sue[ds]|suing|beschuldig\w*|vorgeworfen|wirft|warf(?:en)?|"
    r"acus\w*|обвин\w*|звинуват\w*)\b"
)

# What opens the clause that says what was said.
COMPLEMENTISERS = re.compile(
    r"^:|\b(?:that|dass|daß|que|что|що)\b|\bqu['\u2019]|(?<!\w)(?:أن|إن|بأن)(?:ه|ها|هم)?(?!\w)|[：]",
    re.IGNORECASE,
)
# What opens another such clause.
ANOTHER_CLAUSE = re.compile(
    r",?\s(?:and|but|und|aber|et|y|и|і|та)\s(?:that|dass|daß|que|что|що)\s"
    r"(?!(?:is|was|will|would|has|had|can|could|must|should|may|might|means|makes)\b)",
    re.IGNORECASE,
)

# Verbs that stand before their subject, behind what was said.
SAYING = frozenset("said says sagte dit dijo сказал сказала заявил заявила сказав заявив".split())
# Behind such a verb, before whom it is known from.
CITING = frozenset("citing quoting".split())
# Verbs of which the clause says what ought to be, not what is.
ASKING = re.compile(r"propos|recommend|urg|demand|request|order|ask|advis|forder", re.IGNORECASE)
RELATIVES = frozenset("who which whom whose qui quien quienes который которая який яка".split())
# What goes on with what was said.
JOINING = frozenset("and but or while und aber oder et mais ou y pero o и но а і але".split())
# Verbs that name whom they speak to, and words that begin an aside before "that".
ADDRESSING = frozenset("told tells tell telling informed informs assured warned reminded".split())
ASIDES = frozenset(
    "on in at to during after before by late early this last yesterday today also further later "
    "earlier again repeatedly publicly morning afternoon evening night week month year "
    "monday tuesday wednesday thursday friday saturday sunday "
    "am im in bei nach vor gestern heute auch le en à hier aujourd'hui aussi el ayer hoy también "
    "в на во вчера сегодня также у вчора сьогодні також".split()
)

# Words that stand for a person or group within a sentence, and so may hide a speaker.
PERSONS = frozenset(
    "he she they his her their him them er sie ihr ihre sein seine il elle ils elles leur "
    "él ella ellos ellas он она они его её их він вона вони його її їх هو هي هم".split()
)
SUBJECT_PRONOUNS = frozenset(
    "he she they er il elle ils elles él ella ellos ellas он она они він вона вони".split()
)
SINGULAR_PRONOUNS = SUBJECT_PRONOUNS - frozenset("they ils elles ellos ellas они вони".split())
PRONOUNS = PERSONS | frozenset(
    "i we you it us who this that these those one es wir nous vous on nosotros "
    "оно мы вы я воно ми ви نحن 他 她 它 他们 她们 我们 彼 彼女 彼ら".split()
)

# "One" is left out: it is a pronoun as often as a number.
_TEENS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SPELLED_NUMBERS = {word: at for at, word in enumerate(_TEENS.split(), start=2)} | {
    word: 10 * at for at, word in enumerate(_TENS.split(), start=2)
}
SPELLED_PAIR = re.compile(
    rf"\b({_TENS.replace(' ', '|')})[- ](one|two|three|four|five|six|seven|eight|nine)\b"
)

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember|"
    "janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    "січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня"
)
# These are also verbs.
_MONTHS_TOO = "may|mar(?:ch)?"
_ANY_MONTH = f"{_MONTHS}|{_MONTHS_TOO}"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1[89]|20)\d\d\b(?![.,]\d)"
# Behind a year goes the sentence on; behind a number comes what it counts.
_GOES_ON = (
    r"(?=\W*$|[.,;:!?)\"\u201d]|\s(?:the|an?|and|or|when|but|by|for|from|in|on|at|to|it|he|she|they|we|"
    r"after|before|with|that|as|was|were|is|are|had|has|his|her|its|their)\b)"
)
# When something was, in a text without differences of case.
DATES = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}([/.])\d{{1,2}}\1\d{{2,4}}\b|"
    rf"\b\d{{1,2}}(?:[:.]\d\d)?\s*(?:[ap]\.?\s?m\b\.?|uhr\b|o'clock\b)|\b\d{{1,2}}:\d\d\b|"
    rf"(?<!\bin )(?<!\bto )(?<!\bwill )\b(?:{_ANY_MONTH})\.?\s+{_DAY}(?:st|nd|rd|th)?\b(?![.,:]?\d)"
    rf"(?:,?\s+{_YEAR})?|"
    rf"\b{_DAY}(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?"
    rf"(?:(?:{_MONTHS})\b(?:\.?,?\s+{_YEAR})?|(?:{_MONTHS_TOO})\.?,?\s+{_YEAR})|"
    rf"\b(?:{_ANY_MONTH}|in|im|en|since|seit|depuis|desde|until|during|before|after|early|"
    rf"late|year|spring|summer|autumn|fall|winter|by|from|to|between|and|of)\.?\s+{_YEAR}{_GOES_ON}"
)

ARTICLES = frozenset("the a an der die das ein eine le la les un une des el los las una".split())
# Before a description of somebody whom the reader knows.
DEFINITE = frozenset("the his her their its this that der die das le la les el los las".split())
# What a description of somebody begins with.
DETERMINERS = (
    ARTICLES
    | DEFINITE
    | frozenset("one two three four several some many another mehrere varios".split())
)
# Before a name, in one article and not in another.
TITLES = frozenset(
    "mr mrs ms miss sir dr prof professor rep representative sen senator gov governor congressman "
    "congresswoman president chancellor minister secretary ambassador mayor judge justice gen "
    "general col colonel lt capt captain herr frau mme señor señora".split()
)
# Between a description and the name that is part of it.
PREPOSITIONS = frozenset(
    "of for to at in from with by on under behind near von für bei aus der des de du d' pour à "
    "chez del para con en".split()
)
# Between a subject and its verb.
AUXILIARIES = frozenset(
    "also further later then again has had have still even twice himself herself repeatedly hat "
    "haben auch a ont ha han également también также також".split()
)
# With which a clause goes on behind its subject.
CLAUSE_VERBS = RELATIVES | frozenset(
    "shows showed finds found is are was were be been has have had will would can could may might "
    "must should that because while when if ist sind war waren wird wurde hat hatte dass est sont "
    "était a avait son era fue ha había есть был была были".split()
)
# Capitalised at the beginning of a sentence, and no part of a name, as "Los" and "Una" may be.
CLAUSE_OPENERS = _ENGLISH | frozenset(
    "however meanwhile but yet still according asked earlier later yesterday today monday "
    "tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december".split()
)
