#!/usr/bin/env python3
"""Trains the demo's Persian sentiment model from scratch and writes it as a Hezar model repo.

    python train.py --out sentiment [--seed 13] [--dev]

Needs torch, tokenizers, safetensors, scikit-learn. One thread, CPU only. Steps: check the data, build the
WordPiece vocabulary, train several teachers (small BERTs and one bag-of-n-grams model) on the training sentences, distil
them into one small BERT, write the repo, load it again from the files and report. The test sentences are used for the
checks and for the final report only. `--dev` holds out a part of the training sentences, reports on them and writes nothing.
"""
import argparse
import json
import math
import os
import random
import re
import sys
import time
import unicodedata

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)

HERE = os.path.dirname(os.path.abspath(__file__))
LABELS = ["negative", "neutral", "positive"]
ZWNJ = "\u200c"
# text_normalizer: NFKD, NFKC, then these (regex, replacement) pairs in order
PATTERNS = [["ي|ى", "ی"], ["ك", "ک"], ["ة", "ه"], ["أ|إ", "ا"], ["ؤ", "و"], ["ـ+", ""], ["[\u064b-\u0652\u0670]", ""], ["\\s+", " "]]
SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PAD, UNK, CLS, SEP, MASK = range(5)
VOCAB, HIDDEN, LAYERS, HEADS, INTER, MAXPOS = 3500, 64, 2, 4, 128, 128
INIT_STD = 0.05
TEACHERS, TEACHER_EPOCHS, N_REAL, N_MIXED, EPOCHS, SHARE, HARD = 3, 20, 4, 8000, 8, 0.5, 0.5


def fail(message):
    print("ERROR: " + message, file=sys.stderr)
    sys.exit(1)


# ---------------------------------------------------------------- data and checks
def normalize(text):
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", text))
    for pattern, replacement in PATTERNS:
        text = re.sub(pattern, replacement, text)
    return text


def words_of(text):
    """Words as the tokenizer's pre-tokenizer sees them (punctuation marks are words)."""
    return re.findall(r"\w+|[^\w\s]", normalize(text).replace(ZWNJ, " ").lower())


def read(path):
    rows = []
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            parts = line.rstrip("\n").split("\t")
            if len(parts) != 2 or parts[0] not in LABELS or not parts[1].strip():
                fail(f"{os.path.basename(path)}:{number}: expected label<TAB>sentence")
            rows.append((LABELS.index(parts[0]), parts[1]))
    return rows


def lcs(a, b):
    previous = [0] * (len(b) + 1)
    for x in a:
        current = [0]
        for j, y in enumerate(b):
            current.append(previous[j] + 1 if x == y else max(previous[j + 1], current[j]))
        previous = current
    return previous[-1]


class Shape:
    def __init__(self, text):
        norm = normalize(text)
        self.text = text
        self.words = [w for w in words_of(text) if re.match(r"\w", w)]
        self.key = " ".join(self.words)
        self.set = set(self.words)
        flat = re.sub(r"[^\w\s]", "", norm.replace(ZWNJ, " "))
        self.grams = {flat[i:i + 5] for i in range(max(1, len(flat) - 4))}


def jaccard(a, b):
    n = len(a & b)
    return n / (len(a) + len(b) - n) if n else 0.0


def compare(a, b):
    """-> (similarity for the report, reason why the pair is refused or None)"""
    if a.key == b.key:
        return 1.0, "the same sentence"
    grams, tokens = jaccard(a.grams, b.grams), jaccard(a.set, b.set)
    if grams > 0.5:
        return grams, f"character 5-gram Jaccard {grams:.2f}"
    if tokens > 0.6:
        return tokens, f"token Jaccard {tokens:.2f}"
    short = min(len(a.words), len(b.words))
    if short >= 5:
        if len(a.set & b.set) > 0.5 * short or len(a.words) > len(a.set) or len(b.words) > len(b.set):
            common = lcs(a.words, b.words)
            if common / short > 0.75:
                return common / short, f"shared template ({common} of {short} words in order)"
        if a.words[:4] == b.words[:4] and a.words[-2:] == b.words[-2:]:
            return 1.0, "shared template (same first 4 and last 2 words)"
    return max(grams, tokens), None


