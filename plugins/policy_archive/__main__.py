"""`python -m policy_archive` is `policy-archive`."""

import sys

from policy_archive.cli.main import main

if __name__ == "__main__":  # not in worker processes, which import this module too
    sys.exit(main())
