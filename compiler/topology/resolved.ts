/** What every resolved node has. */
export interface Resolved {
  /** The config path that it comes from; of a default, the path where it could be written. */
  readonly source: string;
}
