#include <checks/trainer_checks.hpp>

#include <subject.hpp>

namespace hezar::testing {

namespace {

/// A model that no trainer knows how to train.
class ForeignModel : public Model {
 public:
  [[nodiscard]] boost::json::object config() const override {
    return {{"name", "hezar_check_model"}, {"config_type", "model"}};
  }
  [[nodiscard]] WeightsReport load_weights(const StateDict& /*weights*/,
                                           const LoadOptions& /*options*/) override {
    return {};
  }
  [[nodiscard]] StateDict state_dict() const override { return {}; }
  [[nodiscard]] Inputs preprocess(const Inputs& raw,
                                  const PredictOptions& /*options*/) const override {
    return raw;
  }
  [[nodiscard]] Outputs forward(const Inputs& inputs,
                                const PredictOptions& /*options*/) const override {
    return inputs;
  }
  [[nodiscard]] Predictions post_process(const Inputs& /*inputs*/, const Outputs& /*outputs*/,
                                         const PredictOptions& /*options*/) const override {
    return {};
  }
};

class OneRow : public Dataset, public Collator {
 public:
  [[nodiscard]] boost::json::object config() const override {
    return {{"name", "hezar_check_dataset"}, {"config_type", "dataset"}};
  }
  [[nodiscard]] std::int64_t size() const override { return 1; }
  [[nodiscard]] Columns row(std::int64_t /*index*/) const override {
    return {{"labels", Integers{0}}};
  }
  [[nodiscard]] const Collator& collator() const override { return *this; }
  [[nodiscard]] Inputs collate(std::span<const Columns> rows) const override {
    return {{"labels", Integers(rows.size(), 0)}};
  }
};

}  // namespace

Fault check_trainer_parts(ModuleSubject& subject) {
  const auto trainer = subject.make<Trainer>();
  return must_refuse("configure() without a model", [&] { trainer->configure({}); });
}

Fault check_trainer_order(ModuleSubject& subject) {
  const auto trainer = subject.make<Trainer>();
  Fault fault = must_refuse("train() before configure()", [&] { trainer->train({}); });
  if (!fault.empty()) return fault;
  return must_refuse("evaluate() before configure()",
                     [&] { static_cast<void>(trainer->evaluate(nullptr, {})); });
}

Fault check_trainer_foreign_model(ModuleSubject& subject) {
  const auto trainer = subject.make<Trainer>();
  TrainerParts parts;
  parts.model = std::make_shared<ForeignModel>();
  parts.train_dataset = std::make_shared<OneRow>();
  return only_ordinary_errors("configure() with a model of another kind",
                              [&] { trainer->configure(parts); });
}

}  // namespace hezar::testing
