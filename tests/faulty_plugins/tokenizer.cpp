#include <algorithm>
#include <utility>

#include <hezar/io/files.hpp>
#include <hezar/text/utf8.hpp>

#include <faulty_plugins/modules.hpp>

namespace hezar::test {

namespace {

constexpr std::int64_t kPad = 0;
constexpr std::int64_t kFirstByte = 3;

struct BytesConfig : PreprocessorConfig {
  static constexpr std::string_view kName = "faulty_tokenizer";
  std::string pad_token = "<pad>";
  static constexpr std::array kFields = {Field("pad_token", "What fills short rows.")};
};
BOOST_DESCRIBE_STRUCT(BytesConfig, (PreprocessorConfig), (pad_token))

/// A token for each character of ASCII, and one for all others.
class Bytes : public Tokenizer {
 public:
  using Config = BytesConfig;
  Bytes(Config config, const BuildContext& context)
      : config_(std::move(config)),
        is_shifted_(kFault == Fault::kPreprocessorSave && !context.base_path.empty()) {}

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }
  void save_files(const std::filesystem::path& folder) const override {
    io::write_file(folder / "tokenizer.json", "{}");
  }

  [[nodiscard]] std::vector<Encoding> encode_batch(std::span<const TokenizerInput> inputs,
                                                   const EncodeOptions& options) const override {
    std::vector<Encoding> out;
    std::size_t longest = 0;
    for (const TokenizerInput& input : inputs) {
      out.push_back(encode_one(std::string(input.text)));
      const bool cut = options.truncation != Truncation::kNone && options.max_length > 0;
      if (cut && kFault != Fault::kTokenizerTruncation) {
        resize(out.back(), std::min<std::size_t>(out.back().ids.size(),
                                                 static_cast<std::size_t>(options.max_length)));
      }
      longest = std::max(longest, out.back().ids.size());
    }
    if (options.padding != Padding::kNone) {
      for (Encoding& row : out) resize(row, longest);
    }
    return out;
  }
  [[nodiscard]] Strings decode_batch(std::span<const Integers> rows,
                                     bool /*skip_special_tokens*/) const override {
    Strings out;
    for (const Integers& row : rows) {
      std::string& text = out.emplace_back();
      for (const std::int64_t id : row) {
        const auto token = id_to_token(id);
        if (token && id >= kFirstByte) text += *token;
        if (!token && kFault == Fault::kTokenizerDecode) text += "?";
      }
    }
    return out;
  }
  [[nodiscard]] std::optional<std::int64_t> token_to_id(std::string_view token) const override {
    if (token == "<pad>") return kPad;
    if (token == "<other>") return 1;
    if (token.size() != 1) return std::nullopt;
    const std::int64_t id = kFirstByte + token.front();
    return kFault == Fault::kTokenizerVocabulary ? id + 1 : id;
  }
  [[nodiscard]] std::optional<std::string> id_to_token(std::int64_t id) const override {
    if (id == kPad) return "<pad>";
    if (id == 1) return "<other>";
    if (id < kFirstByte || id >= kFirstByte + 128) return std::nullopt;
    return std::string(1, static_cast<char>(id - kFirstByte));
  }
  [[nodiscard]] std::int64_t vocab_size(bool /*with_added_tokens*/) const override {
    return kFirstByte + 128;
  }
  [[nodiscard]] std::vector<SpecialToken> special_tokens() const override {
    return {{"pad", config_.pad_token, kFault == Fault::kTokenizerSpecialTokens ? 1 : kPad}};
  }

 private:
  [[nodiscard]] Encoding encode_one(const std::string& text) const {
    require_utf8(text);
    Encoding row;
    std::int64_t at = 0;
    for (std::size_t i = 0; i < text.size();) {
      const std::size_t length = text::utf8_length(text[i]);
      const std::int64_t id = length == 1 ? kFirstByte + text[i] : 1;
      row.ids.push_back(is_shifted_ && id >= kFirstByte ? kFirstByte : id);
      row.tokens.push_back(id_to_token(row.ids.back()).value());
      row.word_ids.push_back(0);
      const std::int64_t step =
          kFault == Fault::kTokenizerOffsets ? static_cast<std::int64_t>(length) : 1;
      row.offsets.push_back({at, at + step});
      at += step;
      i += length;
    }
    row.type_ids.assign(row.ids.size(), 0);
    row.attention_mask.assign(row.ids.size(), 1);
    row.special_tokens_mask.assign(row.ids.size(), 0);
    if (kFault == Fault::kTokenizerRows) row.word_ids.pop_back();
    return row;
  }
  static void resize(Encoding& row, std::size_t size) {
    row.ids.resize(size, kPad);
    row.type_ids.resize(size, 0);
    row.attention_mask.resize(size, kFault == Fault::kTokenizerPadding ? 1 : 0);
    row.special_tokens_mask.resize(size, 1);
    row.tokens.resize(size, "<pad>");
    row.offsets.resize(size);
    row.word_ids.resize(size, kNoWord);
  }

  Config config_;
  bool is_shifted_;
};

}  // namespace

void register_tokenizer(Registrar& registrar) {
  registrar.preprocessor<Bytes>("A token for each character.");
}

}  // namespace hezar::test
