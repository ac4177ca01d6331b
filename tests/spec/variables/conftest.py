import pytest
from spec.chapters import rows


@pytest.fixture
def answers():
    """Compares a case's expected table with what `compute` says of each row of its table."""

    def compare(case, compute):
        assert [compute(row) for row in rows(case.table)] == rows(case.expected)

    return compare
