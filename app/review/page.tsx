import type { Metadata } from 'next'
import { courseQuestions } from '@/app/recall/course-questions'
import { Review } from './review'

export const metadata: Metadata = {
  title: 'Review',
  description: 'Questions of the lessons that you have begun, after one, three and seven days.',
}

export default function ReviewPage() {
  return (
    <div className="py-10">
      <h1 className="text-[44px] font-extrabold">Review</h1>
      <p className="prose mt-3 max-w-[62ch]">
        What you learned comes back a day after, then after three days, then after seven. A wrong answer brings it back
        tomorrow.
      </p>
      <Review questions={courseQuestions()} />
    </div>
  )
}
