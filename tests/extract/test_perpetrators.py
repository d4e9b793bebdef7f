"""Who is said to have done a harm: only whom the words link to it, as written, and how it is put."""

from __future__ import annotations

import pytest

from tracker.documents import Document
from tracker.extract.extractor import Extractor

ALLEGED, STATED, CLAIMED, ADMITTED = "alleged", "stated", "claimed", "admitted"


def said(extractor: Extractor, text: str) -> list[tuple[str | None, str | None]]:
    claims = extractor.extract(Document(document_id="d", text=text))
    assert claims, "the text gives no figure"
    return [(claim.perpetrator_text, claim.perpetrator_status) for claim in claims]


@pytest.mark.parametrize(
    ("text", "words", "status"),
    [
        # The agent of a passive.
        ("Nine farmers were killed by gunmen near Kano on Monday.", "gunmen", STATED),
        ("Two people were shot dead by police officers in Lyon.", "police officers", STATED),
        ("Three nuns were abducted by armed men on the road to Jos.", "armed men", STATED),
        ("A teacher was stabbed to death by a masked man.", "a masked man", STATED),
        (
            "Two guards were killed by militants believed to be from Niger.",
            "militants believed to be from Niger",
            ALLEGED,
        ),
        # The subject of the verb.
        ("Soldiers killed nine villagers in the hills.", "Soldiers", STATED),
        ("Gunmen on motorbikes killed four traders at a market.", "Gunmen", STATED),
        ("The gunman, a former cook, killed three guests.", "The gunman", STATED),
        ("Fighters loyal to Colonel Abdi killed nine people.", "Fighters loyal to Colonel Abdi", STATED),
        ("Members of Boko Haram abducted 20 girls.", "Members of Boko Haram", STATED),
        ("A group of bandits killed six herders.", "A group of bandits", STATED),
        ("Police arrested 12 people in the square.", "Police", STATED),
        ("Russia killed 12 people in Kharkiv.", "Russia", STATED),
        ("SHINING PATH TERRORISTS KILLED NINE PEASANTS.", "SHINING PATH TERRORISTS", STATED),
        # The owner of an act.
        ("A Russian missile strike killed four people in Kharkiv.", "Russian", STATED),
        ("Israeli forces' raid on the camp killed nine people.", "Israeli forces", STATED),
        ("The army's overnight shelling killed seven people.", "The army", STATED),
        ("Several guerrilla attacks killed 14 people.", "guerrilla", STATED),
        ("A rebel attack on a barracks killed nine soldiers.", "rebel", STATED),
        # An act of the same sentence.
        ("Nine people died in a raid by Ugandan rebels.", "Ugandan rebels", STATED),
        ("Gunmen attacked a bus, killing nine people.", "Gunmen", STATED),
        ("Boko Haram fighters stormed the village and killed 20 people.", "Boko Haram fighters", STATED),
        ("Eleven people died when a suicide bomber blew himself up at a bank.", "a suicide bomber", STATED),
        ("Four people were hurt after soldiers opened fire on a crowd.", "soldiers", STATED),
        # Said, suspected, blamed, accused.
        ("Soldiers killed nine villagers in Bama, residents said.", "Soldiers", ALLEGED),
        ("Suspected bandits killed 30 villagers in Zamfara.", "Suspected bandits", ALLEGED),
        ("Opposition leaders accused the army of killing 30 protesters.", "the army", ALLEGED),
        ("The blast killed 12 people. Officials blamed separatists for the attack.", "separatists", ALLEGED),
        ("The blast, which officials blamed on rebels, killed 12 people.", "rebels", ALLEGED),
        # Who is neither the perpetrator nor its body only alleges.
        ("Gunmen killed nine people, the rebels said.", "Gunmen", ALLEGED),
        ("Soldiers killed nine people, police said.", "Soldiers", ALLEGED),
        ("Israeli forces killed nine people, the Syrian army said.", "Israeli forces", ALLEGED),
        # Claimed.
        (
            "A bomb killed 12 people. The Islamic State group claimed responsibility.",
            "The Islamic State group",
            CLAIMED,
        ),
        ("Gunmen killed two officers. The Karst Front (KF) claimed responsibility for it.", "The Karst Front", CLAIMED),
        ("The Taliban claimed responsibility for an attack that killed three people.", "The Taliban", CLAIMED),
        # Admitted.
        ("The army said its soldiers killed 14 militants.", "The army", ADMITTED),
        ("Troops killed 12 militants, the army said.", "Troops", ADMITTED),
        ("Israeli forces killed nine militants, the Israeli army said.", "Israeli forces", ADMITTED),
        ("Police said officers had shot dead two men. Police shot dead a third man, police said.", "Police", ADMITTED),
    ],
)
def test_who_did_it_is_given_as_written(extractor: Extractor, text: str, words: str, status: str) -> None:
    assert (words, status) in said(extractor, text)


