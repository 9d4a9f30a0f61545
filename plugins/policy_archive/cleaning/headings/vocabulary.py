"""Words by which headings of policies are told from other brief lines."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ASKING = _words("what how who why when where which whose whom do does is are can will should with")
PRONOUNS = _words("we you i they it he she this these there")
CONDITIONS = _words("if to by as in for on any all")

SMALL = _words(
    """a an and any are as at be but by can do for from how in into is it its may not of on or our
    than that the their this to us via vs we who with you your"""
)
"""Words that titles do not write with a capital."""

VOCABULARY = _words(
    """access account advertising ads age amendments analytics appeal automated basis beacons
    california changes children children's children’s choice choices collect collected collection
    communications compliance consent contact contacting control controller cookie cookies
    correction data deletion definitions disclaimer disclose disclosed disclosure disclosures
    dispute email enforcement erasure european exercise framework gdpr general how information
    international introduction jurisdiction law laws lawful legal liability limitation links log
    marketing minors modifications notice notification notify officer opt opt-in opt-out other outs
    overview parties party personal policy portability practices privacy process processing protect
    protection purpose purposes questions receive residents resolution retain retention right
    rights safety scope secure security sensitive services share shared sharing sites social
    statement storage store summary technologies third third-party track tracking transfer
    transferred transfers update updates use uses using visitors website what who why withdraw
    your"""
)
"""What headings of policies are made of."""

POSSESSIVES = _words("your our my")
FINITE = _words(
    """is are was were will may can must shall should has have does did cannot don't don’t include
    includes agree applies allow allows please become becomes explains mean means"""
)
DATED = _words("updated modified revised effective date dated version posted")
DIRECTIONS = _words(
    """click skip sign log login read learn go view back top menu home expand collapse download
    print search subscribe follow loading submit"""
)
"""Of links and buttons."""

POSTAL = _words(
    """street st road avenue ave suite floor drive lane blvd box attn inc llc ltd gmbh tel fax phone
    team department dept corporation limited embankment square"""
)
COLUMNS = _words(
    """basis business categories category collected collection company country data description
    disclosed disclosing duration examples expiry function how information lawful legal location
    name of party period personal processing purpose purposes reason reasons recipient recipients
    relevant retention service sharing source sources storage third type types use used"""
)
"""What the first rows of tables are made of."""

DANGLING = _words("we our the a an of and or to with for by from your their is are that which")
"""A line that ends with one of these goes on."""
OPEN_QUESTIONS = _words("who whom what where how why when")
"""Unless it begins with one of these: "Who we share it with" is whole."""
