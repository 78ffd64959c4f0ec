"""The tokenizers that check_tokenizers.py compares: vocabularies that the reference and sentencepiece train, and a file for
each component.
"""

import io
import json
import pathlib
import sys

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "data" / "tokenizers"))
from split_patterns import CL100K, GPT2, O200K, QWEN2  # noqa: E402

SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]



def train_wordpiece(texts, size):
    out = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    out.normalizer = normalizers.BertNormalizer()
    out.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    out.decoder = decoders.WordPiece()
    out.train_from_iterator(texts, trainers.WordPieceTrainer(vocab_size=size, special_tokens=SPECIALS, show_progress=False))
    return out


def train_byte_level(texts, size):
    out = Tokenizer(models.BPE())
    out.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    out.decoder = decoders.ByteLevel()
    out.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=size, special_tokens=SPECIALS, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return out


def train_metaspace(texts, size):
    out = Tokenizer(models.BPE(unk_token="[UNK]", fuse_unk=True))
    out.pre_tokenizer = pre_tokenizers.Metaspace()
    out.train_from_iterator(texts, trainers.BpeTrainer(vocab_size=size, special_tokens=SPECIALS, show_progress=False,
                                                       limit_alphabet=300))
    return out


def train_affixes(texts, size):
    out = Tokenizer(models.BPE(unk_token="[UNK]", continuing_subword_prefix="##", end_of_word_suffix="</w>"))
    out.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    out.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=size, special_tokens=SPECIALS, show_progress=False, limit_alphabet=300,
        continuing_subword_prefix="##", end_of_word_suffix="</w>"))
    return out


def train_word_level(texts, size):
    out = Tokenizer(models.WordLevel(unk_token="[UNK]"))
    out.pre_tokenizer = pre_tokenizers.Whitespace()
    out.train_from_iterator(texts, trainers.WordLevelTrainer(vocab_size=size, special_tokens=SPECIALS, show_progress=False))
    return out


def protobuf_field(message, wanted):
    """The bytes of the last field `wanted` of a message; of the types, only these occur in a SentencePiece model."""
    def varint(at):
        value = shift = 0
        while True:
            value |= (message[at] & 0x7F) << shift
            at, shift = at + 1, shift + 7
            if message[at - 1] < 0x80:
                return value, at

    at, found = 0, b""
    while at < len(message):
        key, at = varint(at)
        if key & 7 == 2:
            size, at = varint(at)
            found = message[at : at + size] if key >> 3 == wanted else found
            at += size
        else:
            at = varint(at)[1] if key & 7 == 0 else at + {1: 8, 5: 4}[key & 7]
    return found


def train_unigram(texts, size):
    """What Transformers makes of a SentencePiece model with the usual table of replacements."""
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(texts), model_writer=model, vocab_size=size, model_type="unigram",
                                             byte_fallback=True, hard_vocab_limit=False, minloglevel=2)
    pieces = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    vocab = [(pieces.id_to_piece(i), pieces.get_score(i)) for i in range(pieces.vocab_size())]
    out = Tokenizer(models.Unigram(vocab, pieces.unk_id(), byte_fallback=True))
    normalizer_spec = protobuf_field(model.getvalue(), 3)
    out.normalizer = normalizers.Precompiled(protobuf_field(normalizer_spec, 2))
    out.pre_tokenizer = pre_tokenizers.Metaspace()
    out.decoder = decoders.Metaspace()
    return out


TRAINERS = {"wordpiece": train_wordpiece, "byte_level": train_byte_level, "metaspace": train_metaspace,
            "affixes": train_affixes, "word_level": train_word_level, "unigram": train_unigram}


def part(name, **members):
    return {"type": name, **members}


def sequence(key, *parts):
    return {"type": "Sequence", key: list(parts)}


def split(pattern, behavior="Isolated", invert=False, kind="Regex"):
    return part("Split", pattern={kind: pattern}, behavior=behavior, invert=invert)


def byte_level(prefix=False, trim=True, regex=True):
    return part("ByteLevel", add_prefix_space=prefix, trim_offsets=trim, use_regex=regex)


def metaspace(scheme, **members):
    return part("Metaspace", replacement="\u2581", prepend_scheme=scheme, split=members.pop("split", True), **members)


def with_bytes(file):
    """The vocabulary with the tokens of byte fallback, behind the others."""
    vocab = file["model"]["vocab"]
    for byte in range(256):
        vocab.setdefault(f"<0x{byte:02X}>", len(vocab))
    return file


BERT_ROWS = part("BertProcessing", sep=["[SEP]", 3], cls=["[CLS]", 2])
ROBERTA_ROWS = part("RobertaProcessing", sep=["[SEP]", 3], cls=["[CLS]", 2], trim_offsets=True, add_prefix_space=True)
TEMPLATE_ROWS = json.loads(processors.TemplateProcessing(
    single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
    special_tokens=[("[CLS]", 2), ("[SEP]", 3)]).__getstate__())
