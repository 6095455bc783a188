"""The cache in the memory of a process: bounded in bytes and entries, the same for all its threads."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from records.publication.memory import OVERHEAD, Memory


def memory(entries=100, size=100_000) -> Memory:
    return Memory(str(uuid4()), {"OPTIONS": {"MAX_ENTRIES": entries, "MAX_BYTES": size}})


def test_what_is_put_in_comes_out_until_its_time_is_over():
    cache = memory()
    cache.set("page", ("tag", b"content"), 60)
    cache.set("over", b"content", 0)
    assert cache.get("page") == ("tag", b"content")
    assert cache.get("over") is None and cache.get("never") is None
    assert cache.touch("page", 0) and cache.get("page") is None


def test_there_are_never_more_entries_than_the_limit_and_the_one_not_asked_for_goes_first():
    cache = memory(entries=3)
    for key in "abc":
        cache.set(key, key)
    assert cache.get("a") == "a"
    cache.set("d", "d")
    assert [cache.get(key) for key in "abcd"] == ["a", None, "c", "d"]


def test_there_are_never_more_bytes_than_the_limit():
    cache = memory(entries=10_000, size=200_000)
    for number in range(100):
        cache.set(str(number), b"x" * 10_000)
        assert cache.bytes <= 200_000
    assert len(cache) == 200_000 // (10_000 + OVERHEAD)
    assert cache.get("99") and not cache.get("0")


def test_a_page_too_large_is_not_kept_and_takes_the_smaller_one_before_it_away():
    cache = memory(size=80_000)
    cache.set("page", b"old")
    cache.set("page", b"x" * 20_000)
    assert cache.get("page") is None and cache.bytes == 0


def test_the_books_are_right_after_every_kind_of_change():
    cache = memory()
    cache.set("page", b"12345")
    assert cache.bytes == OVERHEAD + 5
    cache.set("page", b"1")
    assert cache.bytes == OVERHEAD + 1
    assert not cache.add("page", b"other") and cache.add("another", b"")
    assert cache.delete("another") and not cache.delete("another")
    assert cache.bytes == OVERHEAD + 1
    cache.clear()
    assert cache.bytes == len(cache) == 0


def test_threads_share_what_is_kept_and_the_limits():
    place, options = str(uuid4()), {"OPTIONS": {"MAX_ENTRIES": 50, "MAX_BYTES": 100_000}}

    def work(thread):
        cache = Memory(place, options)  # Django makes one for each thread
        for number in range(500):
            cache.set(f"{number % 70}", b"x" * (number % 900))
            cache.get(f"{(number * 7) % 70}")
        return cache

    with ThreadPoolExecutor(8) as threads:
        caches = list(threads.map(work, range(8)))
    assert len({cache.bytes for cache in caches}) == 1
    assert 0 < caches[0].bytes <= 100_000 and 0 < len(caches[0]) <= 50
    caches[1].clear()
    assert caches[0].bytes == 0
