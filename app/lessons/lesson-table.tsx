import type { ComponentProps } from 'react'
import { Scroller } from '@/app/parts/scroller'

/** A table of a lesson's text. On a narrow screen it scrolls inside its own box, so that the page doesn't (WCAG 1.4.10). */
export const LessonTable = (props: ComponentProps<'table'>) => (
  <Scroller name="Table" className="lesson-table">
    <table {...props} />
  </Scroller>
)