SPLITS = {
    "split_cl100k": sequence("pretokenizers", split(CL100K), byte_level(regex=False)),
    "split_qwen2": sequence("pretokenizers", split(QWEN2), byte_level(regex=False)),
    "split_o200k": sequence("pretokenizers", split(O200K), byte_level(regex=False)),
    "split_gpt2": sequence("pretokenizers", split(GPT2, "Removed", True), byte_level(regex=False)),
    "split_regex": sequence("pretokenizers", split(r"[اeo]\w?|\d+", "MergedWithNext"), byte_level()),
    "digits": sequence("pretokenizers", part("Digits", individual_digits=True), byte_level(prefix=True)),
}


def byte_level_case(pre_tokenizer, post_processor=None, model=None):
    def make(files):
        file = files["byte_level"]
        file.update(pre_tokenizer=pre_tokenizer, post_processor=post_processor)
        file["model"].update(model or {})
        return file
    return make


def metaspace_case(pre_tokenizer, fallback=False, normalizer=None, **model):
    def make(files):
        file = with_bytes(files["metaspace"]) if fallback else files["metaspace"]
        file.update(pre_tokenizer=pre_tokenizer, normalizer=normalizer)
        file["model"].update(model, byte_fallback=fallback)
        return file
    return make


def case(base, model=None, **members):
    """The trained file `base` with other members, some of its model's too."""
    def make(files):
        file = {**files[base], **members}
        return {**file, "model": {**file["model"], **(model or {})}}
    return make


def added(*tokens, first):
    """Tokens of (content, flags): w single_word, l lstrip, r rstrip, n normalized, s special."""
    return [{"id": first + i, "content": content, "single_word": "w" in flags, "lstrip": "l" in flags, "rstrip": "r" in flags,
             "normalized": "n" in flags, "special": "s" in flags} for i, (content, flags) in enumerate(tokens)]


def added_case(base, **members):
    """Words that are frequent in the texts as added tokens behind the vocabulary, with each flag."""
    def make(files):
        tokens = added(("the", "w"), ("Hello", "n"), ("سلام", "lr"), ("<s>", "rs"), ("  ", ""), ("ی", "nw"),
                       ("'re", "ln"), ("\n", "s"), ("دنیا", "wlrn"), first=len(files[base]["model"]["vocab"]))
        return {**case(base, **members)(files), "added_tokens": files[base]["added_tokens"] + tokens}
    return make


def pieces_case(pre_tokenizer):
    """Only the pre-tokenizer counts: each piece is an unknown word."""
    def make(_):
        return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": None,
                "pre_tokenizer": pre_tokenizer, "post_processor": None, "decoder": None,
                "model": part("WordLevel", vocab={"?": 0}, unk_token="?")}
    return make


def normalizer_case(normalizer):
    """Only the normalizer counts: the text is one unknown word."""
    def make(files):
        return {**pieces_case(None)(files), "normalizer": normalizer}
    return make


def bert_normalizer(**members):
    return part("BertNormalizer", **{"clean_text": True, "handle_chinese_chars": True, "strip_accents": None,
                                     "lowercase": True, **members})


NORMALIZERS = {
    "bert": bert_normalizer(), "bert_cased": bert_normalizer(lowercase=False),
    "bert_cased_stripped": bert_normalizer(lowercase=False, strip_accents=True),
    "nfc": part("NFC"), "nfd": part("NFD"), "nfkc": part("NFKC"), "nfkd": part("NFKD"), "lowercase": part("Lowercase"),
    "strip_accents": sequence("normalizers", part("NFD"), part("StripAccents")),
    "strip": part("Strip", strip_left=True, strip_right=True), "nmt": part("Nmt"), "byte_level": part("ByteLevel"),
    "replace": part("Replace", pattern={"Regex": r"\s+|[aeiou]"}, content="_"),
    "prepended": sequence("normalizers", part("Prepend", prepend="\u2581"), part("Replace", pattern={"String": " "},
                                                                              content="\u2581")),
}


