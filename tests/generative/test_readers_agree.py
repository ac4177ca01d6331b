"""Readers that share no code find the same: the attack, the audit, the verifier, an integer programme, and τ-ARGUS."""

from math import ceil, floor

import numpy as np
import pytest
from argus_files import audited
from disclosure_tables import TOTAL as STAR
from disclosure_tables import Solver, as_system, derivable, with_margins
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from released_tables import Given, released

from skillnad.analysis.disclosure.attack.findings import Kind, attack
from skillnad.analysis.disclosure.attack.published import Publication, Statement
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.audit import Reader, count_claims, objections
from skillnad.analysis.disclosure.intervals import Intervals
from skillnad.analysis.disclosure.known import known_bounds
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.verify.objections import Wrong
from skillnad.analysis.disclosure.verify.verifying import verify
from skillnad.analysis.disclosure.work import Work

TOTAL = "Total"
POLICIES = (DEFAULT, Policy(attacker=Attacker.NOT_NEGATIVE), Policy(attacker=Attacker.PRIMARY_KNOWN))


@st.composite
def gapped(draw, share=0.6):
    """A table and gaps in it at random: all its small numbers, and some of the others."""
    shape = tuple(draw(st.sampled_from([(3, 3), (4, 3), (3, 2, 2)])))
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    counts = random.poisson(draw(st.sampled_from([3, 8, 20])) * random.exponential(1, shape))
    counts = counts * (random.random(shape) >= draw(st.floats(0, 0.5)))
    return counts, {
        key
        for key, count in with_margins(counts).items()
        if count and (count < 5 or random.random() < share * draw_share(random))
    }


def draw_share(random):
    return random.choice([0.3, 0.6, 1.0])


def given_of(counts):
    told = {
        tuple(f"{'abcd'[axis]}{level:02d}" for axis, level in enumerate(place)): int(count)
        for place, count in np.ndenumerate(counts)
    }
    return Given("t.csv", tuple("abcd"[: counts.ndim]), told)


def in_words(key):
    return tuple(TOTAL if code == STAR else code for code in key)


def publication(counts, hidden):
    rows = []
    for key, count in with_margins(counts).items():
        people = tuple((code[0], code) for code in key if code != STAR)
        rows.append(Statement(people, None if key in hidden else count, key in hidden))
    return Publication("t.csv", tuple("abcd"[: counts.ndim]), tuple(rows))


@examples(40, 2_000)
@given(gapped())
def test_attack_fills_in_the_gaps_that_an_integer_programme_does(table):
    counts, hidden = table
    told = attack([publication(counts, hidden)], Attacker.ZEROS_PRINTED, 5, most_routes=0)
    sure = {finding.people: finding.low for finding in told.findings if finding.low == finding.high}
    gaps = {
        tuple((code[0], code) for code in key if code != STAR): count
        for key, count in with_margins(counts).items()
        if key in hidden
    }
    expected = {tuple((code[0], code) for code in key if code != STAR) for key in derivable(counts, hidden)}
    assert {people for people in sure if people in gaps} == expected
    assert all(sure[people] == gaps[people] for people in expected)


@examples(40, 2_000)
@given(gapped(), st.sampled_from(POLICIES))
def test_verifier_objects_where_the_auditor_does(table, policy):
    """And where only whole numbers show that a gap tells too much, it objects more."""
    counts, hidden = table
    told, truth = as_system(counts), given_of(counts)
    audited = objections(told, hidden, count_claims(told, hidden, policy), known_bounds(told, policy))
    release = released(truth, {",".join(in_words(key)) for key in hidden})
    verified = {
        each.coordinates for each in verify(release, policy, [truth]) if each.wrong in (Wrong.EXACT, Wrong.NARROW)
    }
    extra = verified - {in_words(name) for name in audited}
    assert {in_words(name) for name in audited} <= verified
    assert all(whole_is_narrower(counts, hidden, place, policy) for place in extra)


def whole_is_narrower(counts, hidden, place, policy):
    """Only for the reader who knows nothing of which gaps are small."""
    if policy.reader is Attacker.PRIMARY_KNOWN:
        return True
    key = tuple(STAR if code == TOTAL else code for code in place)
    reader = Solver(counts, hidden, policy.gap_floor)
    return reader.interval(key) != reader.interval(key, whole=False)


@examples(25, 1_000)
@given(gapped())
def test_ends_are_those_of_the_inner_cells_and_the_auditor_sees_no_further(table):
    counts, hidden = table
    told, solver = as_system(counts), Solver(counts, hidden)
    reader, intervals = Reader(told, hidden, 1.0), Intervals(told, hidden, 1, Work(1e12))
    for key in sorted(hidden)[:4]:
        least, most = solver.interval(key, whole=False)
        low, high = reader.exact(key)
        assert least - 1e-6 <= low <= with_margins(counts)[key] <= high <= most + 1e-6
        assert (intervals.of({key: 1.0}) or (least, most)) == pytest.approx((least, most), abs=1e-6)


@examples(25, 500)
@given(gapped())
def test_routes_add_up_to_what_they_prove(table):
    counts, hidden = table
    for finding in attack([publication(counts, hidden)], Attacker.ZEROS_PRINTED, 5).findings:
        for route in finding.routes:
            if finding.kind in (Kind.SUMS, Kind.GROUP):
                assert route.value == pytest.approx(finding.low, abs=1e-6)
            elif route.upward:
                assert floor(route.value + 1e-5) == finding.high
            else:
                assert ceil(route.value - 1e-5) == finding.low


@examples(20, 500)
@given(gapped(), st.sampled_from([0, 1]))
def test_intervals_are_those_of_tau_argus(tmp_path_factory, table, floor):
    counts, hidden = table
    if not hidden:
        return
    told, file = as_system(counts), tmp_path_factory.mktemp("jj") / "t.jj"
    intervals = Intervals(told, hidden, floor, Work(1e12))
    for name, seen in audited(told, hidden, floor, file).items():
        assert seen == pytest.approx(intervals.of({name: 1.0}) or seen, abs=1e-6)  # none: endless for us
