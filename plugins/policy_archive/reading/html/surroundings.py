"""What stands on a page for reasons of its own: consent managers, archives' banners, footers.

It is taken out before the policy is looked for, since a consent manager may say more than a short
policy does, and in the same words.
"""

import re
from collections.abc import Callable
from functools import partial

from policy_archive.reading.html import vocabulary
from policy_archive.reading.html.boxes import HEADING, Box
from policy_archive.reading.html.measures import (
    FURNITURE,
    add_up,
    on_privacy,
    own_names,
    parts_of,
)

_MANAGERS = re.compile(
    r"onetrust-(?:consent|banner|pc)|ot-sdk-btn-floating|cky-(?:consent|modal|overlay|btn)"
    r"|CybotCookiebotDialog|CookiebotWidget|didomi-(?:host|popup|notice|consent)"
    r"|usercentrics-(?:root|cmp|button)|uc-(?:banner|overlay|consent)|qc-cmp|cmp(?:box|wrapper)"
    r"|truste[-_](?:consent|overlay|popup|show)|consent_blackbar|teconsent|sp_(?:message|veil)_"
    r"|cmplz-(?:cookiebanner|manage)|BorlabsCookieBox|klaro$|osano-cm-|iubenda-cs-|axeptio"
    r"|tarteaucitron(?:Root|Alert|Cookies)|cc[-_]{1,2}(?:main|window|banner|nb-main|revoke)"
    r"|cookie-law-info|wt-cli-|moove_gdpr|termly-(?:code|consent)|fc-(?:consent-root|dialog)"
    r"|shopify-pc__|hs-(?:eu|en)-cookie|_?evidon|ketch-(?:consent|banner|modal)|cookiefirst-root"
    r"|ppms_cm|ensNotify|ensModal|transcend-consent|gdpr-cookie-"
)
"""Beginnings of the `id` and `class` that consent managers give to what they put on a page."""
_BANNERS = re.compile(
    r"wm-(?:ipp|toolbar|capinfo)|donato(?:$|-)|_?wb_(?:frame_top|plaintext)|ukwa-"
    r"|single-?file-infobar|.{0,40}google-cache-hdr|perma-banner|archive-?it-banner|ait-client"
)
"""The same of what archives and page savers put above a page."""
_ABOUT_COOKIES = frozenset(["cookie", "cookies", "consent", "gdpr", "cmp", "ccpa", "rgpd", "dsgvo"])
_LAYERS = vocabulary.names(
    "alert banner bar bottom box card dialog drawer hint info layer manager message modal note "
    "notice notification overlay panel popin popup preferences prompt settings sheet toast tool "
    "wall widget window"
)
_NOT_A_LAYER = frozenset(["article", "body", "html", "main"])
_ANSWER = re.compile(
    r"(?:"
    r"(?:yes,? ?)?(?:i )?(?:accept|agree|allow|got it|ok(?:ay)?|reject|decline|deny|consent)\b"
    r"|(?:save|confirm|manage|set|customi[sz]e|cookie|only)\b.{0,20}"
    r"(?:preferences|choices|settings|selection|cookies)"
    r"|(?:tout |je |continuer sans )?(?:accept|refus|param[eé]tr|enregistrer)\w*"
    r"|(?:allen? )?(?:akzeptier|annehmen|ablehnen|zustimm|einverstanden|verstanden|auswahl)\w*"
    r"|(?:cookies? |alle )?(?:zulassen|erlauben|speichern|accepteren|weigeren|akkoord|toestaan)\b"
    r"|(?:aceptar|rechazar|permitir|configurar|aceitar|rejeitar|recusar|concordo|acepto)\b"
    r"|(?:accett|rifiut|acconsent|personalizza|accepter|afvis|godta|avslå|tillad|hyväksy)\w*"
    r"|(?:acceptera|godkänn|avvisa|neka|tillåt|hylkää|salli|akceptuj|zgadzam|odrzu|zezw)\w*"
    r"|(?:přijmout|odmítnout|souhlas|elfogad|elutasít|kabul|reddet|tamam)\w*"
    r"|(?:принять|принимаю|согласен|отклонить|прийняти)\w*"
    r"|.{0,12}(?:同意|接受|許可|拒否|拒绝|허용|동의|수락|거부)"
    r").{0,30}",
    re.IGNORECASE,
)
"""What a control says that answers a question for consent, in some twenty languages."""
_LONG = 150
"""Words of running text: with more a box that has a policy's headings is one."""


def take_out(root: Box, boxes: list[Box]) -> None:
    """Set `removed` on consent managers, archives' banners and the page's own footers."""
    answering = _holding(boxes, _ANSWER.fullmatch, 6)
    asking = answering & _holding(boxes, vocabulary.ABOUT_COOKIES.search, 1000)

    def layer(box: Box) -> bool:
        return _is_layer(box, root, answering, asking)

    for found in (layer, partial(_is_footer, root)):
        stack = [root]
        removed = False
        while stack:
            box = stack.pop()
            for child in box.children:
                if not isinstance(child, Box) or child.removed or not child.words:
                    continue
                if found(child):
                    child.removed = FURNITURE
                    removed = True
                else:
                    stack.append(child)
        if removed:
            add_up(boxes)


def _holding(boxes: list[Box], says: Callable[[str], object], longest: int) -> set[Box]:
    """The boxes with a line, of at most so many words, that `says` something."""
    found: set[Box] = set()
    for box in reversed(boxes):
        for child in box.children:
            if isinstance(child, Box):
                if child in found:
                    found.add(box)
            elif 0 < child.words <= longest and says(child.text.strip(" .!✓✔×")):
                found.add(box)
    return found


def _is_layer(box: Box, root: Box, answering: set[Box], asking: set[Box]) -> bool:
    """Whether `box` is a consent manager's, or an archive's."""
    if box.name in _NOT_A_LAYER:
        return False
    called = own_names(box)
    if any(_MANAGERS.match(name) or _BANNERS.match(name) for name in (*called, box.name)):
        return True
    if box not in answering:
        return False
    parts = {part for name in called for part in parts_of(name)}
    dialog = box.attributes.get("role") in ("alertdialog", "dialog")
    if dialog or "aria-modal" in box.attributes:
        asks = box in asking
    else:
        asks = bool(_ABOUT_COOKIES & parts) and bool(_LAYERS & parts)
    return asks and not (box.holds & HEADING and box.prose > max(_LONG, 0.5 * root.prose))


def _is_footer(root: Box, box: Box) -> bool:
    """Whether `box` is the page's footer, however much of a short page that is."""
    if box.name in ("article", "main"):
        return False
    if box.name == "footer" or box.attributes.get("role") == "contentinfo":
        return not (on_privacy(box) and box.prose > 0.5 * root.prose)
    named = {part for name in own_names(box) for part in parts_of(name)}
    if "footer" not in named or named & {"has", "with", "sticky", "wrapper"}:
        return False
    return box.prose <= 0.5 * root.prose and not on_privacy(box)
