#include <decoders/decoder.hpp>

#include <string_view>
#include <utility>

namespace hezar::tokenizers {

namespace {

class DecoderSequence final : public Decoder {
 public:
  explicit DecoderSequence(std::vector<std::unique_ptr<Decoder>> parts)
      : parts_(std::move(parts)) {}
  void apply(std::vector<std::string>& tokens) const override {
    for (const auto& part : parts_) part->apply(tokens);
  }

 private:
  std::vector<std::unique_ptr<Decoder>> parts_;
};

/// All tokens as one.
class Fuse final : public Decoder {
 public:
  void apply(std::vector<std::string>& tokens) const override {
    std::string all;
    for (const std::string& token : tokens) all += token;
    tokens.assign(1, std::move(all));
  }
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  std::size_t at = text.find(from);
  while (at != std::string::npos) {
    text.replace(at, from.size(), to);
    at = text.find(from, at + to.size());
  }
}

/// Undoes the splits of English punctuation and contractions, one token at a time.
void clean_up(std::string& token) {
  if (token.find(' ') == std::string::npos) return;
  constexpr std::pair<std::string_view, std::string_view> kReplacements[] = {
      {" .", "."},   {" ?", "?"},     {" !", "!"},     {" ,", ","},
      {" ' ", "'"},  {" n't", "n't"}, {" 'm", "'m"},   {" do not", " don't"},
      {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"},
  };
  for (const auto& [from, to] : kReplacements) replace_all(token, from, to);
}

/// Joins continuing tokens, puts a space before the others.
class WordPieceDecoder final : public Decoder {
 public:
  WordPieceDecoder(std::string prefix, bool cleanup)
      : prefix_(std::move(prefix)), cleanup_(cleanup) {}

  void apply(std::vector<std::string>& tokens) const override {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      std::string& token = tokens[i];
      if (i != 0 && token.starts_with(prefix_)) {
        token.erase(0, prefix_.size());
      } else if (i != 0) {
        token.insert(token.begin(), ' ');
      }
      if (cleanup_) clean_up(token);
    }
  }

 private:
  std::string prefix_;
  bool cleanup_;
};

std::unique_ptr<Decoder> read_sequence(const JsonCursor& json) {
  json.only({"decoders"});
  const JsonCursor parts = json.at("decoders");
  std::vector<std::unique_ptr<Decoder>> out;
  for (std::size_t i = 0; i < parts.array().size(); ++i) {
    out.push_back(read_decoder(parts.item(i)));
  }
  return std::make_unique<DecoderSequence>(std::move(out));
}

}  // namespace

std::unique_ptr<Decoder> read_decoder(const JsonCursor& json) {
  const std::string_view type = json.type({"WordPiece", "Fuse", "Sequence"});
  if (type == "Sequence") return read_sequence(json);
  if (type == "Fuse") {
    json.only({});
    return std::make_unique<Fuse>();
  }
  json.only({"prefix", "cleanup"});
  return std::make_unique<WordPieceDecoder>(std::string(json.at("prefix").string()),
                                            json.at("cleanup").boolean());
}

}  // namespace hezar::tokenizers
