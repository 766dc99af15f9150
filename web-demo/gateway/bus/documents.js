/**
 * Small things that are kept by name and outlive connections: beside the streams of a bus, and as shared as
 * they are. Whoever changes one says which revision they have seen, so that nobody's change is lost.
 *
 * @typedef {object} Documents
 * @property {(name: string) => Document | null | Promise<Document | null>} get
 * @property {(name: string, value: unknown, revision: number) => boolean | Promise<boolean>} put `revision`
 *   is of the document that was read, 0 when there was none; false when it has changed since.
 * @property {(value: unknown) => void} changed Set once; called for every change, whoever made it.
 */

/**
 * @typedef {object} Document
 * @property {unknown} value JSON.
 * @property {number} revision
 */

/** @typedef {'preferences' | 'sums'} DocumentKind */

/** What has to change within so many attempts, or is changed by too many at once. */
export const MOST_ATTEMPTS = 20;

export {};
