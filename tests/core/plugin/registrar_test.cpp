#include <hezar/plugin/registrar.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <hezar/error/error.hpp>

namespace hezar {

namespace {

using ::testing::HasSubstr;

ModuleInfo metric(const std::string& name) {
  ModuleInfo info;
  info.kind = Kind::kMetric;
  info.name = name;
  return info;
}

Factory<Metric> factory() {
  return [](const ConfigValues&, const BuildContext&) { return nullptr; };
}

std::string error_of(Registrar& registrar, ModuleInfo info, Registrar::AnyFactory made) {
  try {
    registrar.add(std::move(info), std::move(made));
    return {};
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ErrorCode::kPlugin);
    return e.what();
  }
}

TEST(RegistrarTest, KeepsWhatIsAddedInOrderUnderThePluginsName) {
  Registrar registrar("mine");
  EXPECT_EQ(error_of(registrar, metric("b"), factory()), "");
  EXPECT_EQ(error_of(registrar, metric("a_1"), factory()), "");
  ASSERT_EQ(registrar.registrations().size(), 2U);
  EXPECT_EQ(registrar.registrations()[0].info.name, "b");
  EXPECT_EQ(registrar.registrations()[1].info.plugin, "mine");
  EXPECT_EQ(registrar.fault(), "");
}

TEST(RegistrarTest, RefusesNamesThatAreMalformed) {
  for (const std::string& name :
       {std::string(), std::string("Upper"), std::string("a-b"), std::string("a b"),
        std::string("a:b"), std::string("سلام"), std::string(64, 'a'), std::string("a\0b", 3)}) {
    Registrar registrar("mine");
    EXPECT_THAT(error_of(registrar, metric(name), factory()),
                HasSubstr("plugin mine: expected a module name of a-z, 0-9 and _"));
    EXPECT_TRUE(registrar.registrations().empty());
  }
}

TEST(RegistrarTest, RemembersTheFirstFaultWhateverThePluginDoes) {
  Registrar registrar("mine");
  EXPECT_EQ(error_of(registrar, metric("a"), factory()), "");
  EXPECT_THAT(error_of(registrar, metric("a"), factory()), HasSubstr("metric \"a\" twice"));
  EXPECT_THAT(error_of(registrar, metric("B"), factory()), HasSubstr("\"B\""));
  EXPECT_THAT(registrar.fault(), HasSubstr("metric \"a\" twice"));
}

TEST(RegistrarTest, RefusesAFactoryOfAnotherKindOrNone) {
  Registrar registrar("mine");
  EXPECT_THAT(error_of(registrar, metric("a"),
                       Factory<Model>([](const auto&, const auto&) { return nullptr; })),
              HasSubstr("expected a factory of the kind metric"));
  EXPECT_THAT(error_of(registrar, metric("a"), Factory<Metric>()),
              HasSubstr("expected a factory of the kind metric"));
  ModuleInfo trainer = metric("a");
  trainer.kind = Kind::kTrainer;
  EXPECT_EQ(error_of(registrar, trainer,
                     Factory<Trainer>([](const auto&, const auto&) { return nullptr; })),
            "");
}

}  // namespace

}  // namespace hezar
