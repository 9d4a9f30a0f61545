"""The words by which lines of a site's menu, and lines of a policy beside them, are known."""

import re

_ALONE = (
    r"home(?:page)?|login|log ?(?:in|out|on)|sign (?:in|up|out)|register|menu|skip navigation|"
    r"toggle navigation|main menu|navigation|site ?map|checkout|share|facebook|twitter|instagram|"
    r"linked ?in|youtube|pinterest|google ?\+|rss(?: feeds?)?|tumblr|"
    r"join our (?:mailing|email) list|back to top|top of page|print(?: this page)?|"
    r"(?:recent|related|popular) \w+|categories|archives|tags|tag cloud|quick ?links|useful links|"
    r"read more|learn more|view all|close|english|select language|español|français|deutsch"
)
_BEFORE_MORE = (
    r"search|skip to|(?:my |your |view |shopping )*(?:cart|account|basket|bag|wish ?list)|"
    r"follow us|share this|like us|newsletter|subscribe|copyright|all rights reserved|"
    r"leave a (?:reply|comment)|powered by|(?:designed|web ?site design|site) by|you are here"
)
# What is repeated is taken whole (`++`): to give a part of it back would never help.
MENU = re.compile(
    rf"(?:\W*+(?:{_ALONE}|(?:{_BEFORE_MORE})\b.*+|(?<=\()c\) .*+)|(?>\W*©).*+|(?>\W*×))\W*+$",
    re.IGNORECASE,
)
PERHAPS_MENU = re.compile(
    r"\W*+(?:about(?: us)?|contact(?: us)?|blog|news|shop|store|products?|services|faqs?|help|"
    r"support|careers|jobs|press|events|gallery|testimonials|resources|company|team|our \w+|legal|"
    r"terms\b.{0,30}|privacy(?: policy)?|disclaimer|accessibility|advertis(?:e|ing)\b.{0,20}|"
    r"affiliates?|partners|links|shipping\b.{0,20}|returns?\b.{0,20}|customer service|my \w+|"
    r"donate|publications|forums?|members(?:hip)?|feedback|site credits)\W*+$",
    re.IGNORECASE,
)
POLICY_WORD = re.compile(
    r"\b(?:privacy|personal\w*|information|cookies?|collect\w*|disclos\w*|consent|data|"
    r"third[ -]part\w+|liab\w+|agree\w*|terms|rights|policy|secur\w+|e-?mail|law\w*)\b"
)
ADDRESSING = re.compile(
    r"\b(?:we|our|us|you|your|i|my|users?|visitors?|shall|may|will|not|is|are)\b"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
WHEN = re.compile(
    r"\b(?:effective|updated?|modified|revised|revision|amended|posted|published|version|stand|since"
    r"|as of|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\b"
    r"|\d{1,2}[./]\d{1,2}[./]",
    re.IGNORECASE,
)
POSTAL = re.compile(r"\b[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}\b|\b[A-Z]{2},? \d{5}\b|\bP\.? ?O\.? Box\b")
OF_CONTACT = re.compile(r"\b(?:contact|questions?|reach|write|address|imprint)\b", re.IGNORECASE)
NUMBERED = re.compile(r"\W?(?:\d{1,2}|[ivx]{1,4})[.)]\s|\b(?:section|article)\b", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?][\"'”’)\]]*$")
