import { questions } from '@/lessons'
import { Logo } from './logo'
import { Nav } from './nav'
import { ServiceStatus } from './service-status'
import { ThemeToggle } from './theme-toggle'

/** On a phone: name and theme, then pages, then services. Where there is room: one line. */
export function Header() {
  return (
    <header className="border-b-2 border-ink bg-panel">
      <div className="mx-auto flex max-w-[1408px] flex-wrap items-center gap-x-8 gap-y-1 px-4 py-2.5 sm:px-8 lg:flex-nowrap lg:px-12">
        <Logo />
        <div className="ml-auto lg:order-last lg:ml-0">
          <ThemeToggle />
        </div>
        <div className="w-full lg:w-auto">
          <Nav questions={questions.map(({ lesson, question }) => ({ id: question.id, lesson }))} />
        </div>
        <div className="max-lg:w-full max-lg:pb-1 lg:ml-auto">
          <ServiceStatus />
        </div>
      </div>
    </header>
  )
}
