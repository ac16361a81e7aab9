"""``python -m workbench``: the command line."""

import sys

from workbench.command_line import main

sys.exit(main(sys.argv[1:]))
