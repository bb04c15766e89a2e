/** What is known of a lesson besides its text. The text is `lesson.mdx` in the folder named by the slug. */
export interface Lesson<Slug extends string = string> {
  slug: Slug
  title: string
  /** One or two sentences, for lists and search. */
  summary: string
  minutes: { core: number; optional: number }
  /** What the reader can do afterwards. */
  goals: readonly string[]
  /** What the reader should know before. */
  prerequisites: readonly string[]
  /** Three lines to keep. */
  remember: readonly [string, string, string]
}

/** Define a lesson: the identity, typed so that its slug stays a literal. */
export const defineLesson = <const Slug extends string>(lesson: Lesson<Slug>): Lesson<Slug> => lesson
