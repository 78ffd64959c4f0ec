#pragma once

#include <string_view>

/// The files of ../../data, byte for byte; CMake writes the source.
namespace hezar::persian::embedded {

extern const std::string_view kCharacters;
extern const std::string_view kRemoved;
extern const std::string_view kReplacements;
extern const std::string_view kVerbs;
extern const std::string_view kWords;

}  // namespace hezar::persian::embedded
