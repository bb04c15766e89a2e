import { inOrder } from '@/lib/checks/in-order'
import { defineLesson } from '../lesson'

/** The strategies that send an ETag. */
const keptByClients = (strategy: string) => strategy === 'http' || strategy === 'no-cache'

export const httpCacheHeaders = defineLesson({
  slug: 'http-cache-headers',
  title: 'Let the browser keep it',
  summary: 'One header makes every browser a cache of yours. What it may keep, for how long, and how it asks again.',
  minutes: { core: 7, optional: 3 },
  goals: [
    'Make a browser keep an answer, and prove from both ends that it did.',
    'Choose between max-age, no-cache and no-store, and between public and private.',
    'Get a 304 by hand, and say what it saves and what it does not.',
    'Say what cannot be undone once an answer is given out.',
  ],
  prerequisites: ['Lesson 2: fresh, stale, revalidated.', 'You have seen HTTP headers before.'],
  experiments: [
    {
      id: 'who-hears-of-it',
      question: 'The page asks again and again. Who hears of it?',
      predict: {
        kind: 'choice',
        ask: 'The answer says max-age=10. The page asks for it five times within ten seconds. Which of the requests reach the server?',
        options: [
          { id: 'all', label: 'All of them: the server decides each time' },
          { id: 'first', label: 'The first alone' },
          { id: 'none', label: 'None: the browser knows the answer' },
        ],
        measure({ figures }) {
          const { 'http:asked': asked = 0, 'http:browser-hits': kept = 0, 'http:revalidated': confirmed = 0 } = figures
          if (asked < 2) return undefined
          if (kept === 0) return confirmed > 0 ? undefined : 'all'
          return kept < asked ? 'first' : 'none'
        },
      },
    },
    {
      id: 'what-no-cache-does',
      question: 'What does no-cache forbid?',
      predict: {
        kind: 'choice',
        ask: 'The answer says no-cache. The page asks for it a second time. What does the server send?',
        options: [
          { id: 'whole', label: 'The whole answer: the browser was not allowed to keep it' },
          { id: '304', label: 'A 304 without a body: the browser kept it, and asked whether it still holds' },
          { id: 'nothing', label: 'Nothing: the browser answers from its copy' },
        ],
        measure({ figures }) {
          const {
            'no-cache:asked': asked = 0,
            'no-cache:revalidated': confirmed,
            'no-cache:browser-hits': kept,
          } = figures
          if (asked < 2) return undefined
          return confirmed ? '304' : kept ? 'nothing' : 'whole'
        },
      },
    },
    {
      id: 'not-called-back',
      question: 'The task is renamed. Which name does the browser show?',
      predict: {
        kind: 'choice',
        ask: 'Your browser keeps task 7 for 60 s. Meanwhile the task is renamed on the server. Your page asks for it again. What does it get?',
        options: [
          { id: 'old', label: 'The old name, from the browser’s copy' },
          { id: 'new', label: 'The new name: the server knows that the copy is wrong' },
          { id: 'asked', label: 'The browser asks whether its copy holds, and learns that it does not' },
        ],
        measure({ sent }) {
          const again = sent.filter(({ strategy }) => strategy === 'http')[1]
          if (!again) return undefined
          if (again.by === 'browser') return 'old'
          return again.by === 'browser-revalidated' ? 'asked' : 'new'
        },
      },
    },
  ],
  exercises: [
    {
      id: 'one-200-then-304',
      title: 'One 200, then one 304',
      task: [
        'Get the whole configuration once, with `cache=http` or `cache=no-cache`: a 200.',
        'Ask again in such a way that the server answers 304. A terminal will do, and so will a panel of this page.',
      ],
      hints: [
        'The first answer has a header with a mark of its content. The second request has to carry it.',
        'By hand: `curl -i` shows the `ETag`; send it back with `-H`, in the header `If-None-Match`. In the panel: choose the strategy that asks before each use.',
        "Ask twice with `no-cache` in the panel above. Or: `curl -i -H 'If-None-Match: \"…\"' '…/api/public/config?lab=…'`, with the mark of the first answer, its quotes included.",
      ],
      check: inOrder({
        resource: 'public/config',
        steps: [
          {
            say: 'The whole answer, with an ETag: 200',
            expects: 'a 200 with http or no-cache',
            is: ({ strategy, outcome }) => keptByClients(strategy) && outcome === 'miss',
          },
          {
            say: 'The question whether it still holds: 304',
            expects: 'a 304: the next request carries the ETag in If-None-Match',
            is: ({ strategy, outcome }) => keptByClients(strategy) && outcome === 'revalidated',
          },
        ],
      }),
    },
  ],
  recall: [
    {
      id: 'no-cache-or-no-store',
      ask: 'A page with somebody’s bank balance must not lie in any cache. Which directive says so?',
      options: ['no-cache', 'no-store', 'private', 'max-age=0'],
      answer: 1,
      why: 'Only no-store forbids keeping it. no-cache and max-age=0 let a cache keep it and ask first, private lets the browser keep it.',
    },
    {
      id: 'what-a-304-saves',
      ask: 'A client asks with its ETag and gets a 304. What was saved?',
      options: ['The round trip', 'The body', 'The origin’s work', 'All three'],
      answer: 1,
      why: 'The question travelled, and the server had to find out whether the copy holds. Only the bytes of the answer stayed at home.',
    },
    {
      id: 'call-it-back',
      ask: 'You gave out an answer with max-age=86400, and it was wrong. How do you get it out of your readers’ browsers?',
      options: [
        'Send a new answer with no-store',
        'Restart the server',
        'Not at all: wait, or have the page ask for another address',
      ],
      answer: 2,
      why: 'A browser that has a fresh copy does not ask, so you can tell it nothing. That is what a new name for new content is for.',
    },
  ],
  remember: [
    'max-age lets a cache answer without asking; no-cache lets it keep the answer, and makes it ask; no-store lets it keep nothing.',
    'A 304 saves the body. The question still travels, and the origin still has to know.',
    'What is given out cannot be called back. Choose max-age as long as you can bear to be wrong.',
  ],
})
