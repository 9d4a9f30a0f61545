"""How well is it told in which encoding a text is that does not say?"""
