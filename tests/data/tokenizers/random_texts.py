"""Random strings that tokenizers are compared on: in the frozen cases of make_expected.py, and by tests/oracle."""

import random


def random_texts(count, words, others, most_parts):
    """Strings of fewer than `most_parts` parts: words, combining marks, joiners, direction marks, emoji sequences, lone
    controls, characters of all planes, and texts of `others`. The same for the same arguments.
    """
    rng = random.Random(360)

    def one_of(*ranges):
        return chr(rng.randrange(*rng.choice(ranges)))

    # The frozen cases depend on the order, and on what each draws.
    pools = [
        lambda: rng.choice(words),
        lambda: rng.choice("\u200c\u200d\u200e\u200f\u202a\u2066\ufe0f\u20e3\u00ad\ufeff"),
        lambda: one_of((0x300, 0x370), (0x64B, 0x660), (0x1AB0, 0x1AFF)),
        lambda: rng.choice("abcXYZ .,!?'-#[]<>0123456789\t\n\u00a0\u3000"),
        lambda: one_of((0, 0x20)),
        lambda: one_of((0x600, 0x700)),
        lambda: one_of((0xFB50, 0xFF00)),
        lambda: one_of((0x1F300, 0x1FAFF), (0x1F1E6, 0x1F200), (0x1F466, 0x1F46A)),
        lambda: one_of((0, 0xD800), (0xE000, 0x110000)),
        lambda: one_of((0xC0, 0x250), (0x370, 0x500), (0x1E00, 0x2000)),
        lambda: one_of((0x1100, 0x1200), (0xAC00, 0xD7A4), (0x3040, 0x3100)),
        lambda: one_of((0x4E00, 0xA000), (0x20000, 0x2FFFF)),
        lambda: rng.choice(others),
    ]
    out = []
    for _ in range(count):
        some = rng.sample(pools, rng.randrange(1, 5))
        out.append("".join(rng.choice(some)() for _ in range(rng.randrange(1, most_parts))))
    return out
