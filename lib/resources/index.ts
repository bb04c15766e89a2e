import { exchange } from './exchange'
import { publicConfig } from './public-config'
import type { Resource } from './resource'
import { slowValue } from './slow-value'
import { stalling } from './stalling'
import { task } from './task'
import { tasks } from './tasks'
import { welcome } from './welcome'

/** The resources, in the order in which they are shown. To add one: its file, its route, and its line here. */
export const resources: readonly Resource[] = [slowValue, stalling, publicConfig, exchange, task, tasks, welcome]

/** The resource of an id, or undefined where there is none. */
export const resourceById = (id: string): Resource | undefined => resources.find((resource) => resource.id === id)
