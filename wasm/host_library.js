// What the engine's driver asks of JavaScript. `Module.civicHost` is given when the module is made.
addToLibrary({
  civic_now: () => Module['civicHost'].now(),
  civic_set_deadline: (deadlineMs) => Module['civicHost'].setDeadline(deadlineMs),
  civic_wake: (page, urgent) => Module['civicHost'].wake(page, !!urgent),
});
