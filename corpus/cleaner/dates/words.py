"""Words of dates: how people write days ago, zones and labels in the languages of the corpus.

Data. Names of months are those of `corpus.months`.
"""

from __future__ import annotations

from corpus import months

_WRITTEN = ("en", "fr", "ru", "ru-of", "uk", "uk-of", "ar", "ar-east")
MONTHS: dict[str, int] = {
    name.casefold(): number for name, number in months.numbers(*_WRITTEN).items()
} | months.OTHER_FORMS
"""Month names, case folded, to their number. Not the locative: "in March" is no date of a page."""

DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹๐๑๒๓๔๕๖๗๘๙०१२३४५६७८९০১২৩৪৫৬৭৮৯၀၁၂၃၄၅၆၇၈၉០១២៣៤៥៦៧៨៩０１２３４５６７８９",
    "0123456789" * 8,
)
"""Digits of other scripts (Arabic, Persian, Thai, Devanagari, Bengali, Burmese, Khmer, wide) to ours."""

DAYS_BACK: dict[str, int] = {
    "today": 0, "yesterday": 1, "сегодня": 0, "вчера": 1, "позавчера": 2, "сьогодні": 0, "вчора": 1,
    "позавчора": 2, "اليوم": 0, "أمس": 1, "امس": 1, "أول أمس": 2, "aujourd'hui": 0, "aujourd’hui": 0,
    "hier à": 1, "avant-hier": 2, "heute": 0, "gestern": 1, "vorgestern": 2, "hoy": 0, "ayer": 1,
    "anteayer": 2, "just now": 0, "только что": 0, "щойно": 0, "الآن": 0, "à l'instant": 0,
    "à l’instant": 0, "gerade eben": 0, "учора": 1, "bugün": 0, "dün": 1, "dzisiaj": 0, "dziś": 0,
    "wczoraj": 1, "היום": 0, "אתמול": 1, "שלשום": 2, "امروز": 0, "دیروز": 1, "tegnap": 1,
    "วันนี้": 0, "เมื่อวาน": 1, "დღეს": 0, "გუშინ": 1, "ዛሬ": 0, "ትናንት": 1, "oggi": 0, "ieri": 1, "hoje": 0,
    "ontem": 1, "vandaag": 0, "gisteren": 1, "today at": 0,
}  # fmt: skip
"""Words for a day counted back from the day of collecting."""

AGO_UNITS: tuple[tuple[str, str], ...] = (
    (
        "minutes",
        (
            r"min(?:ute)?s?|мин(?:ут[ыу]?)?|хв(?:илин[иу]?)?|دقيقة|دقائق|minuten?|minutos?|dakika|dk|"
            r"minut[ęy]?|minuti|דקות|דקה|دقیقه|perce|นาที"
        ),
    ),
    (
        "hours",
        (
            r"hours?|hrs?|h|час(?:а|ов)?|годин[иу]?|ساعة|ساعات|heures?|stunden?|horas?|saat|"
            r"godzin[ęy]?|ore|ora|uur|שעות|שעה|ساعت|órája|ชั่วโมง"
        ),
    ),
    (
        "days",
        (
            r"days?|d|д(?:ень|ня|ней)|дн(?:і|ів|я)|يوم|أيام|jours?|tage?n?|días?|gün|dni|dzień|giorn[io]|"
            r"dagen|dag|dias?|ימים|יום|روز|napja|วัน"
        ),
    ),
    (
        "weeks",
        (
            r"weeks?|wks?|недел[юиь]|тижн(?:і|ів|я)|тиждень|أسبوع|أسابيع|semaines?|wochen?|semanas?|"
            r"hafta|tygodni[ea]?|tydzień|settiman[ae]|שבועות|שבוע|هفته|hete|สัปดาห์"
        ),
    ),
    (
        "months",
        (
            r"months?|месяц(?:а|ев)?|місяц(?:і|ів|я)|місяць|شهر|أشهر|mois|monate?n?|mes(?:es)?|ay|"
            r"miesi(?:ąc|ące|ęcy)|mes[ei]|חודשים|חודש|ماه|hónapja|เดือน"
        ),
    ),
    (
        "years",
        (
            r"years?|yrs?|год(?:а)?|лет|р(?:ік|оки|оків)|سنة|سنوات|ans?|années?|jahre?n?|años?|yıl|sene|"
            r"lata?|rok|ann[io]|שנים|שנה|سال|éve|ปี"
        ),
    ),
)
"""Units in "3 hours ago", as patterns."""

