// One Whisper batch, one CRAFT training step and one path from a dataset to a trainer, in the
// core's types alone: if a family did not fit the interfaces, this file would not compile.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/describe.hpp>

#include <hezar/config/described.hpp>
#include <hezar/error/error.hpp>
#include <hezar/module/dataset.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/module/model.hpp>
#include <hezar/module/tokenizer.hpp>
#include <hezar/module/trainer.hpp>
#include <hezar/registry/runtime.hpp>
#include <hezar/text/concat.hpp>

#include <no_plugins.hpp>

namespace hezar::test {

using testing::ElementsAre;

/// What every model here shares: no weights of its own.
class WeightlessModel : public Model {
 public:
  [[nodiscard]] WeightsReport load_weights(const StateDict& /*weights*/,
                                           const LoadOptions& /*options*/) override {
    return {};
  }
  [[nodiscard]] StateDict state_dict() const override { return {}; }
};

// Whisper: audio in, features with a mask, a prompt from the options, decoding that streams, text
// with times.

struct WhisperConfig : ModelConfig {
  static constexpr std::string_view kName = "whisper_speech_recognition";
  static constexpr std::string_view kTask = "speech_recognition";
  std::int64_t num_mel_bins = 80;
  static constexpr std::array kFields = {Field("num_mel_bins", "Mel channels.").min(1)};
};
BOOST_DESCRIBE_STRUCT(WhisperConfig, (ModelConfig), (num_mel_bins))

struct WhisperOptions {
  std::string language = "fa";
  bool return_timestamps = false;
  static constexpr std::array kFields = {Field("language", "Code or name of the spoken language."),
                                         Field("return_timestamps", "Fill chunks with times.")};
};
BOOST_DESCRIBE_STRUCT(WhisperOptions, (), (language, return_timestamps))

class Whisper : public WeightlessModel {
 public:
  using Config = WhisperConfig;
  using Options = WhisperOptions;
  Whisper(Config config, const BuildContext& /*context*/) : config_(std::move(config)) {}
  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }

  [[nodiscard]] Inputs preprocess(const Inputs& raw, const PredictOptions& options) const override {
    const auto task = read_options<Options>(options.task, config_.kName);
    const auto& waveforms = raw.get<Tensors>(kRawInputs);
    const auto rows = static_cast<std::int64_t>(waveforms.size());
    return {{"input_features", Tensor::zeros({rows, config_.num_mel_bins, 3000}, DType::kFloat32)},
            {"attention_mask", Tensor::zeros({rows, 3000}, DType::kInt64)},
            {"forced_decoder_ids", std::vector<Integers>(waveforms.size(), Integers{50258, 50300})},
            {"language", Strings(waveforms.size(), task.language)}};
  }
  [[nodiscard]] Outputs forward(const Inputs& inputs,
                                const PredictOptions& /*options*/) const override {
    const std::int64_t rows = inputs.tensor("input_features").size(0);
    return {{"logits", Tensor::zeros({rows, 2, 51865}, DType::kFloat32)}};
  }
  [[nodiscard]] Outputs generate(const Inputs& inputs,
                                 const PredictOptions& options) const override {
    const std::int64_t rows = inputs.tensor("input_features").size(0);
    std::vector<Integers> ids(static_cast<std::size_t>(rows));
    for (std::int64_t step = 0; step < 2; ++step) {
      if (options.stop.stop_requested()) throw Error(ErrorCode::kCancelled, "generate: stopped");
      for (std::int64_t row = 0; row < rows; ++row) {
        ids[static_cast<std::size_t>(row)].push_back(step);
        if (options.on_token) options.on_token(row, text::concat("t", step));
      }
    }
    return {{"generated_ids", ids}};
  }
  [[nodiscard]] Predictions post_process(const Inputs& /*inputs*/, const Outputs& outputs,
                                         const PredictOptions& /*options*/) const override {
    Predictions out;
    for (const Integers& ids : outputs.get<std::vector<Integers>>("generated_ids")) {
      out.emplace_back(SpeechRecognition{
          text::concat(ids.size(), " tokens"),
          std::vector<SpeechChunk>{{"t0", {0.0, 1.5}}, {"t1", {1.5, std::nullopt}}}});
    }
    return out;
  }

 private:
  Config config_;
};

