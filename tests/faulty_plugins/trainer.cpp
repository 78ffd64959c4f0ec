#include <stdexcept>
#include <utility>

#include <faulty_plugins/modules.hpp>

namespace hezar::test {

namespace {

struct NothingConfig : TrainerConfig {
  static constexpr std::string_view kName = "faulty_trainer";
  std::int64_t num_epochs = 1;
  static constexpr std::array kFields = {Field("num_epochs", "Passes over the rows.").min(1)};
};
BOOST_DESCRIBE_STRUCT(NothingConfig, (TrainerConfig), (num_epochs))

/// Looks at every row and changes nothing.
class Nothing : public Trainer {
 public:
  using Config = NothingConfig;
  Nothing(Config config, const BuildContext& /*context*/) : config_(std::move(config)) {}

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }
  void configure(TrainerParts parts) override {
    if (parts.model == nullptr && kFault != Fault::kTrainerParts) {
      throw Error(ErrorCode::kValue, "faulty_trainer: expected a model, got none");
    }
    if (parts.model != nullptr && kFault == Fault::kTrainerForeignModel) {
      throw std::logic_error("not one of mine");
    }
    parts_ = std::move(parts);
  }
  void train(const PredictOptions& /*options*/) override {
    require_parts();
    for (std::int64_t i = 0; i < parts_.train_dataset->size(); ++i) {
      static_cast<void>(parts_.train_dataset->row(i));
    }
  }
  [[nodiscard]] MetricValues evaluate(const Dataset* /*dataset*/,
                                      const PredictOptions& /*options*/) override {
    require_parts();
    return {};
  }
  void save_checkpoint(const std::filesystem::path& folder) const override {
    parts_.model->save(folder);
  }

 private:
  void require_parts() const {
    if (parts_.model != nullptr || kFault == Fault::kTrainerOrder) return;
    throw Error(ErrorCode::kValue, "faulty_trainer: expected configure() first");
  }

  Config config_;
  TrainerParts parts_;
};

}  // namespace

void register_trainer(Registrar& registrar) {
  registrar.trainer<Nothing>("Trains nothing.");
}

}  // namespace hezar::test
