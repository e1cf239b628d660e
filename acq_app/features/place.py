"""PlaceFeature: where runs are computed: on this computer, or on a cluster whose address is remembered."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from acq_app.appearance.language import said
from acq_app.features.context import AppContext
from acq_engine.cluster.address import Address
from acq_engine.cluster.needs import INSTALL, installed
from acq_engine.errors import ConfigError


@dataclass(frozen=True)
class PlaceShown:
    """What the field shows: the address ("" is this computer), those to choose from, and what is to be said of it."""

    address: str
    known: tuple[str, ...]
    note: str = ""
    bad: bool = False  # the note is a reason against starting


class PlaceFeature(QObject):
    """Keeps the choice in the preferences, and says what speaks against it or should be known before."""

    changed = Signal(object)  # PlaceShown

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = context.preferences

    @property
    def address(self) -> str:
        """Of the cluster that the next run is computed on; empty: on this computer."""
        return self._preferences.compute_on

    def shown(self) -> PlaceShown:
        """What the field shows now."""
        reason = self.reason()
        return PlaceShown(self.address, tuple(self._preferences.clusters), reason or self._warning(), bool(reason))

    def reason(self) -> str:
        """Why no run can be handed in there; empty where nothing is known to speak against it."""
        if not self.address:
            return ""
        if not installed():
            return self.tr("A cluster needs Dask, which is not installed: {0}").format(INSTALL)
        try:
            address = Address.parse(self.address)
        except ConfigError as error:
            return f"{said(error.message)} {said(error.hint)}"
        if address.workers:
            return self.tr("Workers on this computer are for sweeps on the command line. Start a cluster with "
                           "acq cluster local, and choose its address here.")
        return ""

    def _warning(self) -> str:
        return said(Address.parse(self.address).warning()) if self.address else ""

    @Slot(str)
    def choose(self, text: str) -> None:
        """Compute the next runs there; empty: on this computer. A good address is remembered."""
        text = text.strip()
        self._preferences.compute_on = text
        if text and not self.reason():
            self._preferences.compute_on = address = Address.parse(text).text
            self._preferences.remember_cluster(address)
        self.changed.emit(self.shown())

    @Slot(str)
    def forget(self, address: str) -> None:
        """Take an address off the list."""
        self._preferences.clusters = [one for one in self._preferences.clusters if one != address]
        if self._preferences.compute_on == address:
            self._preferences.compute_on = ""
        self.changed.emit(self.shown())
