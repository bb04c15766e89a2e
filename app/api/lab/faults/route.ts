// Answered by lib/lab/faults.ts
export { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from '@/app/api/mount'
