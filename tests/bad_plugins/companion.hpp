#pragma once

namespace hezar::test {

int in_every_version();
int since_the_current_version(int value);

}  // namespace hezar::test
