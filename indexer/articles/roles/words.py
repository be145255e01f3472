"""Words of roles: which nouns say what somebody is, and which words belong to them?"""

from __future__ import annotations

NOUNS = """
    president premier chancellor minister secretary-general secretary chief head leader
    commander governor mayor ambassador envoy spokesman spokeswoman spokesperson director
    chairman chair chairwoman chairperson ceo senator congressman congresswoman representative
    lawmaker mp king queen prince princess emir sultan pope archbishop bishop cardinal patriarch
    imam cleric judge justice prosecutor lawyer attorney barrister analyst activist journalist
    reporter correspondent photographer author writer poet professor lecturer historian
    economist scientist researcher founder co-founder editor deputy adviser advisor aide
    official officer negotiator candidate speaker coordinator commissioner manager owner
    executive inspector superintendent dictator warlord monarch ruler coach captain singer actor
    actress politician diplomat member consul counselor counsellor delegate treasurer rapporteur
    mediator administrator physician doctor surgeon soldier militant insurgent rebel fighter
    businessman businesswoman entrepreneur banker engineer designer director-general
    president-elect under-secretary undersecretary sheriff trustee heir pastor priest rabbi
    nominee counsel footballer athlete astronaut filmmaker astrophysicist astronomer solicitor
    constable whip dean architect philosopher sociologist biologist physicist
    epidemiologist virologist
    """.split()
"""What somebody is."""

OF_NO_BODY = frozenset(("member", "deputy", "chair", "head", "soldier", "rebel", "fighter"))
"""Nouns that are roles only with what belongs to them: *a member of parliament*."""

NOUN = (
    r"(?:first lady|(?:attorney|secretary|surgeon|inspector|consul|governor)[- ]general"
    rf"|{'|'.join(NOUNS)})"
)

MODIFIERS = frozenset(
    """
    former ex then acting interim caretaker deputy vice assistant associate senior chief top
    first second third permanent special prime foreign defense defence interior finance justice
    health home environment energy transport agriculture labor labour trade education culture
    information oil migration immigration economy economic industry development security
    intelligence state national federal regional provincial district local city town village
    border coast guard army military navy naval air force forces ground police opposition party
    government rebel militia faction coalition parliamentary presidential royal crown press
    political religious spiritual supreme general managing executive emergency civil aid rights
    human union relief mission peace cabinet council committee parliament house senate majority
    minority congressional communist democratic republican conservative liberal socialist
    separatist nationalist tribal squad battalion brigade regiment division corps operations
    staff field chief-of-staff station bureau company program project campaign delegation
    embassy legal technical diplomatic high late longtime long-time veteran incumbent outgoing
    incoming newly-elected self-proclaimed de facto junior current founding two-time main
    detective paramount infrastructure water commerce tourism sports science planning
    communications youth internal external public social welfare digital housing financial
    operating wildlife engineering veterans electricity petroleum mines fisheries
    """.split()
)
"""What stands before a noun and belongs to the role, in lower case."""

BEFORE_NAMES = frozenset("former ex incumbent current deputy acting late interim then".split())
"""Those that stand before a name as well: *former Hamas leader*."""

RANK = (
    r"(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Hon|Prof|Sheikh|Haji|Mullah|Ayatollah|Grand|Gen|General|Lt"
    r"|Lieutenant|Maj|Major|Brig|Brigadier|Col|Colonel|Capt|Captain|Cmdr|Adm|Admiral|Marshal|Air"
    r"|Vice|Rear|Sgt|Sergeant|Field|Army|Senior|Professor|Doctor)"
)
"""What may stand between a role and a name, and is no role alone."""

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"

NO_NAME = (
    rf"(?:{DAY}|{MONTH}|Yesterday|Today|Subject|During|From|To|By|Under|Saw|Mr|Mrs|Ms|The|A|An|And|But"
    r"|With|As|When|While|After|Before|In|On|At|For|Both|Since|If|Said)"
)
"""Words in capitals that are no names, and part of no role."""

DETERMINER = (
    r"(?:the|a|an|its|their|his|her|our|my|then|now|formerly|previously|currently|also|both)"
)
"""What stands before a role and is no part of it."""

STOP = (
    r"(?:of|for|in|at|to|on|with|from|by|and|or|but|that|which|who|whom|whose|is|are|was|were|be"
    r"|been|has|have|had|said|says|told|as|than|not|after|before|while|when|where|because|since"
    r"|until|against|over|under|into|about|between|during|killed|met|the|a|an|he|she|it|they|would"
    r"|will|could|may|might|must|can|visited|called|named)"
)
"""What stands nowhere before the noun of a role."""

STATE = (
    r"(?:accused|suspected|detained|convicted|wanted|charged|imprisoned|jailed|based|known"
    r"|currently|responsible)"
)
"""What is said of somebody after a role."""
