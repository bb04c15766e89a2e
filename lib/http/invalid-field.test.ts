import { describe, expect, it } from 'vitest'
import { notebookPatch } from '../notebook/items'
import { task } from '../resources/task'
import { planRun } from '../runs/config'
import { invalidField } from './invalid-field'
import { Problem } from './problem'

/** The problem that a body makes. */
function problemOf(make: () => unknown): Pick<Problem, 'code' | 'info'> {
  try {
    make()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('the body was accepted')
}

const run = (fields: object) =>
  problemOf(() => planRun({ resource: 'slow-value', strategy: 'memory', ...fields }, 'lab'))
const patch = (schema: typeof notebookPatch | NonNullable<typeof task.write>['body'], body: unknown) =>
  problemOf(() => {
    const parsed = schema.safeParse(body)
    if (!parsed.success) throw invalidField(schema, parsed.error, body)
  })
const edit = (body: unknown) => patch(task.write?.body ?? notebookPatch, body)
const notebook = (body: unknown) => patch(notebookPatch, body)
const item = { id: 'command:a', kind: 'command', at: 1, text: 'x' }

describe('a field that fails names itself, its value, and what it takes', () => {
  it.each([
    ['a number out of bounds', run({ connections: 900 }), 'connections', '900', 'a whole number from 1 to'],
    ['a number that is text', run({ requests: 'many' }), 'requests', '"many"', 'a whole number from 1 to'],
    ['a field inside another', run({ keys: { kind: 'every' } }), 'keys.kind', '"every"', 'one of one, cycle'],
    ['a lab’s name', run({ lab: 'No Such' }), 'lab', '"No Such"', '1 to 64 of a-z, 0-9 and -'],
    ['text that is too short', edit({ title: '' }), 'title', '""', 'text of 1 to 200 characters'],
    ['a date', edit({ dueDate: 'soon' }), 'dueDate', '"soon"', 'a date such as 2026-11-28'],
    ['nothing', edit({}), 'body', '{}', 'at least one of title, status, dueDate, notes'],
    ['a list', edit([]), 'body', '[]', 'an object with title, status, dueDate, notes'],
    ['a kind of item', notebook({ put: [{ ...item, kind: 'x' }] }), 'put.0.kind', '"x"', 'one of progress, prediction'],
    [
      'a field of one kind',
      notebook({ put: [{ ...item, text: '' }] }),
      'put.0.text',
      '""',
      'text of 1 to 1,000 characters',
    ],
  ])('%s', (_what, { code, info }, parameter, given, accepted) => {
    expect(code).toBe('invalid-body')
    expect(info).toMatchObject({ parameter, given, accepted: expect.stringContaining(accepted) as string })
    expect(info.detail).toContain(`takes ${accepted}`)
  })

  it('says that it is missing, and of an unknown one which there are', () => {
    expect(problemOf(() => planRun({ strategy: 'memory' }, 'lab')).info.detail).toBe(
      'resource is missing, and takes text.',
    )
    expect(edit({ colour: 'red' }).info).toEqual({
      detail: 'colour isn’t a field here.',
      parameter: 'colour',
      accepted: 'only title, status, dueDate, notes',
    })
  })
})
