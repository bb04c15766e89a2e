// Answered by lib/runs/routes.ts
export { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from '@/app/api/mount'
