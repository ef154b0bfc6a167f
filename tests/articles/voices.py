"""One made-up report in many languages, and the encodings each was usual in."""

REPORT = {
    "ru": (
        "Смотрительница причала Уна Брок заявила в понедельник, что причал в Олдмере сухой и "
        "что никто из тех, кто был там с утра, не может этого честно отрицать. Оскар Брей "
        'опроверг её слова. "Он под водой с тридцать первого марта", - сказал он на собрании '
        "жителей."
    ),
    "uk": (
        "Доглядачка причалу Уна Брок заявила в понеділок, що причал в Олдмері сухий і що "
        "ніхто з тих, хто був там зранку, не може цього чесно заперечити. Оскар Брей "
        "спростував її слова. «Він під водою з тридцять першого березня», — сказав він на "
        "зборах мешканців."
    ),
    "el": (
        "Η φύλακας της προβλήτας, Ούνα Μπροκ, δήλωσε τη Δευτέρα ότι η προβλήτα του Όλντμιρ "
        "είναι στεγνή και ότι κανείς από όσους βρίσκονταν εκεί από το πρωί δεν μπορεί να το "
        "αρνηθεί. Ο Όσκαρ Μπρέι το διέψευσε. Είπε ότι βρίσκεται κάτω από το νερό από τον "
        "Μάρτιο."
    ),
    "he": (
        "שומרת הרציף אונה ברוק אמרה ביום שני כי הרציף באולדמיר יבש וכי איש מאלה שהיו שם מאז "
        "הבוקר אינו יכול להכחיש זאת ביושר. אוסקר ברי הכחיש את דבריה. הוא אמר באסיפת תושבים "
        "כי הרציף נמצא מתחת למים מאז סוף חודש מרץ."
    ),
    "ar": (
        "قالت حارسة الرصيف أونا بروك يوم الاثنين إن الرصيف في ألدمير جاف وإن أحدا ممن كانوا "
        "هناك منذ الصباح لا يستطيع أن ينكر ذلك بصدق. ونفى أوسكار براي كلامها. وقال في اجتماع "
        "للسكان إن الرصيف تحت الماء منذ الحادي والثلاثين من مارس."
    ),
    "ja": (
        "埠頭の管理人ウナ・ブロックは月曜日、オールドミアの埠頭は乾いており、朝からそこにいた"
        "人なら誰もそれを否定できないと述べた。オスカー・ブレイはこれを否定した。「三月三十一"
        "日から水の下にある」と住民集会で語った。市長は記者の質問にまだ答えていない。"
    ),
    "zh": (
        "码头管理员乌娜布罗克星期一表示，奥尔德米尔码头是干的，从早上起在场的人谁也不能否认这"
        "一点。奥斯卡布雷否认了她的说法。他在居民会议上说，码头从三月三十一日起就在水下。市长"
        "尚未回答记者的提问。"
    ),
    "zh-Hant": (
        "碼頭管理員烏娜布羅克星期一表示，奧爾德米爾碼頭是乾的，從早上起在場的人誰也不能否認這"
        "一點。奧斯卡布雷否認了她的說法。他在居民會議上說，碼頭從三月三十一日起就在水下。市長"
        "尚未回答記者的提問。"
    ),
    "ko": (
        "부두 관리인 우나 브록은 월요일 올드미어의 부두가 말라 있으며 아침부터 그곳에 있던 "
        "사람이라면 누구도 이를 부인할 수 없다고 말했다. 오스카 브레이는 이를 부인했다. 그는 "
        "주민 회의에서 부두가 삼월 삼십일일부터 물에 잠겨 있다고 말했다."
    ),
    "pl": (
        "Strażniczka nabrzeża Una Brock powiedziała w poniedziałek, że nabrzeże w Aldmere "
        "jest suche i że nikt, kto był tam od rana, nie może temu uczciwie zaprzeczyć. Oskar "
        "Bray zaprzeczył jej słowom. Powiedział na zebraniu mieszkańców, że jest ono pod "
        "wodą od marca."
    ),
    "tr": (
        "İskele bekçisi Una Brock pazartesi günü yaptığı açıklamada Aldmere iskelesinin kuru "
        "olduğunu ve sabahtan beri orada bulunan hiç kimsenin bunu dürüstçe inkâr "
        "edemeyeceğini söyledi. Oskar Bray bu sözleri yalanladı. İskelenin mart ayından beri "
        "su altında olduğunu söyledi."
    ),
    "de": (
        "Die Wärterin des Kais, Una Brock, sagte am Montag, der Kai von Aldmere sei trocken, "
        "und niemand, der seit dem Morgen dort gewesen sei, könne das ehrlich bestreiten. "
        "Oskar Bray wies das zurück. Er stehe seit März unter Wasser, sagte er auf einer "
        "Versammlung der Bewohner."
    ),
    "fr": (
        "La gardienne du quai, Una Brock, a déclaré lundi que le quai d'Aldmere était sec et "
        "que personne de ceux qui s'y trouvaient depuis le matin ne pouvait honnêtement le "
        "nier. Oskar Bray l'a démenti. Il est sous l'eau depuis mars, a-t-il dit lors d'une "
        "réunion d'habitants."
    ),
    "en": (
        "The keeper of the quay, Una Brock, said on Monday that Aldmere\u2019s quay is dry, and "
        "that nobody who had been there since the morning could honestly deny it. Oskar Bray "
        "denied it. \u201cIt is under water, and has been since March,\u201d he said at a "
        "well-attended meeting."
    ),
}
USUAL = [
    ("ru", "windows-1251"), ("ru", "koi8-r"), ("uk", "windows-1251"), ("el", "windows-1253"),
    ("he", "windows-1255"), ("ar", "windows-1256"), ("ja", "shift_jis"), ("ja", "euc-jp"),
    ("zh", "gb18030"), ("zh", "gb2312"), ("zh-Hant", "big5"), ("ko", "euc-kr"),
    ("pl", "windows-1250"), ("pl", "iso-8859-2"), ("tr", "windows-1254"),
    ("de", "windows-1252"), ("de", "iso-8859-1"), ("fr", "iso-8859-15"), ("en", "windows-1252"),
]  # fmt: skip
