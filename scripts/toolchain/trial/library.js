addToLibrary({
  TrialTwice: (value) => 2 * value,
});
