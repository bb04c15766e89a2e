import { exercises } from '@/lessons'
import type { CourseExercise } from '@/lib/checks/exercise'

/** An exercise, its number within its lesson (from 1) and the lesson's slug. Throws where there is none. */
export function exerciseById(id: string): CourseExercise & { number: number } {
  const found = exercises.find(({ exercise }) => exercise.id === id)
  if (!found) throw new Error(`No lesson defines the exercise ${id}`)
  const ofLesson = exercises.filter(({ lesson }) => lesson === found.lesson)
  return { ...found, number: ofLesson.indexOf(found) + 1 }
}
