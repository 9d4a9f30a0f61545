"""The signs by which a saved page's furniture and a policy's own text are known."""

import re


def names(words: str) -> frozenset[str]:
    """The words of a list that is too long to quote each."""
    return frozenset(words.split())


VOCABULARY = names(
    "we us our ours you your yours may will shall not any such information personal personally "
    "identifiable privacy policy policies notice statement cookie cookies data collect collected "
    "collects collection use used uses using share shared shares sharing disclose disclosed "
    "disclosure third party parties provide provided consent opt security secure protect "
    "protected protection email address advertising advertisers access service services site "
    "sites website websites browser web children age california law laws legal request purposes "
    "purpose store stored transfer processing process rights contact visitors users user "
    "registration account transaction order affiliates partners companies company please"
)
"""Words that make up a good part of any policy's running text."""

PRIVACY = names(
    "privacy personal personally identifiable information cookie cookies data collect collected "
    "collects collecting collection disclose disclosed disclosure share shared sharing consent "
    "opt opting third parties advertising tracking beacons confidential"
)
"""Words that tell a clause about privacy from terms of use, news and comments."""

TITLE = re.compile(
    r"\b(?:privacy|polic(?:y|ies)|notice|statement|terms|legal|security|cookies?|data|datenschutz"
    r"|confidentialit|privacidad|integritet)",
    re.IGNORECASE,
)
DATED = re.compile(
    r"\b(?:effective|updated?|revised|revision|modified|posted|published|version|amended|dated?)\b"
    r".*\d",
    re.IGNORECASE,
)
CONTROL = re.compile(
    r"(?:back|return|jump|scroll|go)\s+(?:up\s+)?to\b.{0,60}|top(?:\s+of(?:\s+the)?\s+page)?"
    r"|skip\s+(?:to|navigation)\b.{0,30}|print(?:\s+this)?(?:\s+page)?|close(?:\s+this)?"
    r"(?:\s+window)?|e-?mail\s+this(?:\s+page)?|share|tweet|home|menu|search|we\s+recommend",
    re.IGNORECASE,
)
"""A link of these words moves around the page or the site; it says nothing."""

ADVERT = re.compile(r"advertisement\b\W*(?:continue reading(?: below)?)?", re.IGNORECASE)

COOKIE_BAR = re.compile(
    r"\bcookies?\b.{0,300}\b(?:by (?:continuing|using|clicking|closing)|accept|agree|got it|"
    r"if you continue|ok)\b|\bby (?:continuing|using|clicking|closing)\b.{0,200}\bcookies?\b",
    re.IGNORECASE | re.DOTALL,
)
"""What a banner says that asks for consent; a policy may say it too, inside its own box."""

HINTS = names(
    "ad addthis ads adslot advert advertisement alert banner breadcrumb breadcrumbs bubble comment "
    "comments consent cookiebar cookienotice crumb crumbs disqus dropdown feedback foot footer "
    "gdpr lightbox login masthead megamenu menu modal nav navbar navbox navigation navmenu "
    "newsletter notification overlay pager pagination poll popular popup promo rail rating recirc "
    "recommended related respond sharethis share sharing sidebar sidenav signin signup skip "
    "skiplink social sponsor submenu subnav subscribe survey toast toolbar tooltip topnav "
    "trending vote widget"
)
"""Words in `class` and `id` that name furniture."""

ROLES = names(
    "alertdialog banner complementary contentinfo dialog menu menubar navigation search toolbar "
    "tooltip"
)
FURNITURE = names("aside dialog footer menu nav")
FORMS = names("fieldset form")
CONTROLS = names("button optgroup option select textarea")
HEADINGS = names("h1 h2 h3 h4 h5 h6 summary")
LEAVES = names("dd dl li ol p ul")
"""Elements too small to be taken for the policy's own box."""
