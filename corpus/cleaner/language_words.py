"""Which short words and letters give a language away? Data only: commonest words by script and language."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "latin": {
        "en": "the of and to in a is that for on was with as it by from at are be this have has not he his an "
              "but were said they who will which their its after been had over two says amid against us or",
        "fr": "le la les de des du et en un une est que pour dans qui sur par au aux pas plus ce se sont avec il "
              "elle ne a été cette son ses leur mais ont nous vous après d l qu n s c",
        "de": "der die das und in den von zu mit im für auf ist des dem nicht ein eine sich auch es an werden aus er "
              "hat dass sie nach wird bei noch wie einem über einen so zum war haben nur oder aber sind vor zur bis",
        "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha este "
              "sí porque esta entre cuando muy sin sobre también fue tras según dos desde han contra",
        "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou "
              "quando muito nos já também pelo pela até isso foi são após contra",
        "it": "di che e la il un a per in una è sono con non le si da lo del della i dei alla nel più anche come ma al "
              "gli dal delle ha questo nella essere stato dopo tra",
        "nl": "de het een van en in is dat op te zijn met voor niet aan er om ook als bij maar door naar uit over nog "
              "wordt heeft hij was ze deze die werd dan meer tegen",
        "pl": "w i z na się do nie to że jest o jak po od za przez co dla oraz są był tym które ale jego który być ich "
              "tego może już przed tylko",
        "cs": "a v se na je že o s z do i to k ve pro za by ale si po jako podle od jsou který byl také jeho při než už "
              "ze které až bude",
        "sk": "a v sa na je že o s z do i to k vo pre za by ale si po ako podľa od sú ktorý bol aj jeho pri než už zo "
              "ktoré až bude",
        "sv": "och i att det som en på är av för med den till inte har de ett om han var men sig från så vi kan när "
              "efter eller också hade skulle",
        "da": "og i at det er en til på som af for med den de ikke har et der han var men sig fra så vi kan når efter "
              "eller også havde skulle blev",
        "no": "og i at det er en til på som av for med den de ikke har et han var men seg fra så vi kan når etter eller "
              "også hadde skulle ble",
        "fi": "ja on ei että se oli hän ovat mutta myös kun niin kuin joka tai mukaan ole sen vuoden jo ovat olla nyt vain",
        "hu": "a az és hogy nem is egy ez van meg volt de már csak azt ha mint még el pedig vagy ki lett szerint után",
        "ro": "de și în a la cu pe că o care nu din pentru un mai este ca au fost sau după se sunt al ale prin dar",
        "tr": "ve bir bu da de için ile olarak olan çok daha en gibi kadar sonra ise ancak ne o ya var diye ki değil göre",
        "hr": "i je u se na da su za od s a o koji kao iz ne to ili do što nije bi koja će ali po nakon također",
        "vi": "và của là các có trong được cho với không một người những để này đã khi tại từ ra cũng về đến năm",
        "id": "yang dan di dengan untuk dari pada ini itu dalam tidak akan ke oleh juga adalah sebagai telah atau tersebut",
        "ca": "de la i el que en a les els un per amb una no del és al se dels més com ha va són aquest però seva",
        "sw": "na ya wa kwa ni katika za la kuwa cha hiyo huo hii kama watu huku lakini baada pia yake",
        "so": "iyo ka ku in oo ay uu waa ah si waxaa la soo u ee kala aan",
        "eu": "eta da ez du bat ere izan dira hori baina zen dute egin",
        "sq": "të e në dhe për me një nga që është më si u ka i se nuk janë",
        "lt": "ir kad į su yra iš tai bet jo kaip už buvo ne po nuo dėl",
        "et": "ja on et ei ka see oli kui aga mis ning oma tema või",
        "lv": "un ir ka ar no par uz bet kas arī pie nav lai tika",
    },
    "cyrillic": {
        "ru": "в и на не что с по из за о к от он это как для его но а до при был также которые после же со было у так",
        "uk": "в і на не що з по із за про до від він це як для його але а при був також які після та у є й щоб було або",
        "be": "і на не што з па за да ад ён гэта як для яго але а пры быў таксама якія пасля ў",
        "bg": "на и в за да се от с не по е са като че до това при към който след има ще",
        "sr": "и у је да на се за од са су не који као из то што али по након о",
        "mk": "на и во да се од за со е не што ќе кој како ги по го ја",
        "kk": "және мен бұл деп үшін бойынша да де бар болды бір",
    },
    "arabic": {
        "ar": "في من على إلى أن التي الذي عن مع هذا ما لا كان هذه بعد قد بين ذلك كما قال أو لم وقال خلال حيث",
        "fa": "در و به از که این را با است برای آن بر شد می های کرد یک خود تا هم بود نیز اما",
        "ur": "کے کی میں اور سے کا کو ہے نے پر ہیں کہ یہ بھی اس تھا کر نہیں",
        "ps": "په د او چې کې ته له دې دا سره هم یې دی",
        "ckb": "لە و بە کە بۆ ئەم لەگەڵ ئەو دا",
    },
}  # fmt: skip

TELLING: dict[str, tuple[tuple[str, str], ...]] = {  # letters that one language of a script uses and its neighbors do not
    "cyrillic": (("uk", "їєґ"), ("be", "ў"), ("ru", "ыэъё"), ("sr", "ђћџљњј"), ("mk", "ѓќѕ"), ("kk", "әғқңөұүһ")),
    "arabic": (("ckb", "ڕڵۆێە"), ("ps", "ټډړږښځڅې"), ("ur", "ٹڈڑںے"), ("fa", "پچژگک‌ی"), ("ar", "ةيىكأإ")),
    "latin": (("pl", "łąęśćźż"), ("tr", "ğışİ"), ("vi", "ạảấầẩẫậắằếềểễệỉịọỏốồổỗộớờợụủứừữựđ"), ("de", "ßäöü"),
              ("ro", "șțăâ"), ("cs", "řěů"), ("hu", "őű"), ("es", "ñ¿¡"), ("pt", "ãõ"), ("fr", "œèêç"),
              ("lt", "ųėį"), ("lv", "āēīļņ"), ("sk", "ľĺŕ")),
}  # fmt: skip
