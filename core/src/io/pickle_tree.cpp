#include <io/pickle_tree.hpp>

namespace hezar::io::pickle {

std::string_view to_string(Kind kind) noexcept {
  switch (kind) {
    case Kind::kNone:
      return "None";
    case Kind::kBool:
      return "a bool";
    case Kind::kInt:
      return "an int";
    case Kind::kFloat:
      return "a float";
    case Kind::kString:
      return "a string";
    case Kind::kTuple:
      return "a tuple";
    case Kind::kList:
      return "a list";
    case Kind::kDict:
      return "a dict";
    case Kind::kGlobal:
      return "a name";
    case Kind::kCall:
      return "an object";
    case Kind::kPersistent:
      return "a storage";
  }
  return "a value";
}

}  // namespace hezar::io::pickle
