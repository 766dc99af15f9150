/** Something that can be read and followed. */
export interface Readable {
  /** The same for as long as what there is to read is the same, by `Object.is`. */
  version(): unknown;
  watch(listener: () => void): () => void;
}