AGO_TWO: dict[str, str] = {
    "دقيقتين": "minutes", "ساعتين": "hours", "يومين": "days", "أسبوعين": "weeks", "شهرين": "months",
    "سنتين": "years", "عامين": "years", "שעתיים": "hours", "יומיים": "days", "שבועיים": "weeks",
    "חודשיים": "months", "שנתיים": "years",
}  # fmt: skip
"""Arabic and Hebrew say "two hours" in one word."""

AGO_FORMS: tuple[str, ...] = (
    r"(?P<n>\d{1,3}|an?|one|bir|een)\s*(?P<unit>UNIT)\s+(?:ago|önce|temu|fa|atrás|geleden|پیش|قبل)\b",
    r"(?P<n>\d{1,3})\s*(?P<unit>UNIT)(?:ที่แล้ว|ก่อน)",
    r"(?P<n>\d{1,3})\s*(?P<unit>perce|órája|napja|hete|hónapja|éve)\b",
    r"(?:(?<!\d)(?P<n>\d{1,3})\s*|\b)(?P<unit>UNIT)\s+(?:назад|тому)\b",
    r"(?:il y a|vor|hace|há|قبل|منذ|לפני)\s+(?P<n>\d{1,3}|un|une|einem|einer|una?)?\s*(?P<unit>UNIT)\b",
)

ZONES: dict[str, str] = {
    "z": "Z", "utc": "Z", "gmt": "Z", "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00",
    "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00", "bst": "+01:00", "cet": "+01:00",
    "cest": "+02:00", "mez": "+01:00", "mesz": "+02:00", "eet": "+02:00", "eest": "+03:00", "msk": "+03:00",
    "мск": "+03:00", "trt": "+03:00", "eat": "+03:00", "sast": "+02:00", "pkt": "+05:00", "jst": "+09:00", "aest": "+10:00", "gst": "+04:00", "aedt": "+11:00",
    "wib": "+07:00", "wita": "+08:00", "wit": "+09:00",
    "بتوقيت غرينتش": "Z", "بتوقيت جرينتش": "Z", "بتوقيت غرينيتش": "Z", "بتوقيت مكة": "+03:00", "بتوقيت السعودية": "+03:00", "بتوقيت الإمارات": "+04:00", "بتوقيت موسكو": "+03:00",
    "по гринвичу": "Z", "по московскому времени": "+03:00", "по москве": "+03:00", "за гринвічем": "Z", "за московським часом": "+03:00", "به وقت گرینویچ": "Z", "به وقت مسکو": "+03:00",
}  # fmt: skip
"""Zone names that mean one offset in news; `ist` is India's, Israel's and Ireland's, so it means none."""

