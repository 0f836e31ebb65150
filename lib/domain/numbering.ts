/**
 * The numbers `<n>` of generated names, by what they were given for. A number is given once: it stays with its
 * path or port through every update, and is not used again when that path or port goes; section 4 of the contract.
 */
export interface Numbering {
  /** By file path. */
  configMaps: Record<string, number>
  /** By file path; the Secret of `asSecret` variables under `environmentSecretKey`. */
  secrets: Record<string, number>
  /** By `portKey`. */
  services: Record<string, number>
  /** By `portKey`. */
  ingresses: Record<string, number>
  /** By PersistentVolume name and mount path. */
  persistentVolumeClaims: Record<string, number>
}

export const emptyNumbering: Numbering = {
  configMaps: {},
  secrets: {},
  services: {},
  ingresses: {},
  persistentVolumeClaims: {},
}

/** No file path can be this: paths are absolute. */
export const environmentSecretKey = 'environment'

export const portKey = (protocol: string, port: number) => `${protocol}/${port}`
