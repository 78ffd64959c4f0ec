#pragma once

#include <concepts>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/config/described.hpp>
#include <hezar/module/dataset.hpp>
#include <hezar/module/embedding.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/module/model.hpp>
#include <hezar/module/preprocessor.hpp>
#include <hezar/module/tokenizer.hpp>
#include <hezar/module/trainer.hpp>
#include <hezar/registry/registry.hpp>

namespace hezar {

/// A module class that a plugin may offer: it names its config type and is built from one. One that
/// reads files which its family does not know declares them, so that they are downloaded with it:
///
///   static constexpr std::array<std::string_view, 1> kFiles = {"lexicon/*.txt"};
template <class M>
concept ModuleClass =
    std::derived_from<M, Module> && std::derived_from<typename M::Config, Config> &&
    std::constructible_from<M, typename M::Config, const BuildContext&>;

/// Collects what one plugin offers. The host adds all of it to the registries after the plugin's
/// entry returned, or, where anything went wrong, nothing.
class HEZAR_API Registrar {
 public:
  explicit Registrar(std::string plugin);
  ~Registrar();
  Registrar(const Registrar&) = delete;
  Registrar& operator=(const Registrar&) = delete;

  template <ModuleClass M>
  void model(std::string_view description) {
    add<Model, M>(Kind::kModel, description);
  }
  template <ModuleClass M>
  void preprocessor(std::string_view description) {
    add<Preprocessor, M>(Kind::kPreprocessor, description);
  }
  template <ModuleClass M>
  void dataset(std::string_view description) {
    add<Dataset, M>(Kind::kDataset, description);
  }
  template <ModuleClass M>
  void embedding(std::string_view description) {
    add<Embedding, M>(Kind::kEmbedding, description);
  }
  template <ModuleClass M>
  void metric(std::string_view description) {
    add<Metric, M>(Kind::kMetric, description);
  }
  template <ModuleClass M>
  void trainer(std::string_view description) {
    add<Trainer, M>(Kind::kTrainer, description);
  }

  using AnyFactory = std::variant<Factory<Model>, Factory<Preprocessor>, Factory<Dataset>,
                                  Factory<Embedding>, Factory<Metric>, Factory<Trainer>>;
  struct Registration {
    ModuleInfo info;
    AnyFactory factory;
  };
  [[nodiscard]] const std::string& plugin() const noexcept { return plugin_; }
  [[nodiscard]] const std::vector<Registration>& registrations() const noexcept {
    return registrations_;
  }

  /// The first error that `add` threw, whatever the plugin made of it; empty: none.
  [[nodiscard]] const std::string& fault() const noexcept { return fault_; }

  /// For modules that no C++ class template fits; the typed members above call it.
  /// @throws Error kPlugin for an empty or malformed name, or one that this plugin registered
  /// before.
  void add(ModuleInfo info, AnyFactory factory);

 private:
  template <class Interface, class M>
  void add(Kind kind, std::string_view description) {
    static_assert(std::derived_from<M, Interface>,
                  "the module is not of the kind it is registered as");
    using C = typename M::Config;
    ModuleInfo info;
    info.kind = kind;
    info.name = C::kName;
    info.task = C::kTask;
    info.description = description;
    info.fields = describe_fields<C>();
    if constexpr (requires { typename M::Options; })
      info.options = describe_fields<typename M::Options>();
    if constexpr (requires { C::kArchitectures; }) {
      for (const Architecture& served : C::kArchitectures) add_architecture(info, served);
    }
    if constexpr (requires { C::kRepoFiles; }) {
      info.repo_files.assign(C::kRepoFiles.begin(), C::kRepoFiles.end());
    }
    if constexpr (requires { M::kFiles; })
      info.files.assign(std::begin(M::kFiles), std::end(M::kFiles));
    add(std::move(info),
        Factory<Interface>([](const ConfigValues& values, const BuildContext& context) {
          return std::unique_ptr<Interface>(std::make_unique<M>(read_config<C>(values), context));
        }));
  }

  static void add_architecture(ModuleInfo& info, const Architecture& served);

  std::string plugin_;
  std::vector<Registration> registrations_;
  std::string fault_;
};

}  // namespace hezar
