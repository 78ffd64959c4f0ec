#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <boost/describe.hpp>

#include <hezar/config/described.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/module/dataset.hpp>
#include <hezar/module/embedding.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/module/tokenizer.hpp>
#include <hezar/module/trainer.hpp>

/// One module of each family, no more than what loading, saving and pushing touch.
namespace hezar::test {

#define HEZAR_TEST_CONFIG(NAME, BASE, REGISTRY_NAME)                           \
  struct NAME : BASE {                                                         \
    static constexpr std::string_view kName = REGISTRY_NAME;                   \
    std::int64_t size = 1;                                                     \
    static constexpr std::array kFields = {Field("size", "How large it is.")}; \
  };                                                                           \
  BOOST_DESCRIBE_STRUCT(NAME, (BASE), (size))

HEZAR_TEST_CONFIG(LowerConfig, PreprocessorConfig, "lower_normalizer")
HEZAR_TEST_CONFIG(PixelConfig, PreprocessorConfig, "pixel_processor")
HEZAR_TEST_CONFIG(SoundConfig, PreprocessorConfig, "sound_extractor")
HEZAR_TEST_CONFIG(RowsConfig, DatasetConfig, "rows")
HEZAR_TEST_CONFIG(VectorsConfig, EmbeddingConfig, "vectors")
HEZAR_TEST_CONFIG(ZeroConfig, MetricConfig, "zero")
HEZAR_TEST_CONFIG(IdleConfig, TrainerConfig, "idle")
#undef HEZAR_TEST_CONFIG

/// What every fake shares: a config, and the folder it was loaded from.
template <class Base, class C>
class Fake : public Base {
 public:
  using Config = C;
  Fake(Config config, const BuildContext& context)
      : config_(config), base_path_(context.base_path) {}

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }

 protected:
  Config config_;
  std::filesystem::path base_path_;
};

class LowerNormalizer : public Fake<TextNormalizer, LowerConfig> {
 public:
  using Fake::Fake;
  [[nodiscard]] Strings normalize(const Strings& texts,
                                  const boost::json::object& /*options*/) const override {
    return texts;
  }
};

class PixelProcessor : public Fake<ImageProcessor, PixelConfig> {
 public:
  using Fake::Fake;
  [[nodiscard]] Inputs process(const Inputs& raw,
                               const boost::json::object& /*options*/) const override {
    return raw;
  }
};

class SoundExtractor : public Fake<AudioFeatureExtractor, SoundConfig> {
 public:
  using Fake::Fake;
  [[nodiscard]] std::int64_t sampling_rate() const override { return 16'000; }
  [[nodiscard]] Inputs process(const Inputs& raw,
                               const boost::json::object& /*options*/) const override {
    return raw;
  }
};

/// Reads files that its family does not know, and says so.
class RowsDataset : public Fake<Dataset, RowsConfig> {
 public:
  static constexpr std::array<std::string_view, 1> kFiles = {"data/*.csv"};

  RowsDataset(Config config, const BuildContext& context)
      : Fake(config, context), rows_(io::read_file(base_path_ / "data" / "rows.csv")) {}

  [[nodiscard]] std::int64_t size() const override {
    return static_cast<std::int64_t>(rows_.size());
  }
  [[nodiscard]] Columns row(std::int64_t /*index*/) const override { return {}; }
  [[nodiscard]] const Collator& collator() const override {
    throw Error(ErrorCode::kValue, "none");
  }
  void save_files(const std::filesystem::path& folder) const override {
    std::filesystem::create_directories(folder / "data");
    io::write_file(folder / "data" / "rows.csv", rows_);
  }

 private:
  std::string rows_;
};

/// Keeps a file beside its config.
class FileEmbedding : public Fake<Embedding, VectorsConfig> {
 public:
  FileEmbedding(Config config, const BuildContext& context) : Fake(config, context) {
    const std::filesystem::path file = base_path_ / "embedding" / "embedding.bin";
    if (!base_path_.empty()) content = io::read_file(file);
  }

  [[nodiscard]] Tensor vectors() const override { return {}; }
  [[nodiscard]] std::optional<std::int64_t> index_of(std::string_view /*word*/) const override {
    return std::nullopt;
  }
  [[nodiscard]] std::string_view word_at(std::int64_t /*index*/) const override { return {}; }
  [[nodiscard]] Tensor vector(std::string_view /*word*/) const override { return {}; }
  [[nodiscard]] std::vector<Scored> most_similar(std::string_view /*word*/,
                                                 std::int64_t /*top_n*/) const override {
    return {};
  }
  void train(std::span<const std::vector<std::string>> /*sentences*/,
             const PredictOptions& /*options*/) override {}
  void save_files(const std::filesystem::path& folder) const override {
    io::write_file(folder / "embedding.bin", content);
  }

  std::string content = "vectors";
};

class ZeroMetric : public Fake<Metric, ZeroConfig> {
 public:
  using Fake::Fake;
  [[nodiscard]] MetricValues compute(const Column& /*predictions*/, const Column& /*references*/,
                                     const boost::json::object& /*options*/) const override {
    return {};
  }
  [[nodiscard]] Objective objective() const override { return Objective::kMaximize; }
};

class IdleTrainer : public Fake<Trainer, IdleConfig> {
 public:
  using Fake::Fake;
  void configure(TrainerParts /*parts*/) override {}
  void train(const PredictOptions& /*options*/) override {}
  [[nodiscard]] MetricValues evaluate(const Dataset* /*dataset*/,
                                      const PredictOptions& /*options*/) override {
    return {};
  }
  void save_checkpoint(const std::filesystem::path& /*folder*/) const override {}
};

}  // namespace hezar::test
