"""Writes yaml_written.json: configs and strings as OmegaConf.save writes them.

Run with omegaconf 2.3 and PyYAML 6: python make_yaml_written.py
Long strings with spaces are left out: PyYAML folds them at 80 columns, and ours are never folded. So are strings with U+0085, U+2028 or
U+2029, which PyYAML takes for line breaks and writes as such: ours are escaped.
"""
import json
import math
import pathlib

from omegaconf import OmegaConf

BERT = {
    "name": "bert_text_classification", "config_type": "model", "task": "text_classification", "num_labels": 2,
    "id2label": {0: "negative", 1: "positive"}, "vocab_size": 42000, "hidden_size": 768, "num_hidden_layers": 12,
    "num_attention_heads": 12, "intermediate_size": 3072, "hidden_act": "gelu", "hidden_dropout_prob": 0.1,
    "attention_probs_dropout_prob": 0.1, "max_position_embeddings": 512, "type_vocab_size": 2,
    "initializer_range": 0.02, "layer_norm_eps": 1e-12, "pad_token_id": 0, "position_embedding_type": "absolute",
    "use_cache": True,
}
LABELING = {
    "name": "roberta_sequence_labeling", "config_type": "model",
    "id2label": {0: "O", 1: "B-شخص", 2: "I-شخص", 10: "NO", 11: "۱۲", 12: "-"},
    "prediction_skip_tokens": ["[SEP]", "[CLS]", "<s>", "</s>", "<pad>", "##", "|", ">", "-", "?", ":", "@", "%", "`",
                               "!", "&", "*", ",", "]", "}", "'", '"', "{", "#"],
    "layer_norm_eps": 1e-05, "classifier_dropout": None, "learning_rate": 2e-05, "big": 1e16, "huge": 1.5e300,
}
NORMALIZER = {
    "name": "text_normalizer", "config_type": "preprocessor",
    "replace_patterns": [["أ", "ا"], ["ك", "ک"], ["[ىي]", "ی"], ["ئ", "ی"], [" ", " "], ["\u200c", " "],
                         ["\u200e", ""], ["\\s+", " "], ["\u064b", ""], ["٪", "%"], ["۱", "1"]],
    "nfkd": True, "nfkc": False,
}
NESTED = {
    "name": "trocr_image2text", "config_type": "model",
    "encoder": {"name": "", "config_type": "model", "hidden_size": 8, "qkv_bias": True, "deep": {"a": [], "b": {}}},
    "generation": {"bos_token_id": 0, "length_penalty": 2.0, "decoder": None, "max_length": 64},
    "mean": [0.5, 0.5, 0.5], "size": [[384, 384]], "maps": [{"a": 1, "b": [1, 2]}, {"c": {"d": 1}}, [], {}],
    "nested": [[[1, 2], [3]], [[]], [{"x": [{"y": 1}]}]], "weights": [1.0, -0.0, 1e22, 123456789.125, 0.0001, 0.00001],
    "special": [math.inf, -math.inf, math.nan], "ints": [0, -1, 9223372036854775807, -9223372036854775808],
}
STRINGS = [
    "", " ", "a", "a b", " a", "a ", "a\nb", "a\n", "\na", "a\n\nb", "a \nb", "a\n b", "\n", "\n\n", "a\tb", "\t", "a\rb",
    "it's", "'", "''", '"', 'a"b', "a\\b", "\\", "\\n", "a: b", "a:b", "a:", ":a", ": a", ":", "a #b", "a#b", "#a", "- a",
    "-a", "-", "--", "---", "--- a", "...", "...a", "? a", "?a", "?", "!a", "&a", "*a", "|a", ">a", "%a", "@a", "`a", ",a",
    "a,b", "[a]", "a]", "{a}", "a}", "a{b", "=", "<<", "<", "~", "null", "Null", "NULL", "nULL", "None", "true", "True",
    "TRUE", "tRUE", "false", "yes", "Yes", "no", "NO", "on", "off", "OFF", "y", "Y", "n", "N", "t", "0", "1", "-1", "+1",
    "012", "08", "0o12", "0x1F", "0b1", "1_000", "1__0", "_1", "1.0", "1.", ".5", "1e5", "1e-12", "1E5", "1.0e-12", ".inf",
    "-.inf", "inf", "Infinity", "-infinity", ".nan", "nan", "NaN", "1:30", "1:60", "190:20:30.5", "2020-01-01",
    "2020-1-1", "2020-01-01 10:20:30", "2020-01-01T10:20:30Z", "2020-1-1 1:20:30.5 +1:30", "20-01-01", "۱۲", "۱.۵", "٣٤",
    " 12", "12 ", "1 2", "0_7", "00", "1e", "e1", "${a}", "سلام دنیا", "می\u200cروم", "\u200c", "\u200f", "\ufeff", "\u00a0",
    "\u00a01", "\x00", "\x01\x1b\x7f", "\x80", "😀", "😀\t", "\ufffd", "\ufffe", "\U0010ffff",
    "é", "http://x.y/z?q=1#f", "a, b", "[UNK]", "<|endoftext|>", "a\\tb\n", "'\n'", "\"\n", "x" * 200, "مقدار: ۱",
    "1\n", "true\n", "a  b", "a\n\n\nb", "a\n\n", "#", "a #", "a # b", "a:\tb",
]
KEYS = {
    "plain": 1, "with space": 1, "": 1, "a: b": 1, "true": 1, "null": 1, "01": 1, "1.5": 1, "-": 1, "- a": 1, "#": 1,
    "k" * 122: 1, "k" * 123: 1, "k" * 130: [1, {"a": 2}], "l" * 130: {"a": {"b": 1}, "c": 2}, "m" * 130: [],
    "line\nbreak": {"x": 1}, "کلید": 1, "'q'": 1, "\t": 1, "<<": 1, "=": 1, "y": 1, "1e5": 1, "۱": 1, "2020-01-01": 1,
}


def case(name, value):
    return {"name": name, "value": value, "yaml": OmegaConf.to_yaml(OmegaConf.create(value))}


def encode(value):
    """Infinities and NaN, which JSON lacks, as marked strings."""
    if isinstance(value, dict):
        return {str(k): encode(v) for k, v in value.items()}
    if isinstance(value, list):
        return [encode(v) for v in value]
    return f"float:{value}" if isinstance(value, float) and not math.isfinite(value) else value


cases = [case("bert", BERT), case("labeling", LABELING), case("normalizer", NORMALIZER), case("nested", NESTED)]
cases += [case("string", {"v": s, "l": [s], "m": [{"k": s}]}) for s in STRINGS if "${" not in s]
cases += [case("key", {k: v}) for k, v in KEYS.items()]
path = pathlib.Path(__file__).with_name("yaml_written.json")
path.write_text(json.dumps([encode(c) for c in cases], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
print(len(cases))
