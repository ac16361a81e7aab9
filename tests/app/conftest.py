"""The app in process, over a store of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from app_pages import ROOT, OpenPage
from streamlit.testing.v1 import AppTest

from workbench.settings import read_settings
from workbench.workbench import Workbench, open_workbench


@pytest.fixture
def workbench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """The same store as the app's, to fill it and to see what it kept."""
    monkeypatch.setenv("DRYRUN_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DRYRUN_DATABASE_URL", raising=False)
    st.cache_resource.clear()
    opened = open_workbench(read_settings())
    yield opened
    opened.desk.store.close()
    st.cache_resource.clear()


@pytest.fixture
def open_page(workbench: Workbench) -> OpenPage:
    """Open a page of the app by its name, with an address."""

    def opened(page: str, **address: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.run()
        for name, value in address.items():
            app.query_params[name] = value
        app.switch_page(f"components/pages/{page}.py")
        return app.run()

    return opened
