"""Files are read by several processes, in order, within bounded memory, and no process is left behind."""

import json
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from records.intake import reading
from records.intake.formats import get
from records.ratings import schemes
from records.ratings.intake import staging
from tests.another_process import CHECKOUT
from tests.importing import place, write
from tests.intake.processes import Numbers, stage

VERSIONS = {(s.key, s.version): number for number, s in enumerate(schemes.all_versions(), 1)}
CONTEXT = staging.Context(VERSIONS, today="2026-11-23")


def everything(*sizes, workers):
    return list(reading.read(Numbers(*sizes), Path(), stage, "bad", workers))


def test_several_processes_read_what_one_reads_in_the_same_order():
    alone, together = (everything(5, 4, 0, 2, 7, workers=workers) for workers in (1, 2))
    assert alone == together
    assert [block.rows for block in together] == [4, 3, 0, 2, 5]
    assert [len(block.problems) for block in together] == [1, 1, 0, 0, 2]
    assert [block.incomplete for block in together] == [[f"part {number}"] for number in range(5)]


def test_numbers_of_rows_grow_from_part_to_part():
    numbers = [int(no) for block in everything(3, 3, workers=1) for no in block.keys.split()]
    assert numbers == sorted(set(numbers)) and numbers[2] == reading.NUMBERS_PER_PART


def test_one_part_alone_is_cut_into_blocks(monkeypatch):
    monkeypatch.setattr(reading, "BLOCK", 40)
    blocks = everything(30, workers=2)
    assert len(blocks) > 3 and sum(block.rows for block in blocks) == 20
    assert sum(len(block.problems) for block in blocks) == 10


def test_many_problems_do_not_wait_for_rows():
    class Bad(Numbers):
        def rows(self, part):
            return iter([2] * 2500)

    blocks = list(reading.read(Bad(1), Path(), stage, "bad"))
    assert [len(block.problems) for block in blocks] == [1000, 1000, 500]


def test_an_error_in_a_worker_reaches_the_import():
    with pytest.raises(ValueError, match="invalid literal"):
        list(reading.read(Numbers("a", "b"), Path(), stage, "bad", 2))


def test_the_processes_of_a_killed_import_end(tmp_path):
    command = [sys.executable, "-m", "tests.intake.processes", str(tmp_path)]
    running = subprocess.Popen(command, cwd=CHECKOUT)
    _until(lambda: len(list(tmp_path.iterdir())) == 2)
    children = psutil.Process(running.pid).children(recursive=True)
    assert len(children) >= 2
    running.kill()
    running.wait(10)
    gone, alive = psutil.wait_procs(children, timeout=10)
    for process in alive:
        process.kill()
    assert not alive and len(gone) == len(children)


def _until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


MEASURE = """
import json, psutil, sys
from pathlib import Path
from records.intake import reading
from records.intake.formats import get
from records.ratings.intake import staging
versions = {tuple(key.split("|")): number for key, number in json.loads(sys.argv[2]).items()}
context = staging.Context(versions, today="2026-11-23")
rows = most = 0
for block in reading.read(get("ratings-csv"), Path(sys.argv[1]), staging.stage_all, context):
    rows, most = rows + block.rows, max(most, psutil.Process().memory_info().rss >> 20)
print(rows, most)
"""


def test_a_long_file_is_read_within_bounded_memory(tmp_path):
    path = write(tmp_path / "long.csv", [place("1", "Sample Place 1")])
    header, line = path.read_text().splitlines()
    with path.open("w") as file:
        file.write(f"{header}\n")
        file.writelines(line.replace(",1,", f",{number},", 1) + "\n" for number in range(60_000))
    versions = json.dumps({f"{key}|{version}": number for (key, version), number in VERSIONS.items()})
    command = [sys.executable, "-c", MEASURE, str(path), versions]
    out = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    rows, megabytes = map(int, out.split())
    assert rows == 60_000
    assert megabytes < 120, "a part is not streamed"


def test_every_row_of_a_real_format_is_staged_under_its_number(tmp_path):
    path = write(tmp_path / "week.csv", [place(str(number)) for number in range(5)])
    (block,) = reading.read(get("ratings-csv"), path, staging.stage_all, CONTEXT)
    assert block.rows == 5 and block.problems == []
    assert [line.split(b"\t")[0] for line in block.data.splitlines()] == [b"0", b"1", b"2", b"3", b"4"]