TEST(FamiliesTest, WhisperBatchStreamsTokensAndGivesChunks) {
  Runtime runtime(no_plugins());
  const Whisper model(WhisperConfig{}, BuildContext{runtime});
  std::string streamed;
  PredictOptions options;
  options.task["language"] = "persian";
  options.on_token = [&](std::int64_t row, std::string_view text) {
    streamed += text::concat(row, ":", text, " ");
  };
  const Inputs clips = {
      {std::string(kRawInputs), Tensors{Tensor::zeros({16000}, DType::kFloat32),
                                        Tensor::zeros({2, 8000}, DType::kFloat32)}}};
  const Predictions predictions = model.predict(clips, options);
  EXPECT_EQ(streamed, "0:t0 1:t0 0:t1 1:t1 ");
  ASSERT_EQ(predictions.size(), 2U);
  const auto& speech = std::get<SpeechRecognition>(predictions[0]);
  EXPECT_EQ(speech.text, "2 tokens");
  EXPECT_EQ((*speech.chunks)[1].timestamp[0], 1.5);
}

// CRAFT: images of several sizes, a loss over maps, and a training step found as an ability by id.

/// Stands for the ability that sdk/torch offers: the core never sees gradients, only what a step
/// takes and gives.
class Trainable {
 public:
  static constexpr std::string_view kInterfaceId = "hezar.test.Trainable/1";
  virtual ~Trainable() = default;
  virtual double training_step(const Inputs& batch) = 0;
};

struct CraftConfig : ModelConfig {
  static constexpr std::string_view kName = "craft_text_detection";
  static constexpr std::string_view kTask = "text_detection";
  double text_threshold = 0.7;
  static constexpr std::array kFields = {
      Field("text_threshold", "Least region score.").min(0).max(1)};
};
BOOST_DESCRIBE_STRUCT(CraftConfig, (ModelConfig), (text_threshold))

class Craft : public WeightlessModel, public Trainable {
 public:
  using Config = CraftConfig;
  Craft(Config config, const BuildContext& /*context*/) : config_(std::move(config)) {}
  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }
  [[nodiscard]] void* interface(std::string_view id) noexcept override {
    return id == Trainable::kInterfaceId ? static_cast<Trainable*>(this) : Model::interface(id);
  }

  [[nodiscard]] Inputs preprocess(const Inputs& raw,
                                  const PredictOptions& /*options*/) const override {
    return {{"pixel_values", raw.get<Tensors>(kRawInputs)}, {"ratio_values", Numbers{1.0, 0.5}}};
  }
  [[nodiscard]] Outputs forward(const Inputs& inputs,
                                const PredictOptions& /*options*/) const override {
    Tensors scores;
    for (const Tensor& image : inputs.get<Tensors>("pixel_values")) {
      scores.push_back(Tensor::zeros({image.size(0) / 2, image.size(1) / 2, 2}, DType::kFloat32));
    }
    return {{"scores", scores}, {"ratio_values", inputs.get<Numbers>("ratio_values")}};
  }
  [[nodiscard]] Predictions post_process(const Inputs& /*inputs*/, const Outputs& outputs,
                                         const PredictOptions& /*options*/) const override {
    Predictions out;
    for (const Tensor& map : outputs.get<Tensors>("scores")) {
      out.emplace_back(TextDetection{{{0, 0, map.size(1) * 2, map.size(0) * 2}}});
    }
    return out;
  }
  double training_step(const Inputs& batch) override {
    const Tensor& region = batch.tensor("region_scores");
    const Tensor& affinity = batch.tensor("affinity_scores");
    return static_cast<double>(batch.tensor("pixel_values").numel() + region.numel() +
                               affinity.numel());
  }

 private:
  Config config_;
};

TEST(FamiliesTest, CraftRunsImagesOfSeveralSizesAndATrainingStep) {
  Runtime runtime(no_plugins());
  Craft model(CraftConfig{}, BuildContext{runtime});
  const Inputs images = {
      {std::string(kRawInputs), Tensors{Tensor::zeros({32, 64, 3}, DType::kUInt8),
                                        Tensor::zeros({64, 32, 3}, DType::kUInt8)}}};
  const Predictions predictions = model.predict(images);
  EXPECT_EQ(std::get<TextDetection>(predictions[1]).boxes.front()[3], 64);

  Model& as_model = model;
  Trainable* trainable = as_model.as<Trainable>();
  ASSERT_NE(trainable, nullptr);
  const Inputs batch = {{"pixel_values", Tensor::zeros({1, 3, 8, 8}, DType::kFloat32)},
                        {"region_scores", Tensor::zeros({1, 4, 4}, DType::kFloat32)},
                        {"affinity_scores", Tensor::zeros({1, 4, 4}, DType::kFloat32)}};
  EXPECT_EQ(trainable->training_step(batch), 192 + 16 + 16);
}

