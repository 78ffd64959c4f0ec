#include <hezar/bert/bert.hpp>
#include <hezar/bert/bert_text_classification.hpp>
#include <hezar/plugin.hpp>

HEZAR_PLUGIN(bert) {
  registrar.model<hezar::Bert>("BERT without a head: a vector for every token of a text.");
  registrar.model<hezar::BertTextClassification>(
      "BERT that assigns a text to a class: sentiment, topic, language.");
}
