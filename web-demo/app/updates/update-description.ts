/** The colours that carry meaning; each is also said in words wherever it is used. */
export type Tone = 'slate' | 'blue' | 'amber' | 'green' | 'purple' | 'red';

/** One update as a person reads it. */
export interface UpdateDescription {
  /** What kind of thing it is, in a word or two. */
  readonly label: string;
  readonly tone: Tone;
  /** What happened, as a sentence without its full stop. */
  readonly headline: string;
  /** More about it, if there is more. */
  readonly detail?: string | undefined;
  /** What somebody said, word for word. */
  readonly quote?: string | undefined;
  /** Where to read on. */
  readonly link?: { readonly url: string; readonly text: string } | undefined;
}
