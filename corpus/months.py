"""Months: what they are called in the languages of the news, in the forms that running text has.

Data of ours, because pages write more than dictionaries of locales recommend: see
`docs/decisions/0018-encodings.md`. An underscore stands for the space inside a name.
"""

from __future__ import annotations

from collections.abc import Sequence

_OF_TWELVE = {
    "en": "January February March April May June July August September October November December",
    "en-short": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "ru-of": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ru-in": "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    "uk": "січень лютий березень квітень травень червень липень серпень"
    " вересень жовтень листопад грудень",
    "uk-of": "січня лютого березня квітня травня червня липня серпня"
    " вересня жовтня листопада грудня",
    "uk-in": "січні лютому березні квітні травні червні липні серпні"
    " вересні жовтні листопаді грудні",
    "pl-in": "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku"
    " listopadzie grudniu",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ar-east": "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب"
    " أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
}
NAMES: dict[str, tuple[str, ...]] = {
    form: tuple(name.replace("_", " ") for name in names.split())
    for form, names in _OF_TWELVE.items()
}
"""Form → names of the twelve months as text has them; `-of` is the genitive ("2 of March"), `-in` the
locative ("in March"), `ar-east` what is written from Lebanon to Iraq.
"""

ENGLISH, ENGLISH_SHORT = NAMES["en"], NAMES["en-short"]

