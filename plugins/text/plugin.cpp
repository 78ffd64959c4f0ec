#include <hezar/plugin.hpp>
#include <hezar/text_normalizer/persian_text_normalizer.hpp>

HEZAR_PLUGIN(text) {
  registrar.preprocessor<hezar::PersianTextNormalizer>(
      "Brings text to Unicode's compatibility form and applies replacements.");
}
