#include <hezar/error/error.hpp>
#include <hezar/module/dataset.hpp>
#include <hezar/module/embedding.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/module/trainer.hpp>

namespace hezar {

Collator::~Collator() = default;

Dataset::~Dataset() = default;
std::map<std::int64_t, std::string> Dataset::id2label() const {
  return {};
}
FileLayout Dataset::layout() const {
  return {"", "dataset_config.yaml", {}};
}

Metric::~Metric() = default;
FileLayout Metric::layout() const {
  return {"", "metric_config.yaml", {}};
}

Embedding::~Embedding() = default;
FileLayout Embedding::layout() const {
  return {"embedding", "embedding_config.yaml", {}};
}

Trainer::~Trainer() = default;
FileLayout Trainer::layout() const {
  return {"train", "train_config.yaml", {}};
}

}  // namespace hezar
