import { inOrder } from '@/lib/checks/in-order'
import { defineLesson, type Seen, type SentRequest } from '../lesson'

/** A field of a JSON answer, where it has it as text. */
function fieldOf({ body }: SentRequest, name: string): string | undefined {
  try {
    const value = (JSON.parse(body ?? '') as Record<string, unknown>)[name]
    return typeof value === 'string' ? value : undefined
  } catch {
    // An error page, or an answer that was cut.
    return undefined
  }
}

/** What the page got from one of the edges, the oldest first. */
const answersOf = ({ sent }: Seen, to: string): SentRequest[] =>
  sent.filter((each) => each.to === to && each.resource === 'welcome' && each.status === 200)

export const whatTheKeyLeavesOut = defineLesson({
  slug: 'what-the-key-leaves-out',
  title: 'What the key leaves out',
  summary: 'A shared cache finds answers by their address. Whatever else they depend on, one visitor decides for all.',
  minutes: { core: 7, optional: 0 },
  further: true,
  goals: [
    'Say what Vary is for, what it costs, and who reads it.',
    'Poison a cache with a header, and name three remedies.',
    'Say why an answer that sets a cookie may not be shared.',
  ],
  prerequisites: ['Lesson 11: a shared cache, s-maxage, Cache-Status.'],
  experiments: [
    {
      id: 'whose-language',
      question: 'Seoul asks first, Berlin second. In which language is Berlin greeted?',
      predict: {
        kind: 'choice',
        ask: 'The greeting depends on Accept-Language. A visitor who wants Korean asks a cache that looks at the address alone; then one who wants German asks it. What does the second one get?',
        options: [
          { id: 'theirs', label: 'German: the server always looks at the header' },
          { id: 'first', label: 'Korean: what the first one got' },
          { id: 'english', label: 'English: the cache cannot know, and takes the default' },
        ],
        measure(seen) {
          const [first, ...others] = answersOf(seen, 'careless')
          const second = others.find(({ asked }) => asked['accept-language'] !== first?.asked['accept-language'])
          if (!first || !second) return undefined
          const language = fieldOf(second, 'language')
          if (language === fieldOf(first, 'language')) return 'first'
          return language === 'en' ? 'english' : 'theirs'
        },
      },
    },
    {
      id: 'a-poisoned-link',
      question: 'One visitor sends a strange header. What becomes of the next?',
      predict: {
        kind: 'choice',
        ask: 'One visitor sends X-Forwarded-Host: evil.example, and the server builds its link from it. The next visitor sends no such header, to the same cache, which looks at the address alone. Where does their link lead?',
        options: [
          { id: 'ours', label: 'To our own site: they did not send that header' },
          { id: 'theirs', label: 'To evil.example' },
        ],
        measure(seen) {
          const answers = answersOf(seen, 'careless')
          const attack = answers.findIndex(({ asked }) => asked['x-forwarded-host'])
          const victim = answers.slice(attack + 1).find(({ asked }) => !asked['x-forwarded-host'])
          const host = answers[attack]?.asked['x-forwarded-host']
          if (!victim || !host) return undefined
          return fieldOf(victim, 'link')?.includes(host) ? 'theirs' : 'ours'
        },
      },
    },
    {
      id: 'one-cookie-for-two',
      question: 'Two visitors, a cookie each. How many cookies?',
      predict: {
        kind: 'choice',
        ask: 'The server gives each visitor a number of their own, in a cookie, and marks the answer public, s-maxage=62. Two new visitors ask through a shared cache that breaks no rule. What numbers do they get?',
        options: [
          { id: 'two', label: 'Two: a cache does not keep cookies' },
          { id: 'one', label: 'The same number, both of them' },
        ],
        measure(seen) {
          const numbers = answersOf(seen, 'edge').flatMap((answer) => fieldOf(answer, 'visitor') ?? [])
          const [first, second] = numbers
          if (first === undefined || second === undefined) return undefined
          return first === second ? 'one' : 'two'
        },
      },
    },
  ],
  exercises: [
    {
      id: 'keep-them-apart',
      title: 'Keep two visitors apart',
      task: [
        'Ask for `/api/welcome` with `cookie=private` through an edge, twice, with a strategy that HTTP caches go by.',
        'Both requests have to reach the server: an answer out of a cache would be somebody else’s.',
      ],
      hints: [
        'A hit means that a cache has answered. With `cookie` at `set` that is what happens.',
        'A shared cache keeps nothing that is marked private. Which setting of `cookie` marks it so?',
        'In the panel above: `cookie` at `private`, and Send twice as a new visitor.',
      ],
      check: inOrder({
        resource: 'welcome',
        steps: [
          {
            say: 'The first visitor, answered by the server',
            expects: 'a miss, with cookie=private',
            is: ({ outcome, key }) => outcome === 'miss' && key.endsWith('cookie=private'),
          },
          {
            say: 'The second visitor, answered by the server as well',
            expects: 'a miss, with cookie=private',
            is: ({ outcome, key }) => outcome === 'miss' && key.endsWith('cookie=private'),
          },
        ],
      }),
    },
  ],
  recall: [
    {
      id: 'vary-costs',
      ask: 'A page says Vary: User-Agent. What does that do to a shared cache?',
      options: [
        'It keeps an entry for each different browser string, and hardly ever hits',
        'It keeps one entry, and checks the browser',
        'Nothing: Vary is for browsers',
      ],
      answer: 0,
      why: 'Each value that differs by a character is another variant, and there are thousands. Vary by few things with few values.',
    },
    {
      id: 'unkeyed',
      ask: 'What makes a header fit for poisoning a cache?',
      options: [
        'It is longer than the cache expects',
        'The answer depends on it, and the key does not',
        'It is sent by many visitors',
      ],
      answer: 1,
      why: 'One request decides what all others get who have the same key. A header that the server ignores, or that is part of the key, can’t do that.',
    },
    {
      id: 'cookie-and-public',
      ask: 'An answer sets a session cookie and says public, max-age=60. What may a shared cache do that keeps to RFC 9111?',
      options: [
        'Keep it without the cookie',
        'Keep it, cookie and all, and give it to everybody',
        'It must not keep it',
      ],
      answer: 1,
      why: 'Set-Cookie alone forbids nothing; the origin has to say private. Many caches are more careful than the standard, and none should have to be.',
    },
  ],
  remember: [
    'What an answer depends on belongs into its key, or one visitor decides for all.',
    'Vary names it, costs an entry for each value, and works only with caches that read it.',
    'An answer that sets a cookie, or depends on one, is private.',
  ],
})
