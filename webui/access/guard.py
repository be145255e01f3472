"""Guard: who is asking, and may they ask this? Before any page is looked for.

While people are kept, each address but the doors needs somebody: signed in by a cookie, by a token
in `Authorization: Bearer`, or by a proxy that the operator named. What an address needs is one
table; what changes something and is not in it needs an operator, so that a new one is closed
until somebody opens it.

Browsers send cookies along with what other sites make them send. So the cookie is strict, and each
form carries besides what only our pages know: a keyed hash of the cookie.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from flask import Flask, abort, current_app, g, redirect, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, TooManyRequests, Unauthorized
from werkzeug.wrappers import Response

from corpus.errors import PersonNotFound
from corpus.home import Home
from webui.access import store
from webui.access.people import People, Person
from webui.access.roles import Role
from webui.access.sessions import LONGEST, Sessions
from webui.access.tokens import Tokens, id_in
from webui.server.hosts import lets_read
from webui.server.limits import RateLimiter
from webui.server.proxies import PERSON
from webui.view.links import FOR_SCRIPTS

SIGN_OUT = "access.sign_out"
_CHOOSE = "languages.choose"
_SIGN_IN = frozenset({"access.sign_in", "access.begin"})
OPEN = frozenset({"static", "health.alive", "health.robots", _CHOOSE, "languages.words"}) | _SIGN_IN
"""The doors: what answers to anybody."""
NEEDS = {
    "api.batch": Role.READER,
    "api.batch_csv": Role.READER,
    "api.batch_xlsx": Role.READER,
    "api.change_dossiers": Role.ANNOTATOR,
    "api.change_watch": Role.ANNOTATOR,
    "api.decide_outlets": Role.DECIDER,
    "batch_pages.ask_all": Role.READER,
    "cited_pages.cite": Role.READER,
    "decisions.post": Role.DECIDER,
    "decisions.post_outlet": Role.DECIDER,
    "dossier_pages.begin": Role.ANNOTATOR,
    "dossier_pages.change": Role.ANNOTATOR,
    "dossier_pages.pick": Role.ANNOTATOR,
    "evidence_pages.of_a_dossier": Role.OPERATOR,
    "evidence_pages.of_a_result": Role.OPERATOR,
    "evidence_pages.of_an_article": Role.OPERATOR,
    "watch_pages.keep": Role.ANNOTATOR,
    SIGN_OUT: Role.READER,
}
"""By endpoint, for methods that change or make something. What is not here needs an operator."""
_TO_READ = {"health.measured": Role.OPERATOR}
"""By endpoint; others need a reader to be read."""
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_COOKIE, _FORM_COOKIE = "dispatches", "dispatches-form"
_BODY = 1 << 20
_FROM_US = frozenset({"same-origin", "none"})
_WRONG_A_MINUTE = 20
"""Wrong passwords that one address, and wrong tokens that one address or about one id, may give."""
_FOR_ONE_NAME, _FROM_ONE_ADDRESS = 30, 5
"""Wrong passwords a minute for one name: from everywhere, and from one address."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as far as it counts for this one request.

    Attributes:
        secret: what their forms are made of; empty where no form counts, for a token.
    """

    name: str
    role: Role
    secret: str = field(default="", repr=False)


class Guard:
    """The people of one collection, and what keeps others from guessing.

    Args:
        home: whose people they are, and what they may change.
        required: nobody gets in where no people are kept, instead of everybody.
        header: in which the named proxies say whom they have signed in.
        log_days: for which it is kept who opened which article; 0: it is not written down.
    """

    def __init__(
        self, home: Home, *, required: bool = False, header: str = "", log_days: int = 0
    ) -> None:
        self.home = home
        self.header = header
        self.log_days = log_days
        self._on = required
        self.by_address = RateLimiter(_WRONG_A_MINUTE)
        self.by_name = RateLimiter(_FOR_ONE_NAME)
        self.by_both = RateLimiter(_FROM_ONE_ADDRESS)
        self.tokens = RateLimiter(_WRONG_A_MINUTE)

    @property
    def is_on(self) -> bool:
        """Whether people are kept; once they were, until the server ends, whatever comes."""
        self._on = self._on or store.is_kept(self.home.people)
        return self._on


def asker() -> Asker | None:
    """Who asks; None where no people are kept, or nobody is signed in."""
    found: Asker | None = g.get("asker")
    return found


def guard() -> Guard | None:
    """The guard of this application, where people are kept."""
    found: Guard | None = current_app.extensions.get("guard")
    return found if found is not None and found.is_on else None


def may(role: Role) -> bool:
    """Whether who asks may do what needs a role; anybody may where no people are kept."""
    if guard() is None:
        return True
    found = asker()
    return found is not None and found.role >= role


def install(app: Flask, found: Guard) -> None:
    """Puts an application behind its guard."""
    app.extensions["guard"] = found
    app.before_request(_check)
    app.after_request(_keep_nothing)


def only_reads() -> bool:
    """Whether a request asks, and changes nothing."""
    return request.method in _READING


def is_guarded() -> bool:
    """Whether people sign in here."""
    return guard() is not None


def _check() -> Response | None:
    found = guard()
    if found is None:
        return None
    endpoint = request.endpoint or ""
    if not only_reads():
        request.max_content_length = _BODY
    if endpoint in OPEN:
        if endpoint in _SIGN_IN:
            g.asker = _by_cookie(found)
        elif endpoint == _CHOOSE:  # signed in or not, from a page of ours
            g.asker = _by_proxy(found) or _by_cookie(found)
        return None
    g.asker = who = _by_token(found) or _by_proxy(found) or _by_cookie(found)
    if who is None:
        return _turned_away()
    if only_reads():
        needed = _TO_READ.get(endpoint, Role.READER)
    else:
        needed = NEEDS.get(endpoint, Role.OPERATOR)
    if who.role < needed:
        raise Forbidden(f"This needs the role {needed.word}, and {who.name} is {who.role.word}.")
    if not only_reads() and who.secret:
        check_form()
    return None


def _turned_away() -> Response:
    if request.path.startswith(FOR_SCRIPTS) or request.endpoint in {
        "health.ready",
        "health.measured",
    }:
        raise Unauthorized(
            "This collection is open to people with a token or a session. "
            "`dispatches tokens make` makes a token.",
            www_authenticate=WWWAuthenticate("bearer", {"realm": "dispatches"}),
        )
    if not only_reads():
        abort(HTTPStatus.UNAUTHORIZED, "You are not signed in any more. Nothing was changed.")
    wanted = request.full_path.rstrip("?")
    return redirect(f"/sign-in?next={quote(wanted, safe='/')}", HTTPStatus.SEE_OTHER)


def _by_cookie(found: Guard) -> Asker | None:
    secret = request.cookies.get(cookie_name(_COOKIE), "")
    if not secret:
        return None
    with store.reading(found.home.people) as database:
        session = Sessions(database).person(secret)
    if session is None:
        return None
    person, is_use_due = session
    if is_use_due:
        with store.writing(found.home.people) as database:
            Sessions(database).use(secret)
    return Asker(person.name, person.role, secret)


def _by_token(found: Guard) -> Asker | None:
    """Whoever shows a token is who it says, or nobody: a cookie counts no more.

    Raises:
        TooManyRequests: too many were wrong, from this address or about this one.
        Unauthorized: it does not count.
    """
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        return None
    text = text.strip()
    kinds = {f"from {request.remote_addr}", f"about {id_in(text)}"}
    wait = max(map(found.tokens.wait, kinds))
    if wait:
        raise TooManyRequests(
            f"Too many wrong tokens were given. Try again in {wait} seconds.", retry_after=wait
        )
    with store.reading(found.home.people) as database:
        person = Tokens(database).person(text)
    if person is None:
        for one in kinds:
            found.tokens.take(one)
        raise Unauthorized(
            "The token does not count: it is unknown, expired or revoked.",
            www_authenticate=WWWAuthenticate("bearer", {"error": "invalid_token"}),
        )
    return Asker(person.name, person.role)


def _by_proxy(found: Guard) -> Asker | None:
    """Whom a named proxy has signed in; they must have a name here, too."""
    name = str(request.environ.get(PERSON, ""))
    if not name:
        return None
    with store.reading(found.home.people) as database:
        try:
            person = People(database).find(name)
        except PersonNotFound:
            person = None
    if person is None or person.disabled:
        raise Forbidden(f"{name} was signed in elsewhere, and may not come in here.")
    return Asker(person.name, person.role, f"{person.key}\n{form_cookie()}")


def cookie_name(name: str) -> str:
    """As it is called here: over TLS, browsers hold `__Host-` to be ours alone.

    One of several collections has no host alone, and its cookies the path of the collection.
    """
    if not request.is_secure:
        return name
    return f"__Secure-{name}" if request.script_root else f"__Host-{name}"


def set_session(response: Response, secret: str) -> None:
    """Has a browser keep a session, or forget it where there is none."""
    set_cookie(response, _COOKIE, secret, LONGEST if secret else 0)


def session_secret() -> str:
    """What the browser says its session is."""
    return request.cookies.get(cookie_name(_COOKIE), "")


def set_cookie(response: Response, name: str, value: str, age: int | None) -> None:
    """Has a browser keep something that no script and no other site gets at."""
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=age,
        path=request.script_root or "/",
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )


def form_cookie() -> str:
    """What stands in place of a session where there is none: random, and kept by the browser."""
    known: str = g.get("form_cookie") or request.cookies.get(cookie_name(_FORM_COOKIE), "")
    if not known:
        known = secrets.token_urlsafe(24)
    g.form_cookie = known
    return known


def form_key() -> str:
    """What a form must carry, that only a page of ours knows; a script with a token needs none."""
    who = asker()
    secret = who.secret if who is not None else form_cookie()
    return hmac.new(secret.encode("utf-8", "surrogatepass"), b"form", hashlib.sha256).hexdigest()


def check_form() -> None:
    """Ends a request that no page of ours has sent.

    Raises:
        Forbidden: it comes from another site, or from a form of another session.
    """
    site = request.headers.get("Sec-Fetch-Site", "none")
    origin = request.headers.get("Origin", "null")
    foreign = site not in _FROM_US or (origin != "null" and urlsplit(origin).netloc != request.host)
    given = request.headers.get("X-Form-Key") or request.form.get("form_key", "")
    if foreign or not hmac.compare_digest(
        given.encode("utf-8", "surrogatepass"), form_key().encode()
    ):
        raise Forbidden(
            "The form was not sent by a page of this session. Nothing was changed: "
            "go back, load the page again, and fill it in."
        )


def refuse_foreign() -> None:
    """Ends a request that a page of another site sent, where nothing is asked but reading.

    Raises:
        Forbidden: it comes from another site, and none whose pages may read answers.
    """
    if not lets_read() and request.headers.get("Sec-Fetch-Site", "none") not in _FROM_US:
        raise Forbidden("Another site sent this form. Nothing was done.")


def slow_down(found: Guard, name: str) -> None:
    """Counts a password that is about to be compared.

    Raises:
        TooManyRequests: too many were wrong, for this name or from this address.
    """
    taken: list[tuple[RateLimiter, str]] = []
    for limiter, about in _counted(found, name):
        allowance = limiter.take(about)
        if allowance.wait:
            for other, one in taken:
                other.give_back(one)
            raise TooManyRequests(
                f"Too many wrong passwords were given. Try again in {allowance.wait} seconds.",
                retry_after=allowance.wait,
            )
        taken.append((limiter, about))


def speed_up(found: Guard, name: str) -> None:
    """Takes back what was counted: the password was right."""
    for limiter, about in _counted(found, name):
        limiter.give_back(about)


def _counted(found: Guard, name: str) -> tuple[tuple[RateLimiter, str], ...]:
    key, address = Person(name, Role.READER).key, str(request.remote_addr)
    return (
        (found.by_address, address),
        (found.by_both, f"{address}\n{key}"),
        (found.by_name, f"\n{key}"),
    )


def _keep_nothing(response: Response) -> Response:
    """What somebody may see is kept by no browser: the next at the machine may be another."""
    if guard() is None or request.endpoint == "static":
        return response
    response.headers["Cache-Control"] = "no-store"
    response.vary.update(("Cookie", "Authorization"))
    if "form_cookie" in g and not request.cookies.get(cookie_name(_FORM_COOKIE)):
        set_cookie(response, _FORM_COOKIE, g.form_cookie, None)
    return response
