import { join } from 'node:path'
import createMDX from '@next/mdx'
import type { NextConfig } from 'next'

const withMDX = createMDX({
  options: {
    remarkPlugins: ['remark-gfm', join(process.cwd(), 'lessons/remark-inline-elements.mjs')],
    rehypePlugins: ['rehype-slug'],
  },
})

const config: NextConfig = {
  pageExtensions: ['ts', 'tsx', 'mdx'],
  poweredByHeader: false,
  reactStrictMode: true,
  // The lessons measure bytes and handler time, and a strong ETag may not stand for two encodings (RFC 9110, 8.8.3.3).
  compress: false,
  devIndicators: false,
  // `npm run check` and `npm test` do that; a start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // Loaded by Node as they are: clients with sockets, native parts or WebAssembly of their own.
  serverExternalPackages: ['ioredis', 'pg', 'undici', 'hdr-histogram-js', 'lru-cache'],
}

export default withMDX(config)
