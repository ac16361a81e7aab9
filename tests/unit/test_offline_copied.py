"""Words copied from the prompt are not the candidate's own."""

import pytest

from rubrics.graders.offline.guards.copied import CopySource, copied_tokens, is_mostly_copied
from rubrics.graders.offline.segments import sentences

PROMPT = (
    "You run the parcel network of a country. Every parcel passes through two depots, and drivers "
    "promise a delivery window of two hours. About 3 million parcels a day have to be scored, and "
    "a late parcel costs us five dollars. How would you collect labels without waiting for weeks?"
)
SOURCE = CopySource.of((PROMPT, "Say how the split avoids leakage from the future.", "Short."))

ECHOES = [
    "Every parcel passes through two depots, and drivers promise a delivery window of two hours.",
    "every parcel passes through TWO depots and drivers promise a delivery window",
    "About 3 million parcels a day have to be scored.",
    "We know that about 3 million parcels a day have to be scored.",
    "A late parcel costs us five dollars.",
    "So a late parcel costs us five dollars, right.",
    "Say how the split avoids leakage from the future.",
    "I say how the split avoids leakage from the future.",
    "How would you collect labels without waiting for weeks?",
    "You run the parcel network of a country.",
    "- You run the parcel network of a country",
    "the parcel network of a country",
    "drivers promise a delivery window of two hours",
    "“Every parcel passes through two depots”",
    "Every  parcel\tpasses through two depots",
    "Parcels: about 3 million parcels a day have to be scored",
    "and a late parcel costs us five dollars. ",
    "would you collect labels without waiting for weeks",
    "We collect labels without waiting for weeks.",
    "Ｅｖｅｒｙ parcel passes through two depots",
]

OWN = [
    "We promise a window and score each parcel at the depot.",
    "3 million parcels are 35 a second, so one machine is enough.",
    "Since a late parcel costs five dollars, we widen the window above 4 percent risk.",
    "The split follows the calendar so that no scan of tomorrow is visible.",
    "Labels are final once the driver scans the parcel.",
    "We wait two weeks for claims and use scans until then.",
    "Depots differ, hence a model per depot as the baseline.",
    "Every parcel is scored twice.",
    "Short.",
    "Two depots are joined on the parcel id.",
    "A late parcel costs us five dollars, so above a risk of 8 percent it pays to send a text "
    "message, which costs 40 cents including the support calls that it causes.",
    "Drivers promise too much on Mondays.",
    "Claims arrive within weeks, and a claim is only counted once it is closed.",
    "",
    "The network has hubs.",
    "How we collect labels: from scans.",
    "We have to score 3 million parcels in a night, which a batch job does in ten minutes.",
    "Leakage from future scans is avoided with a cut in time.",
    "Say 35 a second.",
    "Waiting costs more than asking.",
]


@pytest.mark.parametrize("text", ECHOES)
def test_echoes_are_copied(text: str) -> None:
    (sentence,) = sentences(text)
    assert is_mostly_copied(sentence, copied_tokens(sentence, SOURCE))


@pytest.mark.parametrize("text", OWN)
def test_own_words_are_not_copied(text: str) -> None:
    for sentence in sentences(text):
        assert not is_mostly_copied(sentence, copied_tokens(sentence, SOURCE))
