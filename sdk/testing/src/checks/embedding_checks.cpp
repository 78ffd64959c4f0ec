#include <checks/embedding_checks.hpp>

#include <algorithm>

#include <hezar/text/concat.hpp>

#include <subject.hpp>
#include <values.hpp>

namespace hezar::testing {

namespace {

using text::concat;

constexpr std::int64_t kMaxWords = 64;
constexpr char kNoWord[] = "hezarcheckunknownword";

/// An embedding that has words.
std::shared_ptr<Embedding> make_embedding(ModuleSubject& subject) {
  auto embedding = subject.make<Embedding>();
  if (!embedding->vectors().defined() || embedding->vectors().numel() == 0) {
    throw Skipped{"has no words. Give a golden file with a \"path\""};
  }
  return embedding;
}

std::int64_t words_of(const Embedding& embedding) {
  return std::min(embedding.vectors().size(0), kMaxWords);
}

/// As strings and vectors, for comparison.
boost::json::object content_of(const Embedding& embedding) {
  boost::json::object out;
  for (std::int64_t i = 0; i < words_of(embedding); ++i) {
    const std::string word(embedding.word_at(i));
    out[word] = to_json(Column(embedding.vector(word)));
  }
  return out;
}

}  // namespace

Fault check_embedding_words(ModuleSubject& subject) {
  const auto embedding = make_embedding(subject);
  const Tensor vectors = embedding->vectors();
  if (vectors.dim() != 2 || vectors.dtype() != DType::kFloat32) {
    return concat("expected vectors of float32 [words, dim], got ", describe(Column(vectors)));
  }
  for (std::int64_t i = 0; i < words_of(*embedding); ++i) {
    const std::string word(embedding->word_at(i));
    const std::optional<std::int64_t> index = embedding->index_of(word);
    if (index != i) {
      return concat("says that word ", i, " is \"", word, "\", and that \"", word, "\" is ",
                    index ? std::to_string(*index) : "unknown");
    }
    const Tensor vector = embedding->vector(word);
    if (vector.dim() != 1 || vector.size(0) != vectors.size(1)) {
      return concat("expected a vector of [", vectors.size(1), "] for \"", word, "\", got ",
                    describe(Column(vector)));
    }
  }
  return {};
}

Fault check_embedding_similar(ModuleSubject& subject) {
  const auto embedding = make_embedding(subject);
  const std::string word(embedding->word_at(0));
  const std::vector<Embedding::Scored> similar = embedding->most_similar(word, 3);
  if (similar.size() > 3) return concat("asked for 3 similar words it gives ", similar.size());
  for (std::size_t i = 0; i < similar.size(); ++i) {
    if (similar[i].first == word) return concat("calls \"", word, "\" similar to itself");
    if (i > 0 && similar[i].second > similar[i - 1].second) {
      return "gives similar words in another order than best first";
    }
  }
  return {};
}

Fault check_embedding_unknown_word(ModuleSubject& subject) {
  const auto embedding = make_embedding(subject);
  if (embedding->index_of(kNoWord)) return "has an index for a word that it cannot know";
  Fault fault = only_ordinary_errors("the vector of an unknown word",
                                     [&] { static_cast<void>(embedding->vector(kNoWord)); });
  if (!fault.empty()) return fault;
  fault = only_ordinary_errors("words similar to an unknown one",
                               [&] { static_cast<void>(embedding->most_similar(kNoWord, 3)); });
  if (!fault.empty()) return fault;
  return must_refuse("the word of an index that is not there",
                     [&] { static_cast<void>(embedding->word_at(embedding->vectors().size(0))); });
}

Fault check_embedding_save(ModuleSubject& subject) {
  const auto embedding = make_embedding(subject);
  const std::filesystem::path folder = subject.new_folder();
  embedding->save(folder);
  const auto loaded = std::static_pointer_cast<Embedding>(subject.load(folder));
  const std::string fault = difference(content_of(*embedding), content_of(*loaded), 0);
  if (fault.empty()) return {};
  return concat("loaded from the folder that it saved it has other vectors: ", fault);
}

}  // namespace hezar::testing
