// Answered by lib/schema.ts
export { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from '@/app/api/mount'
