namespace hezar::test {
int companion();
int companion() {
  return 1;
}
}  // namespace hezar::test
