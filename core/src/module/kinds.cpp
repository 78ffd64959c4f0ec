#include <hezar/module/dataset.hpp>
#include <hezar/module/embedding.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/module/trainer.hpp>
#include <module/family.hpp>

namespace hezar {

Collator::~Collator() = default;

Dataset::~Dataset() = default;
std::map<std::int64_t, std::string> Dataset::id2label() const {
  return {};
}
FileLayout Dataset::layout() const {
  return kDatasetFamily.layout();
}

Metric::~Metric() = default;
FileLayout Metric::layout() const {
  return kMetricFamily.layout();
}

Embedding::~Embedding() = default;
FileLayout Embedding::layout() const {
  return kEmbeddingFamily.layout();
}

Trainer::~Trainer() = default;
FileLayout Trainer::layout() const {
  return kTrainerFamily.layout();
}

}  // namespace hezar
