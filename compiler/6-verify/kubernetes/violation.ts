import type { PathSegment } from "../../diagnostics/config-path.ts";

/** One mistake in one object. */
export interface Violation {
  /** Where in the object: the value at fault, the unknown field itself, or the object that lacks a field. */
  path: PathSegment[];
  /** What is wrong, without the path: `unknown field "replcas"; did you mean "replicas"?` */
  message: string;
  /**
   * The schema's keyword that failed (`type`, `enum`...), or the name of a rule beyond the schema (`name`, `port`...).
   */
  keyword: string;
}
