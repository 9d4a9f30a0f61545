"""What a page of ours loads beside the theme's own: at most 100 kB on the way."""

import gzip
from collections.abc import Mapping

import pytest

from .conftest import PAGE_TYPES, Visit

pytestmark = pytest.mark.browser

_MOST = 100_000
_PACKED = (".woff2",)


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_our_own_load_is_light(places: Mapping[str, str], visit: Visit, name: str) -> None:
    page = visit("about:blank", extra_http_headers={"X-Cold": name})  # a browser of its own
    loaded: dict[str, int] = {}

    def note(response: object) -> None:
        url = response.url.partition("?")[0]  # type: ignore[attr-defined]
        # Pagefind's engine is of the search, whose budget is its own.
        if "/assets/policy_archive/" in url and response.ok:  # type: ignore[attr-defined]
            body = response.body()  # type: ignore[attr-defined]
            loaded[url] = len(body) if url.endswith(_PACKED) else len(gzip.compress(body))

    page.on("requestfinished", lambda request: note(request.response()))
    page.goto(places[name], wait_until="networkidle")
    assert any(url.endswith(".css") for url in loaded)
    assert sum(loaded.values()) <= _MOST, loaded
