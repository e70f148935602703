"""Ranking from files, as the command line does it."""

from __future__ import annotations

import io
import json
import os
import threading
import time

import pytest

from employers.matching.cli import _deliver, check_options, run
from employers.matching.errors import InputRefused
from employers.matching.ranking import rank
from employers.matching.reading import read_profiles, read_requirements
from tests.employers.matching.draws_for_matching import Draws, as_lines
from tests.employers.matching.worked_example import lines_of_the_readme


class Desk:
    """A folder with the two files, and what the last run said."""

    def __init__(self, folder, referential) -> None:
        self.folder, self.referential = folder, referential
        self.requirements, self.profiles = folder / "besoins.jsonl", folder / "profils.jsonl"

    def put(self, requirements: list[str], profiles: list[str]) -> None:
        self.requirements.write_text("\n".join(requirements), encoding="utf-8")
        self.profiles.write_text("\n".join(profiles), encoding="utf-8")

    def rank(self, *, output=None, top=None, trade_weight=0.0, with_reasons=True) -> int:
        stdout, stderr = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
        code = run(
            self.requirements,
            self.profiles,
            self.referential,
            top=top,
            trade_weight=trade_weight,
            with_reasons=with_reasons,
            output=output,
            stdout=stdout,
            stderr=stderr,
        )
        self.out, self.err = stdout.buffer.getvalue().decode("utf-8"), stderr.getvalue()
        return code

    @property
    def answers(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def desk(tmp_path, small):
    desk = Desk(tmp_path, small)
    desk.put(
        ['{"id": "r1", "competences": [{"code": "C1"}, {"code": "C4"}]}'],
        ['{"id": "p1", "competences": [{"code": "C1"}]}', '{"id": "p2", "competences": []}'],
    )
    return desk


@pytest.fixture
def rome_desk(tmp_path, rome):
    desk, draws = Desk(tmp_path, rome), Draws(rome, seed=11)
    desk.put(as_lines(draws.requirements(15)), as_lines(draws.profiles(120)))
    return desk


def test_the_worked_example_of_the_readme_is_what_the_command_writes(desk):
    requirements, profiles, expected = lines_of_the_readme()
    desk.put(requirements, profiles)
    assert desk.rank() == 0
    assert desk.out.splitlines() == expected


def test_the_worked_example_adds_up_by_hand(desk, small_naive):
    requirements, profiles, _ = lines_of_the_readme()
    desk.put(requirements, profiles)
    (asked,) = read_requirements(desk.requirements)
    people = {one.id: one for one in read_profiles(desk.profiles)}
    assert small_naive.base(asked, people["p1"]) == pytest.approx(0.2032, abs=5e-5)
    assert small_naive.base(asked, people["p2"]) == pytest.approx(0.6903, abs=5e-5)
    assert small_naive.trade(asked, people["p1"]) == pytest.approx(0.9559, abs=5e-5)


def test_each_line_has_the_promised_shape(desk):
    assert desk.rank() == 0
    (answer,) = desk.answers
    assert list(answer) == ["requirement", "matches"]
    assert [list(match) for match in answer["matches"]] == [
        ["profile", "rank", "score", "base", "trade", "reasons"]
    ] * 2
    assert answer["matches"][0]["reasons"] == [
        {"code": "C1", "state": "held", "via": None, "credit": 1.0},
        {"code": "C4", "state": "missing", "via": None, "credit": 0.0},
    ]


def test_reasons_can_be_left_out(desk):
    assert desk.rank(with_reasons=False) == 0
    assert all("reasons" not in match for match in desk.answers[0]["matches"])


def test_a_list_can_be_cut_and_says_when_it_cuts_among_equals(desk):
    desk.put(
        ['{"id": "r1", "competences": [{"code": "C1"}]}'],
        [f'{{"id": "p{n}", "competences": []}}' for n in range(5)],
    )
    assert desk.rank(top=2) == 0
    (answer,) = desk.answers
    assert (len(answer["matches"]), answer["tied_not_shown"]) == (2, 3)


@pytest.mark.rome
@pytest.mark.parametrize("trade_weight", [0.0, 0.25])
def test_what_is_written_is_what_the_engine_says(rome_desk, rome, trade_weight):
    assert rome_desk.rank(trade_weight=trade_weight) == 0
    people = read_profiles(rome_desk.profiles)
    for asked, answer in zip(read_requirements(rome_desk.requirements), rome_desk.answers, strict=True):
        assert answer["requirement"] == asked.id
        matches = rank(asked, people, rome, trade_weight=trade_weight)
        for match, written in zip(matches, answer["matches"], strict=True):
            reasons = written.pop("reasons")
            assert written == {
                name: getattr(match, name) for name in ("profile", "rank", "score", "base", "trade")
            }
            for reason, told in zip(match.reasons, reasons, strict=True):
                assert told.pop("level_gap", 0) == reason.level_gap
                assert told == {name: getattr(reason, name) for name in ("code", "state", "via", "credit")}


@pytest.mark.rome
def test_the_same_files_give_the_same_bytes(rome_desk):
    first, second = rome_desk.folder / "un.jsonl", rome_desk.folder / "deux.jsonl"
    for output in (first, second):
        assert rome_desk.rank(output=output, trade_weight=0.5) == 0
    assert first.read_bytes() == second.read_bytes() != b""
    assert rome_desk.out == ""
    rome_desk.rank(trade_weight=0.5)
    assert rome_desk.out.encode() == first.read_bytes()


@pytest.mark.rome
def test_the_order_of_lines_changes_nothing_but_the_order_of_answers(rome_desk):
    rome_desk.rank(trade_weight=0.5)
    before = sorted(rome_desk.out.splitlines())
    for path in (rome_desk.requirements, rome_desk.profiles):
        path.write_text("\n".join(reversed(path.read_text().splitlines())))
    rome_desk.rank(trade_weight=0.5)
    assert sorted(rome_desk.out.splitlines()) == before


def test_names_that_json_must_escape_come_back_whole(desk):
    ids = ['a"b', "é\u2028%s", "nul\x00fin", "\ud800", "a\\n"]
    desk.put(
        ['{"id": "100 % \\"vrai\\"", "competences": [{"code": "%d\\u0000"}]}'],
        [json.dumps({"id": name, "competences": []}) for name in ids],
    )
    assert desk.rank() == 0
    (answer,) = desk.answers
    assert answer["requirement"] == '100 % "vrai"'
    assert {match["profile"] for match in answer["matches"]} == set(ids)
    assert answer["matches"][0]["reasons"][0]["code"] == "%d\x00"


def test_unknown_codes_are_told_and_nobody_holds_them(desk):
    desk.put(
        ['{"id": "r1", "competences": [{"code": "X9"}]}'],
        ['{"id": "p1", "competences": [{"code": "X9"}, {"code": "Y8"}]}'],
    )
    assert desk.rank() == 0
    assert "« X9 »" in desk.err
    assert "X9, Y8" in desk.err
    assert desk.answers[0]["matches"][0]["score"] == 0


def test_nobody_to_rank_gives_an_empty_list(desk):
    desk.profiles.write_text("")
    assert desk.rank() == 0
    assert desk.answers == [{"requirement": "r1", "matches": []}]


def test_refused_data_writes_nothing_and_leaves_the_former_result(desk):
    output = desk.folder / "resultat.jsonl"
    output.write_text("ancien")
    desk.profiles.write_text('{"id": "p1", "age": 51, "competences": []}')
    assert desk.rank(output=output) == 1
    assert "« age »" in desk.err
    assert "51" not in desk.err
    assert output.read_text() == "ancien"
    assert desk.rank() == 1
    assert desk.out == ""


def test_a_result_that_cannot_be_written_is_told(desk):
    assert desk.rank(output=desk.folder / "absent" / "resultat.jsonl") == 1
    assert "ne peut pas être écrit dans resultat.jsonl" in desk.err


class Stopped(Exception):
    """Something that goes wrong halfway."""


def test_a_failure_halfway_leaves_no_draft(desk):
    def lines():
        yield b"{}\n"
        raise Stopped

    with pytest.raises(Stopped):
        _deliver(lines(), desk.folder / "resultat.jsonl", io.StringIO())
    assert sorted(path.name for path in desk.folder.iterdir()) == ["besoins.jsonl", "profils.jsonl"]


def test_a_reader_who_stops_early_is_no_error(desk):
    received, sent = os.pipe()
    os.close(received)
    with os.fdopen(sent, "w") as closed:
        stderr = io.StringIO()
        code = run(
            desk.requirements,
            desk.profiles,
            desk.referential,
            top=None,
            trade_weight=0.0,
            with_reasons=True,
            output=None,
            stdout=closed,
            stderr=stderr,
        )
    assert code == 0


def test_a_named_pipe_is_written_to_and_not_replaced(desk):
    pipe = desk.folder / "tuyau"
    os.mkfifo(pipe)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    assert desk.rank(output=pipe) == 0
    reader.join(timeout=30)
    assert pipe.is_fifo()
    assert json.loads(received[0])["requirement"] == "r1"


@pytest.mark.parametrize(
    ("top", "trade_weight"), [(0, 0.0), (-1, 0.0), (None, 1.1), (None, -0.1), (None, float("nan"))]
)
def test_options_out_of_range_are_refused(desk, top, trade_weight):
    with pytest.raises(InputRefused):
        check_options(top=top, trade_weight=trade_weight)
    assert desk.rank(top=top, trade_weight=trade_weight) == 1
    assert desk.err.endswith(".\n")


@pytest.mark.rome
def test_many_people_are_ranked_far_faster_than_one_by_one(tmp_path, rome, rome_naive):
    draws = Draws(rome, seed=5)
    requirements, profiles = draws.requirements(30), draws.profiles(400)
    desk = Desk(tmp_path, rome)
    desk.put(as_lines(requirements), as_lines(profiles))
    started = time.process_time()
    assert desk.rank() == 0
    engine = (time.process_time() - started) / (30 * 400)
    started = time.process_time()
    for profile in profiles[:40]:
        rome_naive.base(requirements[0], profile), rome_naive.trade(requirements[0], profile)
    plain = (time.process_time() - started) / 40
    assert plain > 2 * engine  # measured far above: this only catches a runaway
