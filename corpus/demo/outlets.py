"""Outlets: who publishes the sample articles, and how does each outlet mark up its pages?

Six made-up outlets under the reserved `.example` domain. What differs in structure is in
`templates/<key>.html`; what differs in small (how a paragraph, a caption, a promotional line or a
date is written) is here.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.demo.sidecar import DemoArticle


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One made-up outlet.

    Attributes:
        address: pattern of its article addresses.
        paragraph, caption, link, correction: patterns of the pieces of a body.
        related: pattern of one entry of its lists of other articles.
        byline, author: pattern of the byline, and of one name in it.
        time, modified: patterns of the two dates; an undated page has neither.
        date_order: order of the written date, see `corpus.demo.pages.written`.
        marked_when_saved: its saved pages carry the comment by which browsers keep the address.
    """

    key: str
    name: str
    home: str
    address: str
    paragraph: str
    caption: str
    link: str
    correction: str
    related: str
    byline: str
    author: str
    time: str
    modified: str
    date_order: str
    marked_when_saved: bool = False

    def url(self, article: DemoArticle) -> str:
        """The address of one of its articles; a dated address only where the date is known."""
        day = article.published.earliest if article.published else None
        return self.home + self.address.format(
            slug=article.slug,
            section=article.section.lower().replace(" ", "-"),
            month=day.strftime("%Y/%m") if day else "archive",
        )


OUTLETS = {
    outlet.key: outlet
    for outlet in (
        Outlet(
            key="meridian-post",
            name="The Meridian Post",
            home="https://www.meridianpost.example",
            address="/{section}/{slug}",
            paragraph='<p class="story-body__text">{text}</p>',
            caption=(
                '<figure class="media"><img src="/media/{slug}-{after}.jpg" alt="" width="960">'
                '<figcaption>{text} <span class="credit">{credit}</span></figcaption></figure>'
            ),
            link=(
                '<p class="inline-promo"><strong>SEE ALSO:</strong> <a href="{url}">{title}</a></p>'
            ),
            correction='<p class="correction-note"><em>{text}</em></p>',
            related='<li><a href="{url}"><span class="card-title">{title}</span></a></li>',
            byline='<span class="by">{by} {names}</span>',
            author="{name}",
            time='<time datetime="{iso}">{text}</time>',
            modified=' <time class="updated" datetime="{iso}">Updated {text}</time>',
            date_order="day month",
        ),
        Outlet(
            key="northern-ledger",
            name="Northern Ledger",
            home="https://northernledger.example",
            address="/{month}/{slug}.html",
            paragraph="<p>{text}</p>",
            caption=(
                '<div class="wp-caption"><img src="/uploads/{slug}-{after}.jpg" alt="">'
                '<p class="wp-caption-text">{text} ({credit})</p></div>'
            ),
            link='<p><b>Read more:</b> <a href="{url}">{title}</a></p>',
            correction='<div class="editors-note">{text}</div>',
            related='<div class="post-card"><h4><a href="{url}">{title}</a></h4></div>',
            byline="{by} {names}",
            author="{name}",
            time='<meta property="article:published_time" content="{iso}">',
            modified='\n<meta property="article:modified_time" content="{iso}">',
            date_order="month day",
        ),
        Outlet(
            key="continental-wire",
            name="Continental Wire",
            home="https://www.continentalwire.example",
            address="/news/{slug}",
            paragraph="<p>{text}</p>",
            caption=(
                '<figure itemprop="image" itemscope itemtype="https://schema.org/ImageObject">'
                '<img itemprop="contentUrl" src="/pix/{slug}-{after}.jpg" alt="">'
                '<figcaption itemprop="caption">{text}</figcaption>'
                '<small class="copyright">{credit}</small></figure>'
            ),
            link='<aside class="trail">Also on the wire: <a href="{url}">{title}</a></aside>',
            correction='<p class="refile">{text}</p>',
            related='<li class="slug"><a href="{url}">{title}</a></li>',
            byline="{by} {names}",
            author=(
                '<span itemprop="author" itemscope itemtype="https://schema.org/Person">'
                '<span itemprop="name">{name}</span></span>'
            ),
            time='<time itemprop="datePublished" datetime="{iso}">{text}</time>',
            modified=' <time itemprop="dateModified" datetime="{iso}">Refiled {text}</time>',
            date_order="day month",
        ),
        Outlet(
            key="quayside-gazette",
            name="Quayside Gazette",
            home="https://quaysidegazette.example",
            address="/{slug}/",
            paragraph="<p>{text}</p>",
            caption=(
                "<p><img src='/i/{slug}-{after}.jpg'><br><small><i>{text}</i> {credit}</small></p>"
            ),
            link="<p>&raquo; READ MORE: <a href='{url}'>{title}</a></p>",
            correction="<p><i>{text}</i></p>",
            related="<li><a href='{url}'>{title}</a>",
            byline="{by} {names}",
            author="{name}",
            time=" | {text}",
            modified=" (corrected {text})",
            date_order="day month",
        ),
        Outlet(
            key="old-mill-courier",
            name="Old Mill Courier",
            home="http://www.oldmillcourier.example",
            address="/stories/{slug}.htm",
            paragraph='<font face="Times New Roman" size="3">{text}</font><br><br>',
            caption=(
                '<table align="right" width="220" cellpadding="4"><tr><td>'
                '<img src="../pics/{slug}-{after}.gif" width="210"></td></tr><tr><td>'
                '<font face="Arial" size="1">{text} <i>{credit}</i></font></td></tr></table>'
            ),
            link=(
                '<font face="Arial" size="2"><b>RELATED STORY:</b> '
                '<a href="{url}">{title}</a></font><br><br>'
            ),
            correction='<font face="Arial" size="2"><i>{text}</i></font><br><br>',
            related='<font face="Arial" size="2">&#149; <a href="{url}">{title}</a></font><br>',
            byline="{by} {names}",
            author="{name}",
            time="<br>{text}",
            modified=" (revised {text})",
            date_order="weekday month day",
            marked_when_saved=True,
        ),
        Outlet(
            key="waypoint-review",
            name="Waypoint Review",
            home="https://waypointreview.example",
            address="/n/{slug}",
            paragraph='<div class="t">{text}</div>',
            caption=(
                '<div class="pic"><img src="/p/{slug}-{after}.webp">'
                "<div>{text} / {credit}</div></div>"
            ),
            link='<div class="t more">You may also like: <a href="{url}">{title}</a></div>',
            correction='<div class="t">{text}</div>',
            related='<a class="row" href="{url}">{title}</a>',
            byline="{names}",
            author="{name}",
            time=" {text}",
            modified=" / changed {text}",
            date_order="month day",
            marked_when_saved=True,
        ),
    )
}
