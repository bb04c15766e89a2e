// Answered by lib/resources/slow-value.ts
export { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from '@/app/api/mount'
