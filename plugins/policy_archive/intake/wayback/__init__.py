"""Captures from the Wayback Machine, and from other services that replay and list captures.

EDGI's client asks, at the pace that the Internet Archive asks for; `transport` bounds what comes
back and has it ask other services in the same words.
"""