_FURTHER = {
    "ar-plain": "_ _ _ ابريل _ يونيه يوليه اغسطس _ اكتوبر _ _",
    "ar-other": "_ _ اذار إبريل ايار _ جويلية غشت ايلول تشرين_الاول نونبر كانون_الاول",
    "ar-west": "جانفي فيفري _ أفريل _ _ يوليوز أوت شتنبر _ _ دجنبر",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "de-other": "Jänner Feber _ _ _ _ _ _ _ _ _ _",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "es-other": "_ _ _ _ _ _ _ _ setiembre _ _ _",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "pl-of": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października"
    " listopada grudnia",
    "pl-short": "sty lut _ kwi _ cze lip sie wrz paź lis gru",
    "pl": "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad"
    " grudzień",
    "tr-short": "oca şub _ nis _ haz tem ağu eyl eki kas _",
    "hu": "január február március április május június július augusztus szeptember október november"
    " december",
    "hu-short": "_ febr márc ápr máj jún júl aug szept okt nov dec",
    "he": "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "he-short": "ינו פבר _ אפר _ יונ יול אוג ספט אוק נוב דצמ",
    "he-in-short": "בינו בפבר _ באפר _ ביונ ביול באוג בספט באוק בנוב בדצמ",
    "he-in": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
    "he-other": "_ _ במרס _ _ _ _ _ _ _ _ _",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "fa-other": "_ _ _ اپریل می جون جولای آگوست _ اکتوبر _ _",
    "ka": "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი"
    " დეკემბერი",
    "ka-of": "იანვარს თებერვალს მარტს აპრილს მაისს ივნისს ივლისს აგვისტოს სექტემბერს ოქტომბერს"
    " ნოემბერს დეკემბერს",
    "ka-short": "იან თებ მარ აპრ მაი ივნ ივლ აგვ სექ ოქტ ნოე დეკ",
    "am": "ጃንዩወሪ ፌብሩወሪ ማርች ኤፕሪል ሜይ ጁን ጁላይ ኦገስት ሴፕቴምበር ኦክቶበር ኖቬምበር ዲሴምበር",
    "am-other": "ጃንዋሪ ፌብሯሪ _ ኤፕረል _ ጁላይ ጁላይ ኦገስት ሴፕተምበር ኦክተበር ኖቨምበር ዲሰምበር",
    "cs-of": "ledna února března dubna května června července srpna září října listopadu prosince",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie"
    " decembrie",
    "el-of": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου"
    " οκτωβρίου νοεμβρίου δεκεμβρίου",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "fi-of": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta"
    " syyskuuta lokakuuta marraskuuta joulukuuta",
    "et": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "lv": "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris"
    " decembris",
    "lv-in": "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī"
    " decembrī",
    "lt-of": "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio"
    " lapkričio gruodžio",
    "sk-of": "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    "hr-of": "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga"
    " prosinca",
    "sr-latin": "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar",
    "sr": "јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "hy-of": "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի"
    " հոկտեմբերի նոյեմբերի դեկտեմբերի",
    "bn": "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "vi": "tháng_1 tháng_2 tháng_3 tháng_4 tháng_5 tháng_6 tháng_7 tháng_8 tháng_9 tháng_10 tháng_11"
    " tháng_12",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "ms": "_ _ _ _ _ jun julai ogos _ _ _ disember",
    "el-short": "ιαν φεβ μαρ απρ μαι ιουν ιουλ αυγ σεπ οκτ νοε δεκ",
    "el-other": "_ _ μάρ απρ. μάι ιούν ιούλ αύγ σεπτ _ νοέ _",
    "be-of": "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада"
    " снежня",
    "sl-of": "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra",
    "mk": "јануари февруари март април мај јуни јули август септември октомври ноември декември",
    "sq": "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "sw": "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
    "so": "janaayo febraayo maarso abriil maajo juun luulyo agoosto sebtembar oktoobar nofembar disembar",
    "ha": "janairu fabrairu maris afrilu mayu yuni yuli agusta satumba oktoba nuwamba disamba",
    "uz": "_ _ mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
    "tg": "январ феврал март апрел май июн июл август сентябр октябр ноябр декабр",
    "my": "ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ",
    "my-month": "ဇန်နဝါရီလ ဖေဖော်ဝါရီလ မတ်လ ဧပြီလ မေလ ဇွန်လ ဇူလိုင်လ ဩဂုတ်လ စက်တင်ဘာလ အောက်တိုဘာလ နိုဝင်ဘာလ ဒီဇင်ဘာလ",
    "ta": "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
    "ps": "جنوري فبروري مارچ اپرېل مۍ جون جولای اګست سپټمبر اکتوبر نومبر ډسمبر",
    "ku": "çile sibat adar nîsan gulan hezîran tîrmeh tebax îlon cotmeh mijdar berfanbar",
    "ckb": "کانوونی_دووەم شوبات ئازار نیسان ئایار حوزەیران تەممووز ئاب ئەیلوول تشرینی_یەکەم"
    " تشرینی_دووەم کانوونی_یەکەم",
    "ckb-of": "کانوونی_دووەمی شوباتی ئازاری نیسانی ئایاری حوزەیرانی تەممووزی ئابی ئەیلوولی"
    " تشرینی_یەکەمی تشرینی_دووەمی کانوونی_یەکەمی",
    "hi-other": "_ फरवरी _ _ _ _ _ _ सितम्बर अक्तूबर नवम्बर दिसम्बर",
}
_SPOKEN = {
    "cs": "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
    "cs-in": "lednu únoru březnu dubnu květnu červnu červenci srpnu září říjnu listopadu prosinci",
    "sk": "január február marec apríl máj jún júl august september október november december",
    "sk-in": "januári februári marci apríli máji júni júli auguste septembri októbri novembri decembri",
    "hr": "siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan listopad studeni"
    " prosinac",
    "hr-in": "siječnju veljači ožujku travnju svibnju lipnju srpnju kolovozu rujnu listopadu studenome"
    " prosincu",
    "sr-latin-of": "januara februara marta aprila maja juna jula avgusta septembra oktobra novembra"
    " decembra",
    "bs-other": "_ _ _ _ _ _ _ augusta _ _ _ _",
    "sr-latin-in": "januaru februaru martu aprilu maju junu julu avgustu septembru oktobru novembru"
    " decembru",
    "sr-of": "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра"
    " децембра",
    "sr-in": "јануару фебруару марту априлу мају јуну јулу августу септембру октобру новембру"
    " децембру",
    "sl-in": "januarju februarju marcu aprilu maju juniju juliju avgustu septembru oktobru novembru"
    " decembru",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "fi-in": "tammikuussa helmikuussa maaliskuussa huhtikuussa toukokuussa kesäkuussa heinäkuussa"
    " elokuussa syyskuussa lokakuussa marraskuussa joulukuussa",
    "el-text": "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου"
    " Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
    "el-in": "Ιανουάριο Φεβρουάριο Μάρτιο Απρίλιο Μάιο Ιούνιο Ιούλιο Αύγουστο Σεπτέμβριο Οκτώβριο"
    " Νοέμβριο Δεκέμβριο",
    "be-in": "студзені лютым сакавіку красавіку маі чэрвені ліпені жніўні верасні кастрычніку лістападзе"
    " снежні",
    "id-text": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "ms-text": "Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember",
    "sw-text": "Januari Februari Machi Aprili Mei Juni Julai Agosti Septemba Oktoba Novemba Desemba",
    "az-in": "yanvarda fevralda martda apreldə mayda iyunda iyulda avqustda sentyabrda oktyabrda noyabrda"
    " dekabrda",
    "az-of": "_ _ martın aprelin mayın iyunun iyulun avqustun sentyabrın oktyabrın noyabrın dekabrın",
    "hy-in": "հունվարին փետրվարին մարտին ապրիլին մայիսին հունիսին հուլիսին օգոստոսին սեպտեմբերին"
    " հոկտեմբերին նոյեմբերին դեկտեմբերին",
    "lt-in": "sausį vasarį kovą balandį gegužę birželį liepą rugpjūtį rugsėjį spalį lapkritį gruodį",
}
"""What stands in sentences alone, or with a capital there: not among the words of a page's own day."""
THAI: dict[str, int] = {
    name: number
    for names in (
        "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
        "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
    )
    for number, name in enumerate(names.split(), start=1)
}
"""Thai names, beside which years are counted from the Buddha's death, 543 before ours."""

