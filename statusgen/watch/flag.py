"""A pause that others end."""

from __future__ import annotations

from queue import Empty, SimpleQueue


class Flag:
    """Raised by threads and by signal handlers: an Event's lock may be held by the very code that a signal interrupts,
    whereas putting into a simple queue can be interrupted by putting into it."""

    def __init__(self) -> None:
        self._raised: SimpleQueue[None] = SimpleQueue()
        self.is_over = False

    def wake(self) -> None:
        self._raised.put(None)

    def stop(self) -> None:
        """Ends the pause, and says that there is to be no other one."""
        self.is_over = True
        self.wake()

    def wait(self, seconds: float) -> bool:
        """Whether it was raised since the last pause; if not, it may still be within the time."""
        try:
            self._raised.get(timeout=seconds)
        except Empty:
            return False
        while not self._raised.empty():
            self._raised.get_nowait()
        return True
