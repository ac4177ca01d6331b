from skillnad.analysis.disclosure.table_set.fitting import fitted

A, B, C, T = ("a",), ("b",), ("c",), ("t",)
SUM = [((A, 1.0), (B, 1.0), (C, 1.0), (T, -1.0))]


def test_unknown_numbers_fit_the_known():
    found = fitted({T: 10.0, A: 7.0}, {B: 1.0, C: 1.0}, SUM)
    assert found[B] + found[C] == 3
    assert min(found[B], found[C]) >= 1


def test_unknown_numbers_are_whole():
    pairs = [((A, 1.0), (B, 1.0), (T, -1.0)), ((B, 1.0), (C, 1.0), (T, -1.0)), ((A, 1.0), (C, 1.0), (T, -1.0))]
    assert fitted({T: 4.0}, {A: 0.0, B: 0.0, C: 0.0}, pairs) == {T: 4, A: 2, B: 2, C: 2}
    assert fitted({T: 3.0}, {A: 0.0, B: 0.0, C: 0.0}, pairs) is None


def test_numbers_are_as_small_as_can_be_together():
    loose = [((A, 1.0), (B, 1.0), (T, -1.0))]
    assert fitted({B: 7.0}, {A: 1.0, T: 0.0}, loose) == {B: 7, A: 1, T: 8}


def test_known_numbers_that_do_not_add_up_fit_nothing():
    assert fitted({A: 1.0, B: 1.0, C: 1.0, T: 4.0}, {}, SUM) is None
    assert fitted({A: 1.0, B: 1.0, C: 2.0, T: 4.0}, {}, SUM) == {A: 1, B: 1, C: 2, T: 4}


def test_least_that_is_too_much_fits_nothing():
    assert fitted({T: 2.0, A: 1.0}, {B: 1.0, C: 1.0}, SUM) is None
