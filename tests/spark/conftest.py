"""Run by `make test-spark` alone, which installs Spark and Java first."""

import os

collect_ignore_glob = [] if os.environ.get("SKILLNAD_TEST_SPARK") else ["test_*.py"]
