export { answerAuthenticate as GET } from '#lib/server/rest/answer-authenticate.ts'
