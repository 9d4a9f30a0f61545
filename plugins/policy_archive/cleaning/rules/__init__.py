"""The cleaning rules, one a file; `cleaning.RULES` is their order."""
