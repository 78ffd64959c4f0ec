#include <utility>

#include <faulty_plugins/modules.hpp>

namespace hezar::test {

namespace {

struct UpperConfig : PreprocessorConfig {
  static constexpr std::string_view kName = "faulty_normalizer";
  bool active = true;
  static constexpr std::array kFields = {Field("active", "Whether it does anything.")};
};
BOOST_DESCRIBE_STRUCT(UpperConfig, (PreprocessorConfig), (active))

struct UpperOptions {
  bool active = true;
  static constexpr std::array kFields = {Field("active", "Whether it does anything.")};
};
BOOST_DESCRIBE_STRUCT(UpperOptions, (), (active))

/// Latin letters to capitals.
class Upper : public TextNormalizer {
 public:
  using Config = UpperConfig;
  using Options = UpperOptions;
  Upper(Config config, const BuildContext& /*context*/) : config_(std::move(config)) {}

  [[nodiscard]] boost::json::object config() const override { return write_config(config_); }
  [[nodiscard]] Strings normalize(const Strings& texts,
                                  const boost::json::object& options) const override {
    if (kFault != Fault::kPreprocessorOptions) {
      static_cast<void>(read_options<Options>(options, "faulty_normalizer"));
    }
    Strings out = texts;
    for (std::string& text : out) {
      if (kFault != Fault::kPreprocessorBadText) require_utf8(text);
      for (char& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
      }
      if (kFault == Fault::kPreprocessorDeterminism) text += std::to_string(calls());
      if (kFault == Fault::kPreprocessorBatch) text += std::to_string(texts.size());
    }
    return out;
  }

 private:
  Config config_;
};

}  // namespace

void register_normalizer(Registrar& registrar) {
  registrar.preprocessor<Upper>("Makes Latin letters capitals.");
}

}  // namespace hezar::test
