// Runs before the first paint: the theme the reader chose, if any. Without one, the system's setting holds.
try {
  const theme = localStorage.getItem('hitrate-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is closed to this page: the system's setting holds.
}
