"""Independent origins are counted, not outlets."""

from tracker.incidents import find_incidents

SENTENCE = "At least eight people were shot dead on Monday at a market in the city of Maiduguri."


def origins(*readings):
    (incident,) = find_incidents(readings)
    return incident.origins


def test_five_outlets_that_repeat_one_agency_are_one_origin(tell):
    assert origins(*(tell(f"t{n}", "8", outlet=f"Paper {n}", source="AFP") for n in range(5))) == ("AFP",)


def test_each_outlet_that_names_no_source_is_its_own_origin(tell):
    assert origins(tell("a", "8", outlet="A"), tell("b", "8", outlet="B")) == ("A", "B")
    assert origins(tell("a", "8", outlet="A"), tell("b", "8", outlet="A")) == ("A",)


def test_the_same_text_or_a_long_sentence_word_for_word_is_one_origin(tell):
    assert origins(tell("a", "8", outlet="A"), tell("b", "8", sha="a", outlet="B")) == ("A",)
    copied = [tell(name, "8", outlet=name, quote=SENTENCE, quote_end=90) for name in "BA"]
    assert origins(*copied) == ("A",)


def test_a_short_sentence_is_no_proof_of_copying(tell):
    assert origins(*(tell(name, "8", outlet=name, quote="Eight were killed.") for name in "AB")) == ("A", "B")


def test_an_outlet_that_others_cite_is_one_with_itself(tell):
    assert origins(tell("a", "8", outlet="Wire"), tell("b", "8", outlet="B", source="wire")) == ("Wire",)


def test_two_sources_in_one_text_are_two_origins(tell):
    assert origins(tell("a", "8", source="police"), tell("a", "5", start=50, source="army")) == ("army", "police")


def test_a_text_of_which_nothing_is_known_is_an_origin(tell):
    assert len(origins(tell("a", "8", outlet=None), tell("b", "8", outlet=None))) == 2