UPDATED_LABEL = (
    r"updated?|modified|revised|edited|changed|обновлен|изменен|оновлен|змінен|تحديث|تعديل|mis[e]? à jour|\bmaj\b(?!\.?\s(?:19|20)\d\d)|"
    r"\bstand\b(?=.{4,60}veröffentlich)|"
    r"עודכן|עדכון|به[\u200c ]?روز|به[\u200c ]?روزرسانی|ویرایش|อัปเดต|อัพเดต|แก้ไข|frissít|módosít|განახლ|"
    r"ተሻሽሏል|güncelle|aktualiz|zmodyfik|zaktualiz|"
    r"modifié|actualis|aktualisiert|geändert|änderung|actualiza[dc]|modificad|modificación|atualiza[dç]|aggiorna[tm]|modific[ao] il\b|"
    r"bijgewerkt|gewijzigd|uppdatera|o?p+dater[et]|päivitetty|ενημ[έε]ρ|обновено|актуализир|ažurira|ажурира|diperbarui|cập nhật|yenilən|թարմաց|actualizat|अपडेट|अद्यतन|संशोधित|"
    r"আপডেট|হালনাগাদ|اپ[\u200c ]?ڈیٹ|تازه ?کاری|imeboreshwa|la cusboonays|абноўлен|atnaujinta|atjaunin|uuendatud|"
    r"ပြင်ဆင်|nûkirin|نوێکرا|przeredag|posodobljeno|përditësu|"
    r"최종\s?수정|(?<![가-힣])수정(?![가-힣])|수정(?:일|시간|됨)|업데이트|更新|修改|修訂|修订"
)
CHANGED_SENTENCE = (
    r"^\W*(?:this|the) (?:page|article|entry|document) was last (?:edited|modified|changed|updated|revised)|"
    r"^\W*(?:diese seite|die seite|dieser artikel) wurde zuletzt|"
    r"^\W*(?:la )?dernière modification (?:de (?:cette|la) page)?|"
    r"^\W*(?:esta página|este artículo) (?:se editó|fue (?:editad|modificad)[ao]) por última vez|"
    r"^\W*(?:эта страница|страница) (?:в )?последний раз|^\W*последн(?:ее|яя) (?:изменение|правка)|"
    r"^\W*цю сторінку востаннє|^\W*остан(?:ня|нє) (?:зміна|редагування)|"
    r"^\W*آخر (?:تعديل|تحديث)|^\W*(?:tę|tą) stronę ostatnio|^\W*bu sayfa en son|"
    r"^\W*questa pagina è stata modificata"
)
"""How a foot says when the page was last changed, before the day."""
PUBLISHED_WORD = (
    r"(?:first |originally |erst|تاريخ |وقت )?(?:publi(?:shed|cation|ée?|cad[oa])|posted|"
    r"опубликован\w*|опублікован\w*|نُ?شرت?|النشر|veröffentlich\w*|erschienen|פורסם|פורסמה|منتشر شد(?:ه)?|"
    r"انتشار|เผยแพร่(?:เมื่อ)?|โพสต์|megjelent|közzété\w*|publikálva|გამოქვეყნ\w*|yayın\w*|opublikowan\w*|"
    r"zveřejněn\w*|publikován\w*|(?:giriş|eklenme|oluşturulma|haber) tarihi|gepubliceerd|geplaatst|pubblicat[oa]|publicera[dt]|"
    r"publisert|publiceret|julkaistu|публикувано|objavljen\w*|објављен\w*|publicat|diterbitkan|đăng lúc|xuất bản|"
    r"dərc olun\w*|հրապարակ\w*|vydán\w*|опубликуван\w*|প্রকাশ(?:িত)?|प्रकाशित|شائع|imechapishwa|la daabacay|"
    r"апублікаван\w*|paskelbt\w*|publicēt\w*|avaldatud|publikuar|objavljeno|ထုတ်ပြန်|(?:기사\s?)?(?:입력|등록|게재|발행|송고|승인)(?:일시|일자|시간|일)?|"
    r"(?:公開|配信|掲載|投稿)(?:日時?)?|(?:发布|發布|发表|發表|刊登)(?:时间|時間|于|於|日期)?)"
)
PUBLISHED_LABEL = rf"{PUBLISHED_WORD}|δημοσι[εέ]\w*|released|created|first|дата|erstellt|online seit|datum|date|fecha|stand|on"
"""What stands before a date that is all that a line says."""
PUBLISHED_SENTENCE = (
    rf"^\W*(?:{PUBLISHED_WORD}|(?:stand|datum|date|дата|fecha|تاريخ)(?=\s*:)|"
    r"filed (?:on|by [\w .]{2,40} on))|"
    r"\b(?:(?:this|the) (?:entry|post|article|story|item) was (?:first |originally )?"
    r"(?:posted|published|written)|"
    r"(?:dieser|der) (?:beitrag|eintrag|artikel) wurde|"
    r"wurde am(?=[^\n]{6,60}\b(?:gepostet|veröffentlicht|publiziert|eingestellt|abgelegt))|"
    r"(?:gepostet|eingestellt) (?:am|von)|"
    r"(?:cet article|ce billet) a été (?:publié|posté|écrit)|"
    r"(?:esta entrada|este artículo) (?:fue publicad[ao]|se publicó)|"
    r"(?:запись|статья) опубликована|(?:статт[юя]|запис) опубліковано)"
)
"""A sentence above or below a story that says when it was published; a story's own "a video posted
on 3 March" says nothing of it.
"""
DATELINE_STOPS = frozenset(
    "on in by since until from at the am im vom seit bis le du en depuis el desde del в во с до від з "
    "у на في منذ يوم".split()
)
"""Words before a date that make it part of a sentence: "On 3 March 2022, troops …"."""
EVENT_MARKS = (
    r"v?events?|dtstart|dtend|countdown|upcoming|agenda|calendar|veranstaltung(?:en)?|termine?|kalender|evento|eventos|"
    r"événements?|agendado|etkinlik|wydarzenie|wydarzenia"
)
"""What a box is called that says when something is held."""
EVENT_LINE = (
    r"\W*(?:(?:next|upcoming|coming) events?\b|save the date|countdown\b|nächste(?:r|s)? (?:termin|veranstaltung)|prochains? (?:événement|rendez-vous)|próximo evento|"
    r"ближайш\w+ (?:событи|мероприяти)|найближч\w+ (?:поді|захід|заход)|الفعالية القادمة)|"
    r"\b(?:admission|entry|entrance) (?:is )?free\b|\bdoors open\b|\b(?:eintritt frei|entrée libre|entrada (?:libre|gratuita)|ingresso libero|вход свободный|вхід вільний)\b"
)
"""What tells of a day to come on which something is held, whatever a story beside it tells."""
