#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <utility>

#include <hezar/io/files.hpp>

#include <faulty_plugins/modules.hpp>

namespace hezar::test {

namespace {

struct LengthsConfig : EmbeddingConfig {
  static constexpr std::string_view kName = "faulty_embedding";
  std::int64_t vector_size = 2;
  static constexpr std::array kFields = {Field("vector_size", "Numbers of a vector.").min(1)};
};
BOOST_DESCRIBE_STRUCT(LengthsConfig, (EmbeddingConfig), (vector_size))

/// The vector of a word is its length, repeated; the words are in one file.
class Lengths : public Embedding {
 public:
  using Config = LengthsConfig;
  Lengths(Config config, const BuildContext& context) : config_(std::move(config)) {
    if (context.base_path.empty()) return;
    std::istringstream in(io::read_file(context.base_path / "embedding" / "words.txt"));
    for (std::string word; in >> word;) words_.push_back(word);
    if (kFault == Fault::kEmbeddingSave) words_.pop_back();
  }

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }
  [[nodiscard]] FileLayout layout() const override {
    FileLayout out = Embedding::layout();
    out.files = {"words.txt"};
    return out;
  }
  void save_files(const std::filesystem::path& folder) const override {
    io::write_file(folder / "words.txt", [&](std::ostream& out) {
      for (const std::string& word : words_) out << word << "\n";
    });
  }

  [[nodiscard]] Tensor vectors() const override {
    std::vector<float> out;
    for (const std::string& word : words_) {
      out.insert(out.end(), static_cast<std::size_t>(config_.vector_size),
                 static_cast<float>(word.size()));
    }
    return Tensor::of(out, {static_cast<std::int64_t>(words_.size()), config_.vector_size});
  }
  [[nodiscard]] std::optional<std::int64_t> index_of(std::string_view word) const override {
    const auto found = std::find(words_.begin(), words_.end(), word);
    if (found == words_.end()) return std::nullopt;
    const std::int64_t index = found - words_.begin();
    return kFault == Fault::kEmbeddingWords ? index + 1 : index;
  }
  [[nodiscard]] std::string_view word_at(std::int64_t index) const override {
    if (index < 0 || index >= static_cast<std::int64_t>(words_.size())) {
      throw Error(ErrorCode::kValue, "faulty_embedding: expected a word that there is");
    }
    return words_[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] Tensor vector(std::string_view word) const override {
    if (!index_of(word)) {
      if (kFault == Fault::kEmbeddingUnknownWord) throw std::out_of_range("unknown");
      throw Error(ErrorCode::kKey, "faulty_embedding: expected a known word");
    }
    return Tensor::of(std::vector<float>(static_cast<std::size_t>(config_.vector_size),
                                         static_cast<float>(word.size())),
                      {config_.vector_size});
  }
  [[nodiscard]] std::vector<Scored> most_similar(std::string_view word,
                                                 std::int64_t top_n) const override {
    static_cast<void>(vector(word));
    std::vector<Scored> out;
    for (const std::string& other : words_) {
      const bool wanted = other != word || kFault == Fault::kEmbeddingSimilar;
      if (wanted && static_cast<std::int64_t>(out.size()) < top_n) out.emplace_back(other, 1.0);
    }
    return out;
  }
  void train(std::span<const std::vector<std::string>> sentences,
             const PredictOptions& /*options*/) override {
    for (const auto& sentence : sentences) {
      for (const std::string& word : sentence) {
        if (std::find(words_.begin(), words_.end(), word) == words_.end()) words_.push_back(word);
      }
    }
  }

 private:
  Config config_;
  std::vector<std::string> words_;
};

}  // namespace

void register_embedding(Registrar& registrar) {
  registrar.embedding<Lengths>("Words as their lengths.");
}

}  // namespace hezar::test