_OTHER_FORMS = """
1 jan янв січ جانفي janv januar jänner jän enero ene janeiro gennaio gen januari stycznia ocak
2 feb фев февр лют فيفري fevrier févr fév fevr februar febrero febr fevereiro fev febbraio februari lutego şubat
3 mar мар бер берез اذار märz maerz mär mrz marzo março marco maart mrt marca mart
4 apr апр кві квіт ابريل إبريل أفريل avr abril abr aprile kwietnia nisan
5 тра трав ايار ماي mayo maio mag maggio mei maja mayıs
6 jun июн чер черв جوان juni junio junho giugno giu czerwca haziran
7 jul июл лип جويلية juil juli julio julho luglio lug lipca temmuz
8 aug авг сер серп اغسطس اب أوت aout agosto ago augustus sierpnia ağustos
9 sep sept сен сент вер верес ايلول septiembre setiembre setembro set settembre września eylül
10 oct окт жов жовт اكتوبر تشرين_الاول oktober okt octubre outubro out ottobre ott października ekim
11 nov ноя нояб лис лист листоп noviembre novembro listopada kasım
12 dec дек гру груд كانون_الاول decembre déc dezember dez diciembre dic dezembro dicembre grudnia aralık
"""
OTHER_FORMS: dict[str, int] = {
    name.replace("_", " "): int(number)
    for number, *names in (line.split() for line in _OTHER_FORMS.strip().splitlines())
    for name in names
} | {
    name.casefold().replace("_", " "): number
    for names in _FURTHER.values()
    for number, name in enumerate(names.split(), start=1)
    if name != "_"
}
OTHER_FORMS["listopada"] = 11  # as in Poland; in Croatia it is October
"""Short forms, spellings and further languages, case folded → number of the month."""


def numbers(*forms: str) -> dict[str, int]:
    """The names of some forms → number of the month."""
    return {
        name.replace("_", " "): number
        for form in forms
        for number, name in enumerate(_names(form), start=1)
        if name != "_"
    }


def _names(form: str) -> Sequence[str]:
    return NAMES.get(form) or (_SPOKEN.get(form) or _FURTHER[form]).split()
