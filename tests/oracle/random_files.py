"""Tokenizers that nobody would write but the reference reads, and calls of them, drawn at random for check_files.py."""

import random

PARTS = [*"abcAB12#'.!-_<>[]^$(*\\{\n\t\0\x7f", " ", " ", "##", "</w>", "'s", "do not", "n't", "\r\n", "\u00e9", "e\u0301", "\u0627",
         "\u06cc", "\u200c", "\u2581", "\u0120", "\u00c3", "\u00a9", "\U0001f600", "\u4e2d", "\u0130", "\u00df", "\uff21", "\ufdfa",
         "\uac00", "\u0301", "\u00a0", "\u3000", "\ufffd", "\u0660", "\u064b", "\u1e9b\u0323", "\ufb01", "\u0e33", "\u02bc", "\u212b",
         "\u0345", "\U0001f468\u200d\U0001f469", "\u0085", "\u2028"]
REGEXES = [r"\s+", r"^", r"$", r"^a", r"a$", r"(?i)A", r"(?<=a)b", r"a(?=b)", r"(?!a)", r"", r"a*", r"\b", r"\B", r".", r"(?m)^",
           r"(?m)$", r"\p{L}", r"\p{N}{1,2}", r"[^\w\s]", r"\w+|[^\w\s]+", r"(a|b)\1", r"\X", r"\R", r"\h", r"(?<!\S)", r"\A", r"\z",
           r"\G", r"(?i)ss", r"a\Kb", r"(?>a+)b", r"[[:alpha:]]+", r"[[:punct:]]", r"\p{Arabic}+", r"\p{M}", r"(?x) a b", r"|a", r"a|",
           r"[a-c&&[^b]]", r"\n|\r\n?", r"[^a]*", r"\S+\s?", r" {2,}", r"\p{^L}", r"\p{Cf}", r"\p{S}", r"\y", r"(?~ab)", r"\O", r"\N",
           r" ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", r"(?i:'s|'t|'re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"]
BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]
FLAGS = ["single_word", "lstrip", "rstrip", "normalized", "special"]


