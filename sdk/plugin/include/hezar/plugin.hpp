#pragma once

/// Everything a plugin needs beside the header of its own module. One source file of a plugin uses
/// HEZAR_PLUGIN:
///
///   #include <hezar/plugin.hpp>
///   #include <bert/bert_text_classification.hpp>
///
///   HEZAR_PLUGIN(bert) { registrar.model<hezar::BertTextClassification>("Classifies texts with
///   BERT."); }

#include <cstddef>
#include <cstdio>
#include <exception>

#include <hezar/plugin/descriptor.hpp>
#include <hezar/plugin/registrar.hpp>

// Defined by hezar_add_plugin(): HEZAR_PLUGIN_NAME, _VERSION, _LICENSE, and
// HEZAR_PLUGIN_TORCH_VERSION where it applies.
