#include <checks/tokenizer_checks.hpp>

#include <algorithm>
#include <limits>

#include <hezar/module/tokenizer.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

#include <samples.hpp>
#include <subject.hpp>

namespace hezar::testing {

namespace {

using text::concat;

/// A tokenizer and who owns it.
struct Made {
  std::shared_ptr<Preprocessor> owner;
  const Tokenizer& tokenizer;
};

Made make_tokenizer(ModuleSubject& subject) {
  auto owner = subject.make<Preprocessor>();
  const Tokenizer* tokenizer = owner->as<Tokenizer>();
  if (tokenizer == nullptr) throw NotApplicable();
  return {std::move(owner), *tokenizer};
}

EncodeOptions everything() {
  EncodeOptions out;
  out.return_tokens = true;
  out.return_offsets = true;
  out.return_word_ids = true;
  out.return_special_tokens_mask = true;
  return out;
}

/// The first list of a row that is not as long as its ids; empty: all are.
std::string uneven_list(const Encoding& row) {
  const std::size_t size = row.ids.size();
  if (row.type_ids.size() != size) return "type_ids";
  if (row.attention_mask.size() != size) return "attention_mask";
  if (row.special_tokens_mask.size() != size) return "special_tokens_mask";
  if (row.tokens.size() != size) return "tokens";
  if (row.offsets.size() != size) return "offsets";
  if (row.word_ids.size() != size) return "word_ids";
  return {};
}

}  // namespace

Fault check_tokenizer_rows(ModuleSubject& subject) {
  const Made made = make_tokenizer(subject);
  const Strings texts = sample_texts();
  const std::vector<Encoding> rows = made.tokenizer.encode(texts, everything());
  if (rows.size() != texts.size()) {
    return concat("expected ", texts.size(), " rows, got ", rows.size());
  }
  for (const Encoding& row : rows) {
    const std::string list = uneven_list(row);
    if (list.empty()) continue;
    return concat("asked for everything, a row of ", row.ids.size(), " ids has a list ", list,
                  " of another length");
  }
  return {};
}

Fault check_tokenizer_offsets(ModuleSubject& subject) {
  const Made made = make_tokenizer(subject);
  const Strings texts = sample_texts();
  const std::vector<Encoding> rows = made.tokenizer.encode(texts, everything());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto length = static_cast<std::int64_t>(text::count_characters(texts[i]));
    for (const Span& span : rows[i].offsets) {
      if (span.start >= 0 && span.start <= span.end && span.end <= length) continue;
      return concat("the offsets [", span.start, ", ", span.end, "] lie outside a text of ", length,
                    " characters. Count characters, not bytes");
    }
  }
  return {};
}

Fault check_tokenizer_vocabulary(ModuleSubject& subject) {
  const Made made = make_tokenizer(subject);
  for (const std::int64_t id : {std::int64_t{-1}, std::numeric_limits<std::int64_t>::max()}) {
    if (made.tokenizer.id_to_token(id)) return concat("gives a token for the id ", id);
  }
  for (const Encoding& row : made.tokenizer.encode(sample_texts())) {
    for (const std::int64_t id : row.ids) {
      const std::optional<std::string> token = made.tokenizer.id_to_token(id);
      if (!token) return concat("encodes to the id ", id, ", for which it has no token");
      if (made.tokenizer.token_to_id(*token) != id) {
        return concat("says the token \"", *token, "\" of the id ", id,
                      ", but not that id of the token");
      }
    }
  }
  return {};
}

Fault check_tokenizer_special_tokens(ModuleSubject& subject) {
  const Made made = make_tokenizer(subject);
  for (const SpecialToken& token : made.tokenizer.special_tokens()) {
    const std::optional<std::int64_t> id = made.tokenizer.token_to_id(token.content);
    if (token.id < 0 || id == token.id) continue;
    return concat("says the id ", token.id, " of its special token \"", token.content, "\" (",
                  token.role, "), which has ", id ? std::to_string(*id) : "none",
                  " in the vocabulary");
  }
  return {};
}

Fault check_tokenizer_padding(ModuleSubject& subject) {
  const Made made = make_tokenizer(subject);
  if (!made.tokenizer.role_id("pad")) throw Skipped{"has no pad token"};
  EncodeOptions options;
  const std::vector<Encoding> bare = made.tokenizer.encode(sample_texts(), options);
  options.padding = Padding::kLongest;
  const std::vector<Encoding> padded = made.tokenizer.encode(sample_texts(), options);
  if (bare.size() != padded.size()) return "gives another number of rows with padding";
  for (std::size_t i = 0; i < padded.size(); ++i) {
    const Integers& mask = padded[i].attention_mask;
    if (padded[i].ids.size() != padded[0].ids.size()) {
      return "padded to the longest, rows differ in length";
    }
    const auto real = static_cast<std::size_t>(std::count(mask.begin(), mask.end(), 1));
    if (real != bare[i].ids.size()) {
      return concat("a row of ", bare[i].ids.size(), " ids has ", real,
                    " ones in its attention_mask once it is padded");
    }
  }
  return {};
}

Fault check_tokenizer_truncation(ModuleSubject& subject) {
  const Made made = make_tokenizer(subject);
  EncodeOptions options;
  options.truncation = Truncation::kLongestFirst;
  options.max_length = 4;
  for (const Encoding& row : made.tokenizer.encode(sample_texts(), options)) {
    if (row.ids.size() > 4) {
      return concat("truncated to 4 tokens, special ones included, a row has ", row.ids.size());
    }
  }
  return {};
}

Fault check_tokenizer_decode(ModuleSubject& subject) {
  const Made made = make_tokenizer(subject);
  std::vector<Integers> rows;
  for (const Encoding& row : made.tokenizer.encode(sample_texts())) rows.push_back(row.ids);
  rows.emplace_back();
  rows.push_back({-5, std::numeric_limits<std::int64_t>::max()});
  const Strings texts = made.tokenizer.decode_batch(rows, true);
  if (texts.size() != rows.size()) {
    return concat("decodes ", rows.size(), " rows to ", texts.size(), " texts");
  }
  for (const std::string& text : texts) {
    if (text::find_invalid_utf8(text)) return "decodes to a text that is no UTF-8";
  }
  if (!texts.back().empty()) {
    return concat("decodes ids that it does not have to \"", texts.back(), "\". Skip them");
  }
  return {};
}

}  // namespace hezar::testing
