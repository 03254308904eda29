"""How a kernel is interrupted on Windows, which has no signals: an event that the kernel watches."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass

# ipykernel waits for the event whose handle stands in the first; older ones read the second.
NAMES = ("JPY_INTERRUPT_EVENT", "IPY_INTERRUPT_EVENT")


@dataclass(frozen=True)
class InterruptEvent:
    """`handle` is this process's number for it. A program has the same number for it where it was
    started with `handle` among those that it inherits, and nothing by that number otherwise.
    """

    handle: int

    @property
    def variables(self) -> Mapping[str, str]:
        """What tells a kernel which handle to watch."""
        return dict.fromkeys(NAMES, str(self.handle))

    def send(self) -> None:
        """Interrupt the kernel that watches it."""
        from jupyter_client.win_interrupt import send_interrupt

        send_interrupt(self.handle)

    def close(self) -> None:
        """Let it go; the kernel has ended."""
        if sys.platform == "win32":
            import _winapi

            _winapi.CloseHandle(self.handle)


def for_this_system() -> InterruptEvent | None:
    """A new event, on Windows; elsewhere kernels are sent a signal. Raises OSError where Windows
    makes none.
    """
    if sys.platform != "win32":
        return None
    from jupyter_client.win_interrupt import create_interrupt_event

    handle = create_interrupt_event()
    if not handle:
        raise OSError("Windows makes no event to interrupt a kernel with")
    return InterruptEvent(int(handle))
