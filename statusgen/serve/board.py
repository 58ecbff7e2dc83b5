"""Between who builds and who answers: one value, which is replaced and never changed."""

from __future__ import annotations

from threading import Condition

from statusgen.build.preview import State


class Board:
    """The one place where the current state hangs."""

    def __init__(self) -> None:
        self._state = State()
        self._changed = Condition()

    @property
    def state(self) -> State:
        return self._state

    def show(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def wait(self, seen: State | None, seconds: float) -> State:
        """The state that hangs there as soon as it is not `seen`, or after some time."""
        with self._changed:
            self._changed.wait_for(lambda: self._state is not seen, seconds)
            return self._state
