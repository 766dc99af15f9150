/* global document */
// The theme the visitor chose, if any; app/theme/theme.ts keeps it.
try {
  const chosen = localStorage.getItem('billwatch-theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // No storage: the system's theme it is.
}