def check(train, test):
    if len(test) < 150:
        fail(f"only {len(test)} test sentences, at least 150 are needed")
    counts = [sum(1 for l, _ in test if l == k) for k in range(3)]
    if len(set(counts)) != 1:
        fail(f"the test set is not balanced: {dict(zip(LABELS, counts))}")
    a, b = [Shape(t) for _, t in train], [Shape(t) for _, t in test]
    seen = {}
    for i, s in enumerate(a):
        if s.key in seen:
            fail(f"train.tsv:{i + 1} repeats line {seen[s.key] + 1}: {s.text}")
        seen[s.key] = i
    pairs, closest, refused = 0, (-1.0, "", ""), []
    for i, t in enumerate(b):
        for kind, others in (("training", a), ("test", b[:i])):
            for o in others:
                pairs += 1
                value, reason = compare(t, o)
                if reason:
                    refused.append(f"test sentence and {kind} sentence: {reason}\n    {t.text}\n    {o.text}")
                elif value > closest[0]:
                    closest = (value, t.text, o.text)
    if refused:
        fail(f"{len(refused)} pairs are too close:\n" + "\n".join(refused))
    print(f"data: {len(train)} training, {len(test)} test sentences; {pairs} pairs compared; closest accepted pair "
          f"(similarity {closest[0]:.2f}):\n    {closest[1]}\n    {closest[2]}", flush=True)
    return pairs, closest[0]


# ---------------------------------------------------------------- tokenizer
def build_vocab(texts, size):
    """Byte-pair style merges over the training words; ties are broken by the text, so the result is reproducible."""
    freq = {}
    for t in texts:
        for w in words_of(t):
            freq[w] = freq.get(w, 0) + 1
    words = sorted(freq)
    split = [[w[0]] + ["##" + c for c in w[1:]] for w in words]
    alphabet = sorted({p for s in split for p in s} | {c for w in words for c in w} | {"##" + c for w in words for c in w})
    counts, where = {}, {}
    for i, s in enumerate(split):
        for pair in zip(s, s[1:]):
            counts[pair] = counts.get(pair, 0) + freq[words[i]]
            where.setdefault(pair, set()).add(i)
    vocab = SPECIALS + alphabet
    have = set(vocab)
    while len(vocab) < size and counts:
        pair = min(counts, key=lambda p: (-counts[p], p))
        if counts[pair] < 2:
            break
        merged = pair[0] + pair[1][2:]
        if merged not in have:
            have.add(merged)
            vocab.append(merged)
        for i in sorted(where[pair]):
            s, n = split[i], freq[words[i]]
            for p in zip(s, s[1:]):
                counts[p] -= n
                if counts[p] <= 0:
                    del counts[p]
                where[p].discard(i)
            out, j = [], 0
            while j < len(s):
                if j + 1 < len(s) and (s[j], s[j + 1]) == pair:
                    out.append(merged)
                    j += 2
                else:
                    out.append(s[j])
                    j += 1
            split[i] = out
            for p in zip(out, out[1:]):
                counts[p] = counts.get(p, 0) + n
                where.setdefault(p, set()).add(i)
    return {t: i for i, t in enumerate(vocab)}


