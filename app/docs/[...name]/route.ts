import { answerDownload } from '#lib/server/rest/answer-download.ts'

export const GET = (request: Request): Promise<Response> => answerDownload(request, 'documents')
