#pragma once

namespace hezar {
class Registrar;
}

namespace hezar::test {

enum class Behaviour {
  kCrashesOpening,
  kCrashesRegistering,
  kAborts,
  kHangsOpening,
  kHangsRegistering,
  kExits,
  kQuits,
  kThrowsOpening,
  kThrowsRegistering,
  kThrowsANumber,
  kPrints,
  kFloods,
  kRegistersTwice,
  kHidesConflict,
  kHalfList,
  kMalformedName,
  kRegistersAnother,
  kRegistersMore,
  kRegistersNothing,
  kNeedsCompanion,
  kKillsParent,
  kBehaves,
};

/// Registers what a plugin of that behaviour registers; a static library of the plugins.
void register_as(Behaviour behaviour, Registrar& registrar);

}  // namespace hezar::test
