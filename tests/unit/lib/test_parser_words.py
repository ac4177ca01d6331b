"""What a parser says in English is never shown to a Swedish reader."""

import json
import tomllib

import pytest

from skillnad.lib.parser_words import json_fault, toml_fault


def _toml(text: str) -> str:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    return toml_fault(str(caught.value), text.splitlines()[-1])[0]


def _json(text: str) -> str:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(text)
    return json_fault(caught.value.msg)[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id = trygg", "Skriv text inom raka citattecken"),
        ("id = ”trygg”", "typografiska"),
        ('id = "trygg', "slutar aldrig"),
        ('id = "trygg\n', "slutar aldrig"),
        ('id = """trygg', "slutar aldrig"),
        ("id = '''trygg", "slutar aldrig"),
        ('text = "Hur "bra"?"', "mer på raden än ett värde"),
        ("codes = [1 2]", "lista är inte hel"),
        ("when = { item = 1", "tabell inom { } är inte hel"),
        ("[item]\nid = 1\n[item]", "samma namn står två gånger"),
        ("id = 1\nid = 2", "samma namn står två gånger"),
        ("x = { a = 1, a = 2 }", "samma namn står två gånger"),
        ("[item", "saknar sin hake"),
        ("[[item]", "saknar sin hake"),
        ("id", "inget likhetstecken"),
        ("åtgärd = 1", "börjar inte med ett namn"),
        ("[]", "ska stå ett namn"),
        ('file = "C:\\q"', "bakstreck"),
        ('text = "a\x01"', "osynligt tecken"),
    ],
)
def test_fault_of_toml_says_what_would_be_right(text: str, told: str):
    assert told in _toml(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"a": 1,}', "Ta bort ett komma för mycket"),
        ('{"a" 1}', "kolon"),
        ("[1 2]", "komma"),
        ("[1,", "saknas ett värde"),
        ('["x', "slutar aldrig"),
        ("{} {}", "mer efter slutet"),
    ],
)
def test_fault_of_json_says_what_would_be_right(text: str, told: str):
    assert told in _json(text)


def test_sentence_that_is_not_known_is_told_in_general_words():
    assert toml_fault("Something new (at line 1)", "x") == toml_fault("", "")
    assert "new" not in " ".join(toml_fault("Something new (at line 1)", "x"))
    assert "Vanligast är ett komma" in json_fault("Something new")[0]
