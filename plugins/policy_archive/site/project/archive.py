"""An archive brought up to date for whoever publishes it without an engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from mkdocs.exceptions import PluginError

from policy_archive.errors import ProjectError
from policy_archive.pages.publication import Publication
from policy_archive.site.project import publication
from policy_archive.site.project.cache import (
    alone,
    folder_of,
    forget_withdrawn,
    note_withdrawn,
    open_catalogue,
)
from policy_archive.site.project.project import Project


@contextmanager
def up_to_date(project: Project, *, search_page: bool = False) -> Iterator[Publication]:
    """The archive of `project` as `mkdocs build` publishes it; its addresses are kept at the end.

    `search_page`: whether it has a page that searches all texts.

    Raises:
        ProjectError: an option cannot be used.
    """
    config, options = project.config, project.options
    try:
        forget_withdrawn(config.config_file_path)
        cache = folder_of(config.config_file_path)
        catalogue, texts = open_catalogue(cache)
        with alone(cache):
            found = publication.publication(
                options,
                config,
                catalogue,
                texts,
                excluded=project.excluded,
                search_page=search_page,
                cache=cache,
            )
    except PluginError as error:
        raise ProjectError(str(error).removeprefix("policy-archive: ")) from error
    publication.report(found.notices())
    try:
        with catalogue.reading():
            yield found.publication
        publication.keep_addresses(found, config)
        note_withdrawn(cache, found.publication.withdrawn)
    finally:
        catalogue.close()
        texts.close()
