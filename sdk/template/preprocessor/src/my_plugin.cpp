#include <my_plugin.hpp>

#include <cstddef>
#include <optional>
#include <utility>

#include <hezar/text/utf8.hpp>

namespace {

/// No options: config fields say what the normalizer does.
struct CallOptions {};
BOOST_DESCRIBE_STRUCT(CallOptions, (), ())

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string with_joined_spaces(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ') {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace

MyPlugin::MyPlugin(Config config, const hezar::BuildContext& /*context*/)
    : config_(std::move(config)) {}

hezar::Strings MyPlugin::normalize(const hezar::Strings& texts,
                                   const boost::json::object& options) const {
  static_cast<void>(hezar::read_options<CallOptions>(options, Config::kName));
  hezar::Strings out = texts;
  for (std::size_t row = 0; row < out.size(); ++row) {
    std::string& text = out[row];
    if (const std::optional<std::size_t> bad = hezar::text::find_invalid_utf8(text)) {
      throw hezar::text::invalid_utf8_error("my_plugin: text " + std::to_string(row), text, *bad);
    }
    if (config_.persian_letters) {
      replace_all(text, "\u064A", "\u06CC");  // yeh
      replace_all(text, "\u0643", "\u06A9");  // kaf
    }
    if (config_.join_spaces) text = with_joined_spaces(text);
  }
  return out;
}
