"""What is written when something goes wrong: where and why, and nobody's data."""

import logging
import re

# PostgreSQL tells, with a row it refuses, all that is in it.
ROW = re.compile(
    r"DETAIL:.*?(?=\n(?:CONTEXT|HINT|QUERY):|\n+(?:The above|During handling|Traceback)|\Z)",
    re.DOTALL,
)


class WithoutRows(logging.Formatter):
    """Leaves out what the database says of the row it refused."""

    def format(self, record: logging.LogRecord) -> str:
        """The whole entry, with its traceback, without the row."""
        return ROW.sub("DETAIL: left out, for it holds what was recorded", super().format(record))
