#pragma once

/// CLI11's header costs every file that includes it five seconds, so verbs see its classes only by
/// name.
namespace CLI {
class App;
class Option;
}  // namespace CLI
