"""Furniture rules: what do pages call their furniture?

Data only: one rule a kind, in the order they are tried.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of furniture.

    Attributes:
        name: what `Removed.rule` says.
        marks: words found whole in an element's marks.
        tags: element names that are this kind by themselves.
        share: the largest share of the page's prose that a region under this rule may hold.
        inline: may also take a short stretch out of the middle of a paragraph.
    """

    name: str
    marks: str = ""
    tags: frozenset[str] = frozenset()
    share: float = 0.3
    inline: bool = False


RULES = (
    Rule("hidden", r"visually-?hidden|sr-only|screen-reader(?:-text)?|screenreader|assistive-text|"
         r"a11y-hidden|u-hidden|offscreen|off-screen", share=0.3, inline=True),
    Rule("comments", r"comments?|comment(?:s?(?:list|links|area|form|box|wrap|feed|thread))|comment-?list|commentlist|comments-area|disqus(?:-thread)?|"
         r"respond|livefyre|fb-comments|viafoura|coral|kommentare?|commentaires?|comentarios|"
         r"leserbriefe|replies|user-?comments|comment-(?:section|thread|box|wrapper|container)",
         share=0.9),
    Rule("caption", r"captions?|fig-?caption|wp-caption(?:-text|-dd)?|(?:photo|image|img|media|"
         r"picture|figure|video)-(?:caption|credits?|description|desc|source|author|byline|info|"
         r"legend|copyright|text|meta|title)|credits?|photo-?credit|photocredit|legende|bildunterschrift|"
         r"bildtext|bild-?quelle|image-?text|pics?|piedefoto|cutline|gallery-?caption|video-resource",
         frozenset(("figure", "figcaption")), share=0.25, inline=True),
    Rule("share", r"share|sharing|shares|share-?(?:bar|buttons?|tools?|links?|icons?|box|widget)|"
         r"socials?|social-?(?:share|sharing|media|links?|icons?|buttons?|bar|tools)|addthis.*|"
         r"sharedaddy|sd-sharing.*|sociable|addtoany.*|a2a-kit|shariff|follow-?us|follow|"
         r"teilen|partager|compartir|facebook|twitter|whatsapp|heateor.*|essb.*", inline=True),
    Rule("related", r"related|related-?(?:posts?|articles?|stories|content|links?|news|topics?|"
         r"items?|coverage|container|block|box|list|story|article|wrap|wrapper|module|reading)|"
         r"jp-relatedposts|yarpp.*|crp-related|recommend(?:ed|ations?|s)?|recirc.*|"
         r"more-?(?:stories|news|on|from|like-this|articles|posts|links|info|content|in)|"
         r"also-?(?:read|like|on)|you-?may-?(?:also-?)?like|read-?(?:more|next|also)|readmore|"
         r"next-?up|up-?next|see-?also|trending|most-?(?:read|popular|viewed|shared|recent|watched|"
         r"commented)|popular(?:-posts|-news|-articles)?|latest(?:-news|-stories|-posts|-articles)?|"
         r"top-?stories|outbrain.*|ob-widget|taboola.*|trc-.*|zergnet.*|mgid.*|plista.*|ligatus|"
         r"revcontent.*|nativo|teasers?|inline-?teasers?|teaser-?(?:list|box|block|group|item)?|promo(?:s|tion|-box|"
         r"-block|ted|-unit|-item)?|in-?article-?(?:promo|related|link)|aside-?links?|linklist|"
         r"link-?list|link-?box|suggested|suggestions?|similar(?:-posts|-articles|-news)?|"
         r"recent-?(?:posts|news|articles|stories)|other-?(?:news|articles|stories|posts)|"
         r"weitere-?(?:artikel|themen|news)|mehr-?zum-?thema|lire-?aussi|a-?lire|lea-?tambien|"
         r"noticias-?relacionadas|relacionad[oa]s|verwandte.*|siehe-?auch|post-?navigation|"
         r"story-?package|storypackage|rich-?link|embedded-?hyper|hyperlink-?embed|"
         r"ai-?(?:generated-?)?(?:summary|overview|digest)|summary-?ai|archive-?list|headline-?list|carousel|slider|swiper|slick.*|ticker|newsticker"),
    Rule("gallery", r"gallery|galleries|slideshow|slide-?show|photo-?gallery|image-?gallery|"
         r"media-?gallery|bildergalerie|fotostrecke|diaporama"),
    Rule("newsletter", r"newsletters?|newsletter-?(?:signup|form|box|promo|widget|block|cta)|"
         r"subscri(?:be|ption|ptions|ber|bers)(?:-form|-box|-widget|-cta|-bar|-button)?|"
         r"sign-?up(?:-form|-box)?|email-?(?:signup|form|capture|subscribe)|opt-?in(?:-form)?|"
         r"mailing-?list(?:-.*)?|mailchimp|mc-embed-signup|mc4wp.*|convertkit.*|push-?notification.*|app-?promo|"
         r"download-?app|membership|donate|donation(?:s|-box)?|support-us|cta|call-to-action"),
    Rule("advertisement", r"ads?|adverts?|advert-?(?:isement|ising|orial|s)?|ad-?(?:box|slot|unit|"
         r"container|wrapper|banner|block|zone|space|label|area|holder|placeholder|break|inline|"
         r"leaderboard|sidebar|text|s)|adsbygoogle|google-?ads?|dfp.*|gpt-ad.*|sponsor(?:ed|s|"
         r"-content|ship)?|commercial|anzeigen?|werbung|publicite|publicidad|reklama|mpu|billboard|"
         r"leaderboard|skyscraper|dianomi.*|affiliate(?:-.*)?|shop-?links?|product-?(?:box|card)",
         frozenset(("amp-ad", "ins"))),
    Rule("cookie_notice", r"cookies?|cookie-?(?:banner|notice|consent|bar|policy|law.*|message|"
         r"popup|info|wrapper|container|overlay)|gdpr.*|consent(?:-.*)?|cmp.*|onetrust.*|didomi.*|"
         r"qc-cmp.*|cc-window|cc-banner|truste.*|usercentrics.*|privacy-?(?:banner|notice|popup)",
         frozenset(("amp-consent", "amp-user-notification")), share=0.6),
    Rule("popup", r"modal(?:-.*)?|popup(?:-.*)?|pop-?up|overlay|lightbox|dialog|alertdialog|"
         r"tooltips?|toast|off-?canvas|drawer|flyout|interstitial|adblock.*|browser-?warning|"
         r"alert-?(?:bar|banner)|notification-?(?:bar|banner)|breaking-?(?:news|bar|banner)(?:-.*)?|"
         r"snackbar", frozenset(("dialog",))),
    Rule("paywall_notice", r"paywall(?:-.*)?|regwall|piano(?:-.*)?|tp-.*|meter(?:-.*)?|"
         r"subscriber-?only|premium-?(?:box|teaser|notice)|login-?(?:form|box|wall|prompt)|register"
         r"(?:-.*)?|registration(?:-.*)?"),
    Rule("author_bio", r"author-?(?:bio|box|info|profile|description|card|details|about|block|"
         r"desc|footer|section|widget|area|wrap|panel|container|content)|about-?(?:the-?)?authors?|"
         r"bio|biography|writer-?(?:bio|info)|authorbox|post-?author(?:-.*)?|contributor-?(?:bio|"
         r"info)|autor(?:en)?-?(?:box|info|profil)|saboxplugin.*|abh-.*|journalist-?bio|"
         r"author-?and-?.*|guest-?author"),
    Rule("byline", r"byline(?:s|-.*)?|by-?line|authors?|author-?(?:name|names|link|list|byline|"
         r"meta|image|avatar|date)|article-?(?:author|byline)(?:-.*)?|posted-?(?:by|on)|"
         r"entry-?(?:meta|author|date|info|footer|utility|header-meta)|"
         r"post-?(?:meta|date|info|details|time|footer|data|author|byline|utility|categories|cat)|"
         r"article-?(?:meta|info|date|time|timestamp|details|header-meta|metadata|infos|pubdate|"
         r"published|datetime)|story-?(?:meta|info|date|time|timestamp|byline)|meta(?:data|-info|"
         r"-data|-wrapper|-container)?|timestamps?|time-?stamp|published(?:-date|-at|-time)?|"
         r"publish-?date|pub-?date|publication-?date|publishing-?date|date-?(?:time|line|published|"
         r"posted|updated)?|datetime|updated|last-?updated|contributors?|autor|auteur|redakteur|"
         r"reading-?time|read-?time|min-?read|time-?to-?read|post-?views|view-?count", inline=True),
    Rule("tags", r"tags?|tag-?(?:list|cloud|links?|s|box|container|wrapper|block)|post-?tags|"
         r"entry-?tags|article-?tags|story-?tags|keywords|topics?|topic-?(?:list|tags|links)|"
         r"article-?topics|labels?|post-?labels|categories|cat-?links|category-?(?:list|links?)|"
         r"entry-?categories|tagcloud|schlagworte|themen|etiquetas|mots-?cles|filed-?under|"
         r"hashtags?|terms"),
    Rule("pull_quote", r"pull-?quotes?|pullquote(?:-.*)?|quote-?(?:box|pull)|blockquote-?pull|"
         r"callout-?quote|tweet-?this|click-?to-?tweet|tweetable|bctt.*", share=0.15),
    Rule("tools", r"print(?:-.*)?|toolbar|tool-?bar|tools|article-?(?:tools|actions|toolbar|"
         r"controls|options|functions|audio|listen)|actions?|action-?bar|buttons?|btn(?:-.*)?|"
         r"button-?(?:group|bar|wrapper)|ratings?|rate|rating-?.*|votes?|voting|polls?|quiz|survey|"
         r"player|audio-?player|video-?player|jwplayer|listen|text-?to-?speech|speech|font-?(?:size|"
         r"resize)|bookmark|save|favou?rite|likes?|reactions?|claps|feedback|report-?(?:error|"
         r"mistake|typo)|corrections-?link|search(?:-.*)?|login|lang(?:uage)?-?(?:switcher|selector|"
         r"switch|nav|list)|translate|weather|stock-?(?:ticker|quotes?)|countdown|map-?legend|"
         r"accessibility(?:-.*)?", inline=True),
    Rule("disclaimer", r"disclaimers?|copyright(?:s|-.*)?|copy-?right|legal(?:-.*)?|terms-of-use|"
         r"licen[cs]e|rights|impressum|agency-?credit"),
    Rule("navigation", r"nav|navs|navbar|navigation|navi|nav-?(?:bar|menu|links?|list|wrapper|"
         r"container|header|main|primary|top|item|items|previous|next|above|below|single)|"
         r"(?:main|top|site|primary|secondary|global|sub|page|post|posts|footer|header|mobile|"
         r"local|section)-?(?:nav|navigation|menu|navbar)|menus?|menu-?(?:item|list|container|main|"
         r"wrapper|primary|bar|toggle)|mega-?menu|submenu|dropdown(?:-menu)?|breadcrumbs?|"
         r"bread-?crumb.*|pagination|pager|paging|page-?(?:links|numbers)|toc|"
         r"table-?of-?contents|jump-?links?|skip-?(?:link|links|to-content|to-main|nav)|tabs|tablist|"
         r"topbar|top-?bar|hamburger|burger|sitemap|directory|menubar|toolbar|pagenav|prev-?next|"
         r"next-?(?:article|post|story)|prev(?:ious)?-?(?:article|post|story)|language-?menu",
         frozenset(("nav", "menu", "amp-sidebar"))),
    Rule("masthead", r"masthead|banner|site-?(?:header|branding|logo|title|info)|logo|branding|"
         r"page-?header-?(?:top|bar)|global-?header|header-?(?:top|bar|logo)|top-?header"),
    Rule("footer", r"footer|site-?footer|page-?footer|colophon|contentinfo|foot|footer-?(?:widgets|"
         r"area|content|wrapper|container|bottom|top|nav)|bottom-?bar|fusszeile|copyright-?footer",
         frozenset(("footer",))),
    Rule("aside", r"sidebars?|side-?bar(?:-.*)?|aside|complementary|right-?(?:col|column|rail|side|"
         r"bar)|rightcol.*|rail|widgets?|widget-?(?:area|title|container|wrapper|content)|"
         r"sidecol(?:umn)?|secondary|tertiary|side-?(?:column|panel|content|block)|marginalia|"
         r"seitenleiste|barra-?lateral|infobox|info-?box|fact-?box|factbox", frozenset(("aside",))),
    Rule("form", "", frozenset(("form", "fieldset", "label", "legend"))),
)  # fmt: skip
