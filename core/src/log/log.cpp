#include <hezar/log/log.hpp>

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <hezar/error/error.hpp>

namespace hezar::log {

namespace {

constexpr std::array<std::pair<std::string_view, Level>, 6> kNames = {{{"trace", Level::kTrace},
                                                                       {"debug", Level::kDebug},
                                                                       {"info", Level::kInfo},
                                                                       {"warning", Level::kWarning},
                                                                       {"error", Level::kError},
                                                                       {"off", Level::kOff}}};

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::kTrace:
      return spdlog::level::trace;
    case Level::kDebug:
      return spdlog::level::debug;
    case Level::kInfo:
      return spdlog::level::info;
    case Level::kWarning:
      return spdlog::level::warn;
    case Level::kError:
      return spdlog::level::err;
    case Level::kOff:
      return spdlog::level::off;
  }
  return spdlog::level::info;
}

/// The level in the reference's capitals: `Hezar (WARNING): ...`.
class UpperLevelFlag : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& msg, const std::tm& /*time*/,
              spdlog::memory_buf_t& out) override {
    std::string_view name = "INFO";
    if (msg.level == spdlog::level::trace) name = "TRACE";
    if (msg.level == spdlog::level::debug) name = "DEBUG";
    if (msg.level == spdlog::level::warn) name = "WARNING";
    if (msg.level >= spdlog::level::err) name = "ERROR";
    out.append(name.data(), name.data() + name.size());
  }
  [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<UpperLevelFlag>();
  }
};

// Leaked: messages may still come while the process ends.
spdlog::logger& logger() {
  static spdlog::logger& instance = *[] {
    auto made = new spdlog::logger("hezar", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    auto formatter = std::make_unique<spdlog::pattern_formatter>();
    formatter->add_flag<UpperLevelFlag>('*').set_pattern("Hezar (%*): %v");
    made->set_formatter(std::move(formatter));
    made->set_level(spdlog::level::info);
    return made;
  }();
  return instance;
}

}  // namespace

void write(Level level, std::string_view message) {
  logger().log(to_spdlog(level), spdlog::string_view_t(message.data(), message.size()));
}

void set_level(Level level) {
  logger().set_level(to_spdlog(level));
}

Level level() {
  const spdlog::level::level_enum current = logger().level();
  for (const auto& [name, level] : kNames) {
    if (to_spdlog(level) == current) return level;
  }
  return Level::kError;
}

Level level_from_name(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& [known, level] : kNames) {
    if (known == name) return level;
    names.emplace_back(known);
  }
  throw unknown_name_error(ErrorCode::kValue, "log level", "a level", name, names);
}

}  // namespace hezar::log
