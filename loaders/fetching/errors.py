"""What a failed fetch means for the next one."""

from kg.errors import FetchError


class LastingError(FetchError):
    """It would fail again, however often it is asked for."""

    lasting = True


class BusyError(FetchError):
    """The server asks to be left alone for some seconds, or says that it cannot answer now."""

    def __init__(self, what: str, *, seconds: float | None) -> None:
        super().__init__(what)
        self.seconds = seconds


class UnaskedError(FetchError):
    """No server was asked, so none need be spared the next time."""


class AddressError(UnaskedError):
    """The URL is none that may be asked for."""

    lasting = True
