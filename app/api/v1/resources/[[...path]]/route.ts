export {
  answerRequest as DELETE,
  answerRequest as GET,
  answerRequest as PATCH,
  answerRequest as POST,
  answerRequest as PUT,
} from '#lib/server/rest/answer-request.ts'
