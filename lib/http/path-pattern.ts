/** Turn `/api/tasks/{id}` into a pattern with a named group for each brace, that matches the whole path. */
export function pathPattern(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
}
