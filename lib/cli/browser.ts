import { findExecutable, isExecutable } from './find-executable'

/** The shell is Chromium without a window: a page takes half the time in it. It comes first. */
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
/** Applications of macOS are not on PATH. */
const MAC = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The Chromium of this system: `CHROME_PATH`, or one that is installed. Undefined where only Playwright's own is left. */
export function systemChromium(env = process.env): string | undefined {
  return env.CHROME_PATH || findExecutable(NAMES, env.PATH) || MAC.find(isExecutable)
}

/** The same with Chromium itself before the shell, which draws its frames in another way than readers' browsers do. */
export function fullChromium(env = process.env): string | undefined {
  const full = NAMES.filter((name) => !name.endsWith('-shell'))
  return env.CHROME_PATH || findExecutable(full, env.PATH) || systemChromium(env)
}

/** For a browser that talks to nobody but the app, and draws the same pixels everywhere. Root has no sandbox. */
export function chromiumFlags(root = process.getuid?.() === 0): string[] {
  return [
    ...(root ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--no-first-run',
    '--font-render-hinting=none',
    '--disable-lcd-text',
  ]
}
