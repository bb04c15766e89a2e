import { readFileSync } from 'node:fs'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { expect, test } from 'vitest'
import { z } from 'zod'
import * as schema from './schema'

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`./migrations/meta/${file}`, import.meta.url), 'utf8'))
const journal = z.object({ entries: z.array(z.object({ idx: z.number() })) })

/** A picture of all tables, as drizzle-kit keeps one with each migration. Its own type does not resolve. */
const snapshot = z.looseObject({ id: z.string() })

test('the migrations make the tables of the schema: else npm run migration', async () => {
  const last = journal.parse(read('_journal.json')).entries.at(-1)?.idx ?? 0
  const made = snapshot.parse(read(`${String(last).padStart(4, '0')}_snapshot.json`))
  const wanted = snapshot.parse(generateDrizzleJson(schema, made.id))
  expect(await generateMigration(made as never, wanted as never)).toEqual([])
})
