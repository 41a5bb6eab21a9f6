import type { Address, PodValue, Url, Value, Variable } from "../config/model/values.ts";
import type { PathSegment } from "../diagnostics/config-path.ts";

/** A part of a value that names a service, and where in the value it stands. */
export interface Call {
  to: Address | Url;
  path: readonly PathSegment[];
}

/** Every service that a value names. */
export function callsIn(value: Variable): Call[] {
  if (typeof value === "string" || value.kind === "pod" || value.kind === "file") return [];
  if (value.kind !== "text") return [{ to: value, path: [] }];
  return value.parts.flatMap((part, index) => (typeof part === "string" ? [] : [{ to: part, path: ["parts", index] }]));
}

/** A value as text; `place` says host and port of a service. */
export function textOf(value: Value, place: (to: Address | Url) => string): string {
  if (typeof value === "string") return value;
  if (value.kind === "file") return value.text;
  if (value.kind === "text") return value.parts.map((part) => textOf(part, place)).join("");
  return value.kind === "url" ? `http://${place(value)}${value.path ?? ""}` : place(value);
}

/** The port that a call means, of those that a service has; undefined where it has none of the name, or several and none is named. */
export function portOf<P>(ports: ReadonlyMap<string, P>, { port }: Address | Url): P | undefined {
  if (port !== undefined) return ports.get(port);
  return ports.size === 1 ? [...ports.values()][0] : undefined;
}

/** https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields */
export const FIELD_PATHS: Readonly<Record<PodValue["field"], string>> = {
  name: "metadata.name",
  namespace: "metadata.namespace",
  ip: "status.podIP",
  serviceAccount: "spec.serviceAccountName",
  node: "spec.nodeName",
  nodeIp: "status.hostIP",
};
