"""The doctor: where work is kept and whether the store is well."""

import platform
import sys
from collections.abc import Iterator

from designs.record import Record
from workbench.settings import Settings
from workbench.storage import StoreFacts, default_database_url, open_store, store_facts
from workbench.store import Store


class Examination(Record):
    """What the doctor found."""

    python: str
    system: str
    store: StoreFacts

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield label and value, for people."""
        yield "Python", self.python
        yield "System", self.system
        for name, value in self.store.model_dump().items():
            yield _LABELS.get(name, name.replace("_", " ").capitalize()), str(value)


_LABELS = {"url": "Database", "engine": "Database program"}


def examine(settings: Settings) -> Examination:
    """Open the store that the settings name and look at it.

    Raises:
        StoreError: If it cannot be opened.
    """
    store = open_store(settings.database_url or default_database_url(settings.data_dir))
    try:
        return examine_store(store)
    finally:
        store.close()


def examine_store(store: Store) -> Examination:
    """Look at an open store."""
    return Examination(
        python=sys.version.split()[0], system=platform.platform(), store=store_facts(store)
    )
