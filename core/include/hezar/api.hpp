#pragma once

/// Marks what libhezar exports. Everything else is hidden.
#define HEZAR_API __attribute__((visibility("default")))
