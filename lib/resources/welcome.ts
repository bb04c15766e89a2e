import { randomBytes } from 'node:crypto'
import { countDone } from '../origin/done'
import { defineResource } from './resource'

const GREETINGS = {
  en: (done: string) => `Welcome! ${done} tasks are done.`,
  ko: (done: string) => `환영합니다! 완료된 작업: ${done}.`,
  de: (done: string) => `Willkommen! ${done} Aufgaben sind erledigt.`,
}
type Language = keyof typeof GREETINGS
const isLanguage = (tag: string): tag is Language => Object.hasOwn(GREETINGS, tag)

/** The first language of an `Accept-Language` that there is a greeting in, by weight (RFC 9110, 12.5.4); else English. */
export function languageOf(accepted: string): Language {
  const ranges = accepted.split(',').map((range) => {
    const [tag = '', weight] = range.split(';')
    const q = /^\s*q=([01](?:\.\d{0,3})?)\s*$/i.exec(weight ?? '')?.[1]
    return { language: tag.trim().toLowerCase().split('-')[0] ?? '', weight: Number(q ?? 1) }
  })
  const known = ranges.sort((a, b) => b.weight - a.weight).filter(({ weight }) => weight > 0)
  return known.map(({ language }) => language).find(isLanguage) ?? 'en'
}

/** A page's greeting as many sites make it: by the reader's language, with a link by a header that proxies add. */
export const welcome = defineResource({
  id: 'welcome',
  title: 'A greeting',
  about: 'A greeting in the reader’s language, with a link to the host that a proxy says it was asked for.',
  params: {
    cookie: {
      kind: 'choice',
      in: 'query',
      options: ['none', 'set', 'private'],
      default: 'none',
      about:
        'With set, the origin names the visitor in the body and in a cookie, anew each time it is asked; with private it also says that the answer is for one reader',
    },
    'Accept-Language': {
      kind: 'text',
      in: 'header',
      pattern: /^[\w*,;=. -]{1,200}$/,
      accepted: 'en, ko and de, by weight; at most 200 characters',
      default: 'en',
      about: 'The language of the greeting',
    },
    'X-Forwarded-Host': {
      kind: 'text',
      in: 'header',
      pattern: /^[a-z0-9.-]{1,253}(:\d{1,5})?$/i,
      accepted: 'a host, with or without a port',
      default: '',
      about: 'The host of the link, which is believed unchecked on purpose; without it the link has none',
    },
  },
  strategy: 'none',
  ttl: 60,
  capacity: 100,
  scope: 'public',
  isPrivate: ({ cookie }) => cookie === 'private',
  simulated:
    'The visitor is a random number: nobody is remembered. The tasks are really counted, by a sequential scan.',
  key: ({ cookie, 'Accept-Language': accepted, 'X-Forwarded-Host': host }) =>
    `welcome?language=${languageOf(accepted)}&host=${host.toLowerCase()}${cookie === 'none' ? '' : `&cookie=${cookie}`}`,
  async load({ cookie, 'Accept-Language': accepted, 'X-Forwarded-Host': host }, { database, now }) {
    const language = languageOf(accepted)
    const done = await countDone(database)
    const greeting = GREETINGS[language](done.toLocaleString('en-US'))
    const link = host === '' ? '/lessons' : `http://${host.toLowerCase()}/lessons`
    // Seeded rows never change, and so neither does the greeting: only a visitor makes it another one.
    if (cookie === 'none') return { value: { language, greeting, link }, version: 1, queries: 1 }
    const visitor = randomBytes(8).toString('hex')
    return {
      value: { language, greeting: `${greeting} You are visitor ${visitor}.`, link, visitor },
      version: now(),
      queries: 1,
    }
  },
  cookie: (value) => {
    const { visitor } = value as { visitor?: string }
    return visitor && `visitor=${visitor}; Path=/api/welcome; HttpOnly; SameSite=Lax`
  },
})
