"""The plugin's options in `mkdocs.yml`, and what is wrong with them."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig

from policy_archive.cleaning import RULES
from policy_archive.pages.language import LANGUAGES


class Count(c.Type[int]):
    """A whole number from `least` on."""

    def __init__(self, least: int, *, default: int) -> None:
        """`default` where the option is not given."""
        super().__init__(int, default=default)
        self.least = least

    def run_validation(self, value: object) -> int:
        """The number.

        Raises:
            ValidationError: it is none, or too small.
        """
        number = super().run_validation(value)
        if isinstance(number, bool) or number < self.least:
            raise base.ValidationError(f"{value!r} must be {self.least} or more")
        return number


class RuleNames(c.ListOfItems[str]):
    """Names of cleaning rules."""

    def __init__(self) -> None:
        """None by default."""
        super().__init__(c.Type(str), default=[])

    def run_validation(self, value: object) -> list[str]:
        """The names.

        Raises:
            ValidationError: one is no rule's.
        """
        names = super().run_validation(value)
        known = [rule.name for rule in RULES]
        for name in names:
            if name not in known:
                raise base.ValidationError(f"there is no rule {name!r}{did_you_mean(name, known)}")
        return names


class LanguageCode(c.Type[str]):
    """The code of a language that our words are there in."""

    def __init__(self) -> None:
        """Empty by default: the theme's."""
        super().__init__(str, default="")

    def run_validation(self, value: object) -> str:
        """The code.

        Raises:
            ValidationError: there is no catalogue of that language.
        """
        code = super().run_validation(value)
        if code and code not in LANGUAGES:
            raise base.ValidationError(f"{code!r}: there are {', '.join(sorted(LANGUAGES))}")
        return code


class PolicyArchiveConfig(base.Config):  # type: ignore[no-untyped-call]
    """Options under `plugins: - policy-archive:`; all of them have sensible defaults."""

    enabled = c.Type(bool, default=True)
    """Switches the plugin off, for instance through an environment variable."""

    policies = c.Type((str, list), default="policies")
    """The folder of archived files below `docs_dir`, or a list of such folders. Everything in them
    belongs to the archive and is published through it alone."""

    sources = c.Type(list, default=[])
    """Further places to read: folders below `docs_dir`; and, by their path from `mkdocs.yml`, git
    repositories, and WARC and WACZ files. To choose among the pages of a crawl, give `crawl` with
    `match`; to choose among a repository's versions, give `repository` with any of `branch`,
    `side_branches`, `paths`, `exclude`, `kinds`, `since`, `until` and `languages`. With `clone:
    true`, `repository` may be an https address or a bundle, cloned into the cache."""

    collection = c.Type(str, default="")
    """The archive's name in citations and structured data; the site's name when empty."""

    topics = c.Type(dict, default={})
    """Changes to the taxonomy: a topic's id, and the fields to replace; `false` removes the topic;
    a new id with `name`, `question`, `explanation`, `headings` and `wording` adds one."""

    labels = c.Type(str, default="labels.yml")
    """The file of corrected labels below `docs_dir`; one that is named here must exist. It is not
    published."""

    disabled_rules = RuleNames()
    """Names of cleaning rules that are not to run; `about/method/` lists all of them."""

    rows_per_page = Count(1, default=500)
    """Longer listings continue on further pages."""

    search_texts = Count(0, default=500)
    """Up to this many snapshots of 2,000 words, the built-in search covers their whole texts; in
    larger archives titles and headings only, since readers download the whole index. Where there is
    a search page, larger archives leave theirs out of it altogether."""

    search = c.Choice(("auto", "pagefind", "built-in"), default="auto")
    """`pagefind` makes a search page for all texts of an archive of any size, and needs the extra
    `search`; `auto` does so where that is installed; `built-in` leaves it to the theme's search."""

    data_ = c.Type(bool, default=True)  # `data` is taken: every configuration is a `UserDict`
    """Publishes the archive as a dataset as well: each snapshot's text as Markdown, `index.md`, and
    its passages as annotations, `annotations.jsonld`; all of them as tables, with a page that
    describes these, in `data/` (Parquet needs the extra `data`); `llms.txt`, an index for language
    models. `false` leaves all of that out, and saves its time and space."""

    robots = c.Choice(("allow", "refuse", "none"), default="allow")
    """What `robots.txt` says to programs that go through sites: `allow` lets them in and names the
    sitemap, `refuse` keeps them out, `none` writes no such file. One of your own in `docs_dir`
    stays as it is; below a path of its host the archive has none, since nobody looks there."""

    noindex = c.Choice(("none", "archived", "all"), default="none")
    """Pages that ask search engines not to list them: `archived`, those of captures, changes
    and histories; `all`, every page of the archive. They are left out of the sitemap."""

    workers = Count(0, default=0)
    """How many processes read files; 0: one a core when there is much to read; 1: no other."""

    executor = c.Type(str, default="")
    """`dask://host:port` has a Dask cluster read files; needs the extra `cluster`. A cluster is
    trusted: whoever reaches its port runs code on it and decides what is published.
    `dask+tls://host:port` lets in only who has a certificate."""

    csp = c.Type(bool, default=True)
    """A Content-Security-Policy in the archive's pages: only scripts of the site and of its theme
    run, and those of other hosts that `extra_javascript` or the theme's templates name. `false`
    leaves it out, for scripts that load others or compile code as they run."""

    keeper = c.Type(str, default="")
    """Who keeps the archive, as the foot of its pages says."""

    contact = c.Type(str, default="")
    """Where its keeper is reached: an address of the web or of e-mail."""

    licence = c.Type(str, default="")
    """Under which terms the archive may be used, in a few words: `ODC-BY 1.0`."""

    language = LanguageCode()
    """The language of the archive's own words: `en`, `de`, `es` or `fr`; when empty, the theme's
    `language` where it is one of these, else English. Archived texts keep theirs."""

    doi = c.Type(str, default="")
    """The DOI under which the dataset is deposited: `10.5281/zenodo.1234567`."""

    _labels_named = False

    def load_dict(self, patch: dict[str, Any]) -> None:
        """Take the options that the maintainer has given."""
        self._labels_named = "labels" in patch
        super().load_dict(patch)

    def validate(self) -> tuple[base.ConfigErrors, base.ConfigWarnings]:
        """MkDocs only warns of names that are no options; here they are errors."""
        errors, warnings = super().validate()
        known = sorted(self._schema_keys)
        for name in self.keys() - self._schema_keys:
            message = f"there is no such option{did_you_mean(name, known)}"
            errors.append((name, base.ValidationError(message)))
        return errors, [(name, said) for name, said in warnings if name in self._schema_keys]

    def missing_labels(self, config: MkDocsConfig) -> Path | None:
        """The file of corrected labels, where it is named and is not there."""
        file = Path(config.docs_dir) / self.labels
        return file if self._labels_named and not file.is_file() else None


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """A suggestion for a mistyped name, to end a sentence with."""
    # Who stops early means the name that goes on so.
    begun = [it for it in known if name and it.startswith(name)]
    near: list[Any] = begun or get_close_matches(name, known, n=1, cutoff=0.4)
    return f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(known)}"
