import { OutcomeMark } from './outcome'

/** The mark beside a run whose metrics are unusable, in tables of runs. */
export const Unusable = () => (
  <span className="text-[13px] font-semibold whitespace-nowrap text-error" title="Don’t use the metrics of this run">
    <OutcomeMark outcome="error" /> unusable
  </span>
)