// Dataset to trainer: rows, a collator, steps, a metric.

class StackCollator : public Collator {
 public:
  [[nodiscard]] Inputs collate(std::span<const Columns> rows) const override {
    Integers labels;
    std::vector<Integers> ids;
    for (const Columns& row : rows) {
      labels.push_back(row.get<Integers>("labels").front());
      ids.push_back(row.get<Integers>("token_ids"));
    }
    const auto count = static_cast<std::int64_t>(rows.size());
    return {{"token_ids", ids}, {"labels", Tensor::of(labels, {count})}};
  }
};

class Sentences : public Dataset {
 public:
  [[nodiscard]] boost::json::object config() const override {
    return {{"name", "text_classification"}};
  }
  [[nodiscard]] std::int64_t size() const override { return 5; }
  [[nodiscard]] Columns row(std::int64_t index) const override {
    if (index < 0 || index >= size()) {
      throw expected_error(ErrorCode::kValue, "row", "an index below 5", std::to_string(index));
    }
    return {{"token_ids", Integers(static_cast<std::size_t>(index + 1), 7)},
            {"labels", Integers{index % 2}}};
  }
  [[nodiscard]] const Collator& collator() const override { return collator_; }
  [[nodiscard]] std::map<std::int64_t, std::string> id2label() const override {
    return {{0, "negative"}, {1, "positive"}};
  }

 private:
  StackCollator collator_;
};

class Accuracy : public Metric {
 public:
  [[nodiscard]] boost::json::object config() const override { return {{"name", "accuracy"}}; }
  [[nodiscard]] Objective objective() const override { return Objective::kMaximize; }
  [[nodiscard]] MetricValues compute(const Column& predictions, const Column& references,
                                     const boost::json::object& /*options*/) const override {
    const auto& got = std::get<Integers>(predictions);
    const auto& wanted = std::get<Integers>(references);
    double equal = 0;
    for (std::size_t i = 0; i < got.size(); ++i) equal += got[i] == wanted[i] ? 1 : 0;
    return {{"accuracy", equal / static_cast<double>(got.size())}};
  }
};

class StepTrainer : public Trainer {
 public:
  [[nodiscard]] boost::json::object config() const override { return {{"name", "trainer"}}; }
  void configure(TrainerParts parts) override {
    if (parts.model->as<Trainable>() == nullptr) {
      throw expected_error(ErrorCode::kDependency, text::concat("model ", parts.model->name()),
                           "a model that can be trained", "one that cannot");
    }
    parts_ = std::move(parts);
  }
  void train(const PredictOptions& options) override {
    const Dataset& data = *parts_.train_dataset;
    for (std::int64_t begin = 0; begin < data.size(); begin += 2) {
      std::vector<Columns> rows;
      for (std::int64_t i = begin; i < std::min(begin + 2, data.size()); ++i)
        rows.push_back(data.row(i));
      const Inputs batch = data.collator().collate(rows);
      batch_rows.push_back(batch.tensor("labels").size(0));
      if (options.progress) options.progress(begin, data.size());
    }
  }
  [[nodiscard]] MetricValues evaluate(const Dataset* /*dataset*/,
                                      const PredictOptions& /*options*/) override {
    return parts_.metrics.front()->compute(Integers{0, 1}, Integers{0, 0}, {});
  }
  void save_checkpoint(const std::filesystem::path& folder) const override {
    parts_.model->save(folder);
  }

  std::vector<std::int64_t> batch_rows;

 private:
  TrainerParts parts_;
};

TEST(FamiliesTest, DatasetRowsReachTheTrainerThroughTheCollator) {
  Runtime runtime(no_plugins());
  StepTrainer trainer;
  TrainerParts parts;
  parts.model = std::make_shared<Craft>(CraftConfig{}, BuildContext{runtime});
  parts.train_dataset = std::make_shared<Sentences>();
  parts.metrics.push_back(std::make_shared<Accuracy>());
  trainer.configure(parts);
  trainer.train({});
  EXPECT_THAT(trainer.batch_rows, ElementsAre(2, 2, 1));
  EXPECT_EQ(std::get<double>(trainer.evaluate(nullptr, {}).front().second), 0.5);

  parts.model = std::make_shared<Whisper>(WhisperConfig{}, BuildContext{runtime});
  EXPECT_THROW(trainer.configure(parts), Error);
}

}  // namespace hezar::test
