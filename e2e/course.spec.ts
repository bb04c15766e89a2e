import { expect, type Page, test } from '@playwright/test'
import { lessons } from '@/lessons'
import type { Lesson } from '@/lessons/lesson'
import { notebook } from '@/lib/notebook/items'
import { learnerOn } from './learner'
import { sheet } from './predict'
import { walks } from './walks'

/** Every lesson, walked as a learner walks it: predict, run, do each exercise wrongly and then right. */

// Each lesson is a learner of its own: they share the workers, so that neither is left waiting at the end.
test.describe.configure({ timeout: 240_000, mode: 'parallel' })

/** Commit to the first answer, or to the middle of what may be said. */
async function predict(page: Page, { id, predict }: Lesson['experiments'][number]): Promise<void> {
  const experiment = sheet(page, id)
  const commit = experiment.getByRole('button', { name: 'Predict', exact: true })
  // Only once React is there, which takes its time on a page of panels and a busy machine.
  await expect(commit).toBeEnabled({ timeout: 60_000 })
  if (predict.kind === 'number') {
    await experiment.getByRole('spinbutton', { name: 'You say' }).fill(String((predict.min + predict.max) / 2))
  } else await experiment.getByRole('radio', { name: predict.options[0]?.label ?? '', exact: true }).check()
  await commit.click()
  await expect(experiment.getByTestId('prediction')).toContainText('You said')
}

for (const lesson of lessons as readonly Lesson<keyof typeof walks>[]) {
  test(`a learner goes through ${lesson.slug}`, async ({ page, baseURL }) => {
    const learner = learnerOn(page, baseURL ?? '')
    const walk = walks[lesson.slug]
    await page.goto(`/lessons/${lesson.slug}`)

    for (const experiment of lesson.experiments) {
      const part = sheet(page, experiment.id)
      const steps = walk.experiments[experiment.id]
      expect(steps, `e2e/walks.ts has no steps for ${experiment.id}`).toBeDefined()
      await test.step(experiment.id, async () => {
        await predict(page, experiment)
        await expect(part.getByTestId('verdict')).toBeHidden()
        await steps?.(part, learner)
        await expect(part.getByTestId('verdict')).toContainText('t was')
      })
    }

    for (const { id } of lesson.exercises) {
      const part = page.getByTestId(`exercise-${id}`)
      const phase = (is: string) => expect(part).toHaveAttribute('data-phase', is)
      const steps = walk.exercises[id]
      if (!steps) throw new Error(`e2e/walks.ts has no steps for ${id}`)
      await test.step(id, async () => {
        await part.getByRole('button', { name: 'Start', exact: true }).click()
        await phase('open')
        await steps.fail(learner, part)
        await phase('failed')
        await expect(part).toContainText(steps.reason)
        await part.getByRole('button', { name: 'Try again', exact: true }).click()
        await phase('open')
        await steps.pass(learner, part)
        await phase('passed')
      })
    }

    const kept = async () => {
      const answer: unknown = await (await page.request.get('/api/notebook')).json()
      return notebook.parse(answer).items.map(({ id }) => id)
    }
    await expect
      .poll(kept)
      .toEqual(
        expect.arrayContaining([
          `progress:${lesson.slug}`,
          ...lesson.experiments.map(({ id }) => `prediction:${id}`),
          ...lesson.exercises.map(({ id }) => `exercise:${id}`),
        ]),
      )
  })
}
