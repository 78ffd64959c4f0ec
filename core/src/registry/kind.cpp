#include <hezar/registry/kind.hpp>

#include <string>
#include <vector>

#include <config/same_type.hpp>
#include <hezar/error/error.hpp>

namespace hezar {

std::string_view to_string(Kind kind) noexcept {
  switch (kind) {
    case Kind::kModel:
      return "model";
    case Kind::kPreprocessor:
      return "preprocessor";
    case Kind::kDataset:
      return "dataset";
    case Kind::kEmbedding:
      return "embedding";
    case Kind::kMetric:
      return "metric";
    case Kind::kTrainer:
      return "trainer";
  }
  return "model";
}

Kind parse_kind(std::string_view name) {
  std::vector<std::string> known;
  for (const Kind kind : kKinds) {
    const std::string singular(to_string(kind));
    if (same_type(name, singular) || same_type(name, singular + "s")) return kind;
    known.push_back(singular + "s");
  }
  throw unknown_name_error(ErrorCode::kValue, "registries", "a kind of modules", name, known);
}

}  // namespace hezar
