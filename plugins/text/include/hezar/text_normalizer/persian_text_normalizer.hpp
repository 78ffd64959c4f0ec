#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <hezar/config/config.hpp>
#include <hezar/module/options.hpp>
#include <hezar/module/preprocessor.hpp>
#include <hezar/text/regex.hpp>
#include <hezar/text_normalizer/persian_options.hpp>

namespace hezar {

struct TextNormalizerConfig : PreprocessorConfig, PersianOptions {
  static constexpr std::string_view kName = "text_normalizer";

  boost::json::value replace_patterns;
  bool nfkd = true;
  bool nfkc = true;

  static constexpr std::array kFields = {
      Field("replace_patterns",
            "Pairs [regex, replacement], applied in order; of a mapping its values count."),
      Field("nfkd", "Unicode's compatibility decomposition."),
      Field("nfkc", "Then its compatibility composition."),
  };
};
BOOST_DESCRIBE_STRUCT(TextNormalizerConfig, (PreprocessorConfig, PersianOptions),
                      (replace_patterns, nfkd, nfkc))

/// One call; what is not given is as the config says.
struct TextNormalizerOptions : PersianOptions {
  boost::json::value replace_patterns;
  std::optional<bool> nfkd;
  std::optional<bool> nfkc;

  static constexpr std::array kFields = {
      Field("replace_patterns", "Pairs [regex, replacement] instead of the config's."),
      Field("nfkd", "Instead of the config's."),
      Field("nfkc", "Instead of the config's."),
  };
};
BOOST_DESCRIBE_STRUCT(TextNormalizerOptions, (PersianOptions), (replace_patterns, nfkd, nfkc))

/// `text_normalizer`: NFKD, NFKC, the Persian steps, then regular expressions, each if asked for.
/// NFKC folds Persian presentation forms and keeps ZWNJ.
/// @thread const members are safe for concurrent calls on one object.
class PersianTextNormalizer : public TextNormalizer {
 public:
  using Config = TextNormalizerConfig;
  using Options = TextNormalizerOptions;

  /// @throws Error kConfig naming the pattern that does not compile.
  PersianTextNormalizer(Config config, const BuildContext& context);
  ~PersianTextNormalizer() override;

  [[nodiscard]] boost::json::object config() const override;

  /// @throws Error kValue for invalid UTF-8, naming text and byte, and for a pattern that
  /// backtracks without bound; kConfig for options that cannot be used.
  [[nodiscard]] Strings normalize(const Strings& texts,
                                  const boost::json::object& options) const override;

 private:
  using Replacement = std::pair<text::Regex, std::string>;
  [[nodiscard]] static std::vector<Replacement> compile(const boost::json::value& patterns);

  Config config_;
  std::vector<Replacement> replacements_;
};

}  // namespace hezar