def tokenizer_json(vocab):
    special = [dict(id=i, content=t, single_word=False, lstrip=False, rstrip=False, normalized=False, special=True)
               for i, t in enumerate(SPECIALS)]
    replace = lambda a, b: {"type": "Replace", "pattern": {"String": a}, "content": b}
    one = lambda kind, i: {kind: {"id": i, "type_id": 0}}
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "NFKC"}, replace("ي", "ی"), replace("ك", "ک"), replace(ZWNJ, " "), {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [one("SpecialToken", "[CLS]"), one("Sequence", "A"), one("SpecialToken", "[SEP]")],
            "pair": [one("SpecialToken", "[CLS]"), one("Sequence", "A"), one("SpecialToken", "[SEP]"),
                     {"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
            "special_tokens": {t: {"id": t, "ids": [SPECIALS.index(t)], "tokens": [t]} for t in ("[CLS]", "[SEP]")}},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": vocab},
    }


def pieces(word, vocab, drop=0.0, rng=None):
    """WordPiece's longest match first; with `drop`, a match of more than one letter is skipped at random."""
    out, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start:
            piece = ("##" if start else "") + word[start:end]
            if piece in vocab and (end - start == 1 or not drop or rng.random() >= drop):
                break
            end -= 1
        if end == start:
            return [UNK]
        out.append(vocab[piece])
        start = end
    return out


# ---------------------------------------------------------------- augmentation (training sentences only)
class Pool:
    def __init__(self, rows, vocab):
        self.rows = [(label, words_of(text)) for label, text in rows]
        self.by = [[w for l, w in self.rows if l == k] for k in range(3)]
        self.vocab = vocab
        self.seen = {w for _, ws in self.rows for w in ws}

    def encode(self, words, rng=None, drop=0.0, delete=0.0, mask=0.0):
        ids = [CLS]
        for w in words:
            if delete and rng.random() < delete:
                continue
            p = pieces(w, self.vocab, drop, rng)
            if mask and rng.random() < mask:
                p = [MASK] * len(p)
            ids += p
        return ids[:MAXPOS - 1] + [SEP]

    def mix(self, label, words, rng, p):
        """A second sentence before or after: one of the same class, or a neutral one beside an opinion."""
        if rng.random() >= p:
            return words
        other = rng.choice(self.by[label] if label == 1 or rng.random() < 0.4 else self.by[1])
        return words + other if rng.random() < 0.5 else other + words

    def augmented(self, label, words, rng, p_mix=0.3):
        words = self.mix(label, words, rng, p_mix)
        return self.encode(words, rng, drop=rng.choice([0.0, 0.1, 0.25]), delete=rng.choice([0.0, 0.0, 0.1]),
                           mask=rng.choice([0.0, 0.1, 0.2]))


def pad(batch):
    n = max(map(len, batch))
    ids = torch.zeros(len(batch), n, dtype=torch.long)
    for i, b in enumerate(batch):
        ids[i, :len(b)] = torch.tensor(b)
    return ids, (ids != PAD).long()


def batches(items, size, rng, key):
    """Shuffled batches of similar length."""
    order = sorted(range(len(items)), key=lambda i: (len(key(items[i])) // 4, rng.random()))
    out = [order[i:i + size] for i in range(0, len(order), size)]
    rng.shuffle(out)
    return [[items[i] for i in b] for b in out]


# ---------------------------------------------------------------- model
class Layer(nn.Module):
    """One encoder layer; the parameter names are those of transformers' BertLayer."""

    def __init__(self, dropout):
        super().__init__()
        block = lambda **parts: nn.ModuleDict(parts)
        self.attention = block(
            self=block(query=nn.Linear(HIDDEN, HIDDEN), key=nn.Linear(HIDDEN, HIDDEN), value=nn.Linear(HIDDEN, HIDDEN)),
            output=block(dense=nn.Linear(HIDDEN, HIDDEN), LayerNorm=nn.LayerNorm(HIDDEN, 1e-12)))
        self.intermediate = block(dense=nn.Linear(HIDDEN, INTER))
        self.output = block(dense=nn.Linear(INTER, HIDDEN), LayerNorm=nn.LayerNorm(HIDDEN, 1e-12))
        self.drop = nn.Dropout(dropout)

    def forward(self, x, bias):
        n, t, _ = x.shape
        heads = lambda m: m(x).view(n, t, HEADS, -1).transpose(1, 2)
        att = self.attention["self"]
        scores = heads(att["query"]) @ heads(att["key"]).transpose(-1, -2) / math.sqrt(HIDDEN // HEADS) + bias
        mixed = self.drop(scores.softmax(-1)) @ heads(att["value"])
        out = self.attention["output"]
        x = out["LayerNorm"](x + self.drop(out["dense"](mixed.transpose(1, 2).reshape(n, t, HIDDEN))))
        y = self.output["dense"](F.gelu(self.intermediate["dense"](x)))
        return self.output["LayerNorm"](x + self.drop(y))


class Bert(nn.Module):
    def __init__(self, vocab_size, dropout):
        super().__init__()
        self.embeddings = nn.ModuleDict(dict(
            word_embeddings=nn.Embedding(vocab_size, HIDDEN), position_embeddings=nn.Embedding(MAXPOS, HIDDEN),
            token_type_embeddings=nn.Embedding(2, HIDDEN), LayerNorm=nn.LayerNorm(HIDDEN, 1e-12)))
        self.encoder = nn.ModuleDict(dict(layer=nn.ModuleList(Layer(dropout) for _ in range(LAYERS))))
        self.pooler = nn.ModuleDict(dict(dense=nn.Linear(HIDDEN, HIDDEN)))
        self.drop = nn.Dropout(dropout)

    def forward(self, ids, mask):
        e = self.embeddings
        x = e["word_embeddings"](ids) + e["position_embeddings"].weight[:ids.shape[1]] + e["token_type_embeddings"].weight[0]
        x = self.drop(e["LayerNorm"](x))
        bias = (1.0 - mask[:, None, None, :].float()) * -1e9
        for layer in self.encoder["layer"]:
            x = layer(x, bias)
        return x


class Classifier(nn.Module):
    def __init__(self, vocab_size, dropout=0.1):
        super().__init__()
        self.bert = Bert(vocab_size, dropout)
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(HIDDEN, 3)
        for name, p in self.named_parameters():
            if p.ndim == 2:
                nn.init.normal_(p, std=INIT_STD)
            elif name.endswith("bias"):
                nn.init.zeros_(p)

    def forward(self, ids, mask):
        x = self.bert(ids, mask)
        return self.classifier(self.dropout(torch.tanh(self.bert.pooler["dense"](x[:, 0]))))


def predict(model, encoded, size=128):
    model.eval()
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i]))
    out = torch.zeros(len(encoded), 3)
    with torch.no_grad():
        for s in range(0, len(order), size):
            part = order[s:s + size]
            out[part] = model(*pad([encoded[i] for i in part]))
    return out


class Average:
    """Exponential moving average of the weights."""

    def __init__(self, model, decay):
        self.decay, self.n = decay, 0
        self.shadow = {k: v.detach().clone() for k, v in model.state_dict().items()}

    def update(self, model):
        self.n += 1
        d = min(self.decay, self.n / (self.n + 10))
        for k, v in model.state_dict().items():
            if v.dtype.is_floating_point:
                self.shadow[k].mul_(d).add_(v.detach(), alpha=1 - d)


def optimizer(model, lr, decay):
    plain = [p for n, p in model.named_parameters() if p.ndim < 2]
    matrices = [p for n, p in model.named_parameters() if p.ndim >= 2]
    return torch.optim.AdamW([dict(params=matrices, weight_decay=decay), dict(params=plain, weight_decay=0.0)], lr=lr)


def run(model, steps, lr, decay, step_batches, loss_of, ema=0.995):
    opt = optimizer(model, lr, decay)
    avg, n = Average(model, ema), 0
    while n < steps:
        for batch in step_batches():
            scale = min(1.0, (n + 1) / (0.1 * steps)) * (0.5 * (1 + math.cos(math.pi * n / steps)) * 0.98 + 0.02)
            for g in opt.param_groups:
                g["lr"] = lr * scale
            model.train()
            loss = loss_of(batch)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            avg.update(model)
            n += 1
            if n >= steps:
                break
    model.load_state_dict(avg.shadow)
    model.eval()
    return model


def train_teacher(pool, vocab, seed, epochs):
    rng = random.Random(seed)
    torch.manual_seed(seed)
    model = Classifier(len(vocab), 0.2)

    def make():
        items = [(pool.augmented(l, w, rng), l) for l, w in pool.rows]
        return batches(items, 32, rng, lambda x: x[0])

    def loss_of(batch):
        ids, mask = pad([b[0] for b in batch])
        return F.cross_entropy(model(ids, mask), torch.tensor([b[1] for b in batch]), label_smoothing=0.1)

    return run(model, epochs * math.ceil(len(pool.rows) / 32), 2e-3, 0.1, make, loss_of)


class NGrams:
    """Bag of words, word pairs and characters (logistic regression): one of the teachers."""

    def __init__(self, rows, parts, c):
        from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline, make_union
        kinds = {
            "uni": lambda: CountVectorizer(token_pattern=r"\S+"),
            "bi": lambda: CountVectorizer(token_pattern=r"\S+", ngram_range=(1, 2)),
            "words": lambda: TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2)),
            "chars": lambda: TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)}
        self.model = make_pipeline(make_union(*[kinds[p]() for p in parts]), LogisticRegression(C=c, max_iter=3000))
        self.model.fit([" ".join(w) for _, w in rows], [l for l, _ in rows])

    def __call__(self, texts):
        return torch.tensor(self.model.predict_proba([" ".join(w) for w in texts]), dtype=torch.float32)


