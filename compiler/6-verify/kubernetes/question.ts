import type { PathSegment } from "../../diagnostics/config-path.ts";
import type { SchemaNode } from "./schema-node.ts";

/** A value that its schema lets through and has rules for, which are asked by whoever brings the library for it. */
export interface Question {
  /** Where in the object. */
  path: PathSegment[];
  node: SchemaNode;
  value: unknown;
}
