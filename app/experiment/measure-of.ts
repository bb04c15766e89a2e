import { experimentById } from '@/lessons'

/**
 * How an experiment's lesson measures what came true. Functions cannot be handed to the browser with the page: this file
 * is fetched, with the lessons' data, by pages that have an experiment, once something has been seen.
 */
export const measureOf = (experiment: string) => experimentById(experiment).definition.predict.measure
