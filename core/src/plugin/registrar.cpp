#include <hezar/plugin/registrar.hpp>

#include <algorithm>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <plugin/plugin_file.hpp>
#include <plugin/printable.hpp>

namespace hezar {

namespace {

/// The fault of a registration; nothing where it is fine.
std::optional<Error> check(const std::string& plugin,
                           const std::vector<Registrar::Registration>& before,
                           const ModuleInfo& info, const Registrar::AnyFactory& factory) {
  const std::string object = text::concat("plugin ", plugin);
  if (!plugin::is_valid_name(info.name)) {
    return expected_error(
        ErrorCode::kPlugin, object, "a module name of a-z, 0-9 and _, at most 63 bytes",
        text::concat('"', plugin::printable(info.name, 80), '"'), "Set kName of its config");
  }
  const bool repeated = std::any_of(before.begin(), before.end(), [&](const auto& other) {
    return other.info.kind == info.kind && other.info.name == info.name;
  });
  if (repeated) {
    return expected_error(ErrorCode::kPlugin, object, "each name to be registered once",
                          text::concat(to_string(info.kind), " \"", info.name, "\" twice"),
                          "Remove one of the registrations");
  }
  const bool callable = std::visit([](const auto& f) { return static_cast<bool>(f); }, factory);
  // The variant's alternatives stand in the order of Kind.
  if (!callable || factory.index() != static_cast<std::size_t>(info.kind)) {
    return expected_error(ErrorCode::kPlugin, object,
                          text::concat("a factory of the kind ", to_string(info.kind)),
                          text::concat("another for \"", info.name, "\""));
  }
  return std::nullopt;
}

}  // namespace

Registrar::Registrar(std::string plugin) : plugin_(std::move(plugin)) {}
Registrar::~Registrar() = default;

void Registrar::add_architecture(ModuleInfo& info, const Architecture& served) {
  info.architectures.push_back(
      {{"name", served.name}, {"config", boost::json::parse(served.config)}});
}

void Registrar::add(ModuleInfo info, AnyFactory factory) {
  if (std::optional<Error> fault = check(plugin_, registrations_, info, factory)) {
    if (fault_.empty()) fault_ = fault->what();
    throw std::move(*fault);
  }
  info.plugin = plugin_;
  registrations_.push_back({std::move(info), std::move(factory)});
}

}  // namespace hezar
