"""Open bounds stay open in every sum and comparison."""

import pytest

from tracker.claims import Count
from tracker.incidents.bounds import add, is_exact, is_looser, looseness, overlap


@pytest.mark.parametrize(
    ("counts", "total"),
    [
        ([Count(2, 2), Count(1, 1)], Count(3, 3)),
        ([Count(2, None), Count(1, 1)], Count(3, None)),
        ([Count(None, 20), Count(1, 1)], Count(1, 21)),
        ([Count(None, 20), Count(5, None)], Count(5, None)),
        ([Count(None, 20)], Count(None, 20)),
        ([Count(0, 0), Count(0, 0)], Count(0, 0)),
    ],
)
def test_disjoint_groups_add_up_with_their_bounds(counts, total):
    assert add(counts) == total


@pytest.mark.parametrize(
    ("count", "other", "expected"),
    [
        (Count(5, None), Count(8, 8), True),
        (Count(8, None), Count(8, 8), True),
        (Count(None, 20), Count(8, 8), True),
        (Count(8, 8), Count(8, 8), False),
        (Count(9, None), Count(8, 8), False),
        (Count(8, 8), Count(5, None), False),
        (Count(5, 9), Count(8, 10), False),
    ],
)
def test_a_count_is_looser_only_where_it_allows_all_of_the_other_and_more(count, other, expected):
    assert is_looser(count, other) is expected


def test_counts_overlap_where_one_number_satisfies_both():
    assert overlap(Count(5, None), Count(8, 8))
    assert not overlap(Count(9, None), Count(8, 8))
    assert overlap(Count(None, 20), Count(20, None))


def test_the_scale_of_looseness():
    assert [looseness(c) for c in (Count(0, 0), Count(1, 2), Count(1, None), Count(None, 2))] == [0, 1, 2, 3]
    assert is_exact(Count(0, 0))
    assert not is_exact(Count(None, 0))
