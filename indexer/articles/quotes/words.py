"""Words of speech: which words say that somebody said something, and which only look like it?"""

from __future__ import annotations

import re

DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|evening|night|afternoon))?"
SAYING = """
    said says told tells added adds wrote writes claimed claims announced announces insisted insists
    noted notes stated states warned warns declared declares stressed stresses explained explains
    argued argues alleged alleges acknowledged acknowledges admitted admits confirmed confirms
    denied denies believed believes reiterated reiterates maintained maintains concluded concludes
    emphasised emphasized emphasizes emphasises predicted predicts suggested suggests tweeted tweets
    indicated indicates remarked remarks commented comments replied replies asserted asserts
    recalled recalls complained complains observed asked asks testified testifies estimated
    estimates cautioned cautions conceded concedes contended contends revealed reveals vowed
    proposed proposes posted posts reported reports promised urged responded answered continued
    pledged
    """.split()
"""What a speaker does."""

PLAIN = frozenset("said says added adds insisted insists believed believes".split())
"""Those that need no *that* before what is reported."""

ONLY_DIRECT = frozenset(
    "asked asks urged responded continued commented comments remarked remarks replied replies"
    " answered pledged promised observed".split()
)
"""Those whose object without quotation marks and without *that* is no speech."""

WITH_THAT = frozenset(
    "claims reports states notes estimates comments replies stresses denied denies declared"
    " declares".split()
)
"""Those that are things as well, or have another object: *that* or a quotation mark follows."""

ADDING = """
    saying adding claiming stating warning arguing noting insisting stressing explaining declaring
    announcing telling alleging writing tweeting emphasising emphasizing asserting suggesting
    reiterating maintaining concluding
    """.split()
"""What a speaker does besides, so that who it is was said before."""

CALLING = """
    called calls calling described describes describing labelled labeled labelling labeling dubbed
    dubbing denounced denouncing hailed hailing branded branding condemned condemning praised
    praising criticised criticized criticising criticizing
    """.split()
"""Their quotation marks hold a speaker's own words, though only a few."""

BY = ("according to", "in the words of")

FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|shall|should|do"
    r"|does|did|isn't|wasn't|aren't|weren't|hasn't|haven't|hadn't|won't|wouldn't|can't|couldn't"
    r"|didn't|doesn't|don't|won|went|came|took|gave|made|saw|met|held|led|left|lost|began|became"
    r"|got|knew|ran|sent|spoke|stood|struck|shot|fled|fell|found|felt|kept|brought|broke|built"
    r"|flew|drove|rose|grew|fought|bought|caught|chose|threw|withdrew|rode|swore|need|needs|want|wants|remain|remains|know|seem|seems|appear|appears|continue|continues"
    r"|include|includes|expect|expects|hope|hopes|plan|plans|put|hit|set|cut"
    r"|[a-z]{2,}(?<!e)ed)\b"
)
"""A word that is likely the verb of a clause."""

PRONOUNS = frozenset("he she they it i we who".split())
DETERMINERS = frozenset(
    "the a an this that these those his her their its our my some many several other another one"
    " two three four five all both most each any no former local senior top two-thirds".split()
)
NO_BEGINNINGS = frozenset(
    "by per amongst among within in on at when after before despite following early for from with"
    " as while since during under over through between if although though because what which where"
    " there here it's to such recent many more".split()
)
"""Words that begin no speaker."""

PEOPLE = re.compile(
    r"\b(?:officials?|authorit(?:y|ies)|police|witness(?:es)?|residents?|analysts?|experts?|critics?"
    r"|activists?|doctors?|medics?|rescuers?|sources?|reports?|media|diplomats?|prosecutors?"
    r"|investigators?|lawmakers?|militants?|rebels?|soldiers?|troops|survivors?|relatives|observers?"
    r"|scientists?|researchers?|organi[sz]ers|organi[sz]ations|groups?|spokes\w+|minist\w+|lawyers?"
    r"|leaders?|protesters?|demonstrators|villagers|people|others|man|woman|president|government"
    r"|army|military|commander|general|ambassador|secretary|statement|agency|court|company"
    r"|department|commission|newspaper|council|office|committee|union|party|network|channel"
    r"|administration|embassy|judge|governor|mayor|chief|director|chairman|head|author|mother|father"
    r"|brother|sister|son|daughter|wife|husband|friend|colleague|parents|family|students?|teachers?"
    r"|workers?|farmers?|voters?|journalists?|crew|witness|reporters?|correspondent|opponents?|supporters?"
    r"|members?|officers?|defendants?|associates?|relatives|senators?|representatives?|firefighters|engineers?|economists?|professor|captain"
    r"|coach|manager|founder|executive|campaigners?|charity|service|board|team|force[s]?|bureau)\b",
    re.IGNORECASE,
)
"""Who is no name, and may speak."""

NO_SPEAKERS = re.compile(
    r"\b(?:plans?|schedule|law|rules?|constitution|protocol|agreement|custom|tradition|need|age|size"
    r"|terms|procedure|regulations?|principles?|criteria|provisions?)\b",
    re.IGNORECASE,
)
"""What something is *according to* without being said."""

SPEAKS_FOR = re.compile(
    r"\b(?:spokes(?:man|woman|person|men|people)|statement|communiqué|press (?:service|office))\b",
    re.IGNORECASE,
)
"""Through whom a body speaks, so that it is the speaker."""
