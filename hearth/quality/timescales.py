"""By when: asking why a signal sounds."""

from hearth.casework.timescales import Limit, Timescale, declare

ASK_WHY = declare(
    Timescale(
        key="SIG-01",
        duty="Ask why a series of figures signals",
        trigger="the signal",
        limits=[Limit(10, "working days", "local practice")],
        configurable="yes",
    )
)
