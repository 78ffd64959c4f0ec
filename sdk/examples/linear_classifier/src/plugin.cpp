#include <hezar/plugin.hpp>
#include <linear_text_classification.hpp>

HEZAR_PLUGIN(linear_classifier) {
  registrar.model<example::LinearTextClassification>("Weighs the words of a text, for each class.");
}
