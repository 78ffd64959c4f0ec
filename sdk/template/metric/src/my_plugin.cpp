#include <my_plugin.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <variant>

#include <hezar/error/error.hpp>

namespace {

/// No options: config fields say what the metric does.
struct CallOptions {};
BOOST_DESCRIBE_STRUCT(CallOptions, (), ())

template <class T>
double share_of_equal(const T& predictions, const T& references) {
  if constexpr (std::is_same_v<T, hezar::Tensor> || std::is_same_v<T, hezar::Tensors>) {
    throw hezar::expected_error(hezar::ErrorCode::kValue, "my_plugin", "lists", "tensors");
  } else {
    if (predictions.size() != references.size()) {
      throw hezar::expected_error(
          hezar::ErrorCode::kValue, "my_plugin", "as many predictions as references",
          std::to_string(predictions.size()) + " and " + std::to_string(references.size()));
    }
    if (predictions.empty()) return 0;
    std::size_t equal = 0;
    for (std::size_t i = 0; i < predictions.size(); ++i) equal += predictions[i] == references[i];
    return static_cast<double>(equal) / static_cast<double>(predictions.size());
  }
}

}  // namespace

MyPlugin::MyPlugin(Config config, const hezar::BuildContext& /*context*/)
    : config_(std::move(config)) {}

hezar::MetricValues MyPlugin::compute(const hezar::Column& predictions,
                                      const hezar::Column& references,
                                      const boost::json::object& options) const {
  static_cast<void>(hezar::read_options<CallOptions>(options, Config::kName));
  if (predictions.index() != references.index()) {
    throw hezar::expected_error(hezar::ErrorCode::kValue, "my_plugin", describe(predictions),
                                describe(references), "Give lists of one kind.");
  }
  const double share = std::visit(
      [&](const auto& values) {
        using T = std::remove_cvref_t<decltype(values)>;
        return share_of_equal(values, std::get<T>(references));
      },
      predictions);
  return {{"my_plugin", config_.percent ? 100 * share : share}};
}
