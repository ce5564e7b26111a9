"""`python -m hearth` is the `hearth` command."""

import sys

from hearth.cli.main import main

sys.exit(main(sys.argv[1:]))
