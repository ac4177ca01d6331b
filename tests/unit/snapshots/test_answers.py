"""Submissions to the table of answers: which sheets are one row, and what each column of a row says."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from made_answers import answer_tables, answers_of, kept, local_version, sheet, told

from skillnad.codebook.snapshot_schema import Column, Population
from skillnad.instruments.asked import Option
from skillnad.instruments.loading import load_instrument
from skillnad.lib.errors import UserError
from skillnad.snapshots.answers import Versions
from tests.unit.snapshots.registers import made_register

MAY, JUNE, JULY = date(2022, 5, 2), date(2022, 6, 2), date(2022, 7, 2)
PILOT, SIX = "hvb_pilot_2022", "skr6"
JUDGED = {"w1": "1", "w2": "2", "w3": "3", "w4": "9"}
TWO = [{"client": 11}, {"client": 12}]


def mine(instrument: str, answers: dict[str, Any], perspective: str = "", **more: Any) -> Any:
    return sheet(instrument, answers, perspective, **{"client": 11, **more})


def codes(sheets: list[Any], column: str, **tables: Any) -> list[Any]:
    return told(answers_of(sheets, **tables), column)


def test_snapshot_without_answers_has_no_table_of_them() -> None:
    assert Population.ANSWERS not in answer_tables([])
    assert made_register().submissions.is_empty()


def test_client_and_caseworker_at_the_same_follow_up_are_one_row() -> None:
    about = {"client": None, "follow_up": 41}
    sheets = [mine(PILOT, {"c3": "2"}, "client", **about), mine(PILOT, JUDGED, "caseworker", day=JUNE, **about)]
    table = answers_of(sheets, follow_ups=[{"follow_up": 41, "intervention": 31}])
    assert told(table, "hvb_pilot_2022__c3") == ["2"]
    assert told(table, "hvb_pilot_2022__w1") == ["1"]
    assert table.rows["answer_date"].to_list() == [JUNE]


def test_same_person_and_day_is_one_row_and_another_day_another() -> None:
    sheets = [mine(PILOT, {"c3": "2"}, "client"), mine(PILOT, JUDGED, "caseworker"), mine(PILOT, {"c3": "4"}, day=JULY)]
    assert codes(sheets, "hvb_pilot_2022__c3") == ["2", "4"]
    assert codes(sheets, "hvb_pilot_2022__w1") == ["1", "not_asked"]


def test_second_sheet_of_a_perspective_is_a_row_of_its_own() -> None:
    sheets = [mine(SIX, {"b3": "1"}, "guardian"), mine(SIX, {"b3": "4"}, "guardian"), mine(SIX, {"b3": "2"})]
    table = answers_of(sheets)
    assert sorted(told(table, "skr6__b3__at_guardian")) == ["1", "4"]
    assert told(table, "skr6__b3") == ["2", "not_asked"]


def test_two_instruments_of_one_day_are_two_rows() -> None:
    assert codes([mine(SIX, {"b3": "1"}), mine(PILOT, {"c3": "1"})], "instrument") == [PILOT, SIX]


def test_answers_about_nobody_are_each_somebody_of_their_own() -> None:
    sheets = [sheet("municipal_survey_2011", {"q1": code}) for code in ("1", "2", "2")]
    rows = answers_of(sheets).rows
    assert rows["client"].to_list() == [-3, -2, -1]
    assert set(rows["answer"].to_list()) == {1, 2, 3}


def test_row_has_the_columns_of_what_it_is_about() -> None:
    about = {"client": None, "intervention": 31}
    row = answers_of([mine(SIX, {"b3": "1"}, **about)]).rows.to_dicts()[0]
    assert (row["client"], row["case"], row["intervention"], row["follow_up"]) == (11, 21, 31, None)
    assert (row["unit"], row["start_date"]) == (1, date(2025, 2, 1))


def test_row_about_a_case_has_its_unit_and_no_intervention() -> None:
    row = answers_of([mine(SIX, {"b3": "1"}, client=None, case=21)]).rows.to_dicts()[0]
    assert (row["unit"], row["intervention"], row["start_date"]) == (1, None, None)


def test_place_that_the_sheet_tells_goes_before() -> None:
    units = [{"id": n, "code": f"U{n}", "name": f"U{n}", "committee_id": 1} for n in (7, 8)]
    table = answers_of([mine(SIX, {"b3": "1"}, client=None, case=21, unit_id=8)], units=units)
    assert told(table, "unit") == ["U8"]


def test_place_of_someone_with_protected_identity_is_told_nowhere() -> None:
    table = answers_of([mine(SIX, {"b3": "1"}, unit_id=7)], clients=[{"client": 11, "protected": True}])
    assert told(table, "unit") == [""]


def test_same_sheets_in_another_order_give_the_same_table() -> None:
    sheets = [mine(SIX, {"b3": code}, client=client) for code, client in (("1", 12), ("4", 11), ("2", 12))]
    first, again = answers_of(sheets, clients=TWO), answers_of(sheets[::-1], clients=TWO)
    assert first.rows.equals(again.rows)
    assert first.columns == again.columns


# what an answer is


def test_answer_silence_and_not_asked_are_three_levels() -> None:
    sheets = [
        mine(SIX, {"b1a": "1", "b2": "5"}, day=MAY),
        mine(SIX, {"b1a": "1"}, day=JUNE),
        mine(SIX, {"b1a": "3"}, day=JULY),
    ]
    assert codes(sheets, "skr6__b2") == ["5", "", "not_asked"]


def test_what_is_no_value_is_outside_denominators() -> None:
    column = answers_of([mine(SIX, {"b3": "1"})]).columns["skr6__b3"]
    assert column.unknown == {"6", "not_asked"}
    assert column.not_asked == "not_asked"
    assert column.order == ("1", "2", "3", "4", "5")


def test_scale_where_high_is_good_is_ordered_from_the_top() -> None:
    table = answers_of([mine("signs_of_safety", {}, "child")])
    scale = next(c for c in table.columns.values() if c.order and c.id.startswith("signs_of_safety"))
    assert (scale.order[0], scale.order[-1]) == ("10", "0")


def test_answer_under_a_condition_that_no_longer_holds_is_not_asked() -> None:
    assert codes([mine(SIX, {"b1a": "3", "b1b": "3", "b2": "1"})], "skr6__b2") == ["not_asked"]


def test_several_options_none_of_them_and_silence_are_apart() -> None:
    said: list[dict[str, Any]] = [{"q1": "1", "q3": ["1", "14"]}, {"q1": "1", "q3": []}, {"q1": "1"}, {"q1": "2"}]
    found = codes([sheet("municipal_survey_2011", each) for each in said], "municipal_survey_2011__q3")
    assert sorted(found) == [(), ("1", "14"), ("none",), ("none",)]


def test_several_options_of_another_instruments_row_are_not_asked() -> None:
    sheets = [sheet("municipal_survey_2011", {"q1": "1", "q3": ["1"]}), mine(SIX, {"b3": "1"})]
    assert codes(sheets, "municipal_survey_2011__q3") == [("1",), ("not_asked",)]


def test_places_in_an_order_are_a_column_for_each_option() -> None:
    answers = {"q10": {"1": 1, "3": 2, "2": 3, "4": 4, "6": 5, "7": 7, "5": 6}}
    table = answers_of([sheet("municipal_survey_2011", answers, "county")])
    places = {code: told(table, f"municipal_survey_2011__q10__{code}")[0] for code in "1237"}
    assert places == {"1": "1", "2": "3", "3": "2", "7": "7"}


def test_rank_order_of_whom_it_was_no_question_is_not_asked() -> None:
    sheets = [sheet("municipal_survey_2011", {"q10": {"1": 1}}, "county"), mine(SIX, {"b3": "1"})]
    assert codes(sheets, "municipal_survey_2011__q10__1") == ["1", "not_asked"]


def test_number_is_a_number_and_its_absence_none() -> None:
    table = answers_of([mine("ors", {"individual": 5.6}), mine(SIX, {"b3": "1"}, day=JUNE)])
    assert table.columns["ors__individual"].kind is Column.NUMBER
    assert table.rows["ors__individual"].to_list() == [5.6, None]


def test_number_that_is_never_averaged_is_a_level() -> None:
    name = next(item.id for item in load_instrument("signs_of_safety").items.values() if item.kind.value != "text")
    table = answers_of([mine("signs_of_safety", {name: 7}, "child")])
    column = table.columns[f"signs_of_safety__{name}"]
    assert (column.kind, told(table, column.id)) == (Column.CODE, ["7"])


def test_date_is_a_date() -> None:
    dated = next(item.id for item in load_instrument("su").items.values() if item.kind.value == "date")
    asked = next(iter(load_instrument("su").items[dated].perspectives), "caseworker")
    table = answers_of([mine("su", {dated: "2022-04-01"}, asked)])
    assert table.rows[f"su__{dated}"].to_list() == [date(2022, 4, 1)]


def test_free_text_is_in_no_column() -> None:
    table = answers_of([mine(PILOT, {"c3": "1", "c4": "Något som ingen ska läsa"}, "client")])
    assert "hvb_pilot_2022__c4" not in table.columns
    assert "Något" not in str(table.rows.to_dicts())


# scores, bands and changes

ORS = {"individual": 5.0, "close": 5.0, "social": 5.0, "overall": 5.0}
GROWN = {"clients": [{"client": 11, "birth_date": date(1980, 1, 1)}]}


def ors(each: float, day: date, **more: Any) -> Any:
    return mine("ors", dict.fromkeys(ORS, each), day=day, **more)


def test_score_is_the_scorings_and_says_what_gave_it() -> None:
    table = answers_of([ors(5.1, MAY)])
    assert table.rows["ors__total"].to_list() == [20.4]
    assert "ors 2000.1, sum/refuse" in table.columns["ors__total"].scored


def test_score_that_lacks_a_part_is_missing() -> None:
    assert answers_of([mine("ors", {"individual": 5.0})]).rows["ors__total"].to_list() == [None]


@pytest.mark.parametrize(("each", "band"), [(6.2, "clinical"), (6.3, "not_clinical")])
def test_band_is_of_the_norm_group_that_the_age_is_in(each: float, band: str) -> None:
    table = answers_of([ors(each, MAY)], **GROWN)
    assert told(table, "ors__total__adult") == [band]
    assert told(table, "ors__total__young") == ["not_asked"]


def test_band_without_an_age_is_none() -> None:
    assert codes([ors(5.0, MAY)], "ors__total__adult") == ["not_asked"]


def test_age_that_the_sheet_tells_goes_before_the_birth_date() -> None:
    table = answers_of([ors(5.0, MAY, told_age=15)], **GROWN)
    assert told(table, "ors__total__young") == ["clinical"]


def test_band_that_is_not_verified_says_so() -> None:
    assert answers_of([ors(5.0, MAY)]).columns["ors__total__young"].scored.endswith("overifierat")


def test_reliable_change_is_counted_from_the_first_occasion() -> None:
    table = answers_of([ors(3.0, MAY), ors(4.0, JUNE), ors(5.0, JULY)], **GROWN)
    assert told(table, "ors__reliable") == ["not_asked", "no_reliable_change", "improved"]


def test_steps_are_counted_from_the_occasion_before() -> None:
    sheets = [mine(SIX, {"b3": code}, day=day) for code, day in (("4", MAY), ("1", JUNE), ("2", JULY))]
    assert codes(sheets, "skr6__b3_change") == ["not_asked", "better", "worse"]


def test_change_from_no_opinion_is_missing() -> None:
    sheets = [mine(SIX, {"b3": code}, day=day) for code, day in (("6", MAY), ("1", JUNE))]
    assert codes(sheets, "skr6__b3_change") == ["not_asked", ""]


def test_change_is_the_same_persons_and_the_same_perspectives() -> None:
    sheets = [
        mine(SIX, {"b3": "4"}, day=MAY),
        mine(SIX, {"b3": "1"}, "guardian", day=JUNE),
        mine(SIX, {"b3": "1"}, client=12, day=JULY),
    ]
    table = answers_of(sheets, clients=TWO)
    assert set(told(table, "skr6__b3_change")) == {"not_asked"}
    assert set(told(table, "skr6__b3_change__at_guardian")) == {"not_asked"}


def test_change_of_what_is_about_nobody_is_none() -> None:
    sheets = [mine(SIX, {"b3": code}, client=None) for code in ("4", "1")]
    assert set(codes(sheets, "skr6__b3_change")) == {"not_asked"}


# perspectives, versions, reference points


def test_perspectives_that_share_a_question_have_a_column_each() -> None:
    table = answers_of([mine(SIX, {"b3": "1"}), mine(SIX, {"b3": "5"}, "guardian")])
    assert (told(table, "skr6__b3"), told(table, "skr6__b3__at_guardian")) == (["1"], ["5"])
    assert "brukaren själv" in table.columns["skr6__b3"].sv


def test_question_of_one_perspective_is_named_by_itself() -> None:
    column = answers_of([mine(PILOT, JUDGED, "caseworker")]).columns["hvb_pilot_2022__w4"]
    assert column.sv == "Sammantagen bedömning (Uppföljning av utförare)"
    assert not column.sensitive


def test_what_clients_say_is_sensitive() -> None:
    assert answers_of([mine(SIX, {"b3": "1"})]).columns["skr6__b3"].sensitive


def test_pair_is_named_by_the_first_of_it() -> None:
    columns = answers_of([mine(PILOT, {"c3": "1"}, "client")]).columns
    assert columns["hvb_pilot_2022__c3"].pair == "hvb_pilot_2022__w4"
    assert columns["hvb_pilot_2022__c2"].pair == ""


def test_good_answers_are_the_instruments_own_or_the_better_half() -> None:
    columns = answers_of([mine(PILOT, {"c3": "1"}, "client"), mine(PILOT, JUDGED, "caseworker")]).columns
    assert columns["hvb_pilot_2022__w3"].good == ("3",)
    assert columns["hvb_pilot_2022__c3"].good == ("1", "2")


def test_variant_and_language_are_those_of_the_first_perspective() -> None:
    sheets = [mine(SIX, {"b3": "1"}, "guardian", variant="guardian"), mine(SIX, {"b3": "1"}, variant="easy_read")]
    table = answers_of(sheets)
    assert (told(table, "variant"), told(table, "answer_language")) == (["easy_read"], ["sv"])
    assert told(table, "instrument_version") == ["skr6 2019.1"]


def test_sheet_without_a_variant_is_of_the_base_form() -> None:
    assert codes([mine(SIX, {"b3": "1"})], "variant") == ["adult"]


def test_reference_point_is_a_column_in_whole_words() -> None:
    table = answers_of([mine(SIX, {"b1a": "1"}, slots={"since": "start"})])
    assert told(table, "skr6__since") == ["start"]
    assert not any("{" in level.sv for level in table.columns["skr6__since"].levels)


def two_versions(change: str = "") -> Versions:
    """The six questions and an older form of them, where B3 lacks or has other options."""
    new = local_version(load_instrument(SIX), "2026.1")
    old = load_instrument(SIX)
    if change:
        item = old.items["b3"]
        other = replace(item, options=(*item.options, Option(change, "Annat", "Other")))
        old = replace(old, items={**old.items, "b3": other})
    return {SIX: (old, new)}


def test_series_that_keeps_its_meaning_is_one_column_over_versions() -> None:
    sheets = [mine(SIX, {"b3": "1"}, day=MAY), mine(SIX, {"b3": "4"}, day=JUNE, version="2026.1")]
    table = answers_of(sheets, two_versions())
    assert told(table, "skr6__b3") == ["1", "4"]
    assert told(table, "skr6__b3_change") == ["not_asked", "worse"]


def test_series_that_is_broken_is_two() -> None:
    sheets = [mine(SIX, {"b3": "7"}, day=MAY), mine(SIX, {"b3": "4"}, day=JUNE, version="2026.1")]
    table = answers_of(sheets, two_versions("7"))
    assert told(table, "skr6__b3") == ["not_asked", "4"]
    assert told(table, "skr6__b3__v2019_1") == ["7", "not_asked"]


def test_version_that_is_not_kept_is_refused_by_name() -> None:
    with pytest.raises(UserError, match="SNAP-028") as refused:
        answers_of([mine(SIX, {"b3": "1"}, version="1999.1")], kept(SIX))
    assert "skr6 1999.1" in refused.value.problems[0].sv
