#include <hezar/plugin.hpp>

#include <fake/fake_modules.hpp>

HEZAR_PLUGIN(host_fake) {
  registrar.model<hezar::test::LengthModel>("Says whether a text is long.");
  registrar.preprocessor<hezar::test::SpaceTokenizer>("Splits texts at spaces.");
  registrar.preprocessor<hezar::test::UpperNormalizer>("Writes Latin letters as capitals.");
}