def synthetic(pool, rng, n_real, n_mixed):
    """(label or -1, words): training sentences with words left out or others beside them, and loose phrases of several."""
    out = []
    for _ in range(n_real):
        for label, words in pool.rows:
            words = pool.mix(label, words, rng, 0.3)
            if rng.random() < 0.4:
                words = [w for w in words if rng.random() > 0.1] or words
            out.append((label, words))
    for _ in range(n_mixed):
        mixed = []
        for _ in range(rng.choice([1, 1, 2, 2, 3])):
            words = rng.choice(pool.rows)[1]
            n = rng.randint(2, 7)
            start = rng.randrange(max(1, len(words) - n + 1))
            mixed += words[start:start + n]
        out.append((-1, mixed))
    return out


def distil(pool, vocab, seed, teachers, ngrams, n_real, n_mixed, epochs, share=0.5, hard=0.5, lr=2e-3):
    rng = random.Random(1000 + seed)
    torch.manual_seed(1000 + seed)
    data = synthetic(pool, rng, n_real, n_mixed)
    target = share * ngrams([w for _, w in data])
    clean = [pool.encode(w) for _, w in data]
    for t in teachers:
        target += (1 - share) / len(teachers) * predict(t, clean).softmax(-1)
    for i, (label, _) in enumerate(data):
        if label >= 0:
            target[i] = (1 - hard) * target[i] + hard * (0.05 + 0.85 * F.one_hot(torch.tensor(label), 3))
    model = Classifier(len(vocab), 0.1)

    def make():
        items = [(pool.encode(w, rng, drop=rng.choice([0.0, 0.0, 0.1, 0.2]), mask=rng.choice([0.0, 0.0, 0.0, 0.1])), target[i])
                 for i, (_, w) in enumerate(data)]
        return batches(items, 64, rng, lambda x: x[0])

    def loss_of(batch):
        ids, mask = pad([b[0] for b in batch])
        return F.cross_entropy(model(ids, mask), torch.stack([b[1] for b in batch]))

    return run(model, epochs * math.ceil(len(data) / 64), lr, 0.1, make, loss_of)


