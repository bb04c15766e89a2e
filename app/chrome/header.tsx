import { questions } from '@/lessons'
import { Logo } from './logo'
import { Nav } from './nav'
import { ServiceStatus } from './service-status'
import { ThemeToggle } from './theme-toggle'

/** On a phone: name and theme, then pages, then services. On a tablet the services come before. Where there is room: one line. */
export function Header() {
  return (
    <header className="border-b-2 border-ink bg-panel">
      <div className="mx-auto flex max-w-[1408px] flex-wrap items-center gap-x-8 gap-y-1 px-4 py-2.5 sm:px-8 lg:px-12 xl:flex-nowrap">
        <Logo />
        <div className="ml-auto md:order-2 md:ml-0 xl:order-3">
          <ThemeToggle />
        </div>
        <div className="w-full md:order-3 xl:order-1 xl:w-auto">
          <Nav questions={questions.map(({ lesson, question }) => ({ id: question.id, lesson }))} />
        </div>
        <div className="max-md:w-full max-md:pb-1 md:order-1 md:ml-auto xl:order-2">
          <ServiceStatus />
        </div>
      </div>
    </header>
  )
}
