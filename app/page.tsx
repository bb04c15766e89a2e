import Link from 'next/link'
import { lessons } from '@/lessons'
import { StartOrGoOn } from './lessons/go-on'
import { TryIt } from './panels/lazy'

export default function Home() {
  return (
    <div className="py-12 sm:py-20">
      <div className="grid gap-x-16 gap-y-12 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
        <div className="self-center">
          <h1 className="text-[44px] leading-[1.02] font-extrabold tracking-[-0.04em] sm:text-[60px]">
            A caching course you can measure
          </h1>
          <p className="prose mt-6 max-w-[46ch] text-[21px]">
            A cache keeps an answer until its sell-by date. Here you send the requests yourself, to a real server with
            Redis and Postgres behind it, and watch what a cache saves and what it costs.
          </p>
          <StartOrGoOn lessons={lessons.map(({ slug, title, minutes }) => ({ slug, title, minutes: minutes.core }))}>
            <Link className="button-quiet h-12 px-5 text-[16px]" href="/playground">
              Open the playground
            </Link>
          </StartOrGoOn>
        </div>
        <TryIt />
      </div>
      <ol className="mt-20 grid gap-x-10 gap-y-8 border-t-2 border-ink pt-8 md:grid-cols-3">
        {POINTS.map(({ title, text }) => (
          <li key={title}>
            <h2 className="text-xl">{title}</h2>
            <p className="prose mt-2 text-[17.5px]">{text}</p>
          </li>
        ))}
      </ol>
    </div>
  )
}

const POINTS = [
  {
    title: 'Read a little',
    text: 'Short lessons in plain words, beside the very code that answers your requests. Nothing to install, nothing to imagine.',
  },
  {
    title: 'Send and run',
    text: 'One request at a time, to see where its time goes. Then a thousand at once, to see what a hit is worth.',
  },
  {
    title: 'Check it yourself',
    text: 'Every panel shows its command. Run curl or hey in a terminal against this server, and watch the same log move.',
  },
]