# ---------------------------------------------------------------- the model repo
def yaml_text(fields):
    """The block style OmegaConf writes; strings that YAML would read as something else are quoted."""
    def scalar(v):
        if isinstance(v, bool):
            return "true" if v else "false"
        if isinstance(v, float):
            return "1.0e-12" if v == 1e-12 else repr(v)
        if isinstance(v, str) and (not v.strip() or re.search(r"^[\[\-#&*!|>'\"%@`{]|: | #|:$", v)):
            return "'" + v.replace("'", "''") + "'"
        return str(v)
    out = []
    for k, v in fields:
        if isinstance(v, dict):
            out += [f"{k}:"] + [f"  {a}: {scalar(b)}" for a, b in v.items()]
        elif isinstance(v, list):
            out += [f"{k}:"] + [f"- - {scalar(a)}\n  - {scalar(b)}" for a, b in v] if v else [f"{k}: []"]
        else:
            out.append(f"{k}: {scalar(v)}")
    return "\n".join(out) + "\n"


def write_repo(out, model, vocab):
    from safetensors.torch import save_file
    os.makedirs(os.path.join(out, "preprocessor"), exist_ok=True)
    put = lambda name, text: open(os.path.join(out, name), "w", encoding="utf-8", newline="\n").write(text)
    put("model_config.yaml", yaml_text([
        ("name", "bert_text_classification"), ("config_type", "model"), ("task", "text_classification"), ("num_labels", 3),
        ("id2label", dict(enumerate(LABELS))), ("vocab_size", len(vocab)), ("hidden_size", HIDDEN),
        ("num_hidden_layers", LAYERS), ("num_attention_heads", HEADS), ("intermediate_size", INTER), ("hidden_act", "gelu"),
        ("hidden_dropout_prob", 0.1), ("attention_probs_dropout_prob", 0.1), ("max_position_embeddings", MAXPOS),
        ("type_vocab_size", 2), ("initializer_range", 0.02), ("layer_norm_eps", 1e-12), ("pad_token_id", PAD),
        ("position_embedding_type", "absolute"), ("use_cache", True)]))
    put("preprocessor/tokenizer_config.yaml", yaml_text([
        ("name", "wordpiece_tokenizer"), ("config_type", "preprocessor"), ("max_length", "deprecated"),
        ("truncation", "deprecated"), ("truncation_side", "right"), ("padding", "deprecated"), ("padding_side", "right"),
        ("stride", 0), ("pad_to_multiple_of", 0), ("pad_token_type_id", 0), ("unk_token", "[UNK]"), ("sep_token", "[SEP]"),
        ("pad_token", "[PAD]"), ("cls_token", "[CLS]"), ("mask_token", "[MASK]"), ("wordpieces_prefix", "##"),
        ("vocab_size", len(vocab)), ("min_frequency", 2), ("limit_alphabet", 1000), ("initial_alphabet", []),
        ("show_progress", True)]))
    put("preprocessor/normalizer_config.yaml", yaml_text([
        ("name", "text_normalizer"), ("config_type", "preprocessor"), ("replace_patterns", PATTERNS), ("nfkd", True),
        ("nfkc", True)]))
    put("preprocessor/tokenizer.json", json.dumps(tokenizer_json(vocab), ensure_ascii=False, separators=(",", ":")) + "\n")
    state = {k: v.detach().contiguous().clone() for k, v in model.state_dict().items()}
    save_file(state, os.path.join(out, "model.safetensors"))
    os.chmod(os.path.join(out, "model.safetensors"), 0o644)
    total = sum(os.path.getsize(os.path.join(d, f)) for d, _, fs in os.walk(out) for f in fs)
    if total > 2_000_000:
        fail(f"the model repo has {total} bytes, more than 2,000,000")
    return total


