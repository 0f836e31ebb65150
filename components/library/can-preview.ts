import type { LibraryItem } from '#lib/domain/library.ts'
import { imageTypes, videoTypes } from '#lib/domain/media-type.ts'

/** Only what its bytes say is a picture or a film is shown in a page. */
export const canPreview = ({ fileType }: LibraryItem): boolean => isImage(fileType) || isVideo(fileType)
const isImage = (type: string) => imageTypes.some((known) => known === type)
export const isVideo = (type: string) => videoTypes.some((known) => known === type)
