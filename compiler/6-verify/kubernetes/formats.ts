import { annotationKeyProblem, labelKeyProblem, labelValueProblem } from "./names.ts";
import { shown } from "./wording.ts";

/** https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#Quantity */
const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)(([KMGTPE]i)|[numkMGTPE]|[eE][+-]?\d+)?$/;
/** RFC 3339, as metav1.Time parses it. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What is wrong with a value of this format, or undefined. */
export function formatProblem(format: string, value: string | number): string | undefined {
  switch (format) {
    case "quantity":
      return typeof value === "number" || QUANTITY.test(value)
        ? undefined
        : `${shown(value)} is not a quantity such as "250m" or "512Mi"`;
    case "int32":
      return typeof value === "string" || (value | 0) === value ? undefined : `${value} does not fit into 32 bits`;
    case "int64":
      return typeof value === "string" || Number.isSafeInteger(value)
        ? undefined
        : `${value} does not fit into 64 bits`;
    case "date-time":
      return typeof value === "number" || DATE_TIME.test(value)
        ? undefined
        : `${shown(value)} is not a time such as "2026-01-31T08:00:00Z"`;
    case "byte":
      return typeof value === "number" || BASE64.test(value) ? undefined : "is not base64";
    case "port":
      return typeof value === "number" ? portProblem(value) : portNameProblem(value);
    default:
      return undefined;
  }
}

function portProblem(port: number): string | undefined {
  return port >= 1 && port <= 65535 ? undefined : `${port} is not a port; ports go from 1 to 65535`;
}

/** An IANA service name, as a named port must be: https://www.rfc-editor.org/rfc/rfc6335#section-5.1 */
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

function portNameProblem(name: string): string | undefined {
  if (PORT_NAME.test(name)) return undefined;
  if (/^\d+$/.test(name)) return `${shown(name)} must be a number: in quotes it is a port's name`;
  return `${shown(name)} is not a port name (at most 15 of a-z, 0-9 and "-", with a letter)`;
}

/** What is wrong with the entries of a map of this format: labels and annotations have rules for key and value. */
export function* entryProblems(
  format: string,
  map: Readonly<Record<string, unknown>>,
): Iterable<{ key: string; problem: string }> {
  if (format !== "labels" && format !== "annotations") return;
  for (const key in map) {
    const value = map[key];
    if (typeof value !== "string") continue; // its type says so
    const problem =
      format === "labels" ? (labelKeyProblem(key) ?? labelValueProblem(value)) : annotationKeyProblem(key);
    if (problem !== undefined) yield { key, problem };
  }
}
