"""Words and names by which a saved page's boilerplate and a policy's own text are told apart."""

import re


def names(words: str) -> frozenset[str]:
    """The words of a list that is too long to quote each."""
    return frozenset(words.split())


POLICY_WORDS = names(
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

PRIVACY_WORDS = names(
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
    r"\b(?:effective|updated?|revised|revision|modified|posted|published|version|amended|dated?"
    r"|mis(?:e|es)? à jour|(?:en|in) (?:vigueur|vigor)|stand|aktualisiert|geändert|gültig"
    r"|actualizad[ao]|atualizad[ao]|aggiornat[ao]|modificad[ao]|bijgewerkt|opdateret|oppdatert|uppdaterad)\b"
    r".*\d",
    re.IGNORECASE,
)
COPYRIGHT = re.compile(r"©|\(c\)|\bcopyright\b|all rights reserved", re.IGNORECASE)
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

ABOUT_COOKIES = re.compile(
    r"\bcookies?\b|\btra[cç]eurs?\b|クッキー|쿠키|файл\w* cookie", re.IGNORECASE
)

PLACES = names(
    "breadcrumb breadcrumbs crumbs foot footer masthead megamenu menu nav navbar navbox navigation "
    "navmenu pager pagination rail sidebar sidenav skiplink submenu subnav topnav"
)
"""Words in `id` and `class` that name a part of a page around its text."""

LAYERS = names(
    "addthis adslot cookiebar cookienotice disqus dropdown gdpr lightbox modal overlay popup "
    "recirc sharethis toast toolbar tooltip"
)
"""The same of what comes up over a page, or is put into it from elsewhere."""

SUBJECTS = names(
    "ad ads advert advertisement alert banner bubble comment comments consent crumb feedback login "
    "newsletter notification poll popular promo rating recommended related respond share sharing "
    "signin signup skip social sponsor subscribe survey trending vote widget"
)
"""Words in `class` that name boilerplate; in an `id` they name what a section is about."""

ROLES = names(
    "alertdialog banner complementary contentinfo dialog menu menubar navigation search toolbar "
    "tooltip"
)
BOILERPLATE = names("aside dialog footer menu nav")
FORMS = names("fieldset form")
CONTROLS = names("button optgroup option select textarea")
HEADINGS = names("h1 h2 h3 h4 h5 h6 summary")
LEAVES = HEADINGS | names("dd dl dt li ol p ul")
"""Elements too small to be taken for the policy's own box."""
