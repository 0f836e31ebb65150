export { answerAuth as GET, answerAuth as POST } from '#lib/server/sessions/answer-auth.ts'
