"""Masking of free text: what leads to someone goes, whatever stands around it, and the rest stays as it was."""

import string
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skillnad.instruments.masking import masked

LETTERS = string.ascii_letters + "åäöÅÄÖ"
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=12), max_size=8).map(" ".join)
DAYS = st.dates(date(1900, 1, 1), date(2026, 12, 31))
DASHES = st.sampled_from(["-", "+", "–", "‑", " - ", "-\u00a0"])
DIGITS = st.integers(0, 9).map(str)


def around(before: str, secret: str, after: str) -> str:
    return masked(f"{before} {secret} {after}")


@given(WORDS)
def test_words_are_left_as_they_are(text: str) -> None:
    assume("snabela" not in text.lower())
    assert masked(text) == text


@given(st.text(max_size=60))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = masked(text)
    assert masked(once) == once


@given(st.text(" .,-+/()@\n0123456789TFabgatn", max_size=40))
def test_masking_numbers_twice_changes_nothing_more(text: str) -> None:
    once = masked(text)
    assert masked(once) == once


@given(WORDS, DAYS, st.sampled_from(["%Y%m%d", "%y%m%d", "%Y-%m-%d", "%Y.%m.%d", "%y-%m-%d"]), DASHES, WORDS)
def test_reserve_identity_goes_however_its_date_is_written(
    before: str, born: date, form: str, dash: str, after: str
) -> None:
    shown = around(before, f"{born.strftime(form)}{dash}T123", after)
    assert "T123" not in shown
    assert str(born.year) not in shown


@given(WORDS, DAYS, st.sampled_from(["%Y%m%d", "%y%m%d", "%Y-%m-%d"]), DASHES, WORDS)
def test_what_has_the_form_of_an_identity_number_goes(
    before: str, born: date, form: str, dash: str, after: str
) -> None:
    shown = around(before, f"{born.strftime(form)}{dash}0000", after)
    assert "0000" not in shown
    assert not any(sign.isdigit() for sign in shown)


@given(
    WORDS,
    st.sampled_from(["07", "+46 7", "00467", "+46 (0)7", "(08)", "08-"]),
    st.text("0123456789", min_size=8),
    WORDS,
)
def test_telephone_number_goes(before: str, begins: str, rest: str, after: str) -> None:
    shown = around(before, begins + rest, after)
    assert "[telefon]" in shown or "[identitet]" in shown  # ten digits may read as either
    assert not any(sign.isdigit() for sign in shown)


@given(WORDS, st.lists(DIGITS, min_size=7, max_size=15), st.sampled_from(["", " ", "-", ".", " - ", "/", ") "]), WORDS)
def test_no_long_number_stays_however_it_is_parted(before: str, digits: list[str], pause: str, after: str) -> None:
    shown = around(before, pause.join(digits), after)
    assert not any(sign.isdigit() for sign in shown)


@given(
    WORDS, st.text(string.ascii_lowercase + ".", min_size=1), st.sampled_from(["@", " @ ", "(at)", " snabel-a "]), WORDS
)
def test_email_address_goes(before: str, name: str, at: str, after: str) -> None:
    shown = around(before, f"{name}{at}exempel.se", after)
    assert "exempel" not in shown
    assert "[e-post]" in shown


@given(
    WORDS,
    st.sampled_from(["Stor", "stor", "Kungs", "SKEPPAR"]),
    st.sampled_from(["gatan", "vägen", "gränd", "torget", "stigen", "VÄGEN"]),
    st.integers(1, 999),
    st.sampled_from(["", "B", " B", " lgh 1102", ", 3 tr"]),
)
def test_street_with_a_number_goes(before: str, street: str, kind: str, number: int, more: str) -> None:
    shown = around(before, f"{street}{kind} {number}{more}", "och trivs")
    assert "[adress]" in shown
    assert not any(sign.isdigit() for sign in shown.replace("3 tr", ""))
    assert f"{street}{kind}" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "852 30 Sundsvall",
        "85230 Sundsvall",
        "S-852 30 SUNDSVALL",
        "852 30 sundsvall",
        "Box 12",
        "Stora vägen 5",
        "Sankt Eriks plan 3",
    ],
)
def test_other_addresses_go(text: str) -> None:
    shown = masked(f"Jag bor på {text}.")
    assert "[adress]" in shown
    assert not any(sign.isdigit() for sign in shown)


@pytest.mark.parametrize(
    "text",
    [
        "Det var bra 2023–2024 och 2026-02-28.",
        "Mötet kl 10.00–11.30 var bra.",
        "På vägen 2 gånger.",
        "Vi hade 3 möten på 14 dagar.",
        "Genomförandeplan 2 och placeringen 3 gånger.",
        "Jag betalade 12345 kronor.",
        "Åren 2023, 2024 och 2025.",
    ],
)
def test_numbers_that_are_nobodys_stay(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "٠٧٠١٢٣٤٥٦٧",
        "070\u200b1234567",
        "０７０１２３４５６７",
        "070\u00a0123\u00a045\u00a067",
        "2001\u00ad0203-T123",
        "2001-02-03 1234",
    ],
)
def test_unusual_signs_hide_no_number(text: str) -> None:
    assert not any(sign.isdigit() for sign in masked(f"Ring {text} i dag"))


def test_joined_letters_of_other_scripts_stay() -> None:
    assert masked("می‌خواهم") == "می‌خواهم"


def test_what_stands_around_is_kept() -> None:
    text = (
        "Ring mig på 070-123 45 67. Jag bor på Storgatan 12 B, 852 30 Sundsvall, född 20010203-T123 (anna@exempel.se)."
    )
    assert masked(text) == ("Ring mig på [telefon]. Jag bor på [adress], [adress], född [identitet] ([e-post]).")
