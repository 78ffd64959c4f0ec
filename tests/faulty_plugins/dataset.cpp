#include <utility>

#include <faulty_plugins/modules.hpp>

namespace hezar::test {

namespace {

struct CountingConfig : DatasetConfig {
  static constexpr std::string_view kName = "faulty_dataset";
  std::int64_t max_size = 5;
  static constexpr std::array kFields = {Field("max_size", "Rows.").min(1)};
};
BOOST_DESCRIBE_STRUCT(CountingConfig, (DatasetConfig), (max_size))

class Labels : public Collator {
 public:
  [[nodiscard]] Inputs collate(std::span<const Columns> rows) const override {
    Integers labels;
    for (const Columns& row : rows) labels.push_back(row.get<Integers>("labels").front());
    if (kFault == Fault::kDatasetCollator && labels.size() > 1) labels.pop_back();
    return {{"labels", labels}};
  }
};

/// Row i is i.
class Counting : public Dataset {
 public:
  using Config = CountingConfig;
  Counting(Config config, const BuildContext& /*context*/) : config_(std::move(config)) {}

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }
  [[nodiscard]] std::int64_t size() const override { return config_.max_size; }
  [[nodiscard]] Columns row(std::int64_t index) const override {
    const bool inside = index >= 0 && index < size();
    if (!inside && kFault != Fault::kDatasetRange) {
      throw Error(ErrorCode::kValue, "faulty_dataset: expected a row that there is");
    }
    return {{"labels", Integers{kFault == Fault::kDatasetRows ? calls() : index}}};
  }
  [[nodiscard]] const Collator& collator() const override { return collator_; }

 private:
  Config config_;
  Labels collator_;
};

}  // namespace

void register_dataset(Registrar& registrar) {
  registrar.dataset<Counting>("Numbers in order.");
}

}  // namespace hezar::test
