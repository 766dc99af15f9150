export interface FrameFigures {
  /** Frames of 60 a second that did not come. */
  readonly dropped: number;
  /** Tasks of more than 50 ms. */
  readonly longTasks: number;
  readonly longestTaskMs: number;
}
