#pragma once

#include <string>

#include <hezar/error/error.hpp>
#include <hezar/plugin/registrar.hpp>

#include <faulty_plugins/fault.hpp>

namespace hezar::test {

// One small module of each kind, right but for the plugin's fault.
void register_model(Registrar& registrar);
void register_tokenizer(Registrar& registrar);
void register_normalizer(Registrar& registrar);
void register_dataset(Registrar& registrar);
void register_metric(Registrar& registrar);
void register_embedding(Registrar& registrar);
void register_trainer(Registrar& registrar);

/// Registers the modules that the fault is about; all where there is none.
void register_modules(Registrar& registrar);

/// @throws Error kValue for a text that is no UTF-8.
void require_utf8(const std::string& text);

/// 0, 1, 2, ... in each call: what no module should depend on.
int calls();

}  // namespace hezar::test