class Draw(random.Random):
    """One file, and calls of it whose texts have what it has."""

    def __init__(self, seed):
        super().__init__(seed)
        self.parts = [*self.sample(PARTS, self.choice([3, 5, 8, 15, len(PARTS)])), "a", "b", " "]
        self.added = []

    def maybe(self, share=0.5):
        return self.random() < share

    def some(self, low=0, high=4):
        return "".join(self.choices(self.parts, k=self.randint(low, high)))

    def character(self):
        return self.choice([self.choice(self.parts)[0], "\u2581", " ", "a"])

    def pattern(self):
        if self.maybe(0.4):
            return {"String": self.choice([self.some(0, 2), self.some(1, 1), " ", "a", ""])}
        return {"Regex": self.choice(REGEXES)}

    def sequence(self, key, one, depth):
        return {"type": "Sequence", key: [one(depth + 1) for _ in range(self.randint(0, 4))]}

    def kind(self, names, depth):
        return "Sequence" if depth < 3 and self.maybe(0.3 if depth == 0 else 0.1) else self.choice(names)

    def normalizer(self, depth=0):
        kind = self.kind(["BertNormalizer", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Strip", "Replace", "Replace",
                          "Prepend", "Nmt", "ByteLevel"], depth)
        if kind == "Sequence":
            return self.sequence("normalizers", self.normalizer, depth)
        out = {"type": kind}
        if kind == "BertNormalizer":
            out.update({flag: self.maybe() for flag in ("clean_text", "handle_chinese_chars", "lowercase")})
            if self.maybe(0.8):
                out["strip_accents"] = self.choice([None, True, False])
        if kind == "Strip":
            out.update(strip_left=self.maybe(), strip_right=self.maybe())
        if kind == "Replace":
            out.update(pattern=self.pattern(), content=self.choice(["", "x", self.some(), "\u2581", " "]))
        if kind == "Prepend":
            out["prepend"] = self.choice(["", "\u2581", " ", self.some()])
        if kind in ("BertNormalizer", "Strip", "Replace", "Prepend") and self.maybe(0.1):
            del out["type"]
        return out

    def metaspace(self):
        out = {"type": "Metaspace", "replacement": self.choice(["\u2581", "\u2581", self.character()])}
        out.update(self.choice([{}, {"add_prefix_space": True}, {"add_prefix_space": self.maybe(), "prepend_scheme": "never"},
                                {"prepend_scheme": self.choice(["first", "never", "always"])}]))
        out.update(self.choice([{}, {"split": True}, {"split": False}, {"str_rep": "x"}]))
        return out

    def byte_level(self):
        out = {"type": "ByteLevel", "add_prefix_space": self.maybe(), "trim_offsets": self.maybe()}
        return {**out, "use_regex": self.maybe()} if self.maybe(0.8) else out

    def pre_tokenizer(self, depth=0):
        kind = self.kind(["BertPreTokenizer", "Whitespace", "WhitespaceSplit", "Punctuation", "Digits", "CharDelimiterSplit", "ByteLevel",
                          "ByteLevel", "Metaspace", "Metaspace", "Split", "Split", "Split", "UnicodeScripts", "FixedLength"], depth)
        made = {"Sequence": lambda: self.sequence("pretokenizers", self.pre_tokenizer, depth), "ByteLevel": self.byte_level,
                "Metaspace": self.metaspace}
        if kind in made:
            return made[kind]()
        members = {"Punctuation": lambda: self.choice([{}, {"behavior": self.choice(BEHAVIORS)}]),
                   "Digits": lambda: {"individual_digits": self.maybe()},
                   "CharDelimiterSplit": lambda: {"delimiter": self.character()},
                   "Split": lambda: {"pattern": self.pattern(), "behavior": self.choice(BEHAVIORS), "invert": self.maybe(0.3)},
                   "FixedLength": lambda: self.choice([{}, {"length": self.randint(1, 4)}])}
        return {"type": kind, **members.get(kind, dict)()}

    def decoder(self, depth=0):
        kind = self.kind(["WordPiece", "ByteLevel", "BPEDecoder", "Metaspace", "ByteFallback", "Fuse", "Strip", "Replace", "CTC"], depth)
        made = {"Sequence": lambda: self.sequence("decoders", self.decoder, depth), "ByteLevel": self.byte_level,
                "Metaspace": self.metaspace}
        if kind in made:
            return made[kind]()
        members = {"WordPiece": lambda: {"prefix": self.choice(["##", "", self.some()]), "cleanup": self.maybe()},
                   "BPEDecoder": lambda: {"suffix": self.choice(["</w>", "", self.some()])},
                   "Strip": lambda: {"content": self.character(), "start": self.randint(0, 2), "stop": self.choice([0, 0, 1])},
                   "Replace": lambda: {"pattern": self.pattern(), "content": self.some(0, 2)},
                   "CTC": lambda: {"pad_token": self.choice(["a", "", self.some()]), "word_delimiter_token": self.choice(["b", " ", ""]),
                                   "cleanup": self.maybe()}}
        out = {"type": kind, **members.get(kind, dict)()}
        if kind in members and self.maybe(0.1):
            del out["type"]
        return out

    def template(self):
        names = [self.choice(["[CLS]", "[SEP]", "x", self.some()]) for _ in range(3)]
        counts = {name: self.choice([0, 1, 1, 2, 3]) for name in names}
        tokens = {name: {"id": name, "ids": self.choices(range(20), k=count), "tokens": [self.some() for _ in range(count)]}
                  for name, count in counts.items()}

        def sequence(name):
            return {"Sequence": {"id": name, "type_id": self.choice([0, 0, 1, 7])}}

        def special():
            return {"SpecialToken": {"id": self.choice(names), "type_id": self.choice([0, 1, 7])}}

        def row(sequences):
            out = [sequence(name) for name in sequences] + [special() for _ in range(self.randint(0, 3))]
            self.shuffle(out)
            return out

        return {"type": "TemplateProcessing", "single": row(self.choice(["A", "A", "AA", ""])),
                "pair": row(self.choice(["AB", "AB", "BA", "B", "ABA"])), "special_tokens": tokens}

    def post_processor(self):
        pair = {"sep": [self.some(1, 2), self.randint(0, 30)], "cls": ["<s>", self.randint(0, 30)]}
        trims = {"trim_offsets": self.maybe(), "add_prefix_space": self.maybe()}
        one = self.choice([{"type": "BertProcessing", **pair}, {"type": "RobertaProcessing", **pair, **trims}, pair,
                           {"type": "RobertaProcessing", **pair}, self.template(), self.template()])
        if self.maybe(0.7):
            return one
        out = [self.byte_level() for _ in range(self.randint(0, 3))]
        out.insert(self.randint(0, len(out)), one)  # of two that add tokens the engine refuses the second
        return {"type": "Sequence", "processors": out}

    def vocabulary(self, tokens):
        tokens = list(dict.fromkeys(tokens))
        self.shuffle(tokens)
        return dict(zip(tokens, self.choice([range(len(tokens)), self.sample(range(3 * len(tokens)), len(tokens)),
                                             self.sample(range(2**31 - 2), len(tokens))])))

    def model(self):
        unknown = self.choice(["<unk>", "a", self.some(1, 2)])
        characters = [c for c in "".join(self.parts) if self.maybe(0.9)]
        if self.maybe(0.3):
            characters += [chr(c) for c in range(0x21, 0x17F)]  # most of GPT-2's alphabet
        words = [self.some(1, 4) for _ in range(self.randint(0, 20))] + self.choice([[], [], [""]])
        tokens = words + characters + self.choice([[], [unknown], [unknown]])
        names = [f"<0x{byte:02X}>" for byte in range(256)]
        names = self.choice([[], names, self.sample(names, 128)])
        kind = self.choice(["BPE", "BPE", "WordPiece", "WordLevel", "Unigram"])
        if kind == "WordLevel":
            return {"type": kind, "vocab": self.vocabulary(tokens), "unk_token": unknown}
        prefix = self.choice([None, "", "##", self.some(0, 2)])
        if kind == "WordPiece":
            return {"type": kind, "vocab": self.vocabulary(tokens + [(prefix or "") + token for token in tokens]), "unk_token": unknown,
                    "continuing_subword_prefix": prefix or "", "max_input_chars_per_word": self.choice([100, 100, 5, 1, 0])}
        if kind == "Unigram":
            scores = [-1.0, -1, -2.5, 0, -0.0, 1.5, self.uniform(-10, 0), *self.choice([[], [-1e308, 1e308]])]
            pieces = [[token, self.choice(scores)] for token in [unknown, *tokens, *names]]
            return {"type": kind, "vocab": pieces, "unk_id": self.choice([None, 0, 0]), "byte_fallback": self.maybe()}
        return self.bpe(unknown, prefix, characters, [*tokens, *names])

    def bpe(self, unknown, prefix, characters, tokens):
        suffix = self.choice([None, "", "</w>", self.some(0, 2)])
        known = [before + c + after for c in characters for before in {"", prefix or ""} for after in {"", suffix or ""}]
        merges = []
        for _ in range(self.choice([0, 5, 20, 60]) if known else 0):
            left, right = self.choice(known), self.choice(known)
            if right.startswith(prefix or "") and len(left + right) < 16:
                merges.append([left, right])
                known.append(left + right.removeprefix(prefix or ""))
        merges += self.sample(merges, min(3, len(merges)))
        if not any(" " in part for pair in merges for part in pair) and self.maybe():
            merges = [" ".join(pair) for pair in merges]
        return {"type": "BPE", "dropout": self.choice([None, 0.0]), "unk_token": self.choice([None, unknown, unknown]),
                "continuing_subword_prefix": prefix, "end_of_word_suffix": suffix, "fuse_unk": self.maybe(), "byte_fallback": self.maybe(),
                "ignore_merges": self.maybe(0.3), "vocab": self.vocabulary(tokens + known), "merges": merges}

    def added_tokens(self):
        for i in range(self.choice([0, 0, 1, 3, 8])):
            content = self.choice([self.some(1, 3), "[X]", "<s>", "ab", "abc", "a b", " ", "  ", "A", "\u00e9", "E\u0301"])
            self.added.append({"id": self.choice([i, 50 + i]), "content": content, **{flag: self.maybe(0.4) for flag in FLAGS}})
        return self.added

    def file(self):
        return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": self.added_tokens(),
                "normalizer": self.normalizer() if self.maybe(0.6) else None,
                "pre_tokenizer": self.pre_tokenizer() if self.maybe(0.75) else None,
                "post_processor": self.post_processor() if self.maybe(0.6) else None,
                "decoder": self.decoder() if self.maybe(0.7) else None, "model": self.model()}

    def text(self, most=14):
        out = self.choices([*self.parts, self.choice(PARTS)], k=self.randint(0, most))
        for token in self.added:
            out[self.randint(0, len(out)):0] = [token["content"]] * self.choice([0, 0, 1, 1, 2])
        return "".join(out)

    def call(self, sides, is_split):
        def side():
            return self.choice([self.text().split(" "), [self.text(4) for _ in range(3)]]) if is_split else self.text()

        cut = {"max_length": self.randint(8, 16), "stride": self.randint(0, 2), "direction": self.choice(["left", "right"]),
               "strategy": self.choice(["longest_first", "only_first", "only_second"])}
        filled = {"direction": self.choice(["left", "right"]), "pad_id": self.randint(0, 9), "pad_type_id": self.randint(0, 3),
                  "pad_token": self.choice(["[PAD]", "", self.some()]), "length": self.choice([None, 0, 3, 9]),
                  "pad_to_multiple_of": self.choice([None, 0, 1, 4, 7])}
        return {"inputs": [[side() for _ in range(sides)] for _ in range(self.randint(1, 4))], "special": self.maybe(0.7),
                "truncation": cut if self.maybe(0.4) else None, "padding": filled if self.maybe(0.4) else None}

    def calls(self):
        return [self.call(sides, is_split) for sides in (1, 1, 2) for is_split in (False, True)]
