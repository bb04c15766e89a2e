// Runs before the first paint: the theme the reader chose, if any, and the language in which they read code.
// Without a theme the system's setting holds, and without a language TypeScript shows.
try {
  const theme = localStorage.getItem('hitrate-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  if (localStorage.getItem('hitrate-code') === 'python') document.documentElement.dataset.code = 'python'
} catch {
  // Storage is closed to this page.
}
