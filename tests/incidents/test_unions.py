"""Joining is transitive and does not mind the order."""

from itertools import permutations

from tracker.incidents.unions import Unions


def test_what_is_joined_through_others_has_one_root():
    for order in permutations([("a", "b"), ("c", "d"), ("b", "c")]):
        unions = Unions()
        for left, right in order:
            unions.join(left, right)
        assert len({unions.root(item) for item in "abcd"}) == 1
        assert unions.root("e") == "e"