@pytest.mark.parametrize(
    "text",
    [
        "A bus crash killed nine people.",
        "A storm killed nine people in Leyte.",
        "Nine people were killed by a falling tree.",
        "The bus driver said nine people were killed in the crash.",
        "Police found nine bodies in a well.",
        "Police said nine people were killed in a fire.",
        "Four soldiers were killed in clashes with rebels.",
        "Rebels attacked a base and four rebels were killed.",
        "An attack on soldiers killed nine people.",
        "A bomb near a police station killed nine people.",
        "Nine people were killed in the worst terrorist attack in years.",
        "Nine people were killed in Nigeria.",
        "Cholera killed nine soldiers in the camp.",
        "Nine soldiers were killed in an ambush.",
        "A roadside bomb killed nine people. No group has claimed responsibility.",
        "A roadside bomb killed nine people. The rebels denied responsibility.",
        "Two people were killed by a police car.",
        "A mob gathered while nine people died of hunger.",
        "Police reported that four bombs exploded, killing one man.",
        "Violence across Nigeria kills dozens of people.",
        "A bomb killed four people; rebels attacked a town elsewhere.",
        "Four civilians died before the robbers were killed by an Israeli assault team.",
        "A Cuban killed two people in Havana.",
        "The gunmen fired their weapons although no injuries were reported.",
    ],
)
def test_nobody_is_guessed(extractor: Extractor, text: str) -> None:
    assert {words for words, _ in said(extractor, text)} == {None}


class TestEvent:
    def test_the_event_carries_it(self, extractor: Extractor) -> None:
        text = "Gunmen killed a trader at a market in Jos on Monday. Three of his customers died in hospital."
        assert said(extractor, text) == [("Gunmen", STATED), ("Gunmen", STATED)]

    def test_the_other_figures_of_the_sentence_have_it_too(self, extractor: Extractor) -> None:
        text = "Gunmen attacked a bus, killing nine people and wounding 12."
        assert said(extractor, text) == [("Gunmen", STATED), ("Gunmen", STATED)]

    def test_two_who_differ_carry_nothing(self, extractor: Extractor) -> None:
        text = "Soldiers killed nine people. Rebels killed four people. Two children also died."
        assert said(extractor, text)[2] == (None, None)

    def test_the_armed_may_have_fallen_to_the_others(self, extractor: Extractor) -> None:
        text = "Rebels attacked a village and killed nine people. Three rebels also died."
        assert said(extractor, text) == [("Rebels", STATED), (None, None)]

    def test_a_total_of_many_attacks_is_not_one_gunmans(self, extractor: Extractor) -> None:
        text = "Gunmen killed a teacher. More than 2,000 people have died since the war began in 2004."
        assert said(extractor, text) == [("Gunmen", STATED), (None, None)]


def test_the_trace_shows_the_words(extractor: Extractor) -> None:
    trace = extractor.explain(Document(document_id="d", text="Nine farmers were killed by gunmen."))
    (reason,) = (item for item in trace.reasons[0].fields if item.name == "perpetrator")
    assert (reason.value, reason.words, reason.rule_id) == ("gunmen (stated)", "killed by gunmen", "perpetrator.by")
