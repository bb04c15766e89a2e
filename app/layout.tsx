import '@fontsource-variable/bricolage-grotesque/opsz.css'
import '@fontsource-variable/source-serif-4/opsz.css'
import '@fontsource-variable/source-serif-4/opsz-italic.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { catalog } from '@/lib/catalog'
import { DegradedBanner } from './chrome/degraded-banner'
import { Footer } from './chrome/footer'
import { Header } from './chrome/header'
import { Providers } from './providers'

export const metadata: Metadata = {
  title: { default: 'Hitrate: a caching course you can measure', template: '%s · Hitrate' },
  description:
    'Lessons on caching whose every claim is an experiment on a server that really runs, measured while you watch.',
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfcfb' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1322' },
  ],
}

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // theme.js sets data-theme before React sees the element. Next.js reads data-scroll-behavior, and opens a new page at its
    // top at once: a smooth scroll would start from where the reader was.
    <html lang="en" data-scroll-behavior="smooth" suppressHydrationWarning>
      <head>
        {/* Blocking on purpose: a theme that comes late is a flash. No inline script, which the CSP would have to allow. */}
        <script src="/theme.js" />
      </head>
      <body>
        <a className="skip-link" href="#main">
          Skip to the content
        </a>
        <Providers catalog={catalog()}>
          <Header />
          <DegradedBanner />
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto w-full max-w-[1408px] flex-1 px-4 outline-none sm:px-8 lg:px-12"
          >
            {children}
          </main>
          <Footer />
        </Providers>
      </body>
    </html>
  )
}