DECODERS = {
    "wordpiece_raw": ("wordpiece", part("WordPiece", prefix="##", cleanup=False)),
    "bpe": ("affixes", part("BPEDecoder", suffix="</w>")),
    "metaspace": ("metaspace", part("Metaspace", replacement="\u2581", prepend_scheme="first", split=True)),
    "llama": ("unigram", sequence("decoders", part("Replace", pattern={"String": "\u2581"}, content=" "), part("ByteFallback"),
                                  part("Fuse"), part("Strip", content=" ", start=1, stop=0))),
    "byte_fallback": ("unigram", part("ByteFallback")),
    "replace": ("word_level", part("Replace", pattern={"Regex": r"[aeiou]|\s+"}, content="_")),
    "ctc": ("word_level", part("CTC", pad_token="[PAD]", word_delimiter_token="[UNK]", cleanup=True)),
    "strip": ("word_level", sequence("decoders", part("Strip", content="e", start=1, stop=0), part("Fuse"))),
    "bytes_fused": ("byte_level", sequence("decoders", part("ByteLevel", add_prefix_space=True, trim_offsets=True, use_regex=True),
                                           part("Fuse"))),
}
PRE_TOKENIZERS = {
    "gpt2": split(GPT2), "cl100k": split(CL100K), "qwen2": split(QWEN2), "o200k": split(O200K),
    "byte_level": byte_level(), "scripts": part("UnicodeScripts"), "fixed_length": part("FixedLength", length=3),
    "metaspace": metaspace("first"), "bert": part("BertPreTokenizer"), "whitespace": part("Whitespace"),
    "whitespace_split": part("WhitespaceSplit"), "digits": part("Digits", individual_digits=False),
    "digits_alone": part("Digits", individual_digits=True), "delimiter": part("CharDelimiterSplit", delimiter="b"),
    **{f"punctuation_{behavior.lower()}": part("Punctuation", behavior=behavior)
       for behavior in ("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous")},
    "merged": split(" ", "MergedWithPrevious", kind="String"), "empty": split("", kind="String"),
    "contiguous": split(r"\w", "Contiguous"), "removed": split(r"\s|\p{P}", "Removed"),
    "properties": split(r"[\w\-]+|[[:punct:]]|\p{So}\B|\P{^Han}\b|[[:^alnum:]&&\P{Mn}]|\p{Lowercase_Letter}\D", "MergedWithPrevious"),
    "inverted": split(r"[a-z\x{600}-\x{6ff}]+", "MergedWithNext", True),
}


# name: what makes the tokenizer.json from the trained ones, and whether every code point is tried
CASES = {
    "wordpiece": (case("wordpiece", post_processor=BERT_ROWS), False),
    "wordpiece_cased": (case("wordpiece", normalizer=bert_normalizer(lowercase=False), post_processor=TEMPLATE_ROWS), False),
    "wordpiece_short": (case("wordpiece", {"max_input_chars_per_word": 5}, normalizer=part("NFKC"),
                             pre_tokenizer=part("Whitespace")), False),
    "word_level": (case("word_level", normalizer=part("NFC")), False),
    **{f"added_{base}": (added_case(base), False) for base in ("wordpiece", "byte_level", "metaspace", "word_level")},
    "added_lowercase": (added_case("wordpiece", normalizer=sequence("normalizers", part("NFKC"), part("Lowercase"))), False),
    "unigram": (case("unigram", {"byte_fallback": False}), True),
    "unigram_bytes": (case("unigram"), False),
    "unigram_whole_line": (case("unigram", pre_tokenizer=metaspace("always", split=False)), False),
    **{f"decoder_{name}": (case(base, decoder=decoder), False) for name, (base, decoder) in DECODERS.items()},
    "byte_level": (byte_level_case(byte_level()), True),
    "byte_level_prefix": (byte_level_case(byte_level(prefix=True), byte_level()), False),
    "byte_level_roberta": (byte_level_case(byte_level(prefix=True), ROBERTA_ROWS), False),
    "byte_level_trims": (byte_level_case(byte_level(prefix=True), sequence("processors", TEMPLATE_ROWS, byte_level(prefix=True))), False),
    "byte_level_ignore_merges": (byte_level_case(SPLITS["split_cl100k"], None, {"ignore_merges": True}), False),
    **{name: (byte_level_case(pre), False) for name, pre in SPLITS.items()},
    "byte_level_whole_line": (byte_level_case(byte_level(regex=False)), False),
    "metaspace_always": (metaspace_case(metaspace("always")), False),
    "metaspace_first": (metaspace_case(metaspace("first"), fallback=True), False),
    "metaspace_first_normalized": (metaspace_case(metaspace("first"), normalizer=sequence(
        "normalizers", part("NFKC"), part("Strip", strip_left=True, strip_right=True))), False),
    "metaspace_never": (metaspace_case(metaspace("never"), fuse_unk=False), False),
    "metaspace_whole_line": (metaspace_case(metaspace("always", split=False), fallback=True), False),
    "metaspace_no_unknown": (metaspace_case(metaspace("always"), unk_token=None), False),
    "affixes": (lambda files: files["affixes"], False),
    **{f"normalizer_{name}": (normalizer_case(normalizer), True) for name, normalizer in NORMALIZERS.items()},
    "normalizer_precompiled": (lambda files: normalizer_case(files["unigram"]["normalizer"])(files), True),
    **{f"pieces_{name}": (pieces_case(pre), True) for name, pre in PRE_TOKENIZERS.items()},
}
