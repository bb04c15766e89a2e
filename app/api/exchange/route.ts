// Answered by lib/resources/exchange.ts
export { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from '@/app/api/mount'
