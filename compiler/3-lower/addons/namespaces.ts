import { NAMESPACES, SYSTEM_NAMESPACE } from "../../facts/names.ts";

/** Levels of https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
type PodSecurityLevel = "restricted" | "baseline" | "privileged";

/** What a namespace of the platform needs beside what every namespace has. */
export interface PlatformNamespace {
  level: PodSecurityLevel;
  /** Why it is not restricted. */
  reason?: string;
  labels?: Readonly<Record<string, string>>;
}

/** Namespaces that differ from the rule: restricted, nothing else. */
const EXCEPTIONS: Readonly<Record<string, PlatformNamespace>> = {
  [NAMESPACES.chaos]: {
    level: "privileged",
    reason: "chaos-daemon makes its faults from the node: privileged, as root, with paths of the node mounted",
  },
  [NAMESPACES.gatekeeper]: {
    level: "restricted",
    // Gatekeeper must be able to start while its own webhook does not answer; the chart's hook would set the label
    // otherwise.
    labels: { "admission.gatekeeper.sh/ignore": "no-self-managing" },
  },
};

export const platformNamespace = (name: string): PlatformNamespace => EXCEPTIONS[name] ?? { level: "restricted" };

/** Made by Kubernetes: used, never written. */
export const isSystemNamespace = (name: string): boolean =>
  name === SYSTEM_NAMESPACE || name === "kube-public" || name === "kube-node-lease" || name === "default";
