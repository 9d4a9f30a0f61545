"""The plugin's options in `mkdocs.yml`."""

from mkdocs.config import base
from mkdocs.config import config_options as c


class PolicyArchiveConfig(base.Config):  # type: ignore[no-untyped-call]
    """Options under `plugins: - policy-archive:`; all of them have sensible defaults."""

    enabled = c.Type(bool, default=True)
    """Switches the plugin off, for instance through an environment variable."""

    policies = c.Type((str, list), default="policies")
    """The folder of archived files below `docs_dir`, or a list of such folders. Everything in them
    belongs to the archive and is published through it alone."""

    sources = c.Type(list, default=[])
    """Further places to read: folders below `docs_dir`, and git repositories by their path from
    `mkdocs.yml`; to choose among a repository's versions, give `repository` with any of `branch`,
    `paths`, `kinds`, `since`, `until` and `languages`."""

    collection = c.Type(str, default="")
    """The archive's name in citations and structured data; the site's name when empty."""

    topics = c.Type(dict, default={})
    """Changes to the taxonomy: a topic's id, and the fields to replace; `false` removes the topic;
    a new id with `name`, `question`, `explanation`, `headings` and `wording` adds one."""

    labels = c.Type(str, default="labels.yml")
    """The file of corrected labels below `docs_dir`; it need not exist, and is not published."""

    disabled_rules = c.ListOfItems(c.Type(str), default=[])
    """Names of cleaning rules that are not to run; `about/method/` lists all of them."""

    rows_per_page = c.Type(int, default=500)
    """Longer listings continue on further pages."""

    search_texts = c.Type(int, default=500)
    """Up to this many snapshots, the built-in search covers their whole texts; in larger archives
    titles and headings only, since readers download the whole index. Where there is a search page,
    larger archives leave theirs out of it altogether."""

    search = c.Choice(("auto", "pagefind", "built-in"), default="auto")
    """`pagefind` makes a search page for all texts of an archive of any size, and needs the extra
    `search`; `auto` does so where that is installed; `built-in` leaves it to the theme's search."""

    workers = c.Type(int, default=0)
    """How many processes read files; 0: one a core when there is much to read; 1: no other."""

    executor = c.Type(str, default="")
    """`dask://host:port` has a Dask cluster read files; needs the extra `cluster`."""