def load_repo(out):
    from safetensors.torch import load_file
    from tokenizers import Tokenizer
    tokenizer = Tokenizer.from_file(os.path.join(out, "preprocessor", "tokenizer.json"))
    state = {k: v.float() for k, v in load_file(os.path.join(out, "model.safetensors")).items()}
    model = Classifier(state["bert.embeddings.word_embeddings.weight"].shape[0])
    model.load_state_dict(state)
    return tokenizer, model.eval()


def table(confusion):
    lines = ["| true \\ predicted | " + " | ".join(LABELS) + " |", "|---|---|---|---|"]
    return "\n".join(lines + [f"| {LABELS[i]} | " + " | ".join(map(str, row)) + " |" for i, row in enumerate(confusion)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default=os.path.join(HERE, "sentiment"), help="folder of the model repo to write")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--dev", action="store_true", help="train on 4/5 of the training sentences, report on the rest, write nothing")
    args = parser.parse_args()
    start = time.time()
    say = lambda *a: print(f"[{time.time() - start:5.0f} s]", *a, flush=True)

    train, test = read(os.path.join(HERE, "data", "train.tsv")), read(os.path.join(HERE, "data", "test.tsv"))
    pairs, closest = check(train, test)
    if args.dev:  # neighbouring lines are about the same subject: keep them on the same side
        test = [r for i, r in enumerate(train) if (i // 3) % 5 == 0]
        train = [r for i, r in enumerate(train) if (i // 3) % 5 != 0]
        say(f"development split: {len(train)} to train on, {len(test)} to look at")

    vocab = build_vocab([t for _, t in train], VOCAB)
    pool = Pool(train, vocab)
    gold = torch.tensor([l for l, _ in test])
    words = [words_of(t) for _, t in test]
    accuracy = lambda scores: (scores.argmax(1) == gold).float().mean().item()
    counts = [sum(1 for l, _ in train if l == k) for k in range(3)]
    majority = (gold == int(np.argmax(counts))).float().mean().item()
    bow = accuracy(NGrams(pool.rows, ["uni"], 1.0)(words))
    bow2 = accuracy(NGrams(pool.rows, ["bi"], 1.0)(words))
    say(f"vocabulary {len(vocab)}; baselines: majority {majority:.4f}, bag of words {bow:.4f}, with word pairs {bow2:.4f}")

    ngrams = NGrams(pool.rows, ["words", "chars"], 10.0)
    encoded = [pool.encode(w) for w in words]
    if args.dev:
        say(f"teacher n-grams: {accuracy(ngrams(words)):.4f}")
    teachers = []
    for k in range(TEACHERS):
        teachers.append(train_teacher(pool, vocab, 100 * args.seed + k, TEACHER_EPOCHS))
        say(f"teacher BERT {k + 1} trained" + (f": {accuracy(predict(teachers[-1], encoded)):.4f}" if args.dev else ""))
    model = distil(pool, vocab, args.seed, teachers, ngrams, N_REAL, N_MIXED, EPOCHS, SHARE, HARD)
    if args.dev:
        say(f"student: {accuracy(predict(model, encoded)):.4f}")
        return

    size = write_repo(args.out, model, vocab)
    tokenizer, model = load_repo(args.out)
    for _, text in train:
        if tokenizer.encode(normalize(text)).ids != pool.encode(words_of(text)):
            fail(f"the written tokenizer splits differently: {text}")
    expected, confusion = [], [[0] * 3 for _ in range(3)]
    for label, text in test:
        ids = tokenizer.encode(normalize(text)).ids
        with torch.no_grad():
            logits = model(torch.tensor([ids]), torch.ones(1, len(ids), dtype=torch.long))[0]
        guess = int(logits.argmax())
        confusion[label][guess] += 1
        expected.append(dict(text=text, gold=LABELS[label], ids=ids, logits=logits.tolist(), label=LABELS[guess]))
    acc = sum(confusion[i][i] for i in range(3)) / len(test)
    figures = dict(seed=args.seed, n_train=len(train), n_test=len(test), accuracy=round(acc, 4), majority=round(majority, 4),
                   bag_of_words=round(bow, 4), bag_of_words_and_pairs=round(bow2, 4), vocab_size=len(vocab),
                   parameters=sum(p.numel() for p in model.parameters()), repo_bytes=size, pairs_compared=pairs,
                   closest_accepted_pair=round(closest, 4), labels=LABELS, confusion=confusion)
    beside = os.path.dirname(os.path.abspath(args.out))
    with open(os.path.join(beside, "expected.json"), "w", encoding="utf-8", newline="\n") as f:
        f.write("[\n" + ",\n".join(json.dumps(e, ensure_ascii=False) for e in expected) + "\n]\n")
    with open(os.path.join(beside, "figures.json"), "w", encoding="utf-8", newline="\n") as f:
        f.write(json.dumps(figures, indent=2) + "\n")
    block = (f"| | test accuracy |\n|---|---|\n| this model (seed {args.seed}) | **{acc:.4f}** |\n| majority class | {majority:.4f} |\n"
             f"| bag of words, logistic regression | {bow:.4f} |\n| the same with word pairs | {bow2:.4f} |\n\n"
             f"{len(train)} training sentences, {len(test)} test sentences; {figures['parameters']} parameters; the repo has "
             f"{size} bytes.\n\n{table(confusion)}\n")
    print(block)
    readme = os.path.join(beside, "README.md")
    if os.path.exists(readme):
        old = open(readme, encoding="utf-8").read()
        new = re.sub(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", lambda m: m[1] + block + m[2], old, flags=re.S)
        if new != old:
            open(readme, "w", encoding="utf-8", newline="\n").write(new)
    say(f"wrote {args.out} ({size} bytes)")
    if not (acc >= 0.85 and acc > bow and acc > majority):
        fail(f"the target is missed: accuracy {acc:.4f}, bag of words {bow:.4f}, majority {majority:.4f}")


if __name__ == "__main__":
    main()
