/** What one compilation in a process of its own costs. */
export interface Measurement {
  /** CPU milliseconds by phase. */
  timings: Record<string, number>;
  /** CPU milliseconds from the first phase to the last, garbage collection included. */
  compile: number;
  /** Kubernetes objects that the compiler writes; values files are not counted. */
  objects: number;
  files: number;
  bytes: number;
  /** Peak resident set, in MiB. */
  rss: number;
}
