import { LabLine } from './lab-line'

export function Footer() {
  return (
    <footer className="no-print mt-24 border-t border-line bg-panel">
      <div className="mx-auto flex max-w-[1408px] flex-wrap justify-between gap-x-10 gap-y-2 px-4 py-6 text-sm text-ink-2 sm:px-8 lg:px-12">
        <p>Every figure on these pages was measured on this machine, by you.</p>
        <LabLine />
      </div>
    </footer>
  )
}
