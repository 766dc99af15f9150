const decoder = new TextDecoder();

/** What a buffer costs beside its bytes, roughly, so that many small ones count too. */
const overheadBytes = 256;

/** After a buffer whose text is not ASCII alone, so many are not tried. */
const patience = 16;

/**
 * Remembers whether decoding a buffer as a whole is of use: only in ASCII are the places of bytes those of characters.
 * Texts of one page are mostly of one kind.
 */
export class WholeDecoding {
  private untried = 0;

  get isWorthTrying(): boolean {
    if (this.untried === 0) return true;
    this.untried -= 1;
    return false;
  }

  /** The text, when every byte is a character of it. */
  decode(bytes: Uint8Array): string | null {
    const text = decoder.decode(bytes);
    if (text.length === bytes.length) return text;
    this.untried = patience;
    return null;
  }
}

/**
 * One buffer of texts. The first that is read is decoded alone. Who reads a second one reads many: then all of them are
 * decoded at once, which costs little more than one, and each is a part of that.
 */
export class Segment {
  /** How many chunks lie in it. */
  chunkCount = 0;
  private hasBeenRead = false;
  /** What all texts decoded to; null: not tried; undefined: of no use. */
  private whole: string | null | undefined = null;

  /** `textStart`: what comes before is no text. */
  constructor(
    readonly bytes: Uint8Array,
    private readonly textStart: number,
  ) {}

  /** What it costs to keep it. */
  get heldBytes(): number {
    return this.bytes.length + (this.whole?.length ?? 0) + overheadBytes;
  }

  /** Decodes `length` bytes from `offset`. */
  text(offset: number, length: number, decoding: WholeDecoding): string {
    if (this.whole === null && this.hasBeenRead) {
      this.whole = decoding.isWorthTrying
        ? (decoding.decode(this.bytes.subarray(this.textStart)) ?? undefined)
        : undefined;
    }
    this.hasBeenRead = true;
    if (typeof this.whole !== 'string' || offset < this.textStart) {
      return decoder.decode(this.bytes.subarray(offset, offset + length));
    }
    const start = offset - this.textStart;
    return this.whole.slice(start, start + length);
  }
}
