"""Every doubt and problem that this archive speaks of, in one table."""

from collections.abc import Mapping
from types import MappingProxyType

NOTICES: Mapping[str, str] = MappingProxyType(
    {
        # Provenance (sources)
        "no-provenance": "Nothing in the file says where the text comes from or when.",
        "no-date": "The moment of capture is unknown.",
        "date-of-name": "The date of capture is known from the file's name alone.",
        "no-url": "The address where the text was published is unknown.",
        "domain-differs": "The site it is archived under is not the one in the captured address.",
        "sites-differ": "Two parts of the file, or its name, give different sites.",
        "dates-differ": "Two parts of the file give different dates of capture.",
        "urls-differ": "Two parts of the file give different addresses.",
        "bad-date": "A date or timestamp is none that the calendar has.",
        "short-timestamp": "The capture's address gives less than a day, so no date is taken.",
        "bad-url": "An address is not a usable http or https address, or held a user name.",
        "unknown-key": "The front matter has a key that means nothing here.",
        "invalid-front-matter": "Front matter, or a provenance file, holds what cannot be used.",
        "doubtful-capture": "Whoever fetched the capture doubts that it is whole.",
        # The archive as a whole
        "unreadable": "The file could not be read.",
        "not-read": "The file is of no form that is read.",
        "invalid-correction": "An entry of the file of corrected labels cannot be used.",
        "address-gone": "A capture that was published is no longer there.",
        "invalid-address": "A line of the list of published addresses cannot be used.",
        "shallow-clone": "A shallow clone does not know when its first texts were recorded.",
        "not-compared": "It could not be compared with the snapshot before it.",
        "duplicate-identity": "Two files claim the same site, kind and moment of capture.",
        # The bytes (reading)
        "encoding-guessed": "Nothing says in which encoding the file is: it was guessed.",
        "incomplete": "The file is packed and damaged, so that the end of the text is missing.",
        "other-form": "It holds another form of text than its name says, and is read as that.",
        "replacement-characters": "Characters were lost before the page was archived.",
        "frameset": "The page only holds frames; its text was in other files.",
        "beyond-limits": "It is too long or too intricate to be read, so it is shown as it stands.",
        # The text (doubts)
        "empty": "There is no text.",
        "too-short": "There are too few words for a policy.",
        "error-page": "It looks like an error page, a bot check or a stand-in for a lost site.",
        "login-page": "It looks like a login page.",
        "not-a-policy": "It hardly speaks of anything that policies or terms speak of.",
        "other-terms": "Its title is that of other terms, not of a privacy policy.",
        "no-topic": "Nothing in it speaks of any topic.",
        "truncated": "The text stops in the middle of a sentence.",
        "other-language": "It is not in English, so topics are not looked for.",
    }
)
"""Code of a notice to what it means, whatever the file."""
