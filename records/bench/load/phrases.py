"""Phrases of words that go together, by subject: phrases are drawn, so that words are not independent."""

from bisect import bisect
from functools import cache
from itertools import accumulate

from records.bench.load import vocabulary
from records.bench.load.chance import source, zipf

SUBJECTS = 6
"""So many subjects in each field of supervision."""

PHRASES = 4000
_CHINESE_PHRASES = 1500


class Drawing:
    """Words by frequency, the first the most frequent."""

    def __init__(self, words, exponent=1.0):
        self.words = words
        self._until = list(accumulate(zipf(len(words), exponent)))

    def word(self, chance: float) -> str:
        """The word at this place between 0 and 1."""
        return self.words[bisect(self._until, chance * self._until[-1])]


class Phrases:
    """All phrases: of a field a list of subjects, each a list of phrases; `rare` draws from all words."""

    def __init__(self):
        words = vocabulary.english()
        self.words, self.chinese_words = words, vocabulary.chinese()
        self.rare = Drawing(words[len(vocabulary.COMMON) :], 0.8)
        self._common = Drawing(list(dict.fromkeys(vocabulary.COMMON)))
        fields = list(vocabulary.FIELDS)
        count = len(fields) * SUBJECTS
        own = [[] for _ in range(count)]
        for rank, word in enumerate(words[len(self._common.words) :]):
            own[rank % count].append(word)
            own[rank * 7 % (count - 1)].append(word)
        self.english = {
            field: [
                self._subject(f"{field}/{at}", vocabulary.FIELDS[field], own[place * SUBJECTS + at])
                for at in range(SUBJECTS)
            ]
            for place, field in enumerate(fields)
        }
        self.chinese = {
            field: [self._chinese_subject(place * SUBJECTS + at, count) for at in range(SUBJECTS)]
            for place, field in enumerate(fields)
        }

    def _subject(self, name: str, real: list[str], own: list[str]) -> list[str]:
        """Each word of the subject stands in at least one phrase; rare ones stand in the later phrases."""
        chance = source("phrases", name)
        draw, common, random = Drawing(real + own, 0.85), self._common, chance.random
        found = []
        for at in range(PHRASES):
            words = [
                (common if random() < 0.45 else draw).word(random()) for _ in range(chance.randint(4, 7))
            ]
            if at < len(draw.words):
                words.insert(int(random() * len(words)), draw.words[at])
            found.append(" ".join(words))
        return found

    def _chinese_subject(self, at: int, count: int) -> list[str]:
        chance = source("短语", at)
        draw, random = Drawing(self.chinese_words[:60] + self.chinese_words[60 + at :: count]), chance.random
        return [
            "".join(draw.word(random()) for _ in range(chance.randint(3, 6))) for _ in range(_CHINESE_PHRASES)
        ]


@cache
def phrases() -> Phrases:
    """The phrases, made once: they are the same for every plan."""
    return Phrases()
