/** The framed sheet that an experiment is: its question, what to do, the panels, and what it showed. */
export function Experiment({
  number,
  question,
  children,
}: {
  number: number
  question: string
  children: React.ReactNode
}) {
  const id = `experiment-${number}`
  return (
    <section className="sheet my-12" aria-labelledby={id}>
      <header className="band">
        <p className="eyebrow">
          <span className="uppercase">Experiment {number}</span>
        </p>
        <h3 id={id} className="mt-1 max-w-[34ch] text-[26px] sm:text-[28px]">
          {question}
        </h3>
      </header>
      {children}
    </section>
  )
}

/** What to do, in steps. */
export const Steps = ({ children }: { children: React.ReactNode }) => (
  <div className="band prose max-w-none bg-sunk text-[17px]">{children}</div>
)

/** What the experiment shows, at the foot of its sheet. */
export const Verdict = ({ children }: { children: React.ReactNode }) => (
  <div className="band prose border-t-2! border-ink! bg-verdict">{children}</div>
)

/** Entries and log side by side where there is room. */
export const Shelf = ({ children }: { children: React.ReactNode }) => <div className="bands">{children}</div>

/** An aside that must not be overlooked: what is simulated, added, or not shown. */
export const Honest = ({ children }: { children: React.ReactNode }) => (
  <div role="note" className="prose my-8 max-w-[66ch] border-l-4 border-ink bg-panel px-5 py-4 text-[17px]">
    {children}
  </div>
)

/** The lines to keep, at a lesson's end. */
export const Remember = ({ lines }: { lines: readonly string[] }) => (
  <section className="my-14 border-y-2 border-ink bg-panel px-6 py-6" aria-labelledby="remember" data-lesson-end>
    <h2 id="remember" className="text-2xl">
      Remember
    </h2>
    <ol className="mt-4 grid list-none! gap-3 p-0! font-serif text-[19px] leading-relaxed">
      {lines.map((line, i) => (
        <li key={line} className="grid grid-cols-[2ch_1fr] gap-3">
          <span className="num pt-[2px] text-ink-2">{i + 1}</span>
          <span>{line}</span>
        </li>
      ))}
    </ol>
  </section>
)
