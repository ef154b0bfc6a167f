"""Made-up sentences in many languages, each of which stands once on a page."""

import json
from collections.abc import Sequence
from random import Random
from typing import Any

# Who says what, and how a page asks for consent or for patience; each sentence has its number.
LANGUAGES = {
    "en": (
        "{who} said on Monday that {n} boats had left the quay of Aldmere before noon.",
        "According to {who}, nobody counted the {n} boats.",
        "{who} denied that {n} litres were lost.",
        "We and our {n} partners store information on your device and ask for your consent.",
    ),
    "de": (
        "{who} sagte am Montag, dass {n} Boote den Kai von Aldmere vor Mittag verlassen hätten.",
        "Laut {who} hat niemand die {n} Boote gezählt.",
        "{who} bestritt, dass {n} Liter verloren gingen.",
        "Wir und unsere {n} Partner speichern Informationen auf Ihrem Gerät und bitten darum.",
    ),
    "fr": (
        "{who} a déclaré lundi que {n} bateaux avaient quitté le quai d'Aldmere avant midi.",
        "Selon {who}, personne n'a compté les {n} bateaux.",
        "{who} a démenti la perte de {n} litres.",
        "Nos {n} partenaires et nous conservons des informations avec votre consentement.",
    ),
    "pl": (
        "{who} powiedział w poniedziałek, że {n} łodzi opuściło nabrzeże Aldmere przed południem.",
        "Według {who} nikt nie policzył {n} łodzi.",
        "{who} zaprzeczył, że stracono {n} litrów.",
        "My i nasi partnerzy ({n}) przechowujemy informacje na urządzeniu i prosimy o zgodę.",
    ),
    "tr": (
        "{who} pazartesi günü {n} teknenin öğleden önce Aldmere iskelesinden ayrıldığını söyledi.",
        "{who} kişisine göre {n} tekneyi kimse saymadı.",
        "{who}, {n} litre kaybedildiğini yalanladı.",
        "Biz ve {n} ortağımız cihazınızda bilgi saklıyor ve onayınızı istiyoruz.",
    ),
    "ru": (
        "{who} заявил в понедельник, что {n} лодок покинули причал Олдмера до полудня.",
        "По словам {who}, никто не считал эти {n} лодок.",
        "{who} опроверг потерю {n} литров.",
        "Мы и наши партнёры ({n}) храним сведения на вашем устройстве и просим согласия.",
    ),
    "el": (
        "Ο {who} δήλωσε τη Δευτέρα ότι {n} βάρκες έφυγαν από την προβλήτα πριν το μεσημέρι.",
        "Σύμφωνα με τον {who}, κανείς δεν μέτρησε τις {n} βάρκες.",
        "Ο {who} διέψευσε ότι χάθηκαν {n} λίτρα.",
        "Εμείς και οι {n} συνεργάτες μας αποθηκεύουμε πληροφορίες και ζητάμε συγκατάθεση.",
    ),
    "ar": (
        "قال {who} يوم الاثنين إن {n} قاربا غادرت رصيف ألدمير قبل الظهر.",
        "وبحسب {who} لم يحص أحد القوارب البالغ عددها {n}.",
        "نفى {who} فقدان {n} لترا.",
        "نخزن نحن وشركاؤنا ({n}) معلومات على جهازك ونطلب موافقتك.",
    ),
    "ja": (
        "{who}は月曜日、{n}隻の船が正午前にオールドミアの埠頭を出たと述べた。",
        "{who}によると、{n}隻の船を数えた者はいない。",
        "{who}は{n}リットルの損失を否定した。",
        "当社と{n}社のパートナーは端末に情報を保存し、同意をお願いしています。",
    ),
}
_SYLLABLES = "bar ko lin mer da vu sel ti or ga nem ply".split()


class Writer:
    """Writes sentences that no other on the page is equal to, and remembers whose they are."""

    def __init__(self, random: Random, language: str) -> None:
        self.random = random
        self.language = language
        *self._said, self._asked = LANGUAGES[language]
        self._number = 100
        self.own: list[str] = []
        self.foreign: list[str] = []

    def article(self, count: int = 1) -> str:
        """Some sentences of the article."""
        return self._kept(self.own, self._said, count)

    def other(self, count: int = 1) -> str:
        """Some sentences like those of the article, which stand in something else."""
        return self._kept(self.foreign, self._said, count)

    def asking(self, count: int = 1) -> str:
        """Some sentences that ask the visitor for something."""
        return self._kept(self.foreign, [self._asked], count)

    def word(self) -> str:
        """A name, such as a menu may hold."""
        return "".join(self.random.choices(_SYLLABLES, k=3)).title()

    def either(self, *choices: str) -> str:
        """One of them."""
        return self.random.choice(choices)

    def _kept(self, into: list[str], forms: Sequence[str], count: int) -> str:
        new = [self._sentence(self.random.choice(forms)) for _ in range(count)]
        into.extend(new)
        return " ".join(new)

    def _sentence(self, form: str) -> str:
        self._number += self.random.randint(1, 9)
        return form.format(who=f"{self.word()} {self.word()}", n=self._number)


def page(writer: Writer, body: str, head: str = "", **told: Any) -> str:
    """A page in the writer's language, with what it tells programs, if it does."""
    script = f'<script type="application/ld+json">{json.dumps(told)}</script>' if told else ""
    return (
        f"<!doctype html><html lang={writer.language}><head><title>{writer.word()}</title>{head}"
        f"{script}</head><body>{body}</body></html>"
    )


def closed(tag: str, inner: str) -> str:
    """An element that is opened with this, its attributes with it."""
    return f"<{tag}>{inner}</{tag.partition(' ')[0]}>"
