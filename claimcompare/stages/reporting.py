"""The words with which news reports what others say, in the languages it is often read in.

Each is a regular expression for one word; "_" stands for a space.
"""

# Before the name of a source.
SOURCE = (
    r"according_to selon d['\u2019]après laut nach_angaben según по_словам по_данным "
    r"за_словами за_даними "
)
# The verb of the clause that attributes, where it stands.
VERBS = (
    r"said says say told tells wrote writes added adds claimed denied denies announced argued "
    r"argues "
    r"insisted insists explained explains tweeted declared asserted contended stated warned "
    r"warns "
    r"called described reported replied responded rejected rejects dismissed noted concluded "
    r"conceded acknowledged admitted promised vowed predicted suggested confirmed accused "
    r"accuses "
    r"criticized criticised praised condemned repeated recalled testified pointed_out mentioned "
    r"retorted countered withdrew cautioned informed remarked lamented quipped pledged "
    r"revealed disclosed denounced stressed emphasized continued agreed disputed complained "
    r"boasted hinted labeled labelled "
    r"sagte sagten erklärte betonte behauptete teilte schrieb bestätigte bestritt a_déclaré "
    r"a_dit "
    r"a_affirmé a_ajouté a_annoncé a_expliqué a_indiqué dijo dijeron afirmó aseguró declaró "
    r"anunció explicó añadió negó сказал\w* заявил\w* сообщил\w* добавил\w* отметил\w* заявив "
    r"заявила сказав сказала повідомив повідомила додав додала "
)
# Hardly ever in a sentence that attributes nothing.
SPEECH = (
    r"accord(?:ing_to|s_with) accus\w+ acknowledg\w+ add(?:s|ed|ing) admit\w* admission "
    r"advis(?:e[sd]?|ing) affirm\w* agree[sd]? alleg(?:e[sd]?|ing|edly|ations?) announc\w+ "
    r"answered argu(?:e[sd]?|ing|ments?) assert\w* assur(?:e[sd]?|ing|ances?) blam(?:e[sd]?|ing) "
    r"boast\w* call(?:s|ed) cautio\w+ charg(?:es|ed) cit(?:e[sd]?|ing) claim(?:s|ed|ing)? "
    r"comment(?:s|ed) complain\w* conced\w+ conclu\w+ condemn\w* confess\w* confirm\w* "
    r"contend\w* "
    r"continue[sd]: contradict\w* critici\w+ declar\w+ den(?:y|ies|ied|ying|ials?) denounc\w+ "
    r"describ\w+ disagree\w* disclos\w+ dismiss\w* disput(?:e[sd]|ing) emphasi\w+ explain\w* "
    r"brand(?:s|ed) dubb?(?:s|ed) deem(?:s|ed) label(?:s|ed|led|ling) slam(?:s|med) tout(?:s|ed) "
    r"mock(?:s|ed) ridicul(?:es|ed) hit_back lash(?:es|ed)_out forecast\w* hint(?:s|ed|ing) "
    r"inform(?:s|ed) insist\w* jok(?:es|ed) joked lament\w* mention\w* not(?:es|ed|ing) "
    r"puts?_the_(?:number|amount|figure|toll|death_toll|total|cost|losses) "
    r"object(?:s|ed|ing) pledg\w+ predict\w* promis\w+ propos\w+ quip\w* quot(?:e[sd]?|ing) "
    r"recall(?:s|ed) recommend\w* refut\w+ reiterat\w+ reject\w* remark\w* repeated "
    r"repl(?:y|ies|ied) report(?:s|ed|edly) respond(?:s|ed|ing)? retort\w* reveal\w* "
    r"rul(?:es|ed|ing) said say says saying spoke(?:sman|sperson|swoman)? stat(?:ed|ing|ements?) "
    r"stress(?:es|ed) suggest\w* tell(?:s|ing)? testif\w+ testimony told tweet\w* "
    r"urg(?:es|ed|ing) "
    r"vow(?:s|ed|ing) warn(?:s|ed|ing)? wrote writes written sag(?:te|ten|t|en) gesagt "
    r"erklär\w+ mitgeteilt teilt\w*_mit mitteil\w+ laut zufolge betont\w* behaupt\w+ "
    r"bestreit\w* bestritt\w* bestritten dementier\w* zurückgewiesen wies(?:en)? "
    r"kündigten? räumten? "
    r"weist_zurück kündig\w+_an angekündigt warf(?:en)? vorgeworfen "
    r"berichte(?:t|te|ten|n) schrieb\w* schreibt antwort\w+ räum\w+_ein eingeräumt "
    r"bestätig\w+ forder(?:t|te|ten|n) warn(?:t|te|ten) kritisier\w+ versicher\w+ dit disait "
    r"disent déclar\w+ affirm\w+ selon d['\u2019]après annonc\w+ expliqu\w+ "
    r"précis\w+ ajout\w+ indiqu\w+ soulign\w+ démen\w+ rejet\w+ assur\w+ estim\w+ "
    r"répond\w* reconn\w+ rapport\w+ dijo dice dicen dijeron afirm\w+ asegur\w+ según "
    r"anunci\w+ explic\w+ señal\w+ añadi\w+ informó indicó negó niega\w* "
    r"negaron desmint\w+ rechaz\w+ acus\w+ respondi\w+ sostuv\w+ advirti\w+ reconoci\w+ "
    r"denunci\w+ "
    r"сказал\w* говор\w+ заяв\w+ сообщ\w+ утвержд\w+ отметил\w* подчеркн\w+ добавил\w* объясн\w+ "
    r"опроверг\w* отриц\w+ отверг\w* обвин\w+ по_словам по_данным согласно написал\w* ответил\w* "
    r"призна\w+ предупред\w+ рассказ\w+ объявил\w* уточнил\w* сказа\w+ заяви\w+ каже кажуть "
    r"повідом\w+ стверджу\w+ зазначи\w+ наголоси\w+ додал\w* додав поясни\w+ спросту\w+ "
    r"запереч\w+ звинува\w+ за_словами за_даними згідно написа\w+ відпові\w+ визна\w+ "
    r"попереди\w+ "
    r"розпові\w+ оголоси\w+ "
)
# The same, in scripts that are written without spaces or that inflect by prefixes.
UNBOUNDED = (
    r"表示 声称 宣称 指出 强调 強調 宣布 告诉 告訴 否认 否認 回应 回應 透露 认为 認為 "
    r"据\w{0,12}(?:报道|消息) 驳斥 反驳 指责 称 說 说 聲稱 述べ 語っ "
    r"語る 話し 話す 発表し 主張し 否定し 明らかにし 指摘し によると によれば としている "
    r"と答え 訴え 批判し 説明し 強調し قال\w* يقول تقول صرح\w* "
    r"صرّح\w* أعلن\w* أكد\w* أكّد\w* أضاف\w* أوضح\w* ذكر\w* نفى نفت تنفي ينفي اتهم\w* زعم\w* "
    r"بحسب "
    r"حسب وفقا وفقًا أفاد\w* أشار\w* حذر\w* رفض\w* كتب\w* "
)
# In one sentence they attribute, in the next they narrate.
THOUGHT = (
    r"appeal(?:s|ed) appear(?:s|ed)? ask(?:s|ed|ing) assum\w+ believ\w+ belief "
    r"consider(?:s|ed|ing)? decid\w+ decision demand\w* determin(?:e[sd]|ing) disappoint\w* "
    r"doubt\w* encourag\w+ endors\w+ estimat\w+ expect\w* express\w* fear(?:s|ed|ing)? "
    r"feel(?:s|ing)? felt finds? found hail(?:s|ed) hear(?:s|d) hop(?:e[sd]?|ing) imagin\w+ "
    r"impl(?:y|ies|ied) indicat\w+ interpret\w* judg(?:es|ed) know(?:s|n)? knew learn(?:s|ed) "
    r"maintain\w* oppos\w+ order(?:s|ed) plan(?:s|ned)? point(?:s|ed)_out polls? portray\w* "
    r"prais\w+ question(?:s|ed|ing) read(?:s|ing)? realiz\w+ refer(?:s|red) remember\w* "
    r"remind\w* "
    r"request\w* sees? saw show(?:s|ed|n|ing)? speculat\w+ stud(?:y|ies) support(?:s|ed) "
    r"surveys? "
    r"suspect\w* think(?:s|ing)? thought threat\w+ understand\w* understood views? viewed "
    r"want(?:s|ed)? welcom\w+ wonder\w* worr(?:y|ies|ied) glaub\w+ denkt meint\w* hält "
    r"vermut\w+ hofft\w* fürcht\w+ pens\w+ croi\w+ craint cree\w* piensa\w* teme\w* espera\w* "
    r"счита\w+ дума\w+ полага\w+ вважа\w+ يعتقد يرى 思\w 考え "
)
