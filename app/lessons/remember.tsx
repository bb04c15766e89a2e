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
