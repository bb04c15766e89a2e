import { defineResource } from './resource'

/** What hardly ever changes and is the same for everybody: made for HTTP caches. */
export const publicConfig = defineResource({
  id: 'public/config',
  title: 'Public configuration',
  about: 'Settings that are the same for everybody and hardly ever change.',
  params: {},
  strategy: 'http',
  ttl: 300,
  capacity: 1,
  scope: 'public',
  key: () => 'public/config',
  load: async () => ({ value: { theme: 'light', locale: 'en', pageSize: 50, features: ['cache-lab'] }, version: 1 }),
})
