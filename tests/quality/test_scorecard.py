"""Each rule answers for its own claims."""

from __future__ import annotations

from tracker.claims import from_record
from tracker.quality import MEASURES, read_gold, score_claims
from tracker.quality.scorecard import RuleCard, score_rules


def test_score_rules(gold_file, perfect, record):
    for claim, rule in zip(perfect, ("drown", "hurt", "missing", "shot", "arrest"), strict=True):
        claim["rule_id"] = rule
    perfect[1]["count_min"] = 12
    perfect.append(record("market", "a few others", "detained", 2, None, rule_id="arrest"))
    scored = score_claims(read_gold(gold_file), map(from_record, perfect), MEASURES["all"])
    cards = score_rules(scored)
    assert cards == [
        RuleCard("arrest", 2, 1, 1),
        RuleCard("hurt", 1, 0, 1),
        RuleCard("drown", 1, 1, 0),
        RuleCard("missing", 1, 0, 0),
        RuleCard("shot", 1, 1, 0),
    ]
    assert [card.precision for card in cards] == [0.5, 0.0, 1.0, None, 1.0]
