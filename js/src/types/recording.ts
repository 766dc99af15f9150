export interface RecordingOptions {
  /**
   * True: texts inside messages are recorded as they are. False: others of the same length take their place; types,
   * topics, ids and numbers stay, so that a replay goes the same way. Tokens are never in a recording; true.
   */
  payloads?: boolean;
}
