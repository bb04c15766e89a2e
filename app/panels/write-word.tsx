import { OutcomeMark } from '@/app/parts/outcome'

/** In the place of an outcome: a write that was answered consults no tier, and goes to the origin. */
export function WriteWord({ size }: { size?: number }) {
  return (
    <span className="whitespace-nowrap text-ink-2 [&_svg]:mr-[0.5em] [&_svg]:align-[-0.06em]">
      <OutcomeMark outcome="bypass" size={size} />
      write
    </span>
  )
}
