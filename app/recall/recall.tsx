import { questionsBefore } from './course-questions'
import { RecallQuestions } from './recall-questions'

/** What a lesson opens with: two short questions from earlier ones. The first lesson has none. */
export function Recall({ lesson }: { lesson: string }) {
  const questions = questionsBefore(lesson)
  return questions.length === 0 ? null : <RecallQuestions questions={questions} />
}
